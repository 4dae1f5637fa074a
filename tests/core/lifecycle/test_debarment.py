"""The life of a debarment as a table."""

from itertools import product

import pytest

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.debarment import (
    BARS,
    ENDED,
    EVENT_OF,
    MOVES,
    OFFICER,
    STATE_AFTER,
    DebarmentState,
    debarment_after,
)

S = DebarmentState
WAYS = {
    (S.IN_FORCE, "file_appeal"): S.APPEALED,
    (S.IN_FORCE, "lift"): S.LIFTED,
    (S.IN_FORCE, "annul"): S.ANNULLED,
    (S.APPEALED, "stay"): S.STAYED,
    (S.APPEALED, "dismiss_appeal"): S.IN_FORCE,
    (S.APPEALED, "allow_appeal"): S.ANNULLED,
    (S.APPEALED, "lift"): S.LIFTED,
    (S.STAYED, "dismiss_appeal"): S.IN_FORCE,
    (S.STAYED, "allow_appeal"): S.ANNULLED,
    (S.STAYED, "lift"): S.LIFTED,
}


def outcome(state: DebarmentState, act: str, role: str) -> DebarmentState | None:
    try:
        return debarment_after(state, act, {role})
    except NotAllowed:
        return None


def test_every_state_and_act_of_an_officer_gives_what_the_list_says_and_nothing_else():
    tried = list(product(DebarmentState, sorted(EVENT_OF)))

    assert [outcome(*each, OFFICER) for each in tried] == [WAYS.get(each) for each in tried]


@pytest.mark.parametrize("role", ["leader", "applicant", "expert"])
def test_nobody_else_moves_a_debarment(role):
    assert {outcome(state, move.act, role) for state in DebarmentState for move in MOVES} == {None}


def test_every_act_has_an_event_that_leads_to_the_same_state():
    assert {move.act: STATE_AFTER[EVENT_OF[move.act]] for move in MOVES} == {
        move.act: move.target for move in MOVES
    }


def test_an_appeal_bars_until_it_is_stayed_and_what_has_ended_stays_so():
    assert frozenset({S.IN_FORCE, S.APPEALED}) == BARS
    assert {state for state, _act in WAYS} & ENDED == frozenset()
