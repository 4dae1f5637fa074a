"""The life of an approval as a table."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.approval import (
    APPROVER,
    CLOCK,
    MOVES,
    PROPOSER,
    STATE_AFTER,
    ApprovalState,
    approval_after,
    roles_in_approval,
    state_at,
)

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
WAYS = {
    ("approve", APPROVER): ApprovalState.APPROVED,
    ("refuse", APPROVER): ApprovalState.REFUSED,
    ("withdraw", PROPOSER): ApprovalState.WITHDRAWN,
    ("expire", CLOCK): ApprovalState.EXPIRED,
}


def outcome(state: ApprovalState, act: str, role: str) -> ApprovalState | None:
    try:
        return approval_after(state, act, {role})
    except NotAllowed:
        return None


def test_every_state_act_and_role_gives_what_the_list_says_and_nothing_else():
    acts = {move.act for move in MOVES}
    tried = list(product(ApprovalState, acts, (APPROVER, PROPOSER, CLOCK)))
    expected = [
        WAYS.get((act, role)) if state is ApprovalState.PROPOSED else None for state, act, role in tried
    ]

    assert [outcome(*each) for each in tried] == expected


@pytest.mark.parametrize("may_approve", [False, True])
def test_whoever_proposed_is_never_the_approver(may_approve):
    assert roles_in_approval(proposed_it=True, may_approve=may_approve) == {PROPOSER}


def test_another_person_is_the_approver_only_with_the_right():
    assert roles_in_approval(proposed_it=False, may_approve=True) == {APPROVER}
    assert roles_in_approval(proposed_it=False, may_approve=False) == frozenset()


def test_time_runs_out_at_the_very_moment_stated():
    assert state_at(ApprovalState.PROPOSED, NOON, NOON - timedelta(microseconds=1)) is ApprovalState.PROPOSED
    assert state_at(ApprovalState.PROPOSED, NOON, NOON) is ApprovalState.EXPIRED
    assert state_at(ApprovalState.APPROVED, NOON, NOON) is ApprovalState.APPROVED


def test_every_state_is_reached_by_some_event():
    assert set(STATE_AFTER.values()) == set(ApprovalState)
