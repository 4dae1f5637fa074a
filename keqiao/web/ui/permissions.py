"""Whose saved views a viewer sees: the own ones, and those shared in an association the viewer works for."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q

STAFF = ("officer", "leader")


class Viewer(Protocol):
    """What this room asks an account."""

    pk: Any
    is_authenticated: bool

    def organisations_as(self, role: str, moment: datetime) -> frozenset[UUID]: ...


def visible_views(viewer: Viewer, at: datetime) -> Q:
    """Return what picks the views that ``viewer`` may use at ``at``."""
    if not viewer.is_authenticated:
        return Q(pk__in=[])
    return Q(owner_id=viewer.pk) | Q(association_id__in=working_for(viewer, at))


def working_for(viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Return the associations on whose staff the viewer is."""
    return frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in STAFF))
