"""What the worker calls: load the demonstration."""

from django.utils import timezone

from keqiao.web.portal.demonstration import load, log_in_lines
from keqiao.web.portal.demonstration_season import applicant_lines, begun, endorser_lines, load_season
from keqiao.web.tasks import task

DEMONSTRATION_LOG_INS = (*log_in_lines(), *applicant_lines(), *endorser_lines())
"""Lines for the terminal of ``serve``."""


@task()
def load_demonstration() -> None:
    """Bring in the demonstration, once. Safe to run again: what is there stays as it is."""
    now = timezone.now()  # noqa: TID251  a task entry reads the clock once
    load(begun(now))
    load_season(now)
