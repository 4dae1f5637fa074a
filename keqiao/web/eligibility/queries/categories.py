"""All categories that take applications now, against one unit."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404

from keqiao.core.rules.answers import CategoryAnswer, Verdict, When
from keqiao.core.rules.category import Decision
from keqiao.core.rules.facts import Case
from keqiao.web.eligibility.calls import ReadyCall, ready_calls
from keqiao.web.eligibility.cases import cases_on
from keqiao.web.parties.queries import associations, local_day
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


def offers_open(at: datetime) -> models.QuerySet[Any]:
    """Return the categories that take applications at ``at``, by their last day."""
    return offers_taken(at)


def associations_open(at: datetime) -> list[tuple[str, str]]:
    """Return the associations whose categories are open: id as text and name, by name, for a choice."""
    owners = offers_open(at).order_by().values("call__association_id")
    return sorted(
        ((str(one.pk), str(one)) for one in associations().filter(pk__in=owners)), key=itemgetter(1)
    )


def offer_open(pk: int, at: datetime) -> OpenCategory:
    """Return one category that takes applications at ``at``; otherwise 404."""
    offer = get_object_or_404(offers_taken(at), pk=pk)
    ready = ready_calls(frozenset({offer.call_id})).get(offer.call_id)
    if ready is None:
        raise Http404
    return OpenCategory(offer, ready, ready.path(offer.node))


def decisions_for(unit_id: UUID, at: datetime) -> dict[int, Decision]:
    """Return the verdict of every open category for a unit, with the rule that decides it, by the id of the offer.

    A constant number of queries, however many offers and associations there are; the rows of the offers are not
    made, only what asking needs of them is read.
    """
    asked = list(offers_open(at).values_list("pk", "call_id", "call__association_id", "node"))
    ready = ready_calls(frozenset(call for _pk, call, _association, _node in asked))
    owners = {call: association for _pk, call, association, _node in asked}
    cases = _cases(unit_id, frozenset(owners[call] for call in ready), at)
    by_call = {call: rules.rules.decisions(cases[owners[call]]) for call, rules in ready.items()}
    return {
        pk: by_call[call][ready[call].path(node)] for pk, call, _association, node in asked if call in ready
    }


def best_first(offers: models.QuerySet[Any], decisions: Mapping[int, Decision]) -> models.QuerySet[Any]:
    """Return the decided offers with a column ``rank``: 0 the unit may apply, 1 a person has to look, 2 it may not.

    A category that was published after the decisions were made is not among them.
    """
    ranks = [
        models.When(pk__in=[pk for pk, made in decisions.items() if made.verdict is verdict], then=rank)
        for rank, verdict in enumerate((Verdict.PASSES, Verdict.PERSON))
    ]
    decided = offers.filter(pk__in=list(decisions))
    return decided.annotate(rank=models.Case(*ranks, default=2, output_field=models.IntegerField()))


def answer_for(
    unit_id: UUID, category: OpenCategory, at: datetime, when: When = When.BEFORE
) -> CategoryAsked:
    """Return the answer of one category for a unit."""
    association = category.offer.call.association_id
    case = _cases(unit_id, [association], at)[association]
    return CategoryAsked(category, case, category.call.rules.answer(category.path, case, when))


def _cases(unit_id: UUID, associations: Collection[UUID], at: datetime) -> dict[UUID, Case]:
    cases = cases_on(local_day(at), [unit_id], associations)
    if associations and not cases:
        raise Http404
    return {association: case for (association, _unit), case in cases.items()}
