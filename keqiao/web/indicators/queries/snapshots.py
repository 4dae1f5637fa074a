"""What stood when a project was closed."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from keqiao.web.activities.permissions import Viewer, records_seen
from keqiao.web.indicators.models import Snapshot


def snapshots_of(project_kind: str, project_id: UUID) -> QuerySet[Snapshot]:
    """Return the snapshots of a project, the newest first. Who may see the project was asked before."""
    rows = Snapshot.objects.filter(project_kind=project_kind, project_id=project_id)
    return rows.select_related("taken_by").order_by("-number")


def last_snapshot(project_kind: str, project_id: UUID) -> Snapshot | None:
    """Return the newest snapshot of a project with its lines, or nothing."""
    return snapshots_of(project_kind, project_id).prefetch_related("lines").first()


def snapshot_for(viewer: Viewer, pk: UUID, at: datetime) -> Snapshot:
    """Return a snapshot that the viewer may see; otherwise 404."""
    rows = Snapshot.objects.filter(records_seen(viewer, at)).select_related("taken_by", "owner")
    return get_object_or_404(rows.prefetch_related("lines"), pk=pk)
