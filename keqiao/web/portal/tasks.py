"""What the worker calls."""

from django.utils import timezone

from keqiao.web.portal.demonstration import PASSWORD, SITES, load
from keqiao.web.tasks import task

DEMONSTRATION_LOG_INS = [f"{site.officer} ({site.mail}) / {PASSWORD}" for site in SITES]
"""Lines for the terminal: who, with which name and password to log in."""


@task()
def load_demonstration() -> None:
    """Load the demonstration. Safe to run again: what is there already is left alone."""
    load(timezone.now())  # noqa: TID251  a task entry reads the clock once
