"""Who may see and do what: the office of the call; its finance bureau, once its word is asked for; nobody else."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle.roles import FINANCE, LEADER, OFFICER
from keqiao.web.allocation.approving import laid_before_finance
from keqiao.web.applications.permissions import IN_CHARGE, Viewer, associations_in_charge

__all__ = [
    "FINANCE",
    "IN_CHARGE",
    "LEADER",
    "OFFICER",
    "READERS",
    "Viewer",
    "associations_as",
    "decisions_seen",
    "is_officer",
]

READERS = (*IN_CHARGE, FINANCE)


def associations_as(role: str, viewer: Viewer, at: datetime) -> Collection[UUID]:
    """Return the associations for which the viewer holds a role."""
    return viewer.organisations_as(role, at) if viewer.is_authenticated else frozenset()


def decisions_seen(viewer: Viewer, at: datetime) -> Q:
    """Decisions about the calls in the viewer's charge; for the finance bureau those that need its word, from when they
    are laid before it: until then they change, and the office alone knows them.
    """
    office = Q(association_id__in=associations_in_charge(viewer, at))
    if not (theirs := associations_as(FINANCE, viewer, at)):
        return office
    its_turn = Q(pk__in=laid_before_finance(theirs, at)) | Q(approved_at__isnull=False)
    return office | Q(its_turn, association_id__in=theirs, by_finance=True)


def is_officer(viewer: Viewer, association_id: UUID, at: datetime) -> bool:
    """Is the viewer an officer of this association?"""
    return association_id in associations_as(OFFICER, viewer, at)
