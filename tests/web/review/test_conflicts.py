"""Conflicts from what is on record: each rule by a case made by hand, and the same number of queries for many."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keqiao.core.findings import Verdict
from keqiao.web.endorsement import actions as endorsing
from keqiao.web.parties.models import TieKind
from keqiao.web.review.models import Round, Task
from keqiao.web.review.queries import known
from keqiao.web.review.queries.conflicts import conflicts_of
from tests.web import make
from tests.web.applications import makers
from tests.web.endorsement.makers import Place
from tests.web.review.expert_makers import NOW, above, expert, person, post, relation

pytestmark = pytest.mark.django_db
SURE, UNSURE = Verdict.FAILS, Verdict.PERSON
ROWS = [{"id": "name", "label": "姓名"}, {"id": "employer", "label": "单位"}]
FIELDS = [
    *makers.FIELDS,
    {"id": "team", "kind": "table", "label": "成员", "role": "team", "columns": ROWS, "required": False},
    {"id": "mentors", "kind": "table", "label": "导师", "role": "mentor", "columns": ROWS, "required": False},
    {"id": "host", "kind": "unit", "label": "依托单位", "role": "host", "parts": ["name"], "required": False},
]
ZHANG = "410105198001011239"
"""The identity number of whoever leads the applications of the makers."""
LI = {"name": "李工", "id_number": "110101199003074514", "phone": "13800000001"}


@pytest.fixture
def call() -> Any:
    return makers.call(forms=[{"id": "f1", "title": "申报书", "fields": FIELDS}])


@pytest.fixture
def judge(call: Any) -> Any:
    """An expert who works nowhere that is known."""
    return expert(call.association, person("王芳"))


def reasons(judge: Any, *applications: Any) -> list[tuple[str, Verdict]]:
    first = makers.fresh(applications[0])
    found = conflicts_of(first.call, [judge], [makers.fresh(each) for each in applications], NOW)
    return [(each.rule, each.verdict) for each in found.between(str(judge.pk), str(first.pk))]


def abouts(judge: Any, application: Any) -> set[str]:
    found = conflicts_of(application.call, [judge], [application], NOW)
    return {each.about for each in found.between(str(judge.pk), str(application.pk))}


def test_whoever_has_nothing_to_do_with_it_may_judge(call, judge):
    assert reasons(judge, makers.submitted(call)) == []


@pytest.mark.parametrize(
    ("details", "found"),
    [
        ({"name": "张工", "identity_number": ZHANG}, [("leader", SURE)]),
        ({"name": "张工"}, [("leader", UNSURE)]),
        ({"name": "张工", "identity_number": "110101199003074514"}, []),
        ({"name": "张 工"}, [("leader", UNSURE)]),
    ],
)
def test_the_identity_number_under_lock_tells_namesakes_apart(call, details, found):
    assert reasons(expert(call.association, person(**details)), makers.submitted(call)) == found


@pytest.mark.parametrize(
    ("field", "rule"),
    [("team", "member"), ("mentors", "mentor")],
)
def test_tables_of_people_name_those_who_take_part(call, judge, field, rule):
    application = makers.submitted(call, **{field: [{"name": "王芳", "employer": "某县中学"}]})

    assert reasons(judge, application) == [(rule, UNSURE)]
    picked = makers.submitted(
        call, **{field: [{"name": "王芳", "id": str(judge.person_id), "employer": "某县中学"}]}
    )
    assert (rule, SURE) in reasons(judge, picked)


@pytest.mark.parametrize(
    ("kind", "until", "found"),
    [
        (TieKind.STAFF, None, [("unit", SURE)]),
        (TieKind.COUNCIL, None, [("unit", SURE)]),
        (TieKind.STAFF, date(2023, 6, 1), [("unit", SURE)]),
        (TieKind.STAFF, date(2023, 5, 31), []),
        (TieKind.MEMBER, None, []),
        (TieKind.EXPERT, None, []),
    ],
)
def test_posts_in_the_unit_count_for_three_years_and_membership_does_not(call, judge, kind, until, found):
    application = makers.submitted(call)
    post(judge.person, application.unit, kind, until=until)

    assert reasons(judge, application) == found


def test_a_branch_is_part_of_its_whole_and_a_host_is_a_host(call, judge):
    application, university = makers.submitted(call), make.organisation("省师范大学", kind="university")
    post(judge.person, university)
    assert reasons(judge, application) == []

    above(application.unit, university, TieKind.HOST)
    assert reasons(judge, application) == [("host", SURE)]

    other = makers.submitted(call)
    above(other.unit, university, TieKind.BRANCH)
    assert reasons(judge, other) == [("unit", SURE)]


def test_two_societies_of_one_host_are_not_one_body(call, judge):
    application, university = makers.submitted(call), make.organisation("省师范大学", kind="university")
    sister = make.organisation("市化学会")
    for society in (application.unit, sister):
        above(society, university, TieKind.HOST)
    post(judge.person, sister)

    assert reasons(judge, application) == []


def test_partners_and_the_host_that_a_form_names_count(call, judge):
    museum, firm = make.organisation("市天文馆"), make.organisation("某科技公司", kind="company")
    for body in (museum, firm):
        post(judge.person, body)

    application = makers.submitted(call, partner={"name": "市天文馆"}, host={"name": "某科技公司"})

    assert reasons(judge, application) == [("host", SURE), ("partner", SURE)]


def test_a_colleague_of_the_team_stands_back_by_register_or_by_what_the_form_says(call, judge):
    school = make.organisation("市第一中学", kind="school")
    post(judge.person, school)
    typed = makers.submitted(call, team=[{"name": "李老师", "employer": "市第一中学"}])
    assert reasons(judge, typed) == [("team_unit", SURE)]

    colleague = person("赵老师")
    post(colleague, school, until=date(2026, 5, 1))
    picked = makers.submitted(
        call, team=[{"name": "赵老师", "id": str(colleague.pk), "employer": "外地中学"}]
    )
    assert reasons(judge, picked) == []


def test_a_seat_on_the_council_of_the_association_makes_nobody_its_staff(call, judge):
    application, office = makers.submitted(call), call.association.organisation
    post(judge.person, office, TieKind.COUNCIL)
    assert reasons(judge, application) == []

    post(judge.person, office, TieKind.STAFF)
    assert reasons(judge, application) == [("office_staff", SURE)]


def test_who_works_at_the_finance_bureau_of_the_place_supervises_the_money(judge, call):
    city = make.region("410700", "新乡市", "prefecture")
    office = call.association.organisation
    office.region = city
    office.save()
    bureau = make.organisation("新乡市财政局", kind="government_body", region=city)
    post(judge.person, bureau)

    assert reasons(judge, makers.submitted(call)) == [("finance_supervisor", SURE)]


def test_the_endorsing_unit_and_whoever_gave_the_opinion_stand_back():
    place = Place()
    passage = place.submitted(place.call())
    endorsing.recommend(passage.pk, "同意推荐", actor=place.endorser, at=NOW)
    colleague, signer = person("甲"), person(place.endorser.display_name)
    post(colleague, place.county_body)
    for who, found in ((colleague, [("endorsing_unit", SURE)]), (signer, [("endorsing_person", UNSURE)])):
        assert reasons(expert(place.association, who), passage.application) == found

    place.endorser.person = signer
    place.endorser.save()
    assert reasons(expert(place.association, person("乙")), passage.application) == []
    found = reasons(expert(make.association(), signer), passage.application)
    assert found == [("endorsing_person", SURE)]


def test_who_has_an_application_of_the_same_kind_judges_none_though_it_is_not_asked_about(call):
    judge = expert(call.association, person("张工", identity_number=ZHANG))
    application = makers.submitted(call, leader=LI)
    assert reasons(judge, application) == []

    own = makers.submitted(call)
    assert reasons(judge, application) == [("own_application", SURE)]
    makers.withdraw(makers.fresh(own))
    assert reasons(judge, application) == []


@pytest.mark.parametrize(
    ("kind", "until", "found"),
    [
        ("spouse", None, "kin"),
        ("co_author", date(2021, 6, 1), "co_author"),
        ("co_author", date(2021, 5, 31), ""),
        ("tutor", None, "tutor"),
        ("same_project", date(2023, 6, 1), "same_project"),
        ("interest", None, "interest"),
    ],
)
def test_what_was_declared_about_somebody_counts_for_its_years(call, judge, kind, until, found):
    relation(judge, kind, name="张工", until=until)

    assert reasons(judge, makers.submitted(call)) == ([(found, UNSURE)] if found else [])


def test_an_interest_in_a_body_counts_and_what_has_ended_does_not(call, judge):
    application = makers.submitted(call)
    declared = relation(judge, "interest", organisation=application.unit)
    assert reasons(judge, application) == [("interest", SURE)]
    assert abouts(judge, makers.fresh(application)) == {str(application.unit_id)}

    declared.ended_at = NOW
    declared.save()
    assert reasons(judge, application) == []


def tasked(judge: Any, application: Any, state: str) -> None:
    call = application.call
    common = {"association": call.association, "made_by": call.created_by, "made_at": NOW}
    revision = application.revision
    times = {"opens_at": NOW, "closes_at": makers.LAST_MOMENT}
    made = Round.objects.create(call=call, revision=revision, name="评审", experts=1, **common, **times)
    Task.objects.create(
        association=call.association,
        round=made,
        application=application,
        expert=judge,
        state=state,
        submission_digest="0" * 64,
        invited_by=call.created_by,
        invited_at=NOW,
        reason="与申报人相熟",
    )


def test_who_stood_back_once_is_not_asked_again(call, judge):
    application = makers.submitted(call)
    tasked(judge, application, "declined")
    assert reasons(judge, application) == []

    other = makers.submitted(call)
    tasked(judge, other, "recused")
    assert reasons(judge, other) == [("declared", SURE)]


def test_three_years_on_end_are_enough(judge, call):
    before = None
    for year in (2023, 2024, 2025):
        earlier = make.published_call(call.association, makers.definition(year=year))
        earlier.copied_from = before
        earlier.save()
        tasked(judge, makers.submitted(earlier), "sealed")
        before = earlier
    application = makers.submitted(call)
    assert reasons(judge, application) == []

    call.copied_from = before
    call.save()
    assert reasons(judge, application) == [("rotation", SURE)]


def asked(call: Any, number: int) -> int:
    """How many queries it takes for so many experts and applications, each expert with a post and a relation."""
    judges, bids = [], []
    for _ in range(number):
        bids.append(makers.submitted(call, partner={"name": make.organisation().name}))
        judges.append(expert(call.association))
        post(judges[-1].person, bids[-1].unit)
        relation(judges[-1], "tutor", name="张工")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        found = conflicts_of(call, judges, [makers.fresh(each) for each in bids], NOW)
    assert len(found.pairs) == number * number
    return len(captured) - number


def test_many_cost_the_same_queries_as_one(call):
    one = asked(call, 1)
    assert asked(makers.call(forms=[{"id": "f1", "title": "申报书", "fields": FIELDS}]), 3) == one


def test_a_planted_fault_is_noticed(call, judge, monkeypatch):
    application = makers.submitted(call)
    post(judge.person, application.unit)
    monkeypatch.setattr(known.Known, "posts_of", lambda *_asked, **_more: ())

    with pytest.raises(AssertionError):
        assert reasons(judge, application) == [("unit", SURE)]
