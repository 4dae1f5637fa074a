"""Who may see and do what: whoever reads a grant reads its acceptance; whom an entry is about reads that entry."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle.roles import APPLICANT, LEADER, OFFICER, SUBJECT
from keqiao.web.applications.permissions import (
    IN_CHARGE,
    OF_A_UNIT,
    Viewer,
    associations_in_charge,
    own_units,
)
from keqiao.web.grants.permissions import FINANCE, grants_of_units, grants_overseen, roles_towards
from keqiao.web.grants.queries import all_grants

__all__ = [
    "APPLICANT",
    "FINANCE",
    "IN_CHARGE",
    "LEADER",
    "OFFICER",
    "OF_A_UNIT",
    "SUBJECT",
    "WHO",
    "Viewer",
    "acceptances_overseen",
    "acceptances_seen",
    "credit_about",
    "credit_seen",
    "is_officer",
    "roles_in",
    "roles_in_credit",
]

WHO = (*OF_A_UNIT, *IN_CHARGE, FINANCE)
NOTHING = Q(pk__in=[])


def acceptances_overseen(viewer: Viewer, at: datetime) -> Q:
    """Acceptances of the grants that the viewer oversees."""
    return _of_grants(grants_overseen(viewer, at))


def acceptances_seen(viewer: Viewer, at: datetime) -> Q:
    """Acceptances of the grants that the viewer reads at all."""
    return _of_grants(grants_of_units(viewer, at) | grants_overseen(viewer, at))


def _of_grants(grants: Q) -> Q:
    return Q(grant__in=all_grants(grants).order_by().values("pk"))


def roles_in(viewer: Viewer | None, acceptance: Any, at: datetime) -> frozenset[str]:
    """Return the roles of ``viewer`` that the life of an acceptance asks about."""
    return roles_towards(viewer, acceptance.grant, at)


def credit_about(viewer: Viewer, at: datetime) -> Q:
    """Entries about the viewer's units, or about the viewer."""
    if not viewer.is_authenticated:
        return NOTHING
    parties = [*own_units(viewer, at), *filter(None, [getattr(viewer, "person_id", None)])]
    return Q(party_id__in=parties) if parties else NOTHING


def credit_seen(viewer: Viewer, at: datetime) -> Q:
    """Entries that the viewer reads: of the own association, or about the viewer."""
    return Q(association_id__in=associations_in_charge(viewer, at)) | credit_about(viewer, at)


def roles_in_credit(viewer: Viewer | None, entry: Any, at: datetime) -> frozenset[str]:
    """Return the roles of ``viewer`` that the life of an entry asks about."""
    if viewer is None or not viewer.is_authenticated:
        return frozenset()
    found = {role for role in (OFFICER, LEADER) if entry.association_id in viewer.organisations_as(role, at)}
    if entry.party_id in own_units(viewer, at) or entry.party_id == getattr(viewer, "person_id", None):
        found.add(SUBJECT)
    return frozenset(found)


def is_officer(viewer: Viewer, association_id: UUID, at: datetime) -> bool:
    """Is the viewer an officer of this association?"""
    return viewer.is_authenticated and association_id in viewer.organisations_as(OFFICER, at)
