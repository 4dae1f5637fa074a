"""Who may see and change a call. Published calls are public; drafts belong to the officers of the association."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle.call import LEADER, MOVES, OFFICER, PUBLIC_STATES, CallState

NOTHING = Q(pk__in=[])
WORK_ON_CALLS = (OFFICER, LEADER)


class Viewer(Protocol):
    """What this room asks an account."""

    pk: Any
    email: str | None
    language: str
    is_authenticated: bool

    def get_full_name(self) -> str: ...

    def organisations_as(self, role: str, moment: datetime) -> frozenset[UUID]: ...


def public() -> Q:
    """Calls that everybody may read: those with a published revision, a cancelled one included."""
    return Q(state__in=[state.value for state in PUBLIC_STATES], slug__isnull=False)


def visible_in_the_office(viewer: Viewer, at: datetime) -> Q:
    """Calls, drafts included, of the associations that the viewer is an officer or a leader of."""
    if not viewer.is_authenticated:
        return NOTHING
    kept = frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in WORK_ON_CALLS))
    return Q(association_id__in=kept)


def kept(viewer: Viewer, at: datetime) -> Q:
    """Calls that the viewer may change: those of the associations the viewer is an officer of."""
    if not viewer.is_authenticated:
        return NOTHING
    return Q(association_id__in=viewer.organisations_as(OFFICER, at))


def roles_towards(viewer: Viewer, association_id: UUID, at: datetime) -> frozenset[str]:
    """Return the roles of ``viewer`` in the association of a call that its life asks about."""
    return frozenset(r for r in WORK_ON_CALLS if association_id in viewer.organisations_as(r, at))


def associations_as_officer(viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Return the associations whose calls the viewer may change, publish, and propose for publication."""
    return viewer.organisations_as(OFFICER, at)


def associations_as_second_person(viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Return the associations in which the viewer may agree that a call of somebody else is published."""
    return frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in WORK_ON_CALLS))


def is_editable(state: str) -> bool:
    """May the draft of a call in this state be changed: before publication, or while a revision may follow?"""
    return state in {
        CallState.DRAFT.value,
        CallState.PUBLISHED.value,
        CallState.OPEN.value,
        CallState.CLOSED.value,
    }


def is_cancellable(state: str) -> bool:
    """May officers and leaders cancel a call in this state?"""
    return any(move.act == "cancel" and state in move.sources for move in MOVES)
