"""The money of the call of Hunan: ranges within sums, places within places, one pool of two categories."""

from dataclasses import replace
from fractions import Fraction

from keqiao.core.allocation import Candidate, Lift, Line, Policy, Sharing, nodes_of, propose
from keqiao.core.allocation.contradictions import contradictions
from keqiao.core.findings import Weight
from keqiao.core.money import Bounds
from tests.core.allocation.calls import HUNAN, WAN, amounts, case, codes, proposed, reasons, scored, step

LIANMENG = (*scored("chuangxinlianmeng", 95, 90, 85, 80), *scored("kexielianmeng", 70, 60))
JIANSHE = (
    *scored("dangjian", 99, 98, 97, 60),
    *scored("lianghua", 96, 95, 94),
    *scored("lianheti", 93, 92, 91, 90),
    *scored("zhineng", 89, 88, 87),
    *scored("pingtai", 86, 85),
)


def test_the_numbers_of_the_call_do_not_contradict_each_other():
    assert list(contradictions(case(HUNAN))) == []
    assert sum(node.total_fen or 0 for node in nodes_of(HUNAN) if node.above == "") == 560 * WAN


def test_five_projects_of_the_annual_meeting_each_get_the_most():
    found = proposed(HUNAN, *scored("nianhui", 90, 85, 80, 75, 70))

    assert set(amounts(found).values()) == {10}


def test_eight_projects_share_fifty_in_whole_steps_and_the_better_ones_get_the_step_that_is_left():
    found = proposed(HUNAN, *scored("nianhui", 90, 85, 80, 75, 70, 65, 60, 55, 50))

    assert list(amounts(found).values()) == [7, 7, 6, 6, 6, 6, 6, 6]
    assert reasons(found) == {"nianhui-9": "places_full"}
    assert found.verdicts["nianhui-9"].values == {"place": 9, "places": 8, "node": "nianhui"}


def test_a_finer_step_divides_more_evenly():
    found = proposed(HUNAN, *scored("nianhui", 90, 85, 80, 75, 70, 65, 60, 55), policy=step("0.1"))

    assert [str(float(amount)) for amount in amounts(found).values()] == ["6.3"] * 4 + ["6.2"] * 4


def test_four_projects_would_leave_ten_and_say_so():
    found = proposed(HUNAN, *scored("nianhui", 90, 85, 80, 75))

    left = next(each for each in found.findings if each.code == "allocation.money_left")
    assert set(amounts(found).values()) == {10}
    assert left.values == {
        "node": "nianhui",
        "total": "50万元",
        "spent": "40万元",
        "left": "10万元",
    }
    empty = next(each for each in found.findings if each.code == "allocation.places_empty")
    assert empty.values == {"node": "nianhui", "least": 5, "filled": 4}


def test_three_and_one_of_the_alliances_share_a_hundred():
    found = proposed(HUNAN, *LIANMENG)

    assert amounts(found) == {
        "chuangxinlianmeng-1": 25,
        "chuangxinlianmeng-2": 25,
        "chuangxinlianmeng-3": 25,
        "kexielianmeng-1": 25,
    }
    assert reasons(found) == {"chuangxinlianmeng-4": "places_full", "kexielianmeng-2": "places_full"}


def test_money_above_the_floor_can_follow_the_score():
    policy = Policy(step_fen=WAN, sharing=Sharing.PROPORTIONAL)
    found = proposed(HUNAN, *LIANMENG, policy=policy)

    # 20 above the floors by 95 : 90 : 85 : 70 is 5.59, 5.29, 5, 4.12: five each, and the greatest remainder one more
    assert list(amounts(found).values()) == [26, 25, 25, 24]


def test_fourteen_projects_of_society_building_fit_into_a_hundred():
    found = proposed(HUNAN, *JIANSHE)

    # 14 x 5 = 70; 30 are left: two each, and the first two of the order of merit one more
    assert sorted(amounts(found).values(), reverse=True) == [8, 8, *[7] * 12]
    assert sum(amounts(found).values()) == 100
    assert reasons(found) == {"dangjian-4": "places_full", "pingtai-2": "places_full"}


def test_nobody_gets_more_than_it_asked_for_and_the_others_get_the_rest():
    first, *others = LIANMENG
    found = proposed(HUNAN, replace(first, requested_fen=22 * WAN), *others)

    assert list(amounts(found).values()) == [22, 26, 26, 26]


def test_who_asks_for_less_than_the_least_is_not_selected_by_itself():
    first, *others = LIANMENG
    found = proposed(HUNAN, replace(first, requested_fen=19 * WAN), *others)

    assert reasons(found)["chuangxinlianmeng-1"] == "asks_below_least"
    assert found.verdicts["chuangxinlianmeng-4"].status == "in"


