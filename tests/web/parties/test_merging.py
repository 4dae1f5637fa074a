"""Two rows for one unit or person become one without losing anything, and apart again while nothing has come since."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from keqiao.web.accounts.roles import Role
from keqiao.web.audit.models import Event
from keqiao.web.audit.verification import check_chains
from keqiao.web.parties import actions
from keqiao.web.parties.duplicates import alike_organisations, alike_people
from keqiao.web.parties.facts import units_on
from keqiao.web.parties.merging import CLASHES, STAYS
from keqiao.web.parties.models import (
    FactKind,
    Merge,
    Organisation,
    OrganisationFact,
    Party,
    Person,
    Tie,
    TieKind,
)
from keqiao.web.parties.names import How, match_organisations
from keqiao.web.parties.pointers import foreign_keys, pointers
from keqiao.web.parties.verification import check_facts, check_merges, check_names
from keqiao.web.registers.models import PlatformAccount
from keqiao.web.scope import working_for
from tests.web import make

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BY = {"actor": None, "role": "tests", "at": NOW}
INSTITUTE = "12100000400882110L"
OTHER_CODE = "51410000MJ0000000" + "1"


def merge(kept, gone, reason="同一单位重复登记"):
    return actions.merge(actions.Sameness(kept.pk, gone.pk, reason), **BY)


def undo(done):
    actions.undo_merge(done.pk, **BY, reason="并非同一单位")


def tie(party, organisation, kind=TieKind.AFFILIATION, since=date(2021, 1, 1), post=""):
    return actions.tie(actions.NewTie(party, organisation, kind, since, "章程", post), **BY)


def state(unit, kind, value, since=date(2024, 1, 1), subject=""):
    return actions.state_fact(actions.NewFact(unit, kind, value, since, "章程", subject), **BY)


def person(name="张三", **details):
    return actions.register_person(actions.PersonDetails(name, **details), **BY)


def everything():
    """All that a merge may change, to compare before and after."""
    tables = (Tie, OrganisationFact, Organisation, Person, Party)
    rows = {table: sorted(table.objects.values_list(*columns_of(table)), key=str) for table in tables}
    grants = [(pointer.key, sorted(map(str, rows_with(pointer)))) for pointer in pointers()]
    return rows, grants


def columns_of(table):
    return [field.attname for field in table._meta.concrete_fields if field.attname != "identity_number"]


def rows_with(pointer):
    return pointer.model._base_manager.values_list("pk", pointer.column)


@pytest.mark.django_db
def test_what_either_knew_the_one_kept_knows_and_each_row_is_counted_once():
    association = make.association().organisation
    kept = make.organisation("三门峡市果树学会")
    gone = make.organisation("三门峡果树学会", credit_code=INSTITUTE, short_name="果树学会")
    tie(kept, association)
    tie(gone, association)  # the same tie: stays where it is
    tie(gone, association, TieKind.RECOMMENDER)
    state(gone, FactKind.TRAIT, "yes", subject="重点学会")
    state(kept, FactKind.ACCOUNT, "normal")
    state(gone, FactKind.ACCOUNT, "frozen")
    applicant = make.holder(Role.APPLICANT, gone)
    done = merge(kept, gone)

    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (gone.merged_into_id, kept.credit_code, gone.credit_code) == (kept.pk, INSTITUTE, None)
    assert sorted(kept.ties.values_list("kind", flat=True)) == ["affiliation", "recommender"]
    assert [tied.kind for tied in gone.ties.all()] == ["affiliation"]
    told = units_on(NOW.date(), [kept.pk])[kept.pk]
    assert (told.traits, told.account_state, told.kind) == ({"重点学会": True}, "正常", "society")
    assert applicant.organisations_as("applicant", NOW) == {kept.pk}
    assert done.moved["parties.tie.party"]["left"] == 1
    assert [check().faults for check in (check_merges, check_facts, check_names, check_chains)] == [()] * 4


@pytest.mark.django_db
def test_the_same_tie_or_fact_of_overlapping_days_is_not_had_twice():
    association, host, other_host = (make.organisation() for _ in range(3))
    kept, gone = (
        make.organisation(kind="university_association"),
        make.organisation(kind="university_association"),
    )
    for unit, since, until, at in ((kept, 2022, 2024, host), (gone, 2023, 2025, other_host)):
        tie(unit, association, TieKind.MEMBER, date(since, 1, 1))
        tie(unit, at, TieKind.HOST, date(since, 1, 1))
        trait = state(unit, FactKind.TRAIT, "yes", date(since, 1, 1), "重点高校")
        actions.end_fact(trait, date(until, 1, 1), **BY)
    tie(gone, host, TieKind.MEMBER)
    done = merge(kept, gone)
    assert sorted(kept.ties.values_list("kind", flat=True)) == ["host", "member", "member"]
    assert kept.facts.filter(kind="trait").count() == 1
    assert units_on(date(2023, 6, 1), [kept.pk])[kept.pk].host.id == str(host.pk)
    undo(done)
    assert gone.ties.count() == 3


@pytest.mark.django_db
def test_every_name_of_the_one_that_is_gone_leads_to_the_one_kept():
    kept, gone = (
        make.organisation("三门峡市果树学会"),
        make.organisation("三门峡市苹果学会", short_name="苹果会"),
    )
    merge(kept, gone)
    found = match_organisations(["三门峡市苹果学会", "苹果会", "三门峡市果树学会"], NOW.date())
    assert {match.only for match in found.values()} == {kept.pk}


@pytest.mark.django_db
def test_a_merge_is_undone_to_the_last_row():
    association = make.association().organisation
    kept, gone = make.organisation(), make.organisation(credit_code=INSTITUTE, registered_on=date(2019, 1, 1))
    tie(gone, association)
    state(gone, FactKind.TRAIT, "yes", subject="重点学会")
    state(kept, FactKind.LEVEL, "county")
    make.holder(Role.APPLICANT, gone)
    earlier = make.organisation()
    merge(gone, earlier)
    before = everything()
    done = merge(kept, gone)
    assert everything() != before
    assert Party.objects.get(pk=earlier.pk).merged_into_id == kept.pk

    undo(done)
    assert everything() == before
    assert [check().faults for check in (check_merges, check_facts)] == [()] * 2
    with pytest.raises(ValidationError, match="已经撤销"):
        undo(done)


@pytest.mark.django_db
def test_what_came_since_is_counted_and_keeps_a_merge_from_being_undone():
    association = make.association().organisation
    kept, gone = make.organisation(), make.organisation()
    done = merge(kept, gone)
    assert not actions.since_merge(done)
    tie(kept, association)
    assert actions.since_merge(done) == actions.Since(rows=1, acts=1)
    with pytest.raises(ValidationError, match="新增 1 条记录、办理 1 次变更"):
        undo(done)
    assert Party.objects.get(pk=gone.pk).merged_into_id == kept.pk


@pytest.mark.django_db
def test_nothing_new_is_written_to_the_one_that_is_gone():
    association = make.association().organisation
    kept, gone = make.organisation(), make.organisation()
    merge(kept, gone)
    for write in (
        lambda: tie(gone, association),
        lambda: tie(kept, Organisation.objects.get(pk=gone.pk), TieKind.MEMBER),
        lambda: state(gone, FactKind.LEVEL, "county"),
    ):
        with pytest.raises(ValidationError, match="已并入"):
            write()


@pytest.mark.django_db
@pytest.mark.parametrize("case", ["itself", "sorts", "association", "codes", "again"])
def test_what_is_no_double_is_not_merged(case):
    kept, gone = make.organisation(), make.organisation()
    if case == "itself":
        gone = kept
    elif case == "sorts":
        gone = person()
    elif case == "association":
        gone = make.association().organisation
    elif case == "codes":
        Organisation.objects.filter(pk=kept.pk).update(credit_code=INSTITUTE)
        Organisation.objects.filter(pk=gone.pk).update(credit_code=OTHER_CODE)
    else:
        merge(make.organisation(), gone)
    count = Event.objects.count()
    with pytest.raises(ValidationError):
        merge(kept, gone)
    assert Event.objects.count() == count


@pytest.mark.django_db
def test_a_unit_that_was_tied_to_its_double_keeps_that_tie_where_it_was():
    kept, gone = make.organisation(), make.organisation()
    tie(gone, kept, TieKind.MEMBER)
    done = merge(kept, gone)
    assert list(gone.ties.values_list("kind", flat=True)) == ["member"]
    undo(done)
    assert check_merges().faults == ()


@pytest.mark.django_db
def test_people_are_merged_with_their_numbers_and_apart_again():
    society = make.organisation()
    kept, gone = person(phone="13812345678"), person(identity_number="11010519491231002X")
    tie(gone, society, TieKind.COUNCIL, post="理事")
    done = merge(kept, gone)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (str(kept.identity_number), gone.identity_key) == ("110105********002X", None)
    assert (kept.birth_date, kept.ties.get().post) == (date(1949, 12, 31), "理事")

    undo(done)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.identity_number, kept.birth_date) == ("", None)
    assert gone.identity_number.plain() == "11010519491231002X"


@pytest.mark.django_db
def test_the_reason_stands_with_the_event_of_the_one_that_is_gone():
    kept, gone = make.organisation(), make.organisation()
    merge(kept, gone, "同一信用代码证书")
    event = Event.objects.get(act="merged")
    assert (event.chain_id, event.reason.text, event.data["into"]) == (
        str(gone.pk),
        "同一信用代码证书",
        str(kept.pk),
    )


@pytest.mark.django_db
def test_planted_faults_of_merges_are_found():
    kept, gone, third = make.organisation(), make.organisation(), make.organisation()
    merge(kept, gone)
    Tie.objects.create(
        party=gone, organisation=third, kind="member", valid_from=date(2021, 1, 1), source="绕过登记"
    )
    assert [fault.code for fault in check_merges().faults] == ["merge.rows_left"]
    Tie.objects.all().delete()
    Party.objects.filter(pk=kept.pk).update(merged_into=third.pk)
    assert [fault.code for fault in check_merges().faults] == ["merge.points_on", "merge.without_record"]
    Party.objects.update(merged_into=None)
    assert [fault.code for fault in check_merges().faults] == ["merge.does_not_point"]


@pytest.mark.django_db
def test_units_of_one_name_are_proposed_until_somebody_says_they_are_two():
    one, other = make.organisation("三门峡市果树（苹果）学会"), make.organisation("三门峡市果树(苹果)学会")
    make.organisation("三门峡市茶叶学会")
    pairs = alike_organisations(Organisation.objects.all())
    assert [set(pair.key) for pair in pairs] == [{one.pk, other.pk}]
    actions.tell_apart(other.pk, one.pk, **BY)
    actions.tell_apart(one.pk, other.pk, **BY)
    assert alike_organisations(Organisation.objects.all()) == []
    assert Event.objects.filter(act="told_apart").count() == 1


@pytest.mark.django_db
def test_codes_that_differ_tell_units_apart_and_a_name_alone_proposes_no_person():
    make.organisation("一学会", credit_code=INSTITUTE)
    Organisation.objects.filter(pk=make.organisation("一 学会").pk).update(credit_code=OTHER_CODE)
    assert alike_organisations(Organisation.objects.all()) == []
    one, other = person(phone="13812345678"), person(phone="13812345678")
    person()
    assert [(set(pair.key), pair.why) for pair in alike_people(Person.objects.all())] == [
        ({one.pk, other.pk}, "phone")
    ]


@pytest.mark.django_db
def test_proposals_cost_the_same_for_one_and_for_many(django_assert_max_num_queries):
    for number in range(12):
        make.organisation(f"第{number}号学会")
        make.organisation(f"第{number}号 学会")
    with django_assert_max_num_queries(5):
        assert len(alike_organisations(Organisation.objects.all())) == 12


def test_every_exception_names_a_column_that_is_there():
    known = {key for key, _model, _field in foreign_keys()}
    assert {*STAYS, *CLASHES} - known == set()
    assert {pointer.key for pointer in pointers()} == known - set(STAYS)


@pytest.mark.django_db
def test_rows_that_other_associations_hold_follow_the_merge_and_stay_behind_their_wall():
    mine, other = make.association(), make.association()
    kept, gone = make.organisation(), make.organisation()
    for number, association in enumerate((mine, other)):
        PlatformAccount.objects.create(
            association=association,
            party=gone,
            platform="stvs",
            number=str(number),
            source="截图",
            entered_at=NOW,
        )
    with working_for(mine.pk):
        done = merge(kept, gone)
        assert not actions.since_merge(done)
        mine_seen = PlatformAccount.objects.filter(party=kept).count()
    assert PlatformAccount.objects.filter(party=kept).count() == 2
    assert mine_seen == (1 if connection.vendor == "postgresql" else 2)
    with working_for(mine.pk):
        undo(done)
    assert PlatformAccount.objects.filter(party=gone).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_merges_of_one_party_at_once_make_one():
    kept, gone, third = make.organisation(), make.organisation(), make.organisation()
    outcomes = []
    start = threading.Barrier(2)

    def try_to(keep, lose):
        start.wait()
        try:
            merge(keep, lose)
            outcomes.append("merged")
        except ValidationError as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    both = [threading.Thread(target=try_to, args=pair) for pair in ((kept, gone), (third, gone))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(outcomes) == ["merge.merged_already", "merged"]
    assert Merge.objects.count() == 1
    assert check_merges().faults == ()


@pytest.mark.django_db
def test_names_are_matched_by_any_form_and_never_guessed(django_assert_max_num_queries):
    henan = make.region()
    make.region("411200", "三门峡市", "prefecture", parent=henan)
    nation = make.region("100000", "全国", "nation")
    henan.parent = nation
    henan.save()
    fruit = make.organisation("三门峡市果树学会", short_name="果树会")
    tea = make.organisation("三门峡市茶叶学会", short_name="果树会")
    actions.rename(tea, "三门峡市茶学会", **BY)
    after = NOW.date() + timedelta(days=1)
    texts = [
        "三门峡市 果树学会",
        "河南省三门峡市果树学会",
        "果树会",
        "三门峡市茶叶学会",
        "开封市果树学会",
        "",
    ]
    with django_assert_max_num_queries(3):
        found = match_organisations(texts, after)
    assert [(found[text].only, found[text].how) for text in texts] == [
        (fruit.pk, How.FULL),
        (fruit.pk, How.PLACE),
        (None, How.SHORT),
        (tea.pk, How.FORMER),
        (None, None),
        (None, None),
    ]
    assert set(found["果树会"].found) == {fruit.pk, tea.pk}


@pytest.mark.django_db
def test_five_hundred_names_cost_three_queries(django_assert_max_num_queries):
    make.region("100000", "全国", "nation")
    for number in range(5):
        make.organisation(f"第{number}学会")
    with django_assert_max_num_queries(3):
        found = match_organisations([f"第{number}学会" for number in range(500)], NOW.date())
    assert [text for text, match in found.items() if match.only] == [f"第{number}学会" for number in range(5)]


@pytest.mark.django_db
def test_a_full_name_in_force_silences_the_short_and_former_names_of_others():
    short = make.organisation("三门峡市果树学会", short_name="果树学会")
    full = make.organisation("果树学会")
    assert match_organisations(["果树学会"], NOW.date())["果树学会"].found == (full.pk,)
    assert short.pk != full.pk
