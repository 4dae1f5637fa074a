"""The life of a record: planned, held, reported, verified by a second person, locked; and what is refused."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from keqiao.core.lifecycle.activity import TABLE, ActivityState
from keqiao.web.accounts.roles import Role
from keqiao.web.activities import actions
from keqiao.web.activities.actions import Begun
from keqiao.web.activities.models import Activity, EvidenceUse
from keqiao.web.activities.refusals import Refused
from keqiao.web.activities.second_person import UNLOCK, propose_unlock
from keqiao.web.activities.verification import CHECKS
from keqiao.web.approvals import actions as approvals
from keqiao.web.audit.queries import timeline
from keqiao.web.duties.models import Duty
from keqiao.web.notifications.models import Message
from keqiao.web.parties.models import Organisation
from tests.web import make
from tests.web.activities import makers
from tests.web.activities.makers import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return makers.project()


@pytest.fixture
def unit(project):
    return makers.recorder(project)


@pytest.fixture
def officer(project):
    return makers.officer(project)


def codes(refused) -> list[str]:
    return [finding.code.removeprefix("activity.") for finding in refused.value.findings]


def acts_of(row) -> list[str]:
    return [event.act for event in timeline(row)]


def test_a_planned_record_keeps_its_number_when_it_is_postponed(project, unit):
    begun = Begun("planned", links=["https://example.org/1"])
    row = actions.enter(project, makers.content(), begun, actor=unit, at=NOW)
    for act in ("file", "postpone", "plan_again", "hold", "report"):
        row = actions.move(row.pk, act, "场地停电", actor=unit, at=NOW)

    assert (row.number, row.state) == (1, "reported")
    assert acts_of(row) == [
        "planned", "evidence_added", "filed", "postponed", "planned_again", "held", "reported",
    ]  # fmt: skip


def test_numbers_count_within_a_project(project, unit):
    assert [makers.recorded(project, unit).number for _ in range(3)] == [1, 2, 3]
    assert makers.recorded(makers.project()).number == 1


def test_what_is_verified_is_verified_by_somebody_else(project, officer):
    row = makers.verified(project)

    assert row.verified_by_id != row.reported_by_id
    assert acts_of(row)[-2:] == ["reported", "verified"]


def test_whoever_reported_it_does_not_verify_it_not_even_as_an_officer(project, unit):
    association = make.association()
    project = makers.project(association, association.organisation)
    both = make.holder(Role.APPLICANT, association.organisation)
    make.role_of(both, Role.OFFICER, association.organisation)
    row = makers.reported(project, both)

    with pytest.raises(Refused) as refused:
        actions.verify([row.pk], actor=both, at=NOW)

    assert codes(refused) == ["own_record"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=row.pk).update(state="verified", verified_by=both, verified_at=NOW)


def test_everything_that_stands_against_reporting_is_said_at_once(project, unit):
    late = makers.content(start=NOW.date().replace(month=9))

    with pytest.raises(Refused) as refused:
        actions.enter(project, late, Begun(report=True), actor=unit, at=NOW)

    assert codes(refused) == ["not_over", "no_evidence"]
    assert not Activity.objects.exists()


def test_a_link_that_the_record_is_about_is_its_evidence(project, unit):
    post = makers.content(kind="post", values={"platform": "科创中国", "link": "https://kczg.example.org/a"})

    assert actions.enter(project, post, Begun(report=True), actor=unit, at=NOW).state == "reported"


def test_a_returned_record_says_why_is_owed_and_told_and_is_reported_again(project, unit, officer):
    row = makers.reported(project, unit)
    assert set(Duty.objects.filter(settled_at=None).values_list("kind", flat=True)) == {"activities.verify"}

    actions.send_back([row.pk], "照片看不清人数", actor=officer, at=NOW)

    row.refresh_from_db()
    assert (row.state, row.words) == ("returned", "照片看不清人数")
    assert set(Duty.objects.filter(settled_at=None).values_list("kind", flat=True)) == {"activities.correct"}
    letter = Message.objects.filter(template="activities.returned").first()
    assert getattr(letter, "recipient_id", None) == unit.pk
    actions.edit(row.pk, 1, makers.content(title="改过的"), actor=unit, at=NOW)
    row = actions.move(row.pk, "report", actor=unit, at=NOW)
    assert (row.state, row.words, row.version) == ("reported", "", 2)
    assert set(Duty.objects.filter(settled_at=None).values_list("kind", flat=True)) == {"activities.verify"}


@pytest.mark.parametrize("act", [actions.disallow, actions.look_again])
def test_taking_a_record_out_of_the_count_needs_a_reason(project, officer, act):
    row = makers.verified(project)

    with pytest.raises(Refused) as refused:
        act(row.pk, "  ", actor=officer, at=NOW)

    assert codes(refused) == ["reason_missing"]
    assert act(row.pk, "重复登记", actor=officer, at=NOW).verified_by_id is None


def test_several_are_verified_together_or_not_at_all(project, unit, officer):
    rows = [makers.reported(project, unit) for _ in range(2)]
    held = makers.recorded(project, unit)

    with pytest.raises(Refused):
        actions.verify([*(row.pk for row in rows), held.pk], actor=officer, at=NOW)

    assert not Activity.objects.filter(state="verified").exists()
    assert actions.verify([row.pk for row in rows], actor=officer, at=NOW) == 2


def test_two_people_do_not_write_over_each_other(project, unit):
    row = makers.recorded(project, unit)
    actions.edit(row.pk, 1, makers.content(title="甲"), actor=unit, at=NOW)

    with pytest.raises(Refused) as refused:
        actions.edit(row.pk, 1, makers.content(title="乙"), actor=unit, at=NOW)

    assert codes(refused) == ["changed_since"]


def test_saving_the_same_again_is_no_change(project, unit):
    row = makers.recorded(project, unit)

    assert actions.edit(row.pk, 1, makers.content(), actor=unit, at=NOW).version == 1


def test_a_closed_project_takes_nothing_from_its_unit_and_still_hears_its_office(project, unit, officer):
    row = makers.reported(project, unit)
    makers.known[project.id] = replace(project, is_open=False)

    with pytest.raises(Refused) as refused:
        makers.recorded(makers.known[project.id], unit)

    assert codes(refused) == ["project_closed"]
    assert actions.verify([row.pk], actor=officer, at=NOW) == 1


def test_others_find_nothing(project):
    row = makers.reported(project)
    stranger = makers.recorder(makers.project())
    foreign = make.officer(make.association())
    shut_out = makers.recorder(project)
    makers.shut_out.add(shut_out.pk)

    for account in (stranger, shut_out):
        with pytest.raises(Activity.DoesNotExist):
            actions.enter(project, makers.content(), Begun(), actor=account, at=NOW)
    with pytest.raises(Activity.DoesNotExist):
        actions.verify([row.pk], actor=foreign, at=NOW)
    with pytest.raises(Activity.DoesNotExist):
        actions.move(row.pk, "report", actor=foreign, at=NOW)


def test_locking_locks_what_was_verified_and_unlocking_needs_a_second_person(project, officer):
    row, left = makers.verified(project), makers.reported(project)

    assert actions.lock_project(project.kind, project.id, at=NOW) == 1
    assert actions.lock_project(project.kind, project.id, at=NOW) == 0

    row.refresh_from_db()
    approval = propose_unlock(row, "审计发现场次有误", actor=officer, at=NOW)
    assert approval.kind == UNLOCK
    second = makers.officer(project)
    approvals.approve(approval.pk, actor=second, at=NOW)
    row.refresh_from_db()
    left.refresh_from_db()
    assert (row.state, left.state) == ("verified", "reported")


def test_an_open_record_cannot_be_unlocked(project, officer):
    with pytest.raises(Refused):
        propose_unlock(makers.verified(project), "没有锁定", actor=officer, at=NOW)


def test_each_act_of_the_table_has_a_way_here():
    here = {
        *actions.standing.UNIT_ACTS,
        "edit",
        "return",
        "verify",
        "disallow",
        "look_again",
        "lock",
        "unlock",
    }

    assert here == set(TABLE.events)


def test_every_check_holds_and_notices_what_was_changed_behind_its_back(project):
    row = makers.verified(project)
    assert all(not check().faults for _name, check in CHECKS)

    Activity.objects.filter(pk=row.pk).update(title="另一场")
    Activity.objects.filter(pk=row.pk).update(
        state=ActivityState.LOCKED.value, owner=Organisation.objects.get(pk=project.owner_id)
    )
    EvidenceUse.objects.update(association=make.association())

    assert [bool(check().faults) for _name, check in CHECKS] == [True, True, True]
