"""The life of a recognition as a table."""

from datetime import date
from itertools import product

import pytest

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.recognition import (
    EVENT_OF,
    HELD,
    LED_ON,
    MOVES,
    NEVER_HELD,
    OFFICER,
    STATE_AFTER,
    RecognitionState,
    recognition_after,
    recognition_on,
)

S = RecognitionState
WAYS = {
    (S.PROPOSED, "publicise"): S.PUBLICISED,
    (S.PROPOSED, "confirm"): S.VALID,
    (S.PROPOSED, "decline"): S.DECLINED,
    (S.PROPOSED, "strike"): S.STRUCK,
    (S.PUBLICISED, "confirm"): S.VALID,
    (S.PUBLICISED, "decline"): S.DECLINED,
    (S.PUBLICISED, "strike"): S.STRUCK,
    (S.VALID, "order_rectification"): S.RECTIFYING,
    (S.VALID, "revoke"): S.REVOKED,
    (S.VALID, "end"): S.EXPIRED,
    (S.VALID, "renew"): S.RENEWED,
    (S.VALID, "transfer"): S.TRANSFERRED,
    (S.VALID, "merge"): S.MERGED,
    (S.VALID, "strike"): S.STRUCK,
    (S.RECTIFYING, "accept_rectification"): S.VALID,
    (S.RECTIFYING, "revoke"): S.REVOKED,
    (S.RECTIFYING, "end"): S.EXPIRED,
    (S.RECTIFYING, "renew"): S.RENEWED,
    (S.RECTIFYING, "transfer"): S.TRANSFERRED,
    (S.RECTIFYING, "merge"): S.MERGED,
    (S.RECTIFYING, "strike"): S.STRUCK,
    (S.REVOKED, "reinstate"): S.VALID,
    (S.EXPIRED, "renew"): S.RENEWED,
    (S.EXPIRED, "strike"): S.STRUCK,
}


def outcome(state: RecognitionState, act: str, role: str) -> RecognitionState | None:
    try:
        return recognition_after(state, act, {role})
    except NotAllowed:
        return None


def test_every_state_and_act_of_an_officer_gives_what_the_list_says_and_nothing_else():
    tried = list(product(RecognitionState, sorted(EVENT_OF)))

    assert [outcome(*each, OFFICER) for each in tried] == [WAYS.get(each) for each in tried]


@pytest.mark.parametrize("role", ["leader", "applicant", "expert"])
def test_nobody_else_moves_a_recognition(role):
    assert {outcome(state, move.act, role) for state in RecognitionState for move in MOVES} == {None}


def test_every_act_has_an_event_that_leads_to_the_same_state():
    assert {move.act: STATE_AFTER[EVENT_OF[move.act]] for move in MOVES} == {
        move.act: move.target for move in MOVES
    }


def test_the_kinds_of_states_do_not_overlap():
    assert HELD & LED_ON == HELD & NEVER_HELD == LED_ON & NEVER_HELD == frozenset()
    assert frozenset(RecognitionState) - HELD - LED_ON - NEVER_HELD == {S.REVOKED, S.EXPIRED}


@pytest.mark.parametrize(
    ("state", "until", "day", "counts"),
    [
        (S.VALID, date(2026, 3, 1), date(2026, 3, 1), S.VALID),
        (S.VALID, date(2026, 3, 1), date(2026, 3, 2), S.EXPIRED),
        (S.RECTIFYING, date(2026, 3, 1), date(2026, 3, 2), S.EXPIRED),
        (S.VALID, None, date(2099, 1, 1), S.VALID),
        (S.REVOKED, date(2026, 3, 1), date(2026, 3, 2), S.REVOKED),
        (S.RENEWED, date(2026, 3, 1), date(2026, 3, 2), S.RENEWED),
    ],
)
def test_what_was_held_expires_the_day_after_its_last(state, until, day, counts):
    assert recognition_on(state, until, day) is counts
