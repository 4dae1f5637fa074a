"""Nothing is deleted or rewritten: the database refuses, and verify finds what was done past it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from keqiao.web.accounts.roles import Role
from keqiao.web.audit.queries import timeline
from keqiao.web.parties.actions import Sameness
from keqiao.web.parties.actions import merge as merge_parties
from keqiao.web.registers.actions import debarments, history, keeping, platforms, recognitions
from keqiao.web.registers.actions.writing import By
from keqiao.web.registers.models import Debarment, DebarmentStep, Recognition, TrackRecord
from keqiao.web.registers.verification import CHECKS, LINES, STEPS
from tests.web import make
from tests.web.append_only import triggers_off
from tests.web.registers import makers
from tests.web.registers.makers import PROGRAM

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 1)


def faults() -> list[str]:
    return [fault.code for _name, check in CHECKS for fault in check().faults]


def one_of_each(association, unit) -> None:
    register = makers.scheme(association)
    makers.recognition(register, unit)
    makers.debarment(association, unit)
    makers.past_project(association, unit)
    makers.holding(association, unit)
    makers.affair(association, unit)
    makers.incident(association, party_id=unit.pk)
    account = makers.account(association, unit)
    platforms.add_count(account.pk, platforms.Counted("members", 3, DAY, "测试"), by=PROGRAM)
    keeping.state_kept(association.pk, keeping.Statement("incidents", "核对"), by=PROGRAM)


@pytest.mark.parametrize("table", [*LINES, *STEPS], ids=lambda table: table.__name__)
def test_no_line_can_be_deleted(table):
    one_of_each(make.association(), make.organisation())
    row = table.objects.first()

    with pytest.raises(DatabaseError, match="registers stay"), transaction.atomic():
        table.objects.filter(pk=row.pk)._raw_delete(table.objects.db)

    assert table.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"cause": "别的"},
        {"valid_until": date(2024, 1, 1)},
        {"valid_from": date(2020, 1, 1)},
        {"basis": "别的"},
    ],
)
def test_what_a_debarment_says_cannot_be_rewritten(changed):
    line = makers.debarment(make.association(), make.organisation())

    with pytest.raises(DatabaseError, match="registers stay"), transaction.atomic():
        Debarment.objects.filter(pk=line.pk).update(**changed)


def test_a_step_cannot_be_rewritten():
    line = makers.debarment(make.association(), make.organisation())

    with pytest.raises(DatabaseError, match="registers stay"), transaction.atomic():
        DebarmentStep.objects.filter(debarment=line).update(on=date(2020, 1, 1))


def test_verify_is_content_with_what_the_acts_do():
    association, unit = make.association(), make.organisation()
    one_of_each(association, unit)
    makers.decided(Recognition.objects.get(), "revoke")
    debarments.contest(Debarment.objects.get().pk, makers.decision("file_appeal"), by=PROGRAM)

    assert faults() == []


def test_verify_finds_states_that_nobody_decided():
    one_of_each(make.association(), make.organisation())
    Debarment.objects.update(state="lifted")

    assert faults() == ["case.state_differs", "line.state_differs"]


def test_verify_finds_a_removed_line_and_a_removed_step():
    one_of_each(make.association(), make.organisation())
    with triggers_off():
        TrackRecord.objects.all().delete()
        DebarmentStep.objects.all().delete()

    assert faults() == ["line.step_missing", "line.removed"]


def test_verify_finds_missing_triggers():
    with triggers_off():
        found = set(faults())

    assert found == {"trigger.missing"}


def test_each_act_leaves_one_event_with_who_and_why():
    association = make.association()
    officer = make.officer(association)
    line = makers.recognition(makers.scheme(association), make.organisation())
    decision = makers.decision("revoke", reason="复核不合格")
    recognitions.decide(line.pk, decision, by=By(officer, make.LONG_AGO))

    events = list(timeline(line))

    assert [(event.act, event.actor_id, event.role) for event in events] == [
        ("granted", None, "program"),
        ("revoked", officer.pk, "officer"),
    ]
    assert events[1].reason.text == "复核不合格"


def acts_on(association, unit):
    register = makers.scheme(association)
    line, barred = makers.recognition(register, unit), makers.debarment(association, unit)
    past, held, account = (
        makers.past_project(association, unit),
        makers.holding(association, unit),
        makers.account(association, unit),
    )
    said = keeping.state_kept(association.pk, keeping.Statement("incidents", "核对"), by=PROGRAM)
    scheme = recognitions.NewScheme("新名册", "title", "organisation")
    bar = debarments.NewDebarment((unit.pk,), "事由", "依据", DAY)
    return [
        lambda by: recognitions.open_register(association.pk, scheme, by=by),
        lambda by: recognitions.describe_register(register.pk, scheme, by=by),
        lambda by: recognitions.grant(register.pk, makers.wanted(unit), by=by),
        lambda by: recognitions.propose(register.pk, makers.wanted(unit), by=by),
        lambda by: recognitions.decide(line.pk, makers.decision("revoke"), by=by),
        lambda by: recognitions.renew(line.pk, makers.wanted(unit), reason="x", by=by),
        lambda by: recognitions.transfer(line.pk, makers.wanted(unit), reason="x", by=by),
        lambda by: recognitions.merge(line.pk, line.pk, makers.decision("merge"), by=by),
        lambda by: debarments.debar(association.pk, bar, by=by),
        lambda by: debarments.contest(barred.pk, makers.decision("file_appeal"), by=by),
        lambda by: debarments.free(barred.pk, makers.decision("lift"), by=by),
        lambda by: history.add_past_project(
            association.pk, history.PastProject(unit.pk, "甲", "乙", 2022, "丙"), by=by
        ),
        lambda by: history.record_result(past.pk, history.Conclusion("good", DAY), by=by),
        lambda by: history.take_back_past_project(past.pk, reason="x", by=by),
        lambda by: history.end_holding(held.pk, DAY, reason="x", by=by),
        lambda by: platforms.add_count(account.pk, platforms.Counted("members", 1, DAY, "x"), by=by),
        lambda by: platforms.close_account(account.pk, DAY, by=by),
        lambda by: keeping.state_kept(association.pk, keeping.Statement("results", "x"), by=by),
        lambda by: keeping.take_back_kept(said.pk, reason="x", by=by),
        lambda by: keeping.decide_sharing(association.pk, keeping.Sharing(True, True, True), by=by),
    ]


def test_no_act_is_open_to_anybody_but_an_officer_of_the_association():
    association, unit = make.association(), make.organisation()
    strangers = [
        make.user(),
        make.officer(make.association()),
        make.holder(Role.LEADER, association.organisation),
    ]
    acts = acts_on(association, unit)

    for stranger in strangers:
        for act in acts:
            with pytest.raises(PermissionDenied), transaction.atomic():
                act(By(stranger, make.LONG_AGO))

    acts[4](By(make.officer(association), make.LONG_AGO))
    assert Recognition.objects.get().state == "revoked"


def test_a_step_cannot_count_from_before_the_last_one():
    line = makers.recognition(makers.scheme(make.association()), make.organisation())

    with pytest.raises(ValidationError):
        makers.decided(line, "revoke", date(2022, 12, 31))


def test_a_number_is_given_to_one_line_at_a_time():
    register = makers.scheme(make.association())
    makers.recognition(register, make.organisation(), number="N1")

    with pytest.raises(ValidationError), transaction.atomic():
        makers.recognition(register, make.organisation(), number="N1")


def test_what_was_recorded_of_a_double_counts_for_the_unit_that_is_kept():
    association, kept, gone = make.association(), make.organisation(), make.organisation()
    makers.debarment(association, gone)
    makers.past_project(association, gone)

    merge_parties(Sameness(kept.pk, gone.pk, "同一单位"), actor=None, role="tests", at=make.LONG_AGO)

    records = makers.records_of(DAY, [kept], association)
    assert (len(records.debarments), len(records.results), faults()) == (1, 1, [])


def test_after_its_last_day_a_line_can_be_renewed_and_no_longer_revoked():
    unit = make.organisation()
    line = makers.recognition(makers.scheme(make.association()), unit, valid_until=date(2023, 12, 31))

    with pytest.raises(ValidationError), transaction.atomic():
        makers.decided(line, "revoke", date(2024, 1, 1))
    wanted = makers.wanted(unit, valid_from=date(2024, 1, 1))
    assert recognitions.renew(line.pk, wanted, reason="复核合格", by=PROGRAM).state == "valid"
