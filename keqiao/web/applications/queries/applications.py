"""Which applications a viewer may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.application import IN_HAND, ApplicationState
from keqiao.web.applications import permissions
from keqiao.web.applications.models import Application
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.readers import laid_before
from keqiao.web.parties.queries import all_organisations
from keqiao.web.programmes.queries import offers_of

ALONG = ("call", "association", "unit", "leader")


def own_applications(viewer: Viewer, at: datetime) -> QuerySet[Application]:
    """Return the applications of the viewer's units, the last edited first."""
    mine = Application.objects.filter(permissions.own(viewer, at))
    return mine.select_related(*ALONG).order_by("-edited_at", "pk")


def own_application(viewer: Viewer, pk: UUID, at: datetime) -> Application:
    """Return one application of the viewer's units; otherwise 404."""
    return get_object_or_404(own_applications(viewer, at), pk=pk)


def office_applications(viewer: Viewer, at: datetime) -> QuerySet[Application]:
    """Return the applications that the viewer's associations have received, the last submitted first."""
    theirs = Application.objects.filter(permissions.in_the_office(viewer, at))
    return theirs.select_related(*ALONG).order_by("-submitted_at", "pk")


def office_application(viewer: Viewer, pk: UUID, at: datetime) -> Application:
    """Return one application that the viewer's associations have received; otherwise 404."""
    return get_object_or_404(office_applications(viewer, at), pk=pk)


def applications_laid_before(viewer: Viewer, at: datetime) -> QuerySet[Application]:
    """Return the submitted applications that lie, or lay, before the viewer to be endorsed; drafts never."""
    return (
        Application.objects.filter(laid_before(viewer, at))
        .select_related(*ALONG)
        .order_by("-submitted_at", "pk")
    )


def applications_of_call(call_id: UUID) -> QuerySet[Application]:
    """Return all applications that a call has in hand. Who may see them was asked before."""
    in_hand = [state.value for state in IN_HAND]
    return Application.objects.filter(call_id=call_id, state__in=in_hand).order_by("submitted_at", "pk")


def states_of_units(call_id: UUID, nodes: Collection[str], units: Collection[UUID]) -> list[tuple[UUID, str]]:
    """Return the unit and the state of every application of these units in these categories of a call; no more."""
    rows = Application.objects.filter(call_id=call_id, node__in=nodes, unit_id__in=units)
    return list(rows.order_by("created_at", "pk").values_list("unit_id", "state"))


def application_to_read(viewer: Viewer, pk: UUID, at: datetime) -> Application:
    """Return one submitted application for the office or whoever endorses it; otherwise 404."""
    seen = Application.objects.filter(permissions.in_the_office(viewer, at) | laid_before(viewer, at))
    return get_object_or_404(seen.select_related(*ALONG), pk=pk)


@dataclass(frozen=True, slots=True)
class Drafts:
    """How many drafts stand in one category of a call; ``category`` is empty where its revision in force has it not."""

    call_id: UUID
    call: str
    category: str
    count: int


def drafts_counted(viewer: Viewer, at: datetime) -> list[Drafts]:
    """Return how many drafts stand in each category of the viewer's associations: all that is told of them."""
    associations = permissions.associations_in_charge(viewer, at)
    drafts = Application.objects.filter(association_id__in=associations, state=ApplicationState.DRAFT.value)
    counts = drafts.order_by("call__title", "call_id", "node").values_list("call_id", "call__title", "node")
    rows = list(counts.annotate(Count("pk")))
    offers = offers_of({call for call, *_rest in rows})
    names = {(call, node): name for call, node, name in offers.values_list("call_id", "node", "name")}
    return [Drafts(call, title, names.get((call, node), ""), count) for call, title, node, count in rows]


def units_to_apply_for(viewer: Viewer, at: datetime) -> QuerySet[Any]:
    """Return the units for which the viewer may start an application, by name."""
    return all_organisations().filter(Q(pk__in=permissions.own_units(viewer, at)), merged_into__isnull=True)


def titles_before(association_id: UUID) -> QuerySet[Any, tuple[UUID, str, str]]:
    """Return of everything that was begun before an association the unit, the category and the title."""
    rows = Application.objects.filter(association_id=association_id).order_by("created_at", "pk")
    return rows.values_list("unit_id", "node", "title")
