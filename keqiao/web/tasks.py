"""Work done later by the worker. The one place that names the task library, whose API is Django 6's own.

A task may run again if its worker was killed in the middle: write it so that a second run does no harm.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from uuid import UUID

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks.base import Task

__all__ = ["TaskResultStatus", "task", "task_on_one"]

Work = Callable[[UUID, datetime], None]
"""Work on the row with this id, at this time."""


def task_on_one(*, break_off: Work) -> Callable[[Work], Task[[str], None]]:
    """Make a task of work on one row: it is enqueued with the id as text, and begins by reading the clock.

    Where the program itself fails, ``break_off`` says so on the row, so that nobody waits for it; the failure goes
    on to the worker, which keeps the traceback.
    """

    def make(work: Work) -> Task[[str], None]:
        @wraps(work)
        def run(pk: str) -> None:
            now = timezone.now()  # noqa: TID251  a task entry reads the clock once
            try:
                work(UUID(pk), now)
            except Exception:
                break_off(UUID(pk), now)
                raise

        return task()(run)

    return make
