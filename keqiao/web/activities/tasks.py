"""What the worker calls."""

from datetime import datetime
from uuid import UUID

from keqiao.web.activities import measuring
from keqiao.web.tasks import task_on_one


@task_on_one(break_off=measuring.break_off)
def measure(use_id: UUID, at: datetime) -> None:
    """Read the length of one file. Safe to run again."""
    measuring.measure(use_id, at)
