"""Applications as room filing asks for them: of units, by number, and those whose file a viewer reads."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.application import ApplicationState
from keqiao.web.applications import permissions
from keqiao.web.applications.models import Application, Submission
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.readers import laid_before

APPLICATION = Application._meta.label_lower
"""What letters, pages and events are about that are about an application."""
ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def applications_of(association_id: UUID, units: Collection[UUID]) -> QuerySet[Application]:
    """Return what these units applied for, or are filling in, before an association; nothing thrown away."""
    rows = Application.objects.filter(association_id=association_id, unit_id__in=units)
    return rows.exclude(state=ApplicationState.DISCARDED.value).select_related("call", "unit")


def application_on_file(viewer: Viewer, pk: UUID, at: datetime) -> Application:
    """Return one application whose file the viewer reads: the unit, the office, whom it lies before; otherwise 404."""
    seen = permissions.own(viewer, at) | permissions.in_the_office(viewer, at) | laid_before(viewer, at)
    rows = Application.objects.filter(seen).select_related("unit", "call", "association")
    return get_object_or_404(rows, pk=pk)


def applications_on_file(viewer: Viewer, at: datetime) -> Any:
    """Return the ids of the applications whose files the viewer reads, to be used in another query."""
    seen = permissions.own(viewer, at) | permissions.in_the_office(viewer, at) | laid_before(viewer, at)
    return Application.objects.filter(seen).values("pk")


def numbered(words: Collection[str]) -> Q:
    """Return what picks applications by one of these words: their number, that of a submission, or an id of either."""
    same = Q(number__in={*words, *(word.upper() for word in words)})
    if ids := [word for word in words if ID.fullmatch(word)]:
        same |= Q(pk__in=ids)
    return same | Q(pk__in=Submission.objects.filter(same).values("application_id"))
