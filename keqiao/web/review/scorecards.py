"""The scorecard that categories of a call share, as published."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from uuid import UUID

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme import effective, names_at
from keqiao.core.programme.selection import Scorecard
from keqiao.web.applications.refusals import Refused
from keqiao.web.eligibility.calls import ready_call

EXPERTS_UNSTATED = 3
"""Experts for each application where the call does not say how many."""
CARDS_KEPT = 500


@lru_cache(maxsize=CARDS_KEPT)
def card_of(revision_id: UUID, node: str) -> Scorecard | None:
    """Return the scorecard that holds for a category, or nothing. Raises KeyError: there is no such category."""
    ready = ready_call(revision_id)
    stated = effective(ready.programme, ready.path(node)).scorecard
    return stated.fact if stated else None


@lru_cache(maxsize=CARDS_KEPT)
def name_of(revision_id: UUID, node: str) -> str:
    """Return the name of a category with those above it; the id where the revision does not have it."""
    ready = ready_call(revision_id)
    try:
        return " · ".join(names_at(ready.programme, ready.path(node))) or ready.programme.title
    except KeyError:
        return node


def card_for(revision_id: UUID, nodes: Sequence[str]) -> Scorecard:
    """Return the one scorecard of categories that are judged together.

    Raises:
        Refused: no category is named, one is unknown or has none, or two have different ones.
    """
    if not nodes:
        raise Refused(Finding("review.no_category", Weight.REFUSE))
    found: dict[str, Scorecard] = {}
    for node in sorted(set(nodes)):
        try:
            card = card_of(revision_id, node)
        except KeyError as unknown:
            raise Refused(Finding("review.category_unknown", Weight.REFUSE, {"name": node})) from unknown
        if card is None:
            raise Refused(Finding("review.no_scorecard", Weight.REFUSE, {"name": name_of(revision_id, node)}))
        found[node] = card
    first, *others = found
    for other in others:
        if found[other] != found[first]:
            names = {"one": name_of(revision_id, first), "other": name_of(revision_id, other)}
            raise Refused(Finding("review.scorecards_differ", Weight.REFUSE, names, found[other].source))
    return found[first]


def against_experts(card: Scorecard, experts: int) -> Iterator[Finding]:
    """Give what stands against so many experts for each application: the call states how many there are at least."""
    if card.experts is not None and experts < card.experts:
        values = {"given": experts, "stated": card.experts}
        yield Finding("review.experts_fewer", Weight.REFUSE, values, card.source)


def experts_stated(card: Scorecard | None) -> int:
    """Return how many experts judge each application unless the office says otherwise."""
    return card.experts if card is not None and card.experts else EXPERTS_UNSTATED
