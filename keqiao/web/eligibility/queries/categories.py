"""All categories that take applications now, against one unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from keqiao.core.rules.answers import CategoryAnswer, Verdict, When
from keqiao.core.rules.facts import Case
from keqiao.web.eligibility.calls import ReadyCall, ready_calls
from keqiao.web.eligibility.cases import cases_on
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.queries import offers_taken


@dataclass(frozen=True, slots=True)
class OpenCategory:
    """A category of a published call (``offer``), its rules ready to be asked, and where it stands in them."""

    offer: Any
    call: ReadyCall
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CategoryAsked:
    """The answer of one category for one unit, with the case it was given for."""

    category: OpenCategory
    case: Case
    answer: CategoryAnswer


def offers_open(at: datetime) -> QuerySet[Any]:
    """Return the categories that take applications at ``at``, by their last day."""
    return offers_taken(at)


def offer_open(pk: int, at: datetime) -> OpenCategory:
    """Return one category that takes applications at ``at``; otherwise 404."""
    offer = get_object_or_404(offers_taken(at), pk=pk)
    found = list(_with_rules([offer]))
    if not found:
        raise Http404
    return found[0]


def verdicts_for(unit_id: UUID, offers: Iterable[Any], at: datetime) -> dict[int, Verdict]:
    """Return the verdict of each offer for a unit, by the id of the offer.

    A constant number of queries, however many offers and associations there are.
    """
    categories = list(_with_rules(list(offers)))
    cases = _cases(unit_id, categories, at)
    by_call: dict[UUID, Mapping[tuple[str, ...], Verdict]] = {}
    for category in categories:
        call = category.offer.call
        if call.pk not in by_call:
            by_call[call.pk] = category.call.rules.verdicts(cases[call.association_id])
    return {each.offer.pk: by_call[each.offer.call_id][each.path] for each in categories}


def answers_for(unit_id: UUID, offers: Iterable[Any], at: datetime) -> dict[int, CategoryAnswer]:
    """Return the answers with their reasons, by the id of the offer; for the rows that a page shows."""
    categories = list(_with_rules(list(offers)))
    cases = _cases(unit_id, categories, at)
    return {
        each.offer.pk: each.call.rules.answer(each.path, cases[each.offer.call.association_id])
        for each in categories
    }


def answer_for(
    unit_id: UUID, category: OpenCategory, at: datetime, when: When = When.BEFORE
) -> CategoryAsked:
    """Return the answer of one category for a unit."""
    case = _cases(unit_id, [category], at)[category.offer.call.association_id]
    return CategoryAsked(category, case, category.call.rules.answer(category.path, case, when))


def _cases(unit_id: UUID, categories: list[OpenCategory], at: datetime) -> dict[UUID, Case]:
    associations = {each.offer.call.association_id for each in categories}
    cases = cases_on(local_day(at), [unit_id], associations)
    if associations and not cases:
        raise Http404
    return {association: case for (association, _unit), case in cases.items()}


def _with_rules(offers: list[Any]) -> Iterable[OpenCategory]:
    ready = ready_calls(frozenset(offer.call_id for offer in offers))
    for offer in offers:
        call = ready.get(offer.call_id)
        if call is not None:
            yield OpenCategory(offer, call, call.path(offer.node))
