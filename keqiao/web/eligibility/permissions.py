"""Who may ask whether a unit may apply: those who work for the unit; officers, about units of their area."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

OFFICER, LEADER = "officer", "leader"
OF_A_UNIT = ("applicant", "unit_admin")
ASK = (*OF_A_UNIT, OFFICER, LEADER)


class Viewer(Protocol):
    """What this room asks an account."""

    pk: Any
    is_authenticated: bool

    def organisations_as(self, role: str, moment: datetime) -> frozenset[UUID]: ...


def own_units(viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Return the units for which the viewer may ask and apply."""
    return frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in OF_A_UNIT))


def own_associations(viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Return the associations on whose staff the viewer is."""
    return viewer.organisations_as(OFFICER, at) | viewer.organisations_as(LEADER, at)
