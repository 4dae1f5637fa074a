"""How a sum is divided among those who are selected: exact to the fen, within the bounds of each and of every sum.

Everybody gets the floor. What is left rises for all at the same pace (``EQUAL``) or at a pace by the exact score
(``PROPORTIONAL``) until somebody's ceiling or a sum is reached; the others go on. Whole steps are then made by the
greatest remainder, in the order of merit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from keqiao.core.allocation.terms import Candidate, Case, Node, Sharing
from keqiao.core.money import Bounds

_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class _Pot:
    """A sum: whole steps that are left above the floors, and who shares them."""

    steps: int
    members: frozenset[str]


def divided(case: Case, selected: Sequence[Candidate], spans: Mapping[str, Bounds]) -> dict[str, int]:
    """Return the amount of each in fen. ``selected`` stand in the order of merit, ``spans`` are their bounds."""
    step = case.policy.step_fen
    ceilings = {each.id: _steps_above_floor(spans[each.id], step) for each in selected}
    pots = _pots(case, selected, spans)
    exact = dict.fromkeys(ceilings, _NOTHING)
    for weights in _paces(case.policy.sharing, selected):
        _raise_level(exact, weights, ceilings, pots)
    whole = _in_whole_steps(exact, ceilings, pots)
    return {each: spans[each].least + step * whole[each] for each in whole}


def _steps_above_floor(span: Bounds, step: int) -> int:
    return ((span.most or 0) - span.least) // step


def _pots(case: Case, selected: Sequence[Candidate], spans: Mapping[str, Bounds]) -> list[_Pot]:
    members: dict[str, set[str]] = {}
    nodes: dict[str, Node] = {}
    for each in selected:
        for node in case.above(each):
            nodes[node.id] = node
            members.setdefault(node.id, set()).add(each.id)
    return [
        _Pot(
            max(0, node.total_fen - sum(spans[each].least for each in members[node.id]))
            // case.policy.step_fen,
            frozenset(members[node.id]),
        )
        for node in nodes.values()
        if node.total_fen is not None
    ]


def _paces(sharing: Sharing, selected: Sequence[Candidate]) -> list[dict[str, Fraction]]:
    """Who rises how fast. Whoever has no score rises only when all others stand still."""
    if sharing is Sharing.EQUAL:
        return [{each.id: Fraction(1) for each in selected}]
    scores = {each.id: each.score or _NOTHING for each in selected}
    return [
        {each: score for each, score in scores.items() if score > 0},
        {each: Fraction(1) for each, score in scores.items() if score <= 0},
    ]


def _raise_level(
    exact: dict[str, Fraction],
    paces: Mapping[str, Fraction],
    ceilings: Mapping[str, int],
    pots: Sequence[_Pot],
) -> None:
    """Raise ``exact`` (steps above the floor) until nobody who has a pace can rise."""
    rising = set(paces)
    while rising := _free(rising, exact, ceilings, pots):
        until = [(ceilings[each] - exact[each]) / paces[each] for each in rising]
        shared = [pot for pot in pots if pot.members & rising]
        until += [_left(pot, exact) / sum(paces[each] for each in pot.members & rising) for pot in shared]
        higher = min(until)
        for each in rising:
            exact[each] += higher * paces[each]


def _free(
    rising: set[str], exact: Mapping[str, Fraction], ceilings: Mapping[str, int], pots: Sequence[_Pot]
) -> set[str]:
    stopped = {each for each in rising if exact[each] >= ceilings[each]}
    for pot in pots:
        if _left(pot, exact) <= 0:
            stopped |= pot.members
    return rising - stopped


def _left(pot: _Pot, given: Mapping[str, Fraction] | Mapping[str, int]) -> Fraction:
    return pot.steps - sum((Fraction(given[each]) for each in pot.members), _NOTHING)


def _in_whole_steps(
    exact: Mapping[str, Fraction], ceilings: Mapping[str, int], pots: Sequence[_Pot]
) -> dict[str, int]:
    """Cut to whole steps; what that leaves goes to the greatest remainders first, equal ones in order."""
    whole = {each: int(amount) for each, amount in exact.items()}
    order = sorted(whole, key=lambda each: whole[each] - exact[each])
    gave = True
    while gave:
        gave = False
        for each in order:
            if whole[each] < ceilings[each] and all(_left(p, whole) >= 1 for p in pots if each in p.members):
                whole[each] += 1
                gave = True
    return whole
