"""Has the worker load the demonstration, once. The only place that knows where its loader stands."""

from collections.abc import Mapping

from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

LOADER = "keqiao.web.portal.tasks.load_demonstration"


def is_wanted(env: Mapping[str, str]) -> bool:
    """Is this installation a demonstration (``KEQIAO_DEMONSTRATION=1``)?"""
    return env.get("KEQIAO_DEMONSTRATION", "") == "1"


def enqueue_loading() -> bool:
    """Enqueue the loader unless a run of it waits, runs or has succeeded. Return whether it was enqueued."""
    if DBTaskResult.objects.filter(task_path=LOADER).exclude(pk__in=DBTaskResult.objects.failed()).exists():
        return False
    import_string(LOADER).enqueue()
    return True
