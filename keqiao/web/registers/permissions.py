"""Who may read and write the registers of an association: its officers write, its leaders read."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle.recognition import OFFICER

LEADER = "leader"
READ_REGISTERS = (OFFICER, LEADER)
OF_A_UNIT = ("applicant", "unit_admin")
NOTHING = Q(pk__in=[])


class Viewer(Protocol):
    """What this room asks an account."""

    pk: Any
    is_authenticated: bool

    def organisations_as(self, role: str, moment: datetime) -> frozenset[UUID]: ...


def associations_read(viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Return the ids of the associations whose registers ``viewer`` reads."""
    if not viewer.is_authenticated:
        return frozenset()
    return frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in READ_REGISTERS))


def own_units(viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Return the units whose own lines ``viewer`` reads: those it applies for or keeps."""
    return frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in OF_A_UNIT))


def associations_written(viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Return the ids of the associations whose registers ``viewer`` writes."""
    return viewer.organisations_as(OFFICER, at) if viewer.is_authenticated else frozenset()


def readable(viewer: Viewer, at: datetime) -> Q:
    """Lines of the registers of the associations that the viewer works for."""
    return Q(association_id__in=associations_read(viewer, at))


def writable(viewer: Viewer, at: datetime) -> Q:
    """Lines that the viewer may act on."""
    return Q(association_id__in=associations_written(viewer, at))


def writes(viewer: Viewer, association_id: UUID, at: datetime) -> bool:
    """May ``viewer`` write the registers of this association?"""
    return association_id in associations_written(viewer, at)


def roles_in(viewer: Viewer | None, association_id: UUID, at: datetime) -> frozenset[str]:
    """Return the roles of ``viewer`` in an association; the program itself (None) acts as an officer would."""
    if viewer is None:
        return frozenset({OFFICER})
    return frozenset(role for role in READ_REGISTERS if association_id in viewer.organisations_as(role, at))
