"""Who may see and do what: the unit its own grants, the office of the call, the finance bureau that supervises it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle.roles import APPLICANT, FINANCE, LEADER, OFFICER
from keqiao.web.applications.permissions import IN_CHARGE, OF_A_UNIT, Viewer, own_units

__all__ = [
    "APPLICANT",
    "FINANCE",
    "IN_CHARGE",
    "LEADER",
    "NOTHING",
    "OFFICER",
    "OF_A_UNIT",
    "STAFF",
    "WHO",
    "Viewer",
    "associations_as",
    "begins_in",
    "grants_of_units",
    "grants_overseen",
    "grants_seen",
    "is_officer",
    "own_units",
    "roles_towards",
]

STAFF = (*IN_CHARGE, FINANCE)
WHO = (*OF_A_UNIT, *STAFF)
NOTHING = Q(pk__in=[])
NOT_SHOWN_TO_UNITS = ("drafted",)
"""An agreement that is still written is the office's own."""


def associations_as(viewer: Viewer, role: str, at: datetime) -> frozenset[UUID]:
    """Return the organisations for which the viewer holds this role."""
    return viewer.organisations_as(role, at) if viewer.is_authenticated else frozenset()


def grants_of_units(viewer: Viewer, at: datetime) -> Q:
    """Grants of the units for which the viewer acts, from the moment the agreement was sent."""
    units = own_units(viewer, at)
    return Q(unit_id__in=units) & ~Q(state__in=NOT_SHOWN_TO_UNITS) if units else NOTHING


def grants_overseen(viewer: Viewer, at: datetime) -> Q:
    """Grants of the calls in the viewer's charge, as office, finance department or finance bureau."""
    bodies = frozenset[UUID]().union(*(associations_as(viewer, role, at) for role in STAFF))
    bureaus = associations_as(viewer, FINANCE, at)
    return Q(association_id__in=bodies) | Q(finance_bureau_id__in=bureaus) if bodies else NOTHING


def grants_seen(viewer: Viewer, at: datetime) -> Q:
    """Grants that the viewer reads at all."""
    return grants_of_units(viewer, at) | grants_overseen(viewer, at)


def roles_towards(viewer: Viewer | None, grant: Any, at: datetime) -> frozenset[str]:
    """Return the roles of ``viewer`` that the lives of a grant, its payments, changes and settlement ask about."""
    if viewer is None or not viewer.is_authenticated:
        return frozenset()
    found = {role for role in STAFF if grant.association_id in associations_as(viewer, role, at)}
    if grant.finance_bureau_id and grant.finance_bureau_id in associations_as(viewer, FINANCE, at):
        found.add(FINANCE)
    if grant.unit_id in own_units(viewer, at) and grant.state not in NOT_SHOWN_TO_UNITS:
        found.add(APPLICANT)
    return frozenset(found)


def is_officer(viewer: Viewer, association_id: UUID, at: datetime) -> bool:
    """Is the viewer an officer of this association?"""
    return association_id in associations_as(viewer, OFFICER, at)


def begins_in(viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Return the associations in which the viewer lets grants begin."""
    return associations_as(viewer, OFFICER, at)
