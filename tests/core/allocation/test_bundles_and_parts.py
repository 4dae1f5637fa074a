"""Pilots of Henan, parts of Jining, limits on undertaking of Sanmenxia, pass marks and poor progress."""

from dataclasses import replace
from fractions import Fraction

import pytest

from keqiao.core.allocation import Bar, BarKind, Candidate, Cap, Contender, Pilot, caps_of, propose
from keqiao.core.findings import Weight
from keqiao.core.programme.inheritance import effective
from keqiao.core.programme.tree import path_of
from keqiao.core.rules.facts import Holding, Records, Stage
from keqiao.core.rules.quotas import Asking, limits_of
from keqiao.readers.programmes import load
from tests.core.allocation.calls import (
    HENAN,
    JINING,
    amounts,
    bundle_of_henan,
    case,
    codes,
    filed,
    proposed,
    reasons,
    scored,
)

CHILDREN = (
    *scored("yishiyipin", 80, prefix="fair"),
    *scored("baihui", 82, prefix="teams"),
    *scored("chanxueyan", 84, prefix="base"),
    *scored("gongzuozhan", 86, prefix="station"),
)
FILED = (
    filed("shidianshi", "pilot-1"),
    filed("yishiyipin", "fair-1"),
    filed("baihui", "teams-1"),
    filed("chanxueyan", "base-1", mark="pilot-1"),
    filed("gongzuozhan", "station-1"),
)


def henan(*scores, decided=None, filed_with=FILED, others=()):
    """The pilot of 甲市科协 is the first, with its children; the others are pilots of other cities."""
    pilots = scored("shidianshi", *scores, prefix="pilot")
    one = Pilot("pilot-1", bundle_of_henan(), filed_with[0], filed_with, decided)
    return propose(case(HENAN, *pilots, *CHILDREN, *others, pilots=(one,)))


def test_a_pilot_that_wins_takes_its_marked_children_out_of_review():
    found = henan(90, 80)

    assert reasons(found) == {
        "fair-1": "absorbed_by_pilot",
        "teams-1": "absorbed_by_pilot",
        "base-1": "absorbed_by_pilot",
    }
    assert amounts(found) == {"pilot-1": 50, "pilot-2": 50, "station-1": 5}
    assert found.verdicts["base-1"].values == {"pilot": "pilot-1"}


def test_an_absorbed_child_has_no_place_of_its_own():
    others = scored("yishiyipin", 79, 78, 77, 76, 75, prefix="other")

    assert [each for each in amounts(henan(90, others=others)) if each.startswith("other")] == [
        "other-1",
        "other-2",
        "other-3",
        "other-4",
        "other-5",
    ]


def test_a_pilot_that_loses_leaves_all_its_children_to_review():
    found = henan(60, 90, 85, 80)

    assert reasons(found) == {"pilot-1": "places_full"}
    assert [each for each in amounts(found) if not each.startswith("pilot")] == [
        "fair-1",
        "teams-1",
        "base-1",
        "station-1",
    ]


def test_while_the_pilot_is_open_its_children_wait():
    found = henan(80, 90, 85, 80)

    assert reasons(found)["pilot-1"] == "equals_at_the_line"
    assert {reasons(found)[each] for each in ("fair-1", "teams-1", "base-1")} == {"waits_for_pilot"}
    assert found.verdicts["station-1"].status == "in"


@pytest.mark.parametrize(("decided", "child"), [(True, "absorbed_by_pilot"), (False, None)])
def test_what_the_office_has_decided_about_a_pilot_decides_about_its_children(decided, child):
    found = henan(80, 90, 85, 80, decided=decided)

    assert reasons(found).get("fair-1") == child
    assert (found.verdicts["pilot-1"].status == "in") is decided


def test_two_unmarked_applications_in_one_child_are_a_question():
    unmarked = (*FILED[:3], filed("chanxueyan", "base-1"), FILED[4])
    found = henan(90, filed_with=unmarked)

    assert {reasons(found)[each] for each in ("base-1", "station-1")} == {"bundle_unclear"}
    assert "bundle.mark_missing" in codes(found.findings)


def part(name, score, sessions):
    """An application for some of the 24 sessions of the volunteering item."""
    return Candidate(name, "a4", score=Fraction(score), scope={"a4.t1": sessions})


def test_awards_reach_the_sessions_of_the_call_and_carry_their_share():
    found = proposed(JINING, part("a", 90, 12), part("b", 80, 8), part("c", 70, 6), part("d", 60, 24))

    assert list(amounts(found)) == ["a", "b", "c"]
    assert found.verdicts["a"].shares == {"a4.t1": Fraction(1, 2)}
    assert found.verdicts["b"].scope == {"a4.t1": 8}
    assert reasons(found) == {"d": "scope_reached"}


