"""Who may see and do what: the office of the call; an expert what the expert was asked to judge.

Applicants are told what was decided, and read nothing else here.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle.review_round import ReviewRoundState
from keqiao.core.lifecycle.review_task import ReviewTaskState
from keqiao.core.lifecycle.roles import EXPERT, OFFICER
from keqiao.web.applications.permissions import IN_CHARGE, Viewer, associations_in_charge

__all__ = [
    "EXPERT",
    "IN_CHARGE",
    "OFFICER",
    "checks_seen",
    "experts_seen",
    "is_officer",
    "may_check",
    "own_experts",
    "own_tasks",
    "role_towards",
    "rounds_seen",
]

NOTHING = Q(pk__in=[])
NOT_SHOWN = [ReviewTaskState.CANCELLED.value]
OPEN_TO_EXPERT = frozenset({ReviewTaskState.ACCEPTED, ReviewTaskState.DRAFT, ReviewTaskState.SEALED})
"""In these an expert reads the application, while its round is open."""


def checks_seen(viewer: Viewer, at: datetime) -> Q:
    """Formal checks of the calls in the viewer's charge."""
    return Q(association_id__in=associations_in_charge(viewer, at))


def rounds_seen(viewer: Viewer, at: datetime) -> Q:
    """Rounds, tasks and outcomes of the calls in the viewer's charge."""
    return Q(association_id__in=associations_in_charge(viewer, at))


def own_tasks(viewer: Any) -> Q:
    """What the viewer was asked to judge; what was taken back is not there any more."""
    person = getattr(viewer, "person_id", None) if viewer.is_authenticated else None
    return Q(expert__person_id=person) & ~Q(state__in=NOT_SHOWN) if person else NOTHING


def is_expert_of(task: Any, viewer: Any) -> bool:
    """Is the viewer the expert who was asked?"""
    person = getattr(viewer, "person_id", None) if viewer.is_authenticated else None
    return person is not None and task.expert.person_id == person


def may_read_application(task: Any) -> bool:
    """May the expert of a task read the application now?"""
    is_open = task.round.state == ReviewRoundState.OPEN.value
    return is_open and ReviewTaskState(task.state) in OPEN_TO_EXPERT


def experts_seen(viewer: Viewer, at: datetime) -> Q:
    """Experts of the associations in the viewer's charge."""
    return Q(association_id__in=associations_in_charge(viewer, at))


def own_experts(viewer: Any) -> Q:
    """What the viewer is in registers of experts, by the person of the account."""
    person = getattr(viewer, "person_id", None) if viewer.is_authenticated else None
    return Q(person_id=person) if person else Q(pk__in=[])


def role_towards(expert: Any, viewer: Any, at: datetime) -> str:
    """Return as what the viewer acts for an expert: as the expert, as an officer of the association, "" as nobody."""
    if viewer.is_authenticated and viewer.person_id == expert.person_id:
        return EXPERT
    return OFFICER if is_officer(viewer, expert.association_id, at) else ""


def is_officer(viewer: Viewer, association_id: UUID, at: datetime) -> bool:
    """Is the viewer an officer of this association?"""
    return viewer.is_authenticated and association_id in viewer.organisations_as(OFFICER, at)


def may_check(row: Any, viewer: Viewer, at: datetime) -> bool:
    """May the viewer do the formal check of this application, or go on with this check?"""
    return is_officer(viewer, row.association_id, at)
