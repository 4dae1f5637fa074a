"""For officers: who in the area may apply in a category and has not, as a list to invite."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from keqiao.core.rules.category import Decision
from keqiao.core.rules.what_if import Applied, invitees
from keqiao.web.eligibility import permissions
from keqiao.web.eligibility.cases import cases_on
from keqiao.web.eligibility.permissions import Viewer
from keqiao.web.eligibility.queries.categories import OpenCategory, offer_open, offers_open
from keqiao.web.parties.queries import local_day, organisations_kept_by

MOST_UNITS = 5_000
"""Of a larger area the first by name are asked about, and the page says so."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A unit that may apply and has not, as far as is known."""

    organisation: Any
    decision: Decision
    applied: Applied


def offers_of_staff(viewer: Viewer, at: datetime) -> QuerySet[Any]:
    """Return the open categories of the associations on whose staff the viewer is."""
    return offers_open(at).filter(call__association_id__in=permissions.own_associations(viewer, at))


def own_offer(viewer: Viewer, pk: int, at: datetime) -> OpenCategory:
    """Return one open category of an association on whose staff the viewer is; otherwise 404."""
    if not offers_of_staff(viewer, at).filter(pk=pk).exists():
        raise Http404
    return offer_open(pk, at)


def most_units_asked(category: OpenCategory, viewer: Viewer, at: datetime) -> int | None:
    """Return how many units are asked about where the viewer's area has more; None where all are."""
    has_more = _units_to_ask(viewer, category.offer.call.association_id, at)[MOST_UNITS:].exists()
    return MOST_UNITS if has_more else None


def _units_to_ask(viewer: Viewer, association: UUID, at: datetime) -> QuerySet[Any]:
    return organisations_kept_by(viewer, at).exclude(pk=association).order_by("name", "pk")


def invited_to(category: OpenCategory, viewer: Viewer, at: datetime) -> list[Invited]:
    """Return the units of the viewer's area that could be invited, those that pass first, then by name."""
    association: UUID = category.offer.call.association_id
    units = _units_to_ask(viewer, association, at)[:MOST_UNITS]
    organisations = {unit.pk: unit for unit in units}
    cases = cases_on(local_day(at), list(organisations), [association])
    rules, path = category.call.rules, category.path
    found = invitees(
        lambda case: rules.decision(path, case), category.call.programme.id, path, cases.values()
    )
    invited = [
        Invited(organisations[UUID(each.case.applicant.id)], each.answer, each.applied) for each in found
    ]
    return sorted(invited, key=lambda each: (each.decision.verdict != "passes", each.organisation.name))
