"""Who may see and do what: the office of the call. Applicants are told what was decided, and read nothing else here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.applications.permissions import IN_CHARGE, Viewer, associations_in_charge

__all__ = ["IN_CHARGE", "OFFICER", "checks_seen", "is_officer", "may_check"]


def checks_seen(viewer: Viewer, at: datetime) -> Q:
    """Formal checks of the calls in the viewer's charge."""
    return Q(association_id__in=associations_in_charge(viewer, at))


def is_officer(viewer: Viewer, association_id: UUID, at: datetime) -> bool:
    """Is the viewer an officer of this association?"""
    return viewer.is_authenticated and association_id in viewer.organisations_as(OFFICER, at)


def may_check(row: Any, viewer: Viewer, at: datetime) -> bool:
    """May the viewer do the formal check of this application, or go on with this check?"""
    return is_officer(viewer, row.association_id, at)
