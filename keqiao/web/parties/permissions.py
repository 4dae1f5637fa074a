"""Who may see and change what of the room.

A viewer is an account (or nobody). This room stands below the accounts and asks the viewer itself.
"""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q

OFFICER, LEADER = "officer", "leader"
SEE_ALL_ORGANISATIONS = frozenset(
    {OFFICER, "leader", "finance", "system_admin", "security_admin", "audit_admin"}
)
BELONG = ("officer", "leader", "finance", "endorser", "applicant", "unit_admin", "expert")
NOTHING = Q(pk__in=[])


class Viewer(Protocol):
    """What this room asks an account."""

    pk: Any
    is_authenticated: bool

    def roles_at(self, moment: datetime) -> frozenset[str]: ...

    def organisations_as(self, role: str, moment: datetime) -> frozenset[UUID]: ...


def visible_organisations(viewer: Viewer, at: datetime) -> Q:
    """Associations are public. Staff of associations see all organisations, others those they belong to."""
    public = Q(association__isnull=False)
    if not viewer.is_authenticated:
        return public
    if viewer.roles_at(at) & SEE_ALL_ORGANISATIONS:
        return Q()
    mine = frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in BELONG))
    return public | Q(pk__in=mine)


def keeps_association(viewer: Viewer, at: datetime) -> Q:
    """Associations whose pages the viewer may change: those the viewer is an officer of."""
    if not viewer.is_authenticated:
        return NOTHING
    return Q(pk__in=viewer.organisations_as(OFFICER, at))


def sees_association(viewer: Viewer, at: datetime) -> Q:
    """Associations whose pages the viewer may see: those the viewer is an officer or a leader of."""
    if not viewer.is_authenticated:
        return NOTHING
    return Q(pk__in=viewer.organisations_as(OFFICER, at) | viewer.organisations_as(LEADER, at))


def may_decide_on_second_person(viewer: Viewer, association_id: UUID, *, wanted: bool, at: datetime) -> bool:
    """May the viewer say that publishing needs a second person, or (``wanted`` false) that it needs none?

    Officers and leaders may ask for more care; only a leader may ask for less.
    """
    roles = (OFFICER, LEADER) if wanted else (LEADER,)
    return any(association_id in viewer.organisations_as(role, at) for role in roles)


def visible_offices(viewer: Viewer, at: datetime) -> Q:
    """Offices shown on the pages where they are kept (what the public sees of them stands in a call)."""
    if not viewer.is_authenticated:
        return NOTHING
    return Q(association_id__in=viewer.organisations_as(OFFICER, at))