def test_sessions_that_nobody_wants_are_said():
    found = proposed(JINING, part("a", 90, 12), part("b", 80, 8))

    missing = next(each for each in found.findings if each.code == "allocation.scope_not_reached")
    assert missing.values == {"node": "a4", "part": "a4.t1", "whole": 24, "reached": 20}


def test_twenty_lectures_and_ten_visits_are_reached_each():
    lectures = Candidate("lectures", "a5", score=Fraction(90), scope={"a5.t1": 20})
    visits = Candidate("visits", "a5", score=Fraction(50), scope={"a5.t2": 10})
    more = Candidate("more", "a5", score=Fraction(80), scope={"a5.t1": 20})
    found = proposed(JINING, lectures, more, visits)

    assert list(amounts(found)) == ["lectures", "visits"]
    assert reasons(found) == {"more": "scope_reached"}


def test_the_whole_is_awarded_where_no_part_is_named():
    whole = Candidate("whole", "a4", score=Fraction(95))
    found = proposed(JINING, whole, part("a", 90, 12))

    assert found.verdicts["whole"].scope == {"a4.t1": 24}
    assert reasons(found) == {"a": "scope_reached"}


def sanmenxia_caps(held):
    """Three candidates of one unit under the limit of two projects in a year, so many of which are held."""
    programme = load("sanmenxia-2023")
    path = path_of(programme, "shequ")
    asking = Asking("甲", programme.id, 2023, path)
    limits = limits_of(effective(programme, path))
    holdings = tuple(
        Holding(f"old-{n}", "甲", programme.id, path, 2023, Stage.UNDERTAKEN) for n in range(held)
    )
    records = Records(holdings=holdings, kept=frozenset({"holdings"}))
    return caps_of((Contender(f"shequ-{n}", asking, limits) for n in (1, 2, 3)), records)


def test_a_hedged_limit_on_undertaking_lets_pass_with_a_reason():
    (cap,) = sanmenxia_caps(held=1)
    found = proposed(load("sanmenxia-2023"), *scored("shequ", 90, 80, 70), caps=(cap,))

    assert (cap.most, cap.held, cap.weight) == (2, 1, Weight.WARN)
    assert len(amounts(found)) == 3
    hedged = next(each for each in found.findings if each.code == "allocation.limit_needs_reason")
    assert hedged.values == {
        "holder": "甲",
        "most": 2,
        "held": 1,
        "selected": 3,
        "candidates": ("shequ-1", "shequ-2", "shequ-3"),
    }


def test_a_limit_that_refuses_stops_at_the_best():
    cap = replace(sanmenxia_caps(held=1)[0], weight=Weight.REFUSE)
    found = proposed(load("sanmenxia-2023"), *scored("shequ", 90, 80, 70), caps=(cap,))

    assert list(amounts(found)) == ["shequ-1"]
    assert reasons(found) == {"shequ-2": "undertaking_limit", "shequ-3": "undertaking_limit"}
    assert found.verdicts["shequ-2"].values == {"most": 2, "holder": "甲", "others": ("shequ-1",)}


def test_a_place_that_another_unit_can_fill_is_not_left_empty_for_the_order():
    """Two categories with one place each and a unit that may have one project: both places are filled."""
    cap = Cap("one", frozenset({"daren-1", "fangfadasai-1"}), most=1)
    categories = ("daren", "fangfadasai")
    first = [replace(scored(node, 90)[0]) for node in categories]
    found = proposed(HENAN, *first, *scored("fangfadasai", 60, prefix="other"), caps=(cap,))

    assert list(amounts(found)) == ["daren-1", "other-1"]
    assert reasons(found) == {"fangfadasai-1": "undertaking_limit"}


def test_below_the_pass_mark_nobody_is_selected_though_places_are_free():
    marked = tuple(
        replace(each, pass_mark=Fraction(60)) if each.id == "" else each for each in case(HENAN).nodes
    )
    found = propose(replace(case(HENAN, *scored("shidianshi", 60, "59.99")), nodes=marked))

    assert reasons(found) == {"shidianshi-2": "pass_mark"}
    assert found.verdicts["shidianshi-2"].values == {"score": "59.99", "mark": "60"}


def test_poor_progress_ends_support_and_unknown_progress_is_asked():
    poor, unknown = scored("shidianshi", 99, 98)
    barred = replace(poor, bars=(Bar(BarKind.NO_CONTINUED_SUPPORT),))
    asked = replace(unknown, bars=(Bar(BarKind.NO_CONTINUED_SUPPORT, holds=None),))

    assert reasons(proposed(HENAN, barred, asked)) == {
        "shidianshi-1": "no_continued_support",
        "shidianshi-2": "not_checked",
    }
