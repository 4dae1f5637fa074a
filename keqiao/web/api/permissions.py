"""Who keeps the addresses of an organisation: its office, or the people of a unit that applies or endorses."""

from datetime import datetime
from typing import Any
from uuid import UUID

KEEPERS = ("officer", "applicant", "unit_admin", "endorser")
"""Roles, each for the organisation in which it is held."""


def organisations_kept(viewer: Any, at: datetime) -> frozenset[UUID]:
    """Return the organisations whose addresses the viewer keeps."""
    if not viewer.is_authenticated:
        return frozenset()
    return frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in KEEPERS))
