"""What ``keqiao verify`` finds when somebody reaches the table past the program, and what the table refuses."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from keqiao.web.approvals import actions
from keqiao.web.approvals.models import Approval
from keqiao.web.approvals.verification import CHECKS, TRIGGERS, check_triggers
from keqiao.web.audit import log
from tests.web.append_only import triggers_off
from tests.web.approvals.renaming import NOON, propose

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
TOO_LATE = NOON + timedelta(days=9)


def faults() -> list[str]:
    return sorted({fault.code for _name, check in CHECKS for fault in check().faults})


@pytest.fixture
def approved(office) -> Approval:
    approval = propose(office.association, office.officer)
    return actions.approve(approval.pk, actor=office.leader, at=LATER)


def plant(approval: Approval, **columns) -> None:
    with triggers_off():
        Approval.objects.filter(pk=approval.pk).update(**columns)


def test_a_sound_room_has_no_faults_and_everything_is_looked_at(approved):
    assert faults() == []
    assert [check().checked for _name, check in CHECKS] == [1, 1, 1, 1, 3]


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ({"state": "refused", "executed_at": None, "outcome": None, "decision_reason": "不"},
         ["approval.executions_differ", "case.state_differs"]),
        ({"decided_by_id": uuid4()}, ["approval.decider_differs"]),
        ({"proposed_by_id": uuid4()}, ["approval.proposer_differs"]),
        ({"arguments": {"site_name": "黑名"}}, ["approval.altered"]),
        ({"difference": []}, ["approval.altered"]),
        ({"digest": "0" * 64}, ["approval.altered"]),
        ({"outcome": {"event": 99}}, ["approval.outcome_differs"]),
        ({"executed_at": NOON}, ["approval.outcome_differs"]),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(approved, planted, found):
    plant(approved, **planted)
    assert faults() == found


def test_a_second_execution_is_found(approved, office):
    data = {"digest": approved.digest, "outcome": approved.outcome}
    log.record("approved", approved, actor=office.leader, role="approver", at=LATER, data=data)
    assert faults() == ["approval.executions_differ"]


def test_an_event_that_lets_the_proposer_decide_is_found(approved, office):
    log.record("refused", approved, actor=office.officer, role="approver", at=LATER)
    assert "approval.decided_by_proposer" in faults()


def test_an_approval_past_the_log_is_found(approved):
    with triggers_off():
        row = Approval.objects.get()
        row.pk = uuid4()
        row.save(force_insert=True)
    assert "case.without_events" in faults()


@pytest.mark.parametrize(
    "change",
    [
        {
            "state": "proposed",
            "decided_by_id": None,
            "decided_at": None,
            "executed_at": None,
            "outcome": None,
        },
        {"decided_by_id": uuid4()},
        {"digest": "0" * 64},
        {"expires_at": TOO_LATE},
    ],
)
def test_the_database_refuses_to_change_what_has_ended(approved, change):
    with pytest.raises(DatabaseError, match="approvals stay"), transaction.atomic():
        Approval.objects.filter(pk=approved.pk).update(**change)


@pytest.mark.parametrize(
    "change", [{"arguments": {"site_name": "黑名"}}, {"basis": {}}, {"title": "无害的事"}]
)
def test_the_database_refuses_to_change_what_waits(office, change):
    approval = propose(office.association, office.officer)
    with pytest.raises(DatabaseError, match="approvals stay"), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(**change)


def test_the_database_refuses_to_remove_an_approval(approved):
    with (
        pytest.raises(DatabaseError, match="approvals stay"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM approvals_approval")


def test_lost_triggers_are_found(db):
    with triggers_off():
        assert tuple(fault.about for fault in check_triggers().faults) == TRIGGERS
    assert check_triggers().faults == ()


def test_contents_of_an_ended_approval_can_be_blanked_and_that_is_seen(approved):
    Approval.objects.update(arguments={}, basis={}, difference=[], title="")
    assert faults() == ["approval.altered"]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "lost"}, "approval_state_is_known"),
        ({"state": "approved"}, "approval_(decision_is_whole|executed_exactly_when_approved)"),
        ({"decision_reason": "早说"}, "approval_decision_is_whole"),
        ({"reason": ""}, "approval_proposed_with_reason"),
        ({"expires_at": NOON}, "approval_leaves_time_to_decide"),
        ({"state": "refused", "decided_by_id": uuid4(), "decided_at": LATER}, "approval_refused_says_why"),
        (
            {
                "state": "refused",
                "decided_by_id": uuid4(),
                "decided_at": NOON + timedelta(days=9),
                "decision_reason": "不",
            },
            "approval_decided_before_it_expires",
        ),
    ],
)
def test_the_table_refuses_what_cannot_be(office, change, constraint):
    approval = propose(office.association, office.officer)
    with triggers_off(), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(**change)
