"""Scorecards that nobody could fill in, or whose totals would not be what they state."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from keqiao.core.findings import Finding, Value, Weight
from keqiao.core.programme.facts import Number
from keqiao.core.programme.selection import Criterion, Scorecard
from keqiao.core.programme.validation.nodes import Node


def scorecard_faults(node: Node) -> Iterator[Finding]:
    """All that is wrong with the scorecard which this node states."""
    card = node.terms.scorecard
    if card is None:
        return
    every = [each for criterion in card.criteria for each in _with_parts(criterion)]
    for criterion in every:
        yield from _points_faults(node, criterion)
        yield from _band_faults(node, card, criterion)
    yield from _id_faults(node, card, every)
    yield from _mark_faults(node, card)
    yield from _tie_break_faults(node, card, every)
    yield from _joining_faults(node, card)


def _with_parts(criterion: Criterion) -> Iterator[Criterion]:
    yield criterion
    for part in criterion.parts:
        yield from _with_parts(part)


def _refused(node: Node, code: str, **values: Value) -> Finding:
    return _found(node, code, Weight.REFUSE, values)


def _warned(node: Node, code: str, **values: Value) -> Finding:
    return _found(node, code, Weight.WARN, values)


def _found(node: Node, code: str, weight: Weight, values: Mapping[str, Value]) -> Finding:
    source = node.terms.scorecard.source if node.terms.scorecard else None
    return node.finding(code, weight, ("scorecard",), source=source, **values)


def _points_faults(node: Node, criterion: Criterion) -> Iterator[Finding]:
    parts = sum(part.points for part in criterion.parts)
    if criterion.parts and parts != criterion.points:
        yield _refused(
            node,
            "programme.points_differ",
            name=criterion.name,
            points=str(criterion.points),
            parts=str(parts),
        )


def _band_faults(node: Node, card: Scorecard, criterion: Criterion) -> Iterator[Finding]:
    """Each band lies within the points, none meets another; what lies between two of them cannot be given."""
    if criterion.bands and criterion.parts:
        yield _refused(node, "programme.bands_above_parts", name=criterion.name)
        return
    for band in criterion.bands:
        if band.least > band.most or band.most > criterion.points:
            yield _refused(
                node,
                "programme.band_outside",
                name=criterion.name,
                band=band.name,
                points=str(criterion.points),
            )
    if criterion.bands:
        yield from _gaps(node, card, criterion)


def _gaps(node: Node, card: Scorecard, criterion: Criterion) -> Iterator[Finding]:
    step = Decimal(1).scaleb(-card.item_decimals)
    reached: Number = -step
    for band in sorted(criterion.bands, key=lambda each: (each.least, each.most)):
        if band.least <= reached:
            yield _refused(node, "programme.bands_overlap", name=criterion.name, band=band.name)
        elif band.least > reached + step:
            yield _gap(node, criterion, reached + step, band.least - step)
        reached = max(reached, band.most)
    if reached < criterion.points:
        yield _gap(node, criterion, reached + step, criterion.points)


def _gap(node: Node, criterion: Criterion, least: Number, most: Number) -> Finding:
    return _warned(node, "programme.bands_gap", name=criterion.name, least=str(least), most=str(most))


def _id_faults(node: Node, card: Scorecard, every: list[Criterion]) -> Iterator[Finding]:
    ids = Counter([*(each.id for each in every), *(veto.id for veto in card.vetoes)])
    for identifier in [each for each, count in ids.items() if count > 1]:
        yield _refused(node, "programme.scorecard_id_repeated", id=identifier)


def _mark_faults(node: Node, card: Scorecard) -> Iterator[Finding]:
    most = sum(criterion.points for criterion in card.criteria)
    if card.pass_mark is not None and card.pass_mark > most:
        yield _refused(
            node, "programme.pass_mark_above_points", pass_mark=str(card.pass_mark), points=str(most)
        )


def _tie_break_faults(node: Node, card: Scorecard, every: list[Criterion]) -> Iterator[Finding]:
    known = {each.id for each in every}
    for each in card.tie_breaks:
        if (each.by == "criterion") != (each.criterion is not None):
            yield _refused(node, "programme.tie_break_incomplete")
        elif each.criterion is not None and each.criterion not in known:
            yield _refused(node, "programme.tie_break_unknown", id=each.criterion)
        elif each.by == "recommendations" and not card.recommendation:
            yield _refused(node, "programme.recommendation_not_asked")


def _joining_faults(node: Node, card: Scorecard) -> Iterator[Finding]:
    if card.experts is None:
        return
    if card.joined == "trimmed_mean" and card.experts < card.trim_from:
        yield _warned(node, "programme.never_trimmed", experts=card.experts, trim_from=card.trim_from)
    if card.vetoes and card.vetoes_needed > card.experts:
        yield _refused(node, "programme.veto_out_of_reach", experts=card.experts, needed=card.vetoes_needed)
