"""Who may see and keep the library of an association; what a public call refers to, everybody reads."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle.call import LEADER, OFFICER

NOTHING = Q(pk__in=[])
READ_LIBRARY = (OFFICER, LEADER)


class Viewer(Protocol):
    """What this room asks an account."""

    pk: Any
    is_authenticated: bool

    def organisations_as(self, role: str, moment: datetime) -> frozenset[UUID]: ...


def readable(viewer: Viewer, at: datetime) -> Q:
    """Regulations and versions of the associations that the viewer is an officer or a leader of."""
    if not viewer.is_authenticated:
        return NOTHING
    held = frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in READ_LIBRARY))
    return Q(association_id__in=held)


def kept(viewer: Viewer, at: datetime) -> Q:
    """Regulations and versions that the viewer may change: those of the associations the viewer is an officer of."""
    if not viewer.is_authenticated:
        return NOTHING
    return Q(association_id__in=viewer.organisations_as(OFFICER, at))


def keeps(viewer: Viewer, association_id: UUID, at: datetime) -> bool:
    """May ``viewer`` change the library of this association?"""
    return viewer.is_authenticated and association_id in viewer.organisations_as(OFFICER, at)
