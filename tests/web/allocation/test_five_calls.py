"""The five calls, each in its own shape: places and sums, pilots and children, parts of a whole, topics."""

from datetime import timedelta
from typing import Any

import pytest

from keqiao.web.allocation import actions, queries
from keqiao.web.allocation.actions import Found, Joining
from keqiao.web.allocation.models import Decision
from keqiao.web.applications.models import BundleMark
from keqiao.web.parties.queries import local_day
from tests.web import make
from tests.web.allocation.makers import NOW, amounts, begun, filed, row_of, states
from tests.web.reopened import reopened
from tests.web.season import ground

pytestmark = pytest.mark.django_db


def shipped(slug: str) -> Any:
    """A shipped call of its demonstration, published."""
    body = ground.association(slug)
    return make.published_call(body, reopened(ground.CALLS[slug][0], local_day(NOW) + timedelta(days=21)))


def accepted(decision: Decision, officer: Any) -> Decision:
    return actions.accept(decision.pk, decision.version, actor=officer, at=NOW)


JIANSHE = {
    "dangjian": (99, 98, 97, 60),
    "lianghua": (96, 95, 94),
    "lianheti": (93, 92, 91, 90),
    "zhineng": (89, 88, 87),
    "pingtai": (86, 85),
}
"""Scores in the five parts of one envelope of Hunan: fourteen places, one million."""


def test_hunan_fourteen_projects_within_one_million_and_the_finance_bureau_has_a_say():
    call = shipped("hunan")
    for node, scores in JIANSHE.items():
        filed(call, node, *scores)
    officer = make.officer(call.association)

    decision = accepted(begun(call, officer), officer)

    given = amounts(decision)
    assert (len(given), sum(given.values())) == (14, 100)
    assert all(5 <= each <= 20 for each in given.values())
    assert {name for name, state in states(decision).items() if state == "reserve"} == {
        "dangjian丁",
        "pingtai乙",
    }
    assert decision.by_finance


def test_lists_have_the_categories_in_the_order_of_the_call():
    call = shipped("hunan")
    for node in sorted(JIANSHE):
        filed(call, node, 90, 95)
    officer = make.officer(call.association)
    decision = accepted(begun(call, officer), officer)

    wanted = [node for node in JIANSHE for _each in range(2)]
    assert wanted != sorted(wanted)
    for rows in (queries.rows_in(decision), queries.selections_of(call.pk)):
        assert [row.application.node for row in rows] == wanted
        assert [row.rank for row in rows] == [1, 2] * len(JIANSHE)


def pilot_city(call: Any, score: int) -> tuple[Any, Any, Any]:
    """A pilot city with two applications in one child category, of which the first is marked to go into it."""
    city = make.organisation("甲市科协", kind="association")
    (pilot,) = filed(call, "shidianshi", score, units=[city])
    marked, other = filed(call, "yishiyipin", 90, 80, units=[city, city])
    BundleMark.objects.create(
        association=call.association,
        pilot=pilot,
        child="yishiyipin",
        application=marked,
        marked_at=NOW,
    )
    return pilot, marked, other


def test_henan_a_pilot_city_that_wins_takes_its_marked_child_and_one_that_loses_lets_it_go():
    call = shipped("henan")
    officer = make.officer(call.association)
    pilot, marked, other = pilot_city(call, 95)
    decision = accepted(begun(call, officer), officer)

    assert row_of(decision, pilot).state == "proposed"
    assert row_of(decision, marked).state == "absorbed"
    assert row_of(decision, other).state == "proposed"
    assert queries.pilots_of(queries.selections_of(call.pk)) == {marked.pk: pilot.title}

    lost = {str(pilot.pk): False}
    decision = actions.decide_pilots(decision.pk, decision.version, lost, actor=officer, at=NOW)
    decision = accepted(decision, officer)
    assert row_of(decision, pilot).state == "not_chosen"
    assert [row_of(decision, each).state for each in (marked, other)] == ["proposed", "proposed"]
    assert queries.pilots_of(queries.selections_of(call.pk)) == {}


def test_jining_partial_sessions_are_summed_until_the_whole_is_reached():
    call = shipped("jining")
    officer = make.officer(call.association)
    rows = filed(call, "a4", 95, 90, 85, 80)
    decision = begun(call, officer)
    parts = {
        row_of(decision, row).pk: Found(scope={"a4.t1": sessions})
        for row, sessions in zip(rows, (12, 8, 4, 4), strict=True)
    }
    seen = (decision.pk, decision.version)
    decision = actions.find_out(seen, parts, actor=officer, at=NOW, reason="申报书第五项")
    decision = accepted(decision, officer)

    assert [row_of(decision, row).state for row in rows] == ["proposed"] * 3 + ["reserve"]
    assert sum(row_of(decision, row).scope.get("a4.t1", 0) for row in rows) == 24


def test_sanmenxia_topics_are_joined_and_stand_for_one_place():
    call = shipped("sanmenxia")
    officer = make.officer(call.association)
    first, second, same = filed(call, "zhanlue", 90, 80, 70)
    decision = begun(call, officer)
    joining = Joining(row_of(decision, same).pk, row_of(decision, first).pk, "与题一重复", is_duplicate=True)
    decision = actions.merge(decision.pk, decision.version, joining, actor=officer, at=NOW)
    decision = accepted(decision, officer)

    joined = row_of(decision, same)
    assert (joined.state, joined.is_duplicate, joined.merged_into) == (
        "merged",
        True,
        row_of(decision, first),
    )
    assert [row_of(decision, each).rank for each in (first, second)] == [1, 2]
    assert [row_of(decision, each).state for each in (first, second)] == ["proposed", "proposed"]


def test_yinchuan_without_money_or_places_everybody_who_passes_is_chosen():
    call = shipped("yinchuan")
    officer = make.officer(call.association)
    node = next(iter(call.offers.values_list("node", flat=True)))
    filed(call, node, 90, 40)

    decision = accepted(begun(call, officer), officer)

    assert sorted(states(decision).values()) == ["not_chosen", "proposed"]
