"""Random changes of the shipped programmes, worded as offices word them, are read back as the same change."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from keqiao.core.guides.amendments.reading import read_amendment
from keqiao.core.programme.amending.applying import Accepted, amended
from keqiao.core.programme.amending.comparing import is_equal
from keqiao.core.programme.amending.matching import propose
from keqiao.core.programme.amending.proposing import Proposal, Sure
from keqiao.core.programme.amending.spots import spots_of
from keqiao.core.programme.types import Programme
from keqiao.readers.programmes import load, shipped
from keqiao.readers.vocabulary import guide_vocabulary
from tests.core.guides.amendments.wordings import Worded, changes, document

CHANGES = 60  # of each programme
VOCABULARY = guide_vocabulary()


def proposals_for(programme: Programme, worded: Worded) -> list[Proposal]:
    """What is proposed for the one sentence."""
    reading = read_amendment(document(worded.sentence), VOCABULARY)
    return [p for found in propose(programme, [c.asked for c in reading.changes]) for p in found]


def verdict(programme: Programme, worded: Worded) -> str:
    """``right``, ``asked`` with the right part among those offered, ``asked without`` it, or ``wrong``."""
    found = proposals_for(programme, worded)
    plain = [p.candidates[0] for p in found if p.is_plain]
    right = [c for c in plain if c.address == worded.spot.address and is_equal(c.after, worded.after)]
    if plain:
        others = [c for c in plain if c not in right and not is_the_same_fact(c, worded)]
        return "right" if right and not others else "wrong"
    offered = [c for p in found for c in p.candidates if p.sure is not Sure.SAME]
    return "asked" if any(c.address == worded.spot.address for c in offered) else "asked without"


def is_the_same_fact(candidate, worded: Worded) -> bool:
    """A deadline that is stated for the track and again as a rule changes in both places."""
    return candidate.before == worded.spot.said and is_equal(candidate.after, worded.after)


@pytest.mark.parametrize("name", shipped())
def test_no_worded_change_is_taken_for_another(name: str):
    programme = load(name)
    wrong = [
        w.sentence
        for w in changes(programme, Random(f"{name}-wrong"), CHANGES)
        if verdict(programme, w) == "wrong"
    ]
    assert wrong == []


@pytest.mark.parametrize("name", shipped())
def test_most_worded_changes_are_found_and_the_others_are_asked_with_the_right_part_offered(name: str):
    programme = load(name)
    seen = Counter(verdict(programme, worded) for worded in changes(programme, Random(name), CHANGES))
    assert seen["right"] >= 0.75 * CHANGES, seen
    assert seen["asked without"] <= 0.05 * CHANGES, seen


def test_the_comparison_sees_another_part_and_another_value():
    programme = load("henan-2023")
    worded = next(changes(programme, Random("planted"), 1))
    elsewhere = next(
        s for s in spots_of(programme) if s.address != worded.spot.address and s.said != worded.spot.said
    )
    other = next(
        w for w in changes(programme, Random("other"), 50) if type(w.after) is not type(worded.after)
    )
    assert verdict(programme, worded) == "right"
    assert verdict(programme, replace(worded, spot=elsewhere)) == "wrong"
    assert verdict(programme, replace(worded, after=other.after)) == "wrong"


@pytest.mark.parametrize("name", shipped())
def test_an_accepted_change_is_the_value_that_stands_afterwards_and_nothing_else_moves(name: str):
    programme = load(name)
    for worded in changes(programme, Random(f"{name}-applied"), 40):
        outcome = amended(programme, [Accepted(worded.spot.address, worded.after)])
        standing = {spot.address: spot.said for spot in spots_of(programme)}
        after = {spot.address: spot.said for spot in spots_of(outcome)}
        moved = {address for address in standing if after.get(address) != standing[address]}
        assert (moved, after[worded.spot.address]) == ({worded.spot.address}, worded.after)