def test_forum_and_visits_share_four_places_in_one_list():
    forum = scored("luntan", 90, 70, 60, ranking="luntan-shizhouxing")
    visits = scored("shizhouxing", 95, 80, 65, ranking="luntan-shizhouxing")
    found = proposed(HUNAN, *forum, *visits)

    assert amounts(found) == {"luntan-1": 10, "luntan-2": 10, "shizhouxing-1": 10, "shizhouxing-2": 10}
    assert found.lines == (
        Line("luntan-shizhouxing", ("luntan-2",), ("shizhouxing-3",), ("luntan-shizhouxing",), (), 10 * WAN),
    )


def test_equals_at_the_line_need_a_person():
    found = proposed(HUNAN, *scored("huidi", 90, 80, 70, 70, 60))

    assert reasons(found) == {
        "huidi-3": "equals_at_the_line",
        "huidi-4": "equals_at_the_line",
        "huidi-5": "places_full",
    }
    assert amounts(found) == {"huidi-1": 10, "huidi-2": 10}
    assert not found.is_settled
    asked = next(each for each in found.findings if each.code == "allocation.equals_open")
    assert (asked.weight, asked.values) == (Weight.ASK, {"candidates": ("huidi-3", "huidi-4"), "count": 2})


def test_while_a_tie_is_open_the_sum_that_it_shares_is_not_divided():
    found = proposed(HUNAN, *scored("kexielianmeng", 70, 70), *scored("chuangxinlianmeng", 90))

    assert amounts(found) == {"chuangxinlianmeng-1": None}


def test_a_preference_breaks_the_tie_that_it_is_for():
    third, fourth = scored("huidi", 70, 70, prefix="tied")
    lifted = replace(fourth, lifts=frozenset({Lift.TIE_BREAK}))
    found = proposed(HUNAN, *scored("huidi", 90, 80), third, lifted)

    assert reasons(found) == {"tied-1": "places_full"}


def test_key_support_stands_before_the_score_or_adds_points_as_the_office_says():
    low = replace(scored("gaoduan", 61, prefix="supported")[0], lifts=frozenset({Lift.KEY_SUPPORT}))
    others = scored("gaoduan", 95, 90, 85, 80, 75)

    assert reasons(proposed(HUNAN, *others, low)) == {"gaoduan-5": "places_full"}
    points = Policy(lift_points={Lift.KEY_SUPPORT: Fraction(5)})
    assert reasons(proposed(HUNAN, *others, low, policy=points)) == {"supported-1": "places_full"}


def test_ranks_decide_where_people_stated_them():
    ranked = [Candidate(f"r{rank}", "huidi", rank=rank) for rank in (3, 1, 4, 2)]

    assert reasons(proposed(HUNAN, *ranked)) == {"r4": "places_full"}


def test_a_sum_that_cannot_hold_its_places_is_said_with_its_numbers():
    nodes = tuple(
        replace(each, total_fen=60 * WAN) if each.id == "lianmeng" else each for each in nodes_of(HUNAN)
    )
    (found,) = contradictions(replace(case(HUNAN), nodes=nodes))

    assert (found.code, found.weight) == ("allocation.sum_too_small", Weight.REFUSE)
    assert found.values == {
        "node": "lianmeng",
        "total": "60万元",
        "places_least": 4,
        "places_most": 4,
        "possible_least": "80万元",
        "possible_most": "120万元",
    }
    assert found.source.clause == "四（二）2（4）"


def test_parts_that_do_not_fit_into_the_whole_are_said():
    changed = {"chuangxinlianmeng": {"places": Bounds(4, 4)}, "kechuang": {"total_fen": 150 * WAN}}
    nodes = tuple(replace(each, **changed.get(each.id, {})) for each in nodes_of(HUNAN))

    assert codes(contradictions(replace(case(HUNAN), nodes=nodes))) == [
        "allocation.parts_above_sum",
        "allocation.parts_above_places",
    ]


def test_a_part_that_is_promised_a_place_keeps_it_when_the_money_is_short():
    """60万 hold three projects of 20万: the alliance of associations is promised one of them."""
    nodes = tuple(
        replace(each, total_fen=60 * WAN) if each.id == "lianmeng" else each for each in nodes_of(HUNAN)
    )
    found = propose(replace(case(HUNAN, *LIANMENG), nodes=nodes))

    assert amounts(found) == {"chuangxinlianmeng-1": 20, "chuangxinlianmeng-2": 20, "kexielianmeng-1": 20}
    assert reasons(found)["chuangxinlianmeng-3"] == "sum_spent"
