"""Read saved views."""

from datetime import datetime

from django.db.models import QuerySet

from keqiao.web.ui.models import SavedView
from keqiao.web.ui.permissions import Viewer, visible_views


def views_for(viewer: Viewer, list_code: str, at: datetime) -> QuerySet[SavedView]:
    """Return the views of one list that ``viewer`` may use, the oldest first."""
    return SavedView.objects.filter(visible_views(viewer, at), list_code=list_code).order_by("saved_at", "pk")
