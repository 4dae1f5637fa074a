"""What the worker calls: load the demonstration."""

from django.utils import timezone

from keqiao.web.portal.demonstration import load, log_in_lines
from keqiao.web.tasks import task

DEMONSTRATION_LOG_INS = tuple(log_in_lines())
"""Lines for the terminal of ``serve``."""


@task()
def load_demonstration() -> None:
    """Bring in the demonstration, once. Safe to run again: what is there stays as it is."""
    load(timezone.now())  # noqa: TID251  a task entry reads the clock once
