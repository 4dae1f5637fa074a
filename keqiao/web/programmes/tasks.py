"""What the worker calls."""

from uuid import UUID

from django.utils import timezone

from keqiao.web.programmes import reading
from keqiao.web.programmes.amendments import reading as amendment_reading
from keqiao.web.tasks import task


@task()
def read_source(source_id: str) -> None:
    """Read one uploaded document. Safe to run again."""
    now = timezone.now()  # noqa: TID251  a task entry reads the clock once
    try:
        reading.read(UUID(source_id), now)
    except Exception:
        reading.break_off(UUID(source_id), now)
        raise  # the worker keeps the traceback; the officer is told that it is our fault


@task()
def read_amendment(amendment_id: str) -> None:
    """Read one uploaded correction or extension notice. Safe to run again."""
    now = timezone.now()  # noqa: TID251  a task entry reads the clock once
    try:
        amendment_reading.read(UUID(amendment_id), now)
    except Exception:
        amendment_reading.break_off(UUID(amendment_id), now)
        raise  # the worker keeps the traceback; the officer is told that it is our fault
