"""Keys of a decision: the leader, then the finance bureau where the call says so; sent back with a reason; verified."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.selection import SelectionState as S
from keqiao.web.accounts.roles import Role
from keqiao.web.allocation import actions
from keqiao.web.allocation.actions import Departure
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.verification import CHECKS
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.actions import approve, refuse, withdraw
from keqiao.web.approvals.models import Approval
from keqiao.web.approvals.queries import difference_of
from keqiao.web.approvals.refusals import SubjectChanged
from keqiao.web.audit.models import Event
from keqiao.web.duties.models import Duty
from tests.web import make
from tests.web.allocation import makers as making
from tests.web.allocation.makers import NOW, begun, filed, row_of, states

pytestmark = pytest.mark.django_db
WAN = 1_000_000
REVIEW = {
    "id": "r.review",
    "type": "review",
    "summary": "专家评审，会同财政部门审定",
    "finance_approves": True,
}


def call_of(**statements: Any) -> Any:
    """A call with two fixed places of 5 wan."""
    category = {
        "id": "c1",
        "name": "科普活动",
        "funding": {"kind": "fixed", "amount_fen": 5 * WAN},
        "places": {"count": 2},
        "scorecard": making.CARD,
    }
    return make.published_call(make.association(), make.definition(categories=[category], **statements))


def decided(call: Any, officer: Any) -> tuple[Decision, Approval]:
    """A decision that was accepted as proposed and waits for the leader."""
    filed(call, "c1", 90, 80, 70)
    decision = actions.accept(begun(call, officer).pk, 1, actor=officer, at=NOW)
    return decision, asked(decision, officer)


def asked(decision: Decision, officer: Any) -> Approval:
    return actions.ask_for_approval(decision.pk, decision.version, "请审定", actor=officer, at=NOW)


def fresh(decision: Decision) -> Decision:
    return Decision.objects.get(pk=decision.pk)


def leader_of(call: Any) -> Any:
    return make.holder(Role.LEADER, call.association.organisation)


def open_duties() -> list[str]:
    return sorted(Duty.objects.filter(settled_at__isnull=True).values_list("kind", flat=True))


def faults() -> list[str]:
    return [fault.code for _name, look in CHECKS for fault in look().faults]


@pytest.fixture
def call() -> Any:
    return call_of()


@pytest.fixture
def officer(call: Any) -> Any:
    return make.officer(call.association)


def test_the_leader_approves_what_was_frozen_and_it_is_done_once(call, officer):
    decision, approval = decided(call, officer)
    assert [(row.before, row.after) for row in difference_of(approval)] == [
        ("", "5万元"),
        ("", "5万元"),
        ("", "备选，第3位"),
        ("", "2项，合计10万元"),
    ]

    approve(approval.pk, actor=leader_of(call), at=NOW)

    assert states(decision) == {"c1甲": "approved", "c1乙": "approved", "c1丙": "reserve"}
    assert fresh(decision).approved_at == NOW
    acts = list(
        Event.objects.filter(chain_id=str(decision.pk)).values_list("act", "role").order_by("sequence")
    )
    assert acts == [
        ("begun", "officer"),
        ("accepted", "officer"),
        ("asked", "officer"),
        ("approved", "leader"),
    ]
    assert (open_duties(), faults()) == ([], [])


def test_the_officer_who_proposed_it_cannot_approve_it(call, officer):
    make.role_of(officer, Role.LEADER, call.association.organisation)
    _decision, approval = decided(call, officer)

    with pytest.raises(NotAllowed):
        approve(approval.pk, actor=officer, at=NOW)


def test_the_leader_owes_it_while_it_waits_and_the_office_after_it_was_sent_back(call, officer):
    leader = leader_of(call)
    decision, approval = decided(call, officer)
    assert open_duties() == ["approvals.decide"]

    refuse(approval.pk, actor=leader, at=NOW, reason="第二项请再核实")

    assert open_duties() == ["allocation.decide"]
    assert states(decision) == {"c1甲": "ranked", "c1乙": "ranked", "c1丙": "reserve"}
    assert Event.objects.filter(chain_id=str(decision.pk)).latest("sequence").reason_words == "第二项请再核实"
    again = actions.accept(decision.pk, fresh(decision).version, actor=officer, at=NOW)
    approve(asked(again, officer).pk, actor=leader, at=NOW)
    assert (states(decision)["c1乙"], faults()) == ("approved", [])


def test_sending_back_keeps_what_was_decided_otherwise(call, officer):
    first, _second, third = filed(call, "c1", 90, 80, 70)
    decision = actions.accept(begun(call, officer).pk, 1, actor=officer, at=NOW)
    swap = [
        Departure(row_of(decision, first).pk, S.RESERVE, reason="另有资助"),
        Departure(row_of(decision, third).pk, S.PROPOSED, reason="革命老区"),
    ]
    decision = actions.depart(decision.pk, decision.version, swap, actor=officer, at=NOW)
    refuse(asked(decision, officer).pk, actor=leader_of(call), at=NOW, reason="再议")

    decision = fresh(decision)
    actions.accept(decision.pk, decision.version, actor=officer, at=NOW)
    assert states(decision) == {"c1甲": "reserve", "c1乙": "proposed", "c1丙": "proposed"}


def test_nothing_changes_while_it_waits_until_it_is_taken_back(call, officer):
    decision, approval = decided(call, officer)
    with pytest.raises(Refused) as refused:
        actions.propose_again(decision.pk, fresh(decision).version, actor=officer, at=NOW)
    assert [each.code for each in refused.value.findings] == ["decision.waits_for_approval"]

    withdraw(approval.pk, actor=officer, at=NOW)
    assert open_duties() == ["allocation.decide"]
    actions.propose_again(decision.pk, fresh(decision).version, actor=officer, at=NOW)


def test_what_changed_since_it_was_asked_is_not_approved(call, officer):
    decision, approval = decided(call, officer)
    Selection.objects.filter(decision=decision, rank=1).update(amount_fen=6 * WAN)

    with pytest.raises(SubjectChanged):
        approve(approval.pk, actor=leader_of(call), at=NOW)
    assert fresh(decision).approved_at is None


def test_everything_that_stands_against_asking_is_said_at_once(call, officer):
    filed(call, "c1", 90)
    decision = begun(call, officer)
    with pytest.raises(Refused) as refused:
        actions.ask_for_approval(decision.pk, 1, " ", actor=officer, at=NOW)
    assert [each.code for each in refused.value.findings] == [
        "decision.reason_missing",
        "decision.still_open",
        "decision.nobody_chosen",
    ]


def test_facts_that_changed_since_the_proposal_are_told_before_anybody_approves(call, officer):
    filed(call, "c1", 90)
    decision = actions.accept(begun(call, officer).pk, 1, actor=officer, at=NOW)
    Selection.objects.filter(decision=decision).update(stated_rank=4)

    with pytest.raises(Refused) as refused:
        asked(decision, officer)
    assert [each.code for each in refused.value.findings] == ["decision.facts_changed"]


def test_where_the_call_says_so_the_finance_bureau_turns_the_second_key():
    call = call_of(rules=[REVIEW])
    officer, leader = make.officer(call.association), leader_of(call)
    finance = make.holder(Role.FINANCE, call.association.organisation)
    decision, approval = decided(call, officer)

    approve(approval.pk, actor=leader, at=NOW)
    assert fresh(decision).approved_at is None
    assert states(decision)["c1甲"] == "proposed"
    second = Approval.objects.get(kind="allocation.approve_by_finance")
    with pytest.raises(NotAllowed):
        approve(second.pk, actor=leader, at=NOW)

    approve(second.pk, actor=finance, at=NOW)
    assert (fresh(decision).approved_at, states(decision)["c1甲"]) == (NOW, "approved")
    assert Event.objects.filter(chain_id=str(decision.pk)).latest("sequence").role == "finance"
    assert faults() == []


def test_the_finance_bureau_sends_back_as_well():
    call = call_of(rules=[REVIEW])
    officer = make.officer(call.association)
    finance = make.holder(Role.FINANCE, call.association.organisation)
    decision, approval = decided(call, officer)
    approve(approval.pk, actor=leader_of(call), at=NOW)

    second = Approval.objects.get(kind="allocation.approve_by_finance")
    refuse(second.pk, actor=finance, at=NOW, reason="预算不足")

    assert states(decision)["c1甲"] == "ranked"
    assert open_duties() == ["allocation.decide"]


def test_whoever_is_no_officer_cannot_ask(call, officer):
    decision, approval = decided(call, officer)
    withdraw(approval.pk, actor=officer, at=NOW)
    with pytest.raises((Decision.DoesNotExist, PermissionDenied)):
        asked(fresh(decision), leader_of(call))


def test_verification_notices_a_planted_sum_and_a_planted_state(call, officer):
    decision, approval = decided(call, officer)
    approve(approval.pk, actor=leader_of(call), at=NOW)
    Selection.objects.filter(decision=decision, rank=3).update(state="approved", amount_fen=5 * WAN)

    assert faults() == ["case.state_differs", "decision.sum_passed", "decision.digest_differs"]
