"""The oracle: every set of applications is tried, by rules that are written down anew and share nothing with the core.

It reads the same values (nodes, candidates, limits) and answers for plain cases without pilots: who can be selected,
which sets keep to the call, which of them is the best, who could be exchanged, and whether amounts are as they should
be. Pilots are tried by hand-written cases, their fates by ``tests/core/rules/brute_force.py``.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, combinations

from keqiao.core.allocation import Candidate, Case, Lift, Node, Proposal, Sharing, Status
from keqiao.core.findings import Weight


def upwards(case: Case, node: str) -> list[Node]:
    """A node and those above it."""
    found = [each for each in case.nodes if each.id == node]
    return found + (upwards(case, found[0].above) if found[0].above is not None else [])


def price(case: Case, candidate: Candidate) -> tuple[int, int] | None:
    """The least and the most that it may get."""
    nodes, step = upwards(case, candidate.node), case.policy.step_fen
    sums = [each.total_fen for each in nodes if each.total_fen is not None]
    ranges = [each.amount_fen for each in nodes if each.amount_fen is not None]
    if not ranges:
        low, high = 0, min(sums, default=0)
    else:
        low, high = ranges[0].least, ranges[0].most
        high = min(sums, default=0) if high is None else high
    if high == 0:
        return (0, 0)
    wish = candidate.requested_fen if candidate.requested_fen is not None else high
    if low == high:
        return (low, high) if wish >= high else None
    allowed = [amount for amount in range(0, min(wish, high) + 1, step) if amount >= max(low, 1)]
    return (allowed[0], allowed[-1]) if allowed else None


def can_be_selected(case: Case, candidate: Candidate) -> bool:
    """Does nothing that concerns it alone keep it out or leave it open?"""
    marks = [each.pass_mark for each in upwards(case, candidate.node) if each.pass_mark is not None]
    ranked = any(c.rank is not None for c in case.candidates if listed(c) == listed(candidate))
    standing = candidate.rank if ranked else candidate.score
    if any(bar.holds is not False for bar in candidate.bars) or standing is None:
        return False
    if marks and (candidate.score is None or candidate.score < marks[0]):
        return False
    return price(case, candidate) is not None


def listed(candidate: Candidate) -> str:
    """Its list."""
    return candidate.ranking or candidate.node


def beats(case: Case, one: Candidate, other: Candidate) -> bool:
    """Does ``one`` stand higher than ``other`` of the same list?"""
    ranked = any(c.rank is not None for c in case.candidates if listed(c) == listed(one))
    return level(case, one, ranked) > level(case, other, ranked)


def level(case: Case, c: Candidate, ranked: bool) -> tuple:
    """What is compared."""
    points = case.policy.lift_points
    merit = -c.rank if ranked else c.score + sum(points.get(lift, 0) for lift in c.lifts)
    key = Lift.KEY_SUPPORT in c.lifts and Lift.KEY_SUPPORT not in points
    first = Lift.PRIORITY in c.lifts and Lift.PRIORITY not in points
    return (key, first, merit, Lift.TIE_BREAK in c.lifts)


def classes(case: Case, eligible: list[Candidate]) -> list[list[Candidate]]:
    """Equals, in the order in which places are given."""
    lists = list(dict.fromkeys(listed(c) for c in case.candidates))
    found: dict[tuple[int, int], list[Candidate]] = {}
    for c in eligible:
        higher = sum(1 for o in eligible if listed(o) == listed(c) and beats(case, o, c))
        found.setdefault((higher, lists.index(listed(c))), []).append(c)
    return [found[key] for key in sorted(found)]


def brings(case: Case, candidate: Candidate, node: Node) -> dict[str, int]:
    """The scope that it brings to a node."""
    asked = candidate.scope or node.scope
    return {part: amount for part, amount in asked.items() if part in node.scope and amount > 0}


def keeps_to_the_call(case: Case, chosen: list[Candidate], order: list[list[Candidate]]) -> bool:
    """Is no bound passed, and everybody needed?"""
    for node in case.nodes:
        there = [c for c in chosen if node in upwards(case, c.node)]
        if node.places and node.places.most is not None and len(there) > node.places.most:
            return False
        if node.total_fen is not None and sum(price(case, c)[0] for c in there) > node.total_fen:
            return False
    for cap in case.caps:
        mine = [c for c in chosen if c.id in cap.candidates]
        if mine and cap.weight is Weight.REFUSE and len(mine) + (cap.held or 0) > cap.most + cap.extra:
            return False
    return all(is_needed(case, c, chosen, order) for c in chosen)


def is_needed(
    case: Case, candidate: Candidate, chosen: list[Candidate], order: list[list[Candidate]]
) -> bool:
    """Would a part be unreached by the others who are at least as good?"""
    scoped = [node for node in upwards(case, candidate.node) if node.scope]
    turn = {c.id: number for number, equals in enumerate(order) for c in equals}
    beside = [c for c in chosen if c.id != candidate.id and turn[c.id] <= turn[candidate.id]]
    for node in scoped:
        for part in brings(case, candidate, node):
            others = [brings(case, c, node).get(part, 0) for c in beside if node in upwards(case, c.node)]
            if sum(others) < node.scope[part]:
                return True
    return not scoped


def worth(case: Case, chosen: list[Candidate], order: list[list[Candidate]]) -> tuple:
    """The greater the better: places and scope that are missing, then how many of each equals."""
    places = scope = 0
    for node in case.nodes:
        there = [c for c in chosen if node in upwards(case, c.node)]
        if node.places:
            places += max(0, node.places.least - len(there))
        for part, whole in node.scope.items():
            scope += max(0, whole - sum(brings(case, c, node).get(part, 0) for c in there))
    ids = {c.id for c in chosen}
    return (-places, -scope, *(sum(c.id in ids for c in equals) for equals in order))


def best_sets(case: Case) -> list[frozenset[str]]:
    """All best sets: they differ only in equals."""
    eligible = [c for c in case.candidates if can_be_selected(case, c)]
    order = classes(case, eligible)
    subsets = chain.from_iterable(combinations(eligible, n) for n in range(len(eligible) + 1))
    allowed = [list(subset) for subset in subsets if keeps_to_the_call(case, list(subset), order)]
    values = [worth(case, subset, order) for subset in allowed]
    best = max(values)
    return [
        frozenset(c.id for c in subset)
        for subset, value in zip(allowed, values, strict=True)
        if value == best
    ]


def amount_faults(case: Case, proposal: Proposal) -> Iterator[str]:
    """What is wrong with the amounts of a settled proposal: bounds, sums, steps, money left, sharing."""
    selected = [c for c in case.candidates if proposal.verdicts[c.id].status is Status.IN]
    amounts = {c.id: proposal.verdicts[c.id].amount_fen for c in selected}
    for c in selected:
        low, high = price(case, c)
        if not low <= amounts[c.id] <= high or (low != high and amounts[c.id] % case.policy.step_fen):
            yield f"bounds of {c.id}"
    for node in case.nodes:
        spent = sum(amounts[c.id] for c in selected if node in upwards(case, c.node))
        if node.total_fen is not None and spent > node.total_fen:
            yield f"sum of {node.id}"
    if sum(amounts.values()) != most_money(case, selected):
        yield "money is left that could be given"
    else:
        yield from unfair(case, selected, amounts)


def most_money(case: Case, selected: list[Candidate]) -> int:
    """The most that can be given in whole steps: a sum gives what its parts can take, or what it holds."""
    step = case.policy.step_fen

    def below(node: Node) -> int:
        own = [c for c in selected if c.node == node.id]
        parts = [each for each in case.nodes if each.above == node.id]
        taken = sum((price(case, c)[1] - price(case, c)[0]) // step for c in own) + sum(map(below, parts))
        if node.total_fen is None:
            return taken
        there = [c for c in selected if node in upwards(case, c.node)]
        return min(taken, (node.total_fen - sum(price(case, c)[0] for c in there)) // step)

    tops = [node for node in case.nodes if node.above is None]
    return sum(price(case, c)[0] for c in selected) + step * sum(map(below, tops))


def unfair(case: Case, selected: list[Candidate], amounts: dict[str, int]) -> Iterator[str]:
    """Somebody is a whole step or more from the exact share: its pace times the lowest level above it."""
    paces = {c.id: Fraction(1) if case.policy.sharing is Sharing.EQUAL else c.score for c in selected}
    if not all(paces.values()):
        return  # who has no score rises after all others
    levels: dict[str, Fraction] = {}
    for node in sorted(case.nodes, key=lambda each: -len(upwards(case, each.id))):
        if (found := level_of(case, node, selected, (paces, levels))) is not None:
            levels[node.id] = found
    for c in selected:
        low, high = price(case, c)
        own = [levels[node.id] for node in upwards(case, c.node) if node.id in levels]
        exact = min([Fraction(high - low, case.policy.step_fen), *(paces[c.id] * each for each in own)])
        if abs(Fraction(amounts[c.id] - low, case.policy.step_fen) - exact) >= 1:
            yield f"{c.id} should get about {low + exact * case.policy.step_fen}"


def level_of(case: Case, node: Node, selected: list[Candidate], known: tuple[dict, dict]) -> Fraction | None:
    """The level at which a sum is used up, from the levels of the sums within it; None where it never is."""
    paces, levels = known
    if node.total_fen is None:
        return None
    tops, spent = [], 0
    for c in selected:
        path = [each.id for each in upwards(case, c.node)]
        if node.id in path:
            low, high = price(case, c)
            spent += low
            within = [levels[each] for each in path[: path.index(node.id)] if each in levels]
            stop = min([Fraction(high - low, case.policy.step_fen) / paces[c.id], *within])
            tops.append((stop, paces[c.id]))
    room = (node.total_fen - spent) // case.policy.step_fen
    if sum(stop * pace for stop, pace in tops) <= room:
        return None
    before = Fraction(0)
    for point in sorted(stop for stop, _pace in tops):
        if sum(min(stop, point) * pace for stop, pace in tops) >= room:
            rising = sum(pace for stop, pace in tops if stop > before)
            return before + (room - sum(min(stop, before) * pace for stop, pace in tops)) / rising
        before = point
    return None


def faults(case: Case, proposal: Proposal) -> list[str]:
    """Everything that is wrong with a proposal; amounts are looked at where the selection is right."""
    best = best_sets(case)
    always, ever = frozenset.intersection(*best), frozenset.union(*best)
    eligible = {c.id for c in case.candidates if can_be_selected(case, c)}
    found = {c.id: proposal.verdicts[c.id].status for c in case.candidates}
    wrong = []
    if {each for each, status in found.items() if status is Status.IN} != always:
        wrong.append(f"in, but should be {sorted(always)}")
    if {
        each for each, status in found.items() if status is Status.OPEN and each in eligible
    } != ever - always:
        wrong.append(f"open, but should be {sorted(ever - always)}")
    return wrong if wrong or ever != always else list(amount_faults(case, proposal))
