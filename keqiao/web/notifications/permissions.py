"""Who keeps the outbox of an association: those who work on its calls. Accounts' mail: the system administrator."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q

OFFICER, LEADER = "officer", "leader"
SYSTEM_ADMIN = "system_admin"
KEEP_OUTBOX = (OFFICER, LEADER)
SEE_OUTBOX = (*KEEP_OUTBOX, SYSTEM_ADMIN)


class Viewer(Protocol):
    """What this room asks an account."""

    pk: Any
    is_authenticated: bool

    def organisations_as(self, role: str, moment: datetime) -> frozenset[UUID]: ...
    def roles_at(self, moment: datetime) -> frozenset[str]: ...
    def grants_at(self, moment: datetime) -> list[Any]: ...


def associations_of(viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Return the ids of the associations whose outbox ``viewer`` keeps."""
    if not viewer.is_authenticated:
        return frozenset()
    return frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in KEEP_OUTBOX))


def visible(viewer: Viewer, at: datetime) -> Q:
    """Messages of the associations that the viewer works for; the installation's own for its administrator."""
    condition = Q(association_id__in=associations_of(viewer, at))
    if viewer.is_authenticated and SYSTEM_ADMIN in viewer.roles_at(at):
        condition |= Q(association_id__isnull=True)
    return condition


def role_in(viewer: Viewer, association_id: UUID | None, at: datetime) -> str:
    """Return as what ``viewer`` acts on the outbox of an association (None: of the installation)."""
    if association_id is None:
        return SYSTEM_ADMIN if SYSTEM_ADMIN in viewer.roles_at(at) else ""
    held = (role for role in KEEP_OUTBOX if association_id in viewer.organisations_as(role, at))
    return next(held, "")
