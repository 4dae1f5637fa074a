"""Who may see and change an application: the people of its unit; officers of the call, once it is submitted."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle.application import (
    APPLICANT,
    OFFICER,
    SEEN_BY_THE_OFFICE,
    ApplicationState,
)
from keqiao.core.lifecycle.joining import OPEN_TO_PARTNER

LEADER = "leader"
IN_CHARGE = (OFFICER, LEADER)
OF_A_UNIT = ("applicant", "unit_admin")
NOTHING = Q(pk__in=[])
NOT_SHOWN = [ApplicationState.DISCARDED.value]


class Viewer(Protocol):
    """What this room asks an account."""

    pk: Any
    is_authenticated: bool
    language: str
    email: str | None

    def organisations_as(self, role: str, moment: datetime) -> frozenset[UUID]: ...


def own_units(viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Return the units for which the viewer applies."""
    if not viewer.is_authenticated:
        return frozenset()
    return frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in OF_A_UNIT))


def associations_in_charge(viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Return the associations whose applications the viewer reads."""
    if not viewer.is_authenticated:
        return frozenset()
    return frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in IN_CHARGE))


def own(viewer: Viewer, at: datetime) -> Q:
    """Applications of the units for which the viewer applies, those thrown away left out."""
    units = own_units(viewer, at)
    return Q(unit_id__in=units) & ~Q(state__in=NOT_SHOWN) if units else NOTHING


def joining(viewer: Viewer, at: datetime) -> Q:
    """Applications that the viewer's units are asked to join, or join: read-only, as ``shown_to_partners`` has it."""
    units = own_units(viewer, at)
    if not units:
        return NOTHING
    states = [state.value for state in OPEN_TO_PARTNER]
    return Q(joinings__unit_id__in=units, joinings__state__in=states) & ~Q(state__in=NOT_SHOWN)


def in_the_office(viewer: Viewer, at: datetime) -> Q:
    """Applications that were submitted to the associations on whose staff the viewer is; drafts never."""
    associations = associations_in_charge(viewer, at)
    if not associations:
        return NOTHING
    states = [state.value for state in SEEN_BY_THE_OFFICE]
    return Q(association_id__in=associations, submitted_at__isnull=False, state__in=states)


def roles_towards(viewer: Viewer | None, unit_id: UUID, association_id: UUID, at: datetime) -> frozenset[str]:
    """Return the roles of ``viewer`` that the life of an application asks about; the program itself has none."""
    if viewer is None:
        return frozenset()
    applies = viewer.is_authenticated and any(
        unit_id in viewer.organisations_as(role, at) for role in OF_A_UNIT
    )
    found = {APPLICANT} if applies else set()
    if association_id in viewer.organisations_as(OFFICER, at):
        found.add(OFFICER)
    return frozenset(found)
