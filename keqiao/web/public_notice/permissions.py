"""Who may see and do what: the office of the call. What is posted everybody reads; who objected only the office."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle.public_notice import PublicNoticeState as S
from keqiao.core.lifecycle.roles import LEADER, OFFICER
from keqiao.web.applications.permissions import IN_CHARGE, Viewer, associations_in_charge, own_units

__all__ = [
    "IN_CHARGE",
    "LEADER",
    "OFFICER",
    "PUBLIC",
    "Viewer",
    "associations_as",
    "associations_in_charge",
    "in_charge",
    "is_officer",
    "own_units",
    "public",
    "roles_towards",
]

PUBLIC = [state.value for state in (S.POSTED, S.ENDED, S.CONCLUDED, S.WITHDRAWN)]
"""States in which a notice that was posted has a public page; a withdrawn one says only that it was withdrawn."""


def in_charge(viewer: Viewer, at: datetime) -> Q:
    """Rows of the associations in whose office the viewer works."""
    return Q(association_id__in=associations_in_charge(viewer, at))


def public() -> Q:
    """Notices that everybody may read."""
    return Q(state__in=PUBLIC, posted_at__isnull=False)


def associations_as(role: str, viewer: Viewer, at: datetime) -> Collection[UUID]:
    """Return the associations for which the viewer holds a role."""
    return viewer.organisations_as(role, at) if viewer.is_authenticated else frozenset()


def is_officer(viewer: Viewer, association_id: UUID, at: datetime) -> bool:
    """Is the viewer an officer of this association?"""
    return association_id in associations_as(OFFICER, viewer, at)


def roles_towards(viewer: Viewer, row: Any, at: datetime) -> frozenset[str]:
    """Return the roles of the viewer that the life of a row of an association asks about."""
    return frozenset(role for role in IN_CHARGE if row.association_id in associations_as(role, viewer, at))
