"""The life of a formal check as a table."""

from itertools import product

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.formal_check import TABLE, FormalCheckState
from keqiao.core.lifecycle.roles import APPLICANT, CLOCK, OFFICER

S = FormalCheckState
WAYS = {
    ("answer", S.OPEN, OFFICER): S.OPEN,
    ("pass", S.OPEN, OFFICER): S.PASSED,
    ("refuse", S.OPEN, OFFICER): S.REFUSED,
    ("return", S.OPEN, OFFICER): S.RETURNED,
    ("reopen", S.PASSED, OFFICER): S.OPEN,
    ("reopen", S.REFUSED, OFFICER): S.OPEN,
    ("come_back", S.RETURNED, APPLICANT): S.OPEN,
    ("come_back", S.RETURNED, OFFICER): S.OPEN,
    ("come_back", S.RETURNED, CLOCK): S.OPEN,
    ("withdraw", S.OPEN, APPLICANT): S.WITHDRAWN,
    ("withdraw", S.PASSED, APPLICANT): S.WITHDRAWN,
    ("withdraw", S.RETURNED, APPLICANT): S.WITHDRAWN,
    ("withdraw", S.REFUSED, APPLICANT): S.WITHDRAWN,
    ("begin_again", S.WITHDRAWN, OFFICER): S.OPEN,
}
"""Every way there is, by act, state and role; nothing else is allowed."""


def outcome(act: str, state: FormalCheckState, role: str) -> FormalCheckState | None:
    try:
        return TABLE.after(state, act, {role})
    except NotAllowed:
        return None


def test_every_state_act_and_role_gives_what_the_list_says_and_nothing_else():
    tried = list(product(sorted({move.act for move in TABLE.moves}), S, (APPLICANT, OFFICER, CLOCK)))

    assert {each: found for each in tried if (found := outcome(*each)) is not None} == WAYS


def test_every_state_is_reached_by_some_event():
    assert set(TABLE.state_after.values()) == set(S)
