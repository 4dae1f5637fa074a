"""What the home pages need from several rooms."""

from dataclasses import dataclass

from django.conf import settings
from django_tasks_db.models import DBTaskResult

from keqiao.readers.programmes import shipped
from keqiao.web.programmes.queries import public_calls

LOADER = "keqiao.web.portal.tasks.load_demonstration"


@dataclass(frozen=True, slots=True)
class Loading:
    """How far the demonstration has been loaded, in calls."""

    done: int
    total: int


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
