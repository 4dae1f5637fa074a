"""What held of units and people on a day, stated once, ended and never overwritten, told to rules in few queries."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from keqiao.core.rules.facts import UNKNOWN, Post, Qualification
from keqiao.web.audit.models import Event
from keqiao.web.parties import actions
from keqiao.web.parties.facts import humans_on, units_on
from keqiao.web.parties.models import (
    FactKind,
    Organisation,
    OrganisationFact,
    PersonFactKind,
    TieKind,
)
from keqiao.web.parties.verification import check_facts
from tests.web import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BY = {"actor": None, "role": "tests", "at": NOW}
DAY = date(2026, 3, 2)
SOMEBODY = "11010519491231002X"


def state(unit, *fact):
    kind, value, since, subject, until = (*fact, *("", None)[len(fact) - 3 :])
    return actions.state_fact(actions.NewFact(unit, kind, value, since, "章程", subject, until), **BY)


def tie(party, organisation, kind, since=date(2021, 1, 1), post=""):
    return actions.tie(actions.NewTie(party, organisation, kind, since, "章程", post), **BY)


def person(name="张三", **details):
    return actions.register_person(actions.PersonDetails(name, **details), **BY)


def held(unit, kind):
    rows = OrganisationFact.objects.filter(organisation=unit, kind=kind.value).order_by("valid_from")
    return [(row.value, row.valid_from, row.valid_until) for row in rows]


def test_a_fact_that_changes_ends_the_one_before_and_the_history_stays():
    unit = make.organisation(level="county")
    state(unit, FactKind.LEVEL, "prefecture", date(2025, 5, 1))

    assert held(unit, FactKind.LEVEL) == [
        ("county", date(2020, 1, 1), date(2025, 4, 30)),
        ("prefecture", date(2025, 5, 1), None),
    ]
    levels = [units_on(day, [unit.pk])[unit.pk].level for day in (date(2025, 4, 30), date(2025, 5, 1))]
    assert levels == ["county", "prefecture"]
    unit.refresh_from_db()
    assert unit.level == "prefecture"
    assert check_facts().faults == ()


def test_a_fact_of_the_past_ends_where_what_is_known_begins():
    unit = make.organisation()
    state(unit, FactKind.ACCOUNT, "normal", date(2025, 1, 1))
    state(unit, FactKind.ACCOUNT, "frozen", date(2024, 1, 1))
    assert held(unit, FactKind.ACCOUNT) == [
        ("frozen", date(2024, 1, 1), date(2024, 12, 31)),
        ("normal", date(2025, 1, 1), None),
    ]


def test_the_same_fact_again_changes_nothing_and_leaves_no_event():
    unit = make.organisation()
    first = state(unit, FactKind.ACCOUNT, "normal", date(2025, 1, 1))
    events = Event.objects.count()
    assert state(unit, FactKind.ACCOUNT, "normal", date(2025, 6, 1)) == first
    assert Event.objects.count() == events


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ((FactKind.ACCOUNT, "rich", date(2025, 1, 1)), "fact.value_unknown"),
        ((FactKind.REGION, "999999", date(2025, 1, 1)), "fact.value_unknown"),
        ((FactKind.KIND, "club", date(2025, 1, 1)), "fact.value_unknown"),
        ((FactKind.LEVEL, "county", date(2026, 3, 3)), "fact.to_come"),
        ((FactKind.TRAIT, "yes", date(2025, 1, 1)), "fact.trait_unnamed"),
        ((FactKind.LEVEL, "county", date(2025, 1, 1), "", date(2025, 2, 1)), "fact.no_end"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_and_nothing_is_written(fact, code):
    unit = make.organisation()
    count = OrganisationFact.objects.count()
    with pytest.raises(ValidationError) as refused:
        state(unit, *fact)
    faults = getattr(refused.value, "error_dict", {"": [refused.value]})
    assert [fault.code for found in faults.values() for fault in found] == [code]
    assert OrganisationFact.objects.count() == count


def test_a_trait_has_an_end_and_can_be_denied():
    unit = make.organisation(kind="company")
    state(unit, FactKind.TRAIT, "yes", date(2023, 1, 1), "创新型企业", date(2025, 12, 31))
    state(unit, FactKind.TRAIT, "no", date(2023, 1, 1), "规上企业")
    assert units_on(date(2025, 12, 31), [unit.pk])[unit.pk].traits == {"创新型企业": True, "规上企业": False}
    assert units_on(DAY, [unit.pk])[unit.pk].traits == {"规上企业": False}


def test_a_wrong_value_is_put_right_and_the_event_keeps_what_stood_there():
    unit = make.organisation(level="county")
    fact = OrganisationFact.objects.get(organisation=unit, kind="level")
    actions.correct_fact(fact, actions.Correction("province", "录入错误"), **BY)
    unit.refresh_from_db()
    assert unit.level == "province"
    assert Event.objects.get(act="fact_corrected").data["was"] == "county"


def test_a_fact_that_has_ended_cannot_be_ended_again_and_a_mirrored_one_never():
    unit = make.organisation(level="county")
    trait = state(unit, FactKind.TRAIT, "yes", date(2023, 1, 1), "重点高校")
    actions.end_fact(trait, date(2024, 1, 1), **BY)
    with pytest.raises(ValidationError, match="已经结束"):
        actions.end_fact(trait, date(2025, 1, 1), **BY)
    with pytest.raises(ValidationError, match="新的情况"):
        actions.end_fact(OrganisationFact.objects.get(organisation=unit, kind="level"), DAY, **BY)


def test_the_table_refuses_two_facts_in_force_and_unnamed_traits():
    unit = make.organisation(level="county")
    row = {"organisation": unit, "source": "章程"}
    wrong = [
        {"kind": "level", "value": "province", "valid_from": date(2025, 1, 1)},
        {"kind": "trait", "value": "yes", "valid_from": date(2025, 1, 1)},
        {"kind": "level", "subject": "x", "value": "county", "valid_from": date(2025, 1, 1)},
        {"kind": "account", "value": "rich", "valid_from": date(2025, 1, 1)},
        {"kind": "legal_person", "value": "maybe", "valid_from": date(2025, 1, 1)},
    ]
    for columns in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            OrganisationFact.objects.create(**row, **columns)


def test_a_column_that_differs_from_the_facts_is_found():
    unit = make.organisation(level="county")
    Organisation.objects.filter(pk=unit.pk).update(level="nation")
    assert [fault.about for fault in check_facts().faults] == [f"{unit.pk} level"]


def test_rules_are_told_of_host_supervisor_areas_and_affiliations():
    henan = make.region()
    city = make.region("411200", "三门峡市", "prefecture", parent=henan)
    association = make.association("三门峡市科学技术协会").organisation
    actions.describe_organisation(association, actions.Details(short_name="三门峡市科协"), **BY)
    university = make.organisation("三门峡学院", "university", region=city, is_legal_person=True)
    body = make.organisation("三门峡学院科协", "university_association", level="prefecture")
    base = make.organisation("天鹅湖湿地", "science_base", is_legal_person=False)
    tie(body, university, TieKind.HOST)
    tie(body, association, TieKind.AFFILIATION)
    tie(base, association, TieKind.SUPERVISOR)
    state(university, FactKind.ACCOUNT, "normal", date(2024, 1, 1))

    units = units_on(DAY, [body.pk, base.pk, university.pk])
    told = units[body.pk]
    assert (told.kind, told.level, told.areas) == ("university_association", "prefecture", UNKNOWN)
    assert told.affiliations == {"三门峡市科学技术协会", "三门峡市科协"}
    assert (told.host.name, told.host.areas, told.host.legal_person, told.host.account_state) == (
        "三门峡学院",
        ("河南省", "三门峡市"),
        True,
        "正常",
    )
    assert (units[university.pk].host, units[university.pk].affiliations) == (None, UNKNOWN)
    assert (units[base.pk].host, units[base.pk].supervisor.name) == (UNKNOWN, "三门峡市科学技术协会")
    assert units[base.pk].legal_person is False


def test_nothing_is_known_of_a_unit_before_it_was_registered():
    unit = make.organisation(level="county", registered_on=date(2024, 1, 1))
    told = units_on(date(2023, 12, 31), [unit.pk])[unit.pk]
    assert (told.kind, told.level, told.legal_person) == (UNKNOWN, UNKNOWN, UNKNOWN)


def test_many_units_cost_the_queries_of_one(django_assert_max_num_queries):
    city = make.region()
    hosts = [make.organisation(kind="university", region=city) for _ in range(20)]
    units = [make.organisation(kind="university_association") for _ in hosts]
    for unit, host in zip(units, hosts, strict=True):
        tie(unit, host, TieKind.HOST)
        tie(unit, host, TieKind.AFFILIATION)
    with django_assert_max_num_queries(6):
        told = units_on(DAY, [unit.pk for unit in units])
    assert [told[unit.pk].host.areas for unit in units] == [("河南省",)] * 20


def test_a_body_has_one_host_at_a_time():
    first, second = make.organisation(kind="university"), make.organisation(kind="university")
    body = make.organisation(kind="university_association")
    made = tie(body, first, TieKind.HOST)
    with pytest.raises(ValidationError, match="请先结束"):
        tie(body, second, TieKind.HOST, date(2025, 1, 1))
    actions.end_tie(made, date(2024, 12, 31), **BY)
    tie(body, second, TieKind.HOST, date(2025, 1, 1))
    assert units_on(DAY, [body.pk])[body.pk].host.id == str(second.pk)
    with pytest.raises(ValidationError, match="已经结束"):
        actions.end_tie(made, date(2023, 1, 1), **BY)


def test_a_person_is_no_branch_and_a_unit_no_staff():
    unit = make.organisation()
    with pytest.raises(ValidationError, match="不适用"):
        tie(person(), unit, TieKind.BRANCH)
    with pytest.raises(ValidationError, match="不适用"):
        tie(make.organisation(), unit, TieKind.STAFF)


def test_rules_are_told_of_posts_fields_certificates_and_the_place_of_work(django_assert_max_num_queries):
    city = make.region()
    society, works = make.organisation("心理学会"), make.organisation(region=city)
    expert = person("李四", birth_date=date(1980, 2, 29))
    tie(expert, society, TieKind.COUNCIL, post="常务理事")
    tie(expert, society, TieKind.MEMBER)
    tie(expert, works, TieKind.STAFF)
    for field in ("心理", "教育"):
        actions.state_person_fact(
            actions.NewPersonFact(expert, PersonFactKind.FIELD, field, date(2024, 1, 1), "履历"), **BY
        )
    paper = actions.NewQualification(expert, "国家心理咨询师", date(2015, 1, 1), "证书", level=2)
    actions.add_qualification(paper, **BY)
    nobody = person("王五")

    with django_assert_max_num_queries(6):
        told = humans_on(DAY, [expert.pk, nobody.pk])
    assert set(told[expert.pk].posts) == {
        Post(str(society.pk), "常务理事"),
        Post(str(society.pk), "会员"),
        Post(str(works.pk), "工作人员"),
    }
    assert told[expert.pk].fields == {"心理", "教育"}
    assert told[expert.pk].qualifications == (Qualification("国家心理咨询师", 2),)
    assert (told[expert.pk].areas, told[expert.pk].birth_date) == (("河南省",), date(1980, 2, 29))
    empty = told[nobody.pk]
    assert [empty.posts, empty.fields, empty.areas, empty.birth_date, empty.qualifications] == [UNKNOWN] * 5


def test_the_place_stated_of_a_person_comes_before_that_of_the_work():
    make.region("410000", "河南省")
    works = make.organisation(region=make.region("430000", "湖南省"))
    expert = person()
    tie(expert, works, TieKind.STAFF)
    fact = actions.NewPersonFact(expert, PersonFactKind.REGION, "410000", date(2024, 1, 1), "本人填报")
    actions.state_person_fact(fact, **BY)
    assert humans_on(DAY, [expert.pk])[expert.pk].areas == ("河南省",)


def test_an_identity_number_gives_the_birth_date_and_is_shown_masked():
    somebody = person(identity_number=SOMEBODY.lower(), phone="138 1234 5678")
    somebody.refresh_from_db()
    assert (somebody.birth_date, somebody.phone) == (date(1949, 12, 31), "13812345678")
    assert str(somebody.identity_number) == "110105********002X"
    with pytest.raises(ValidationError):
        person("别人", identity_number=SOMEBODY)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"identity_number": "110105194912310021"}, "identity_number"),
        ({"identity_number": SOMEBODY, "birth_date": date(1950, 1, 1)}, "birth_date"),
        ({"phone": "12345"}, "phone"),
    ],
)
def test_a_wrong_number_is_refused_at_its_field_and_not_repeated(details, field):
    with pytest.raises(ValidationError) as refused:
        person(**details)
    assert list(refused.value.message_dict) == [field]
    assert "110105194912310021" not in str(refused.value)
