"""What somebody who fills a form in can take over: people of the unit, regions, what the unit applied for before."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from keqiao.core.lifecycle.application import ApplicationState
from keqiao.web.applications.models import Application
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.queries.applications import own_applications
from keqiao.web.parties.queries import people_for, regions_to_choose
from keqiao.web.programmes.queries import offers_called

MOST_PEOPLE = 500


def people_of(viewer: Any, unit_id: UUID, at: datetime) -> list[Any]:
    """Return the people tied to a unit, as far as the viewer sees them, by name."""
    people = people_for(viewer, at).filter(ties__organisation=unit_id).distinct()
    return list(people.order_by("name")[:MOST_PEOPLE])


def regions_offered(at: datetime) -> tuple[tuple[str, str], ...]:
    """Return the regions that can be chosen: code and name, in the order of codes."""
    return tuple(regions_to_choose(at).order_by("code").values_list("code", "name"))


def drafts_for(viewer: Viewer, call_id: UUID, node: str, at: datetime) -> list[Application]:
    """Return what the viewer's units are filling in or have submitted in one category already."""
    rows = own_applications(viewer, at).filter(call_id=call_id, node=node)
    return list(rows.exclude(state=ApplicationState.DISCARDED.value))


def earlier_application(viewer: Viewer, unit_id: UUID, offer: Any, at: datetime) -> Application | None:
    """Return what the unit submitted last in the same category of an earlier call; its words can be taken over.

    The same category: of the same association, with the id that it keeps from year to year, else of the same name.
    """
    rows = own_applications(viewer, at).filter(unit_id=unit_id, submitted_at__isnull=False)
    rows = rows.filter(association_id=offer.call.association_id).exclude(call_id=offer.call_id)
    named = offers_called(offer.name).filter(call_id=OuterRef("call_id"), node=OuterRef("node"))
    same_id = rows.filter(node=offer.node).order_by("-submitted_at").first() if offer.node else None
    return same_id or rows.filter(Exists(named)).order_by("-submitted_at").first()
