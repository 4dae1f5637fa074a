"""What would change the answer: sets of conditions that, if they came out otherwise, would make the rule hold.

Each one is tried before it is told. A fact of the case is given a value that suffices, and the whole tree is asked
again, so that a change which breaks something else is not told. What a register would have to hold cannot be made up;
there the condition itself is taken as met, unless another one asks the same list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice, product
from typing import Any

from keqiao.core.rules.engine.building import Built
from keqiao.core.rules.engine.closures import between
from keqiao.core.rules.engine.tree import AtLeast, Condition, Fact, HowMany, Not, Truth
from keqiao.core.rules.engine.witnesses import NoWitness, with_value, witness
from keqiao.core.rules.facts import UNKNOWN, Case

MOST_TRIED = 64  # ways of one tree; what is not tried is not told
MOST_TOLD = 6


@dataclass(frozen=True, slots=True)
class Step:
    """One condition that has to come out as ``to``. ``under`` names what it stands below, from the top.

    ``fact`` and ``value``: a fact of the case and one value of it that suffices, where it is that simple.
    """

    node: Condition
    to: bool
    under: tuple[str, ...] = ()
    fact: Fact | None = None
    value: Any = None


@dataclass(frozen=True, slots=True)
class Change:
    """All its steps together make the rule hold."""

    steps: tuple[Step, ...]


Way = tuple[tuple[Built, bool, tuple[str, ...]], ...]
"""Conditions, how they have to come out, and what they stand below."""


def changes(built: Built, case: Case) -> tuple[Change, ...]:
    """The changes that make the rule hold, the smallest first; none where it holds, or where none is known."""
    if built.truth(case) is True:
        return ()
    told: list[Change] = []
    for way in _ways(built, case, (), to=True):
        change = _tried(built, way, case)
        if change is not None and not any(_is_within(known, change) for known in told):
            told.append(change)
    return tuple(told[:MOST_TOLD])


def _is_within(small: Change, large: Change) -> bool:
    """Does the one ask for nothing that the other does not ask for?"""
    asked = {(step.node, step.to) for step in large.steps}
    return all((step.node, step.to) in asked for step in small.steps)


def _ways(built: Built, case: Case, under: tuple[str, ...], *, to: bool) -> list[Way]:
    """Ways in which the condition could come out as ``to``; the empty one where it does."""
    if built.truth(case) is to:
        return [()]
    node = built.node
    if not isinstance(node, AtLeast | Not):
        return [((built, to, under),)]
    here = (*under, node.name) if node.name else under
    if isinstance(node, Not):
        return _ways(built.parts[0], case, here, to=not to)
    need = node.n if to else len(built.parts) - node.n + 1
    return sorted(islice(_chosen(built.parts, case, here, need, to=to), MOST_TRIED), key=len)


def _chosen(
    parts: tuple[Built, ...], case: Case, under: tuple[str, ...], need: int, *, to: bool
) -> Iterator[Way]:
    """Ways in which ``need`` of the parts come out as ``to``: those that do, and a choice of the others.

    What takes few steps comes first, since not everything is tried.
    """
    already = sum(part.truth(case) is to for part in parts)
    others = [_ways(part, case, under, to=to) for part in parts if part.truth(case) is not to]
    possible = sorted((ways for ways in others if ways), key=lambda ways: len(ways[0]))
    for choice in combinations(possible, need - already):
        for ways in product(*choice):
            yield tuple(step for way in ways for step in way)


def _tried(built: Built, way: Way, case: Case) -> Change | None:
    """The way as a change, if it makes the rule hold in a case where everything else stays as it is."""
    steps: list[Step] = []
    taken: dict[Condition, bool] = {}
    for leaf, to, under in way:
        node = leaf.node
        if isinstance(node, HowMany) and not _is_asked_elsewhere(node, built):
            taken[node] = to
            steps.append(Step(node, to, under))
            continue
        try:
            found = witness(leaf, case, to=to)
            case = with_value(case, found)
        except NoWitness:
            return None
        steps.append(Step(node, to, under, found.fact, found.value))
    return Change(tuple(steps)) if _truth_with(built, case, taken) is True else None


def _truth_with(built: Built, case: Case, taken: Mapping[Condition, bool]) -> Truth:
    """The truth where some conditions are taken as given."""
    node = built.node
    if node in taken:
        return taken[node]
    if isinstance(node, Not):
        truth = _truth_with(built.parts[0], case, taken)
        return truth if truth is UNKNOWN else not truth
    if isinstance(node, AtLeast):
        truths = [_truth_with(part, case, taken) for part in built.parts]
        return between(truths.count(True), len(truths) - truths.count(False), node.n, None)
    return built.truth(case)


def _is_asked_elsewhere(node: HowMany, built: Built) -> bool:
    """Does another condition of the tree look at the same list?"""
    if built.node == node:
        return False
    if any(fact.path == node.of.path for fact, _get in built.facts):
        return True
    below = built.parts if built.complete is None else (*built.parts, built.complete)
    return any(_is_asked_elsewhere(node, part) for part in below)
