"""What the worker calls."""

from datetime import datetime
from uuid import UUID

from keqiao.web.imports import reading, running
from keqiao.web.tasks import task_on_one


@task_on_one(break_off=reading.break_off)
def read_table(import_id: UUID, at: datetime) -> None:
    """Read and check one uploaded table. Safe to run again."""
    reading.read(import_id, at)


@task_on_one(break_off=running.stop)
def import_rows(import_id: UUID, at: datetime) -> None:
    """Import the rows of one table. Safe to run again: a row is done once."""
    running.run(import_id, at)
