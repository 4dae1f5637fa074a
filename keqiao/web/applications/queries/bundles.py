"""Which applications are marked to go into a pilot. Who may see it was asked before."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from keqiao.web.applications.models import Application, BundleMark


def marks_of(pilot_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the pilot into which each marked application goes, by the id of the application."""
    rows = BundleMark.objects.filter(pilot_id__in=pilot_ids)
    return dict(rows.values_list("application_id", "pilot_id"))


def applications_of_call(call_id: UUID) -> QuerySet[Application]:
    """Return all applications of a call with their units."""
    return Application.objects.filter(call_id=call_id).select_related("unit")
