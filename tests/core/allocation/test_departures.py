"""A decision that departs from the proposal: what needs a reason, what cannot be."""

from dataclasses import replace

import pytest

from keqiao.core.allocation import Cap, Pilot, Status, departures, propose
from keqiao.core.findings import Weight
from tests.core.allocation.calls import HENAN, HUNAN, WAN, bundle_of_henan, case, filed, scored

MEETINGS = scored("nianhui", 90, 85, 80, 75, 70, 65, 60, 55, 50)
CASE = case(HUNAN, *MEETINGS)
PROPOSAL = propose(CASE)
PROPOSED = {each: PROPOSAL.verdicts[each].amount_fen for each in PROPOSAL.of(Status.IN)}


def found(decided, of=CASE):
    return [(each.code, each.weight, each.at) for each in departures(of, propose(of), decided)]


def test_what_was_proposed_is_no_departure():
    assert found(PROPOSED) == []


def test_the_next_one_instead_of_a_better_one_needs_a_reason():
    decided = {**PROPOSED, "nianhui-9": PROPOSED["nianhui-8"]}
    del decided["nianhui-8"]

    assert found(decided) == [
        ("departure.left_out", Weight.WARN, ("nianhui-8",)),
        ("departure.taken_instead", Weight.WARN, ("nianhui-9",)),
    ]
    (_left, taken) = departures(CASE, PROPOSAL, decided)
    assert taken.values == {"candidate": "nianhui-9", "passed_over": ("nianhui-8",)}


def test_another_amount_needs_a_reason_within_the_bounds_and_cannot_be_outside():
    moved = {"nianhui-1": 8 * WAN, "nianhui-2": 6 * WAN}
    assert found(PROPOSED | moved) == [
        ("departure.amount_changed", Weight.WARN, ("nianhui-1",)),
        ("departure.amount_changed", Weight.WARN, ("nianhui-2",)),
    ]
    outside = {"nianhui-1": 11 * WAN, "nianhui-2": 3 * WAN}
    assert found(PROPOSED | outside) == [
        ("departure.amount_out_of_bounds", Weight.REFUSE, ("nianhui-1",)),
        ("departure.amount_out_of_bounds", Weight.REFUSE, ("nianhui-2",)),
    ]


def test_a_place_or_a_fen_too_many_cannot_be():
    assert ("departure.too_many", Weight.REFUSE, ()) in found({**PROPOSED, "nianhui-9": 5 * WAN})
    more = {"nianhui-3": PROPOSED["nianhui-3"] + 1}
    assert found(PROPOSED | more) == [
        ("departure.amount_changed", Weight.WARN, ("nianhui-3",)),
        ("departure.amount_between_steps", Weight.WARN, ("nianhui-3",)),
        ("departure.sum_passed", Weight.REFUSE, ()),
    ]


def test_fewer_than_the_call_promises_needs_a_reason():
    four = {each: PROPOSED[each] for each in list(PROPOSED)[:4]}

    assert found(four)[-1] == ("allocation.places_empty", Weight.WARN, ())


def test_who_failed_cannot_be_taken():
    marked = replace(CASE, nodes=tuple(replace(each, pass_mark=60) for each in CASE.nodes))
    proposal = propose(marked)
    decided = {each: proposal.verdicts[each].amount_fen for each in proposal.of(Status.IN)} | {
        "nianhui-9": 5 * WAN
    }

    (failed,) = [each for each in departures(marked, proposal, decided) if each.at == ("nianhui-9",)]

    assert (failed.code, failed.weight) == ("departure.cannot_be_taken", Weight.REFUSE)
    assert failed.values == {"candidate": "nianhui-9", "reason": "word.reason_pass_mark"}


def test_a_limit_that_refuses_is_kept_and_a_hedged_one_asks_for_a_reason():
    for weight, code in (
        (Weight.REFUSE, "allocation.limit_passed"),
        (Weight.WARN, "allocation.limit_needs_reason"),
    ):
        cap = Cap("two", frozenset({"nianhui-1", "nianhui-2", "nianhui-9"}), most=2, weight=weight)
        decided = {**PROPOSED, "nianhui-9": PROPOSED["nianhui-8"]}
        del decided["nianhui-8"]

        assert (code, weight, ()) in found(decided, replace(CASE, caps=(cap,)))


def test_whoever_decides_a_tie_gives_the_reason():
    tied = case(HUNAN, *scored("huidi", 90, 80, 70, 70))
    decided = {"huidi-1": 10 * WAN, "huidi-2": 10 * WAN, "huidi-4": 10 * WAN}

    assert found(decided, tied) == [("departure.tie_decided", Weight.WARN, ("huidi-4",))]


def test_another_pilot_is_decided_first_and_its_children_after_it():
    pilots = scored("shidianshi", 90, 80)
    one = Pilot("shidianshi-1", bundle_of_henan(), filed("shidianshi", "shidianshi-1"), ())
    of = case(HENAN, *pilots, pilots=(one,))

    assert found({"shidianshi-2": 50 * WAN}, of) == [
        ("departure.pilot_changes_its_children", Weight.REFUSE, ("shidianshi-1",)),
        ("allocation.places_empty", Weight.WARN, ()),
    ]


def test_a_decision_about_somebody_else_is_no_decision():
    with pytest.raises(ValueError, match="not in the case: nobody"):
        departures(CASE, PROPOSAL, {"nobody": 0})
