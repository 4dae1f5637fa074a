"""Money and places: counts times amounts against totals, totals against envelopes, places against parts."""

from collections.abc import Iterator

from keqiao.core.findings import Finding, Weight
from keqiao.core.money import Bounds, divides_exactly, exact_amount, possible_sums, sum_fits
from keqiao.core.programme.funding import (
    CeilingFunding,
    EnvelopeFunding,
    FixedFunding,
    Funding,
    NoFunding,
    Places,
    RangeFunding,
)
from keqiao.core.programme.inheritance import total_of
from keqiao.core.programme.terms import Terms
from keqiao.core.programme.types import Category, Programme
from keqiao.core.programme.validation.nodes import Node, nodes

ANY_NUMBER = Bounds(0, None)


def impossible_money(programme: Programme) -> Iterator[Finding]:
    """Totals that the stated number of projects cannot bring, and envelopes that their parts cannot fill."""
    for node in nodes(programme):
        funding = node.terms.funding
        if funding is None or isinstance(funding, NoFunding | EnvelopeFunding):
            continue
        yield from _total_fault(node, funding, node.terms.places)
    for node in nodes(programme):
        yield from _envelope_fault(node)


def amount_bounds(funding: Funding) -> Bounds:
    """The least and greatest amount of one project in fen."""
    if isinstance(funding, FixedFunding):
        return Bounds(funding.amount_fen, funding.amount_fen)
    if isinstance(funding, RangeFunding):
        return Bounds(funding.min_fen, funding.max_fen)
    if isinstance(funding, CeilingFunding):
        return Bounds(0, funding.max_fen)
    return Bounds(0, 0) if isinstance(funding, NoFunding) else Bounds(0, None)


def places_bounds(places: Places | None) -> Bounds:
    """The least and greatest number of projects."""
    return Bounds(places.least, places.most) if places else ANY_NUMBER


def _total_fault(node: Node, funding: Funding, places: Places | None) -> Iterator[Finding]:
    total = total_of(funding)
    if total is None or getattr(funding, "per", "project") != "project":
        return
    number, amount = places_bounds(places), amount_bounds(funding)
    if isinstance(funding, FixedFunding):
        fits = divides_exactly(total, number, funding.amount_fen)
    else:
        fits = sum_fits(total, number, amount)
    if not fits:
        possible = possible_sums(number, amount)
        yield node.finding(
            "programme.money_total_impossible",
            Weight.REFUSE,
            ("funding",),
            source=funding.source,
            total=exact_amount(total),
            least=exact_amount(possible.least),
            most=exact_amount(possible.most) if possible.most is not None else "∞",
        )


def _envelope_fault(node: Node) -> Iterator[Finding]:
    """An envelope has to be a sum that the statements below it allow."""
    funding = node.terms.funding
    children = getattr(node.terms, "categories", ())
    if not isinstance(funding, EnvelopeFunding) or not children:
        return
    possible = Bounds(0, 0)
    for child in children:
        possible += sum_bounds(child)
    if funding.total_fen not in possible:
        yield node.finding(
            "programme.money_envelope_impossible",
            Weight.REFUSE,
            ("funding",),
            source=funding.source,
            total=exact_amount(funding.total_fen),
            least=exact_amount(possible.least),
            most=exact_amount(possible.most) if possible.most is not None else "∞",
        )


def sum_bounds(category: Terms) -> Bounds:
    """What a category and everything below it can cost, in fen; open above where something is not stated."""
    funding = category.funding
    if funding is not None:
        total = total_of(funding)
        if total is not None:
            return Bounds(total, total)
        return _sum_of(funding, category.places)
    children = getattr(category, "categories", ())
    if not children or category.open_to_applicants is False:
        return Bounds(0, None)
    possible = Bounds(0, 0)
    for child in children:
        possible += sum_bounds(child)
    return possible


def _sum_of(funding: Funding, places: Places | None) -> Bounds:
    """The cost of a funding statement without a total; amounts per session or year can add up to anything."""
    per = getattr(funding, "per", "project")
    if per == "category":
        return amount_bounds(funding)
    return possible_sums(places_bounds(places), amount_bounds(funding)) if per == "project" else ANY_NUMBER


def impossible_places(programme: Programme) -> Iterator[Finding]:
    """Places of a category against the places of its parts."""
    for node in nodes(programme):
        if not isinstance(node.terms, Category) or node.terms.places is None or not node.terms.categories:
            continue
        whole = places_bounds(node.terms.places)
        stated = [child.places for child in node.terms.categories if child.places is not None]
        all_stated = len(stated) == len(node.terms.categories)
        parts = sum((places_bounds(places) for places in stated), Bounds(0, 0))
        too_many = whole.most is not None and parts.least > whole.most
        too_few = all_stated and parts.most is not None and parts.most < whole.least
        if stated and (too_many or too_few):
            yield node.finding(
                "programme.places_differ",
                Weight.REFUSE,
                ("places",),
                source=node.terms.places.source,
                places=_words(whole),
                parts=_words(parts),
            )


def _words(bounds: Bounds) -> str:
    if bounds.least == bounds.most:
        return str(bounds.least)
    return f"{bounds.least}–{'∞' if bounds.most is None else bounds.most}"
