"""Who may see and change the calendar of an association: those who work on its calls."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle.call import LEADER, OFFICER

NOTHING = Q(pk__in=[])
KEEP_CALENDARS = (OFFICER, LEADER)


class Viewer(Protocol):
    """What this room asks an account."""

    pk: Any
    is_authenticated: bool

    def organisations_as(self, role: str, moment: datetime) -> frozenset[UUID]: ...


def associations_of(viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Return the ids of the associations whose calendar ``viewer`` sees and keeps."""
    if not viewer.is_authenticated:
        return frozenset()
    return frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in KEEP_CALENDARS))


def visible(viewer: Viewer, at: datetime) -> Q:
    """Overrides, those taken back included, of the associations that the viewer works for."""
    return Q(association_id__in=associations_of(viewer, at))


def role_in(viewer: Viewer, association_id: UUID, at: datetime) -> str:
    """Return as what ``viewer`` acts on the calendar of an association; nothing where the viewer may not."""
    held = (role for role in KEEP_CALENDARS if association_id in viewer.organisations_as(role, at))
    return next(held, "")
