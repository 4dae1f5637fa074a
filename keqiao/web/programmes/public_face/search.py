"""Look for public calls by what they offer: conditions on single categories, asked of one and the same category."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, Max, OuterRef, Q, QuerySet, Sum

from keqiao.core.lifecycle.call import CallState
from keqiao.web.programmes.models import Call, Milestone, Offer, Portion, Revision
from keqiao.web.programmes.public_face.rows import BAR
from keqiao.web.programmes.queries import named, public_calls

OPEN, WITHIN_7, WITHIN_14, UPCOMING, CLOSED = "open", "7", "14", "upcoming", "closed"
DAYS_OF = {WITHIN_7: 7, WITHIN_14: 14}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a category must offer: a kind of applicant, a theme, so much for one project, a state at a moment."""

    at: datetime
    applicant: str = ""
    theme: str = ""
    least_fen: int | None = None
    state: str = ""

    @property
    def asks_for_categories(self) -> bool:
        """Is something wanted that tells one category of a call from another?"""
        return bool(self.applicant or self.theme or self.least_fen)


def offers_wanted(wanted: Wanted) -> Q:
    """Return what picks the categories that offer all that is ``wanted``."""
    return _kind_of_offer(wanted) & _state(wanted.state, wanted.at)


def calls_that_offer(calls: QuerySet[Call], wanted: Wanted) -> QuerySet[Call]:
    """Narrow ``calls`` to those with at least one category that offers all that is ``wanted``."""
    if wanted.state == CLOSED:  # a call is over only when no category that fits takes applications
        still = _offers(_kind_of_offer(wanted) & (Q(deadline_at__gte=wanted.at) | Q(deadline_at=None)))
        calls = calls.filter(~Exists(still))
    elif wanted.state:
        calls = calls.exclude(state=CallState.CANCELLED.value)
    return (
        calls.filter(Exists(_offers(offers_wanted(wanted))))
        if wanted.asks_for_categories or wanted.state
        else calls
    )


def found_by(word: str) -> Q:
    """Return what finds a call by one word: in its title or address, its association or one of its categories."""
    return named(word) | Q(Exists(_offers(Q(name__icontains=word))))


def offers_of(call_ids: Iterable[UUID]) -> QuerySet[Offer]:
    """Return the categories of these calls, in their order."""
    return Offer.objects.filter(call_id__in=list(call_ids)).order_by("call_id", "position")


def regions_and_years() -> tuple[list[str], list[int]]:
    """Return the regions and the years of public calls, each once; one query."""
    pairs = set(public_calls().order_by().values_list("region", "year").distinct())
    regions = sorted({region for region, _year in pairs if region})
    return regions, sorted({year for _region, year in pairs if year}, reverse=True)


def dates_of(calls: Any) -> QuerySet[Milestone]:
    """Return the dates of these calls (ids, or a query of ids), by day, each with its call and association."""
    found = Milestone.objects.filter(call__in=calls).select_related("call__association")
    return found.order_by("on", "call_id", "kind", "node")


def revisions_of_all(calls: Any) -> QuerySet[Revision]:
    """Return the revisions of these calls without their contents, the latest first."""
    found = Revision.objects.filter(call__in=calls).select_related("call__association")
    return found.defer("definition", "words").order_by("-published_at", "call_id", "-number")


def sums_of_public_calls() -> list[dict[str, Any]]:
    """Return what public calls hand out, added up by region, year and the codes that share a sum; one query.

    ``fen`` and ``taken`` (places) add up what can be told, for ``number`` categories; ``untold`` and ``unplaced``
    count those for which money or places cannot be told, ``made_up`` those with figures of the demonstration.
    """
    groups = ("call__region", "call__year", "applicants", "themes", "is_shared")
    portions = Portion.objects.filter(call__in=public_calls().order_by().values("pk"))
    alone = ExpressionWrapper(Q(categories__gt=1), output_field=BooleanField())
    rows = portions.annotate(is_shared=alone).order_by().values(*groups)
    return list(
        rows.annotate(
            fen=Sum("total_fen"),
            number=Sum("categories"),
            untold=Sum("categories", filter=Q(total_fen=None), default=0),
            taken=Sum("places"),
            unplaced=Sum("categories", filter=Q(places=None), default=0),
            made_up=Sum("categories", filter=Q(invented=True), default=0),
        )
    )


def public_addresses() -> tuple[list[tuple[str, datetime]], list[tuple[str, str]]]:
    """Return the address of every public call with the time of its last revision, and (call, category) pairs."""
    calls = public_calls().annotate(last=Max("revisions__published_at")).order_by("-last", "pk")
    categories = Offer.objects.filter(call__in=public_calls().order_by().values("pk")).exclude(node="")
    return (
        list(calls.values_list("slug", "last")),
        list(categories.order_by("call_id", "position").values_list("call__slug", "node")),
    )


def _offers(condition: Q) -> QuerySet[Offer]:
    return Offer.objects.filter(condition, call=OuterRef("pk"))


def _kind_of_offer(wanted: Wanted) -> Q:
    condition = Q()
    if wanted.applicant:
        condition &= Q(applicants__contains=f"{BAR}{wanted.applicant}{BAR}")
    if wanted.theme:
        condition &= Q(themes__contains=f"{BAR}{wanted.theme}{BAR}")
    if wanted.least_fen:
        condition &= Q(most_fen__gte=wanted.least_fen)
    return condition


def _state(state: str, at: datetime) -> Q:
    """A category that states no deadline is in none of the states but ``upcoming``: nobody can tell."""
    begun = Q(opens_at=None) | Q(opens_at__lte=at)
    match state:
        case "open":
            return begun & Q(deadline_at__gte=at)
        case "7" | "14":
            return begun & Q(deadline_at__gte=at, deadline_at__lte=at + timedelta(days=DAYS_OF[state]))
        case "upcoming":
            return Q(opens_at__gt=at)
        case "closed":
            return Q(deadline_at__lt=at)
        case _:
            return Q()
