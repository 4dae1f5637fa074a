"""The life of a call as a table."""

import pytest

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.call import CLOCK, LEADER, MOVES, OFFICER, STATE_AFTER, CallState, call_after

WAY = [
    ("check", CallState.CHECKED),
    ("publish", CallState.PUBLISHED),
    ("open", CallState.OPEN),
    ("close", CallState.CLOSED),
    ("begin_review", CallState.REVIEWING),
    ("post", CallState.PUBLICITY),
    ("decide", CallState.DECIDED),
    ("archive", CallState.ARCHIVED),
]


def test_an_officer_leads_a_call_from_draft_to_archive():
    state, seen = CallState.DRAFT, []
    for act, _target in WAY:
        state = call_after(state, act, {OFFICER})
        seen.append(state)

    assert seen == [target for _act, target in WAY]


def test_a_draft_may_be_published_without_a_second_look_in_between():
    assert call_after(CallState.DRAFT, "publish", {OFFICER}) is CallState.PUBLISHED


@pytest.mark.parametrize("act", ["correct", "revise", "prepare_revision"])
def test_work_on_the_words_leaves_the_state(act):
    state = CallState.DRAFT if act == "correct" else CallState.PUBLISHED
    assert call_after(state, act, {OFFICER}) is state


def test_a_published_call_is_not_corrected_but_revised():
    with pytest.raises(NotAllowed) as refused:
        call_after(CallState.PUBLISHED, "correct", {OFFICER})

    assert refused.value.wrong_state is True


def test_only_an_office_publishes():
    with pytest.raises(NotAllowed) as refused:
        call_after(CallState.DRAFT, "publish", {LEADER, CLOCK})

    assert refused.value.wrong_state is False


def test_the_clock_opens_and_closes():
    opened = call_after(CallState.PUBLISHED, "open", {CLOCK})

    assert call_after(opened, "close", {CLOCK}) is CallState.CLOSED


def test_a_call_can_be_cancelled_until_it_is_archived_and_only_once():
    may = {s for s in CallState if any(m.act == "cancel" and s in m.sources for m in MOVES)}

    assert may == set(CallState) - {CallState.ARCHIVED, CallState.CANCELLED}


def test_every_state_but_the_first_is_reached_and_left_by_some_event():
    reached = {move.target for move in MOVES if move.target is not None}

    assert reached == set(CallState)
    assert set(STATE_AFTER.values()) == set(CallState)
