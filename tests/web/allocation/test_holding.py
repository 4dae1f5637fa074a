"""What was judged and checked stays as it is while a decision waits for approval, and after it was approved."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from keqiao.web.accounts.roles import Role
from keqiao.web.allocation import actions
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.actions import approve, withdraw
from keqiao.web.approvals.acts import NotExecuted
from keqiao.web.approvals.models import Approval
from keqiao.web.approvals.queries import approvers_of
from keqiao.web.review.actions import Reopening, ask_to_reopen
from keqiao.web.review.actions import reopen as reopen_check
from keqiao.web.review.models import FormalCheck, Outcome
from tests.web import make
from tests.web.review import rounds
from tests.web.review.rounds import AFTER

pytestmark = pytest.mark.django_db
LATER = AFTER + timedelta(days=3)


@pytest.fixture
def judged() -> Any:
    """A closed round of two sheets, and the decision that was accepted as proposed and not asked for yet."""
    call = rounds.call(funding={"kind": "fixed", "amount_fen": 5_000_000}, places={"count": 2})
    officer = make.officer(call.association)
    application = rounds.passed(call, officer)
    experts = [rounds.expert(call.association) for _ in range(2)]
    found = rounds.opened(call, officer)
    tasks = rounds.invited(found, officer, *((each, application) for each in experts))
    for task in tasks:
        rounds.sealed(task)
    rounds.closed(found)
    begun = actions.begin(call.pk, actor=officer, at=AFTER)
    decision = actions.accept(begun.pk, begun.version, actor=officer, at=AFTER)
    return SimpleNamespace(call=call, officer=officer, task=tasks[0], round=found, decision=decision)


def asked(judged: Any) -> Approval:
    decision = rounds.fresh(judged.decision)
    return actions.ask_for_approval(decision.pk, decision.version, "请审定", actor=judged.officer, at=AFTER)


def reopening(judged: Any) -> Approval:
    wanted = Reopening("reopen", LATER, "分数录错")
    return ask_to_reopen(judged.task.pk, wanted, actor=judged.officer, at=AFTER)


def agree(approval: Approval) -> None:
    approve(approval.pk, actor=next(iter(approvers_of(approval, AFTER))), at=AFTER)


def codes(refused: Any) -> list[str]:
    return [each.code for each in refused.value.findings]


def test_a_round_opens_again_while_nobody_was_asked_to_approve(judged):
    make.officer(judged.call.association)
    agree(reopening(judged))

    assert (rounds.fresh(judged.round).state, Outcome.objects.exists()) == ("open", False)
    with pytest.raises(Refused) as refused:
        asked(judged)
    assert "decision.rounds_open" in codes(refused)


def test_no_sheet_is_taken_up_again_while_the_decision_waits_until_that_is_taken_back(judged):
    approval = asked(judged)
    with pytest.raises(Refused) as refused:
        reopening(judged)
    assert codes(refused) == ["review.decision_waits"]

    withdraw(approval.pk, actor=judged.officer, at=AFTER)
    assert reopening(judged).state == "proposed"


def test_what_a_second_person_agrees_to_too_late_is_not_done(judged):
    make.officer(judged.call.association)
    waiting = reopening(judged)
    asked(judged)

    with pytest.raises(NotExecuted):
        agree(waiting)
    assert (rounds.fresh(judged.round).state, Outcome.objects.count()) == ("closed", 1)


@pytest.mark.parametrize("what", ["sheet", "round", "check"])
def test_after_the_approval_nothing_is_taken_up_again(judged, what):
    leader = make.holder(Role.LEADER, judged.call.association.organisation)
    approve(asked(judged).pk, actor=leader, at=AFTER)
    check = FormalCheck.objects.get()
    acts = {
        "sheet": lambda: reopening(judged),
        "round": lambda: rounds.made(judged.call, judged.officer, closes_at=LATER),
        "check": lambda: reopen_check(check.pk, "漏看一项", actor=judged.officer, at=AFTER),
    }

    with pytest.raises(Refused) as refused:
        acts[what]()

    assert codes(refused) == ["review.decided"]
    assert (rounds.fresh(judged.round).state, rounds.fresh(check).state) == ("closed", "passed")
