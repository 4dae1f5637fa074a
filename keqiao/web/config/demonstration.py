"""Has the worker load the demonstration, once. The only place that knows where its loader stands."""

from django.conf import settings
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

LOADER = "keqiao.web.portal.tasks.load_demonstration"


def enqueue_loading() -> bool:
    """In a demonstration, enqueue the loader unless a run of it waits, runs or has succeeded.

    Return whether it was enqueued.
    """
    if not settings.DEMONSTRATION:
        return False
    if DBTaskResult.objects.filter(task_path=LOADER).exclude(pk__in=DBTaskResult.objects.failed()).exists():
        return False
    import_string(LOADER).enqueue()
    return True
