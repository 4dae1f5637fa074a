"""What the home pages need from several rooms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django_tasks_db.models import DBTaskResult

from keqiao.readers.programmes import shipped
from keqiao.web.programmes.queries import public_calls, unfinished_for

LOADER = "keqiao.web.portal.tasks.load_demonstration"
WAITING_SHOWN = 50
WHY = {"failed": "failed", "queued": "reading", "reading": "reading"}
"""What the state of the reading means for whoever waits; a call that was read waits as a draft."""


@dataclass(frozen=True, slots=True)
class Loading:
    """How far the demonstration has been loaded, in calls."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """One call that waits for the viewer: ``why`` is reading, failed or draft."""

    call: Any
    why: str


def demonstration_loading() -> Loading | None:
    """Return how far the demonstration is while the worker loads it; nothing otherwise."""
    if not settings.DEMONSTRATION:
        return None
    if (
        not DBTaskResult.objects.exclude(pk__in=DBTaskResult.objects.finished())
        .filter(task_path=LOADER)
        .exists()
    ):
        return None
    return Loading(public_calls().filter(association__is_demonstration=True).count(), len(shipped()))


def waiting_for(viewer: Any, at: datetime) -> list[Waiting]:
    """Return the calls that wait for ``viewer``: readings that failed first, then drafts."""
    found = [
        Waiting(call, WHY.get(call.reading, "draft")) for call in unfinished_for(viewer, at)[:WAITING_SHOWN]
    ]
    return sorted(found, key=lambda waiting: waiting.why != "failed")
