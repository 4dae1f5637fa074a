"""Several people at once: one decision, one execution, one open approval. On both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from keqiao.core.lifecycle import NotAllowed
from keqiao.web.accounts.roles import Role
from keqiao.web.approvals import actions
from keqiao.web.approvals.models import Approval
from keqiao.web.approvals.refusals import AlreadyProposed, SubjectChanged
from keqiao.web.approvals.verification import CHECKS
from keqiao.web.audit.queries import timeline
from tests.web import make
from tests.web.approvals.renaming import NOON, TWO_DAYS, change_behind, name_of, propose, times_renamed

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOON + timedelta(hours=1)
AT_ONCE = 6


def all_at_once(tries) -> list[str]:
    """Run each of ``tries`` in a thread of its own, at the same moment; give the outcome of each."""
    gate = Barrier(len(tries))

    def run(attempt) -> str:
        gate.wait(timeout=30)
        try:
            attempt()
        except (NotAllowed, AlreadyProposed, SubjectChanged) as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(tries)) as pool:
        return sorted(pool.map(run, tries))


def broken() -> list[str]:
    return [fault.code for _name, check in CHECKS for fault in check().faults]


def test_of_two_approvers_at_once_one_decides_and_the_act_is_done_once(office):
    approval = propose(office.association, office.officer)
    leaders = [make.holder(Role.LEADER, office.association.organisation) for _ in range(AT_ONCE)]

    tries = [lambda who=who: actions.approve(approval.pk, actor=who, at=LATER) for who in leaders]
    outcomes = all_at_once(tries)

    assert outcomes == ["NotAllowed"] * (AT_ONCE - 1) + ["done"]
    assert (times_renamed(office.association), name_of(office.association)) == (1, "新名")
    assert broken() == []


def test_a_button_pressed_five_times_at_once_gives_five_receipts_and_one_effect(office):
    approval = propose(office.association, office.officer)

    tries = [lambda: actions.approve(approval.pk, actor=office.leader, at=LATER)] * 5
    assert all_at_once(tries) == ["done"] * 5
    assert times_renamed(office.association) == 1
    assert [event.act for event in timeline(approval)] == ["proposed", "approved"]


def test_approval_refusal_and_withdrawal_at_once_end_it_once(office):
    approval = propose(office.association, office.officer)

    outcomes = all_at_once(
        [
            lambda: actions.approve(approval.pk, actor=office.leader, at=LATER),
            lambda: actions.refuse(approval.pk, actor=office.other_leader, at=LATER, reason="不"),
            lambda: actions.withdraw(approval.pk, actor=office.officer, at=LATER),
        ]
    )
    approval.refresh_from_db()

    assert outcomes == ["NotAllowed", "NotAllowed", "done"]
    assert times_renamed(office.association) == (1 if approval.state == "approved" else 0)
    assert broken() == []


def test_of_several_proposals_at_once_one_waits(office):
    officers = [make.officer(office.association) for _ in range(AT_ONCE)]

    outcomes = all_at_once([lambda who=who: propose(office.association, who) for who in officers])

    assert outcomes == ["AlreadyProposed"] * (AT_ONCE - 1) + ["done"]
    assert Approval.objects.count() == 1
    assert broken() == []


def test_a_proposal_sent_five_times_at_once_is_one(office):
    assert all_at_once([lambda: propose(office.association, office.officer)] * 5) == ["done"] * 5
    assert Approval.objects.count() == 1


@pytest.mark.parametrize("_round", range(4))
def test_a_change_that_comes_at_the_same_moment_is_never_overwritten(office, _round):
    approval = propose(office.association, office.officer)

    outcomes = all_at_once(
        [
            lambda: actions.approve(approval.pk, actor=office.leader, at=LATER),
            lambda: change_behind(office.association),
        ]
    )

    assert outcomes in (["SubjectChanged", "done"], ["done", "done"])
    assert name_of(office.association) == "别名"  # it came after the approval, or stopped it


def test_proposals_and_approvals_at_once_wait_for_each_other(office):
    approval = propose(office.association, office.officer)
    officers = [make.officer(office.association) for _ in range(AT_ONCE)]

    proposals = [lambda who=who: propose(office.association, who) for who in officers]
    outcomes = all_at_once([*proposals, lambda: actions.approve(approval.pk, actor=office.leader, at=LATER)])

    assert set(outcomes) <= {"AlreadyProposed", "done"}
    assert times_renamed(office.association) == 1
    assert Approval.objects.filter(state="proposed").count() <= 1
    assert broken() == []


def test_two_workers_write_down_an_expiry_once(office):
    approval = propose(office.association, office.officer)

    assert all_at_once([lambda: actions.expire_due(NOON + TWO_DAYS)] * 4) == ["done"] * 4
    assert [event.act for event in timeline(approval)] == ["proposed", "expired"]
