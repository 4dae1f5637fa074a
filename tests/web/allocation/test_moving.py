"""One move of one selection: by its table, with event and reason; who comes next in reserve."""

from typing import Any

import pytest

from keqiao.core.lifecycle.roles import LEADER, OFFICER
from keqiao.web.allocation.actions import move
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.queries import next_in_reserve, reserves_of, selections_of
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.models import Event
from tests.web.allocation import makers as making
from tests.web.applications import makers

pytestmark = pytest.mark.django_db
NOW = makers.NOW


@pytest.fixture
def decision() -> Decision:
    return making.decision(makers.call())


def moved(row: Selection, act: str, role: str = OFFICER, **more: Any) -> Selection:
    return move(row, act, role=role, actor=row.decision.made_by, at=NOW, **more)


def events(row: Selection) -> list[tuple[str, str]]:
    found = Event.objects.filter(chain_id=str(row.pk)).order_by("sequence")
    return [(each.act, each.role) for each in found]


def test_a_move_changes_state_and_columns_and_leaves_an_event(decision):
    row = making.selection(decision)

    now = moved(row, "propose", values={"amount_fen": 5_000_000})

    assert (now.state, now.amount_fen) == ("proposed", 5_000_000)
    assert events(row) == [("ranked", "officer"), ("proposed", "officer")]


@pytest.mark.parametrize(("act", "role"), [("post", OFFICER), ("propose", LEADER)])
def test_what_the_table_does_not_hold_is_refused_and_nothing_is_written(decision, act, role):
    row = making.selection(decision)

    with pytest.raises(Refused) as refused:
        moved(row, act, role)

    assert [each.code for each in refused.value.findings] == ["decision.wrong_state"]
    assert Selection.objects.get(pk=row.pk).state == "ranked"
    assert events(row) == [("ranked", "officer")]


def test_an_act_that_needs_a_reason_is_refused_without_one(decision):
    row = making.selection(decision, "in_notice")

    with pytest.raises(Refused) as refused:
        moved(row, "hold", reason="  ")

    assert [each.code for each in refused.value.findings] == ["decision.reason_missing"]
    assert moved(row, "hold", reason="有异议").reason == "有异议"


def test_the_next_in_reserve_is_the_first_by_rank(decision):
    chosen = making.selection(decision, "dropped", rank=1)
    third, second = (making.selection(decision, "reserve", rank=rank) for rank in (3, 2))
    making.selection(decision, "not_chosen", rank=4)

    assert [each.pk for each in reserves_of(chosen)] == [second.pk, third.pk]
    assert next_in_reserve(chosen) == second


def test_between_equals_in_reserve_a_person_decides(decision):
    chosen = making.selection(decision, "dropped", rank=1)
    for _ in range(2):
        making.selection(decision, "reserve", rank=2)

    assert next_in_reserve(chosen) is None
    assert reserves_of(chosen).count() == 2


def test_all_selections_of_a_call_stand_in_order(decision):
    second, first = (making.selection(decision, rank=rank) for rank in (2, 1))
    making.selection(making.decision(makers.call()))

    assert [each.pk for each in selections_of(decision.call_id)] == [first.pk, second.pk]


def test_what_has_no_rank_stands_last_on_either_engine(decision):
    unranked, ranked = (making.selection(decision, rank=rank) for rank in (None, 1))

    assert [each.pk for each in selections_of(decision.call_id)] == [ranked.pk, unranked.pk]
