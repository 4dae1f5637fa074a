"""Has the worker load the demonstration, once. The only place that knows where its loader stands."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django_tasks_db.models import DBTaskResult

MODULE = "keqiao.web.portal.tasks"
LOADER = "load_demonstration"  # the task
LOG_INS = "DEMONSTRATION_LOG_INS"  # lines for the terminal: who, with what name and password


def enqueue_loading() -> bool:
    """In a demonstration, enqueue the loader unless a run of it waits, runs or has succeeded.

    Return whether it was enqueued.
    """
    if not is_shown():
        return False
    runs = DBTaskResult.objects.filter(task_path=f"{MODULE}.{LOADER}")
    if runs.exclude(pk__in=DBTaskResult.objects.failed()).exists():
        return False
    getattr(import_module(MODULE), LOADER).enqueue()
    return True


def is_loading() -> bool:
    """Does a run of the loader wait or work? It plays days that are past: what fell due then is not done meanwhile."""
    runs = DBTaskResult.objects.filter(task_path=f"{MODULE}.{LOADER}")
    return is_shown() and runs.exclude(pk__in=DBTaskResult.objects.finished()).exists()


def log_ins() -> list[str]:
    """Return the lines that tell the demonstration's log-ins; none outside a demonstration."""
    return list(getattr(import_module(MODULE), LOG_INS, ())) if is_shown() else []


def is_shown() -> bool:
    """Is this installation a demonstration, and does this release have one?"""
    return settings.DEMONSTRATION and find_spec(MODULE) is not None
