"""What the worker calls."""

from datetime import datetime
from uuid import UUID

from keqiao.web.programmes import reading
from keqiao.web.programmes.amendments import reading as amendment_reading
from keqiao.web.tasks import task_on_one


@task_on_one(break_off=reading.break_off)
def read_source(source_id: UUID, at: datetime) -> None:
    """Read one uploaded document. Safe to run again."""
    reading.read(source_id, at)


@task_on_one(break_off=amendment_reading.break_off)
def read_amendment(amendment_id: UUID, at: datetime) -> None:
    """Read one uploaded correction or extension notice. Safe to run again."""
    amendment_reading.read(amendment_id, at)
