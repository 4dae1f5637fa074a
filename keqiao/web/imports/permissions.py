"""Who may import what: each kind of sheet says for which associations, and an import is seen by those alone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from keqiao.web.imports.sheet_kinds import SheetKind, all_sheet_kinds

NOTHING = Q(pk__in=[])


def kinds_open_to(viewer: Any, at: datetime) -> list[tuple[SheetKind, dict[UUID, str]]]:
    """Return the kinds of sheet that ``viewer`` may import, each with its associations by id and name."""
    if not viewer.is_authenticated:
        return []
    pairs = [(kind, dict(kind.may_import(viewer, at))) for kind in all_sheet_kinds()]
    return [(kind, associations) for kind, associations in pairs if associations]


def visible(viewer: Any, at: datetime) -> Q:
    """Imports of the kinds and associations for which the viewer may import."""
    seen = NOTHING
    for kind, associations in kinds_open_to(viewer, at):
        seen |= Q(kind=kind.code, association_id__in=list(associations))
    return seen


def may_import_for(viewer: Any, association_id: UUID | None, at: datetime) -> bool:
    """May ``viewer`` import anything for this association?"""
    return any(association_id in associations for _, associations in kinds_open_to(viewer, at))
