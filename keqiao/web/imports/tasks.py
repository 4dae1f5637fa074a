"""What the worker calls."""

from uuid import UUID

from django.utils import timezone

from keqiao.web.imports import reading, running
from keqiao.web.tasks import task


@task()
def read_table(import_id: str) -> None:
    """Read and check one uploaded table. Safe to run again."""
    now = timezone.now()  # noqa: TID251  a task entry reads the clock once
    try:
        reading.read(UUID(import_id), now)
    except Exception:
        reading.break_off(UUID(import_id), now)
        raise  # the worker keeps the traceback; the officer is told that it is our fault


@task()
def import_rows(import_id: str) -> None:
    """Import the rows of one table. Safe to run again: a row is done once."""
    now = timezone.now()  # noqa: TID251  a task entry reads the clock once
    try:
        running.run(UUID(import_id), now)
    except Exception:
        running.stop(UUID(import_id), now)
        raise  # as above
