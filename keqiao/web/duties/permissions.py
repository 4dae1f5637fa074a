"""Whose duty is whose: of a person, or of whoever holds a role for an organisation now."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db.models import Q

from keqiao.web.scope import INSTALLATION

NOTHING = Q(pk__in=[])


class Held(Protocol):
    """A grant of a role, as accounts keep it."""

    role: str
    organisation_id: UUID | None
    call_id: UUID | None


class Viewer(Protocol):
    """An account; this room stands below the accounts and only asks what it holds."""

    pk: UUID
    is_authenticated: bool
    acting_for: UUID | None

    def grants_at(self, moment: datetime) -> Iterable[Held]:
        """Return the grants that count at ``moment``."""


def held_by(viewer: Viewer, at: datetime) -> Q:
    """Duties of ``viewer``: own ones, and those of the roles held at ``at``; never those the viewer must leave alone.

    Whoever acts for a unit sees only what that unit's roles have to do, and what is the person's own with it.
    """
    if not viewer.is_authenticated:
        return NOTHING
    held = Q(account_id=viewer.pk)
    if viewer.acting_for is not None:
        held &= Q(association_id__in=[viewer.acting_for, INSTALLATION])
    for (role, call), organisations in _organisations(viewer, at).items():
        of_role = Q(account_id__isnull=True, role=role, organisation_id__in=organisations)
        held |= of_role & Q(within_id=call) if call else of_role
    return held & (Q(except_id__isnull=True) | ~Q(except_id=viewer.pk))


def _organisations(viewer: Viewer, at: datetime) -> dict[tuple[str, str], list[UUID]]:
    """The organisations of each role; a role for one call only is a role of its own."""
    found = defaultdict(list)
    for grant in viewer.grants_at(at):
        found[grant.role, str(grant.call_id or "")].append(grant.organisation_id or INSTALLATION)
    return found
