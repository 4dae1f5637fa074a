"""What the home pages need from several rooms."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from keqiao.readers.programmes import shipped
from keqiao.web.approvals import queries as approvals
from keqiao.web.programmes.queries import ids_waiting_for_approval, public_calls, unfinished_for

LOADER = "keqiao.web.portal.tasks.load_demonstration"
WAITING_SHOWN = 50
ANSWER_SHOWN = timedelta(days=14)
"""How long the home page tells whoever asked that the answer was no."""
WHY = {"failed": "failed", "queued": "reading", "reading": "reading"}
"""What the state of the reading means for whoever waits; a call that was read waits as a draft."""


@dataclass(frozen=True, slots=True)
class Loading:
    """How far the demonstration has been loaded, in calls."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """One call that waits for the viewer: ``why`` is reading, failed, draft, or approval (somebody else decides)."""

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
    return Loading(public_calls().filter(slug__in=shipped()).count(), len(shipped()))


def waiting_for(viewer: Any, at: datetime) -> list[Waiting]:
    """Return the calls that wait for ``viewer``: readings that failed first, then drafts."""
    calls = list(unfinished_for(viewer, at)[:WAITING_SHOWN])
    asked = ids_waiting_for_approval(viewer, at)
    found = [
        Waiting(call, "approval" if str(call.pk) in asked else WHY.get(call.reading, "draft"))
        for call in calls
    ]
    return sorted(found, key=lambda waiting: waiting.why != "failed")


def decisions_for(viewer: Any, at: datetime) -> list[Any]:
    """Return what waits for the decision of ``viewer``, the one that expires first at the top."""
    waiting = approvals.waiting_for(viewer, at).order_by("expires_at")
    return approvals.shown(waiting[:WAITING_SHOWN], at)


def answers_for(viewer: Any, at: datetime) -> list[Any]:
    """Return what ``viewer`` asked for: what still waits, and what was refused or expired lately."""
    lately = Q(decided_at__gte=at - ANSWER_SHOWN) | Q(expires_at__gte=at - ANSWER_SHOWN, expires_at__lte=at)
    asked = approvals.proposed_by(viewer).filter(
        approvals.undecided(at) | lately & ~Q(state__in=["approved", "withdrawn"])
    )
    return approvals.shown(asked.order_by("-proposed_at")[:WAITING_SHOWN], at)
