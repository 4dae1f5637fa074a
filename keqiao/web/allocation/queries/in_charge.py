"""Selections of whole associations, for rooms that show what waits in all their calls."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from keqiao.web.allocation.models import Selection


def selections_of_associations(association_ids: Collection[UUID]) -> QuerySet[Selection]:
    """Return all selections of the calls of these associations. Who may see them was asked."""
    return Selection.objects.filter(association_id__in=association_ids)


def locked_selection(pk: UUID | str) -> Selection:
    """Return one selection under lock, with its application. Who may see it was asked."""
    rows = Selection.objects.select_for_update(of=("self",)).select_related("application__unit", "call")
    return rows.get(pk=pk)
