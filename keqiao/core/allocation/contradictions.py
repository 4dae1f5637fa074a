"""Numbers of a call that contradict each other: no list of applications could keep to all of them."""

from collections.abc import Iterator, Sequence

from keqiao.core.allocation.proposal import said
from keqiao.core.allocation.terms import Case, Node
from keqiao.core.findings import Finding, Value, Weight
from keqiao.core.money import Bounds, divides_exactly, possible_sums, sum_fits


def contradictions(case: Case) -> Iterator[Finding]:
    """Say which numbers contradict, node by node, each with its clause. Nothing: they can all be kept."""
    for node in case.nodes:
        below = [each for each in case.nodes if each.above == node.id]
        yield from _places(node, below)
        yield from [*_sum(case, node)] or _parts_of_sum(case, node, below)


def _places(node: Node, below: Sequence[Node]) -> Iterator[Finding]:
    stated = [each.places for each in below if each.places]
    if node.places is None or not stated:
        return
    together = Bounds(0, 0)
    for places in stated:
        together = together + places
    values: dict[str, Value] = {"node": node.id, **_pair("places", node.places), **_pair("parts", together)}
    most = node.places.most
    if most is not None and together.least > most:
        yield Finding("allocation.parts_above_places", Weight.REFUSE, values, node.places_source)
    elif len(stated) == len(below) and together.most is not None and together.most < node.places.least:
        yield Finding("allocation.parts_below_places", Weight.REFUSE, values, node.places_source)


def _parts_of_sum(case: Case, node: Node, below: Sequence[Node]) -> Iterator[Finding]:
    parts = sum(_least_needed(case, each) for each in below)
    if node.total_fen is not None and parts > node.total_fen:
        values: dict[str, Value] = {"node": node.id, **said(total=node.total_fen, parts=parts)}
        yield Finding("allocation.parts_above_sum", Weight.REFUSE, values, node.money_source)


def _least_needed(case: Case, node: Node) -> int:
    """What a part needs in fen: its stated sum, or its least places at the least amount, or what its parts need."""
    if node.total_fen is not None:
        return node.total_fen
    parts = sum(_least_needed(case, each) for each in case.nodes if each.above == node.id)
    amount = next((each.amount_fen for each in case.paths[node.id] if each.amount_fen), None)
    return parts if node.places is None or amount is None else max(parts, node.places.least * amount.least)


def _sum(case: Case, node: Node) -> Iterator[Finding]:
    """Places times the amount of one project against the sum, where all three hold for the node."""
    amount = next((each.amount_fen for each in case.paths[node.id] if each.amount_fen), None)
    own = all(each.amount_fen is None for each in case.nodes if node in case.paths[each.id][1:])
    if node.total_fen is None or node.places is None or amount is None or not own:
        return
    fixed = amount.least == amount.most
    fits = (
        divides_exactly(node.total_fen, node.places, amount.least)
        if fixed
        else sum_fits(node.total_fen, node.places, amount)
    )
    if fits:
        return
    possible = possible_sums(node.places, amount)
    too_little = possible.least > node.total_fen
    values: dict[str, Value] = {
        "node": node.id,
        **_pair("places", node.places),
        **said(total=node.total_fen, possible_least=possible.least, possible_most=possible.most),
    }
    code = "allocation.sum_too_small" if too_little else "allocation.sum_not_reachable"
    yield Finding(code, Weight.REFUSE if too_little else Weight.WARN, values, node.money_source)


def _pair(name: str, bounds: Bounds) -> dict[str, Value]:
    return {f"{name}_least": bounds.least, f"{name}_most": bounds.most}
