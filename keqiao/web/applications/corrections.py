"""A correction in its time: until the end of the day that the officer set, whatever the deadline of the call was."""

from datetime import datetime

from keqiao.core.workdays import last_moment
from keqiao.web.applications.models import Return
from keqiao.web.applications.timeliness import Window


def correction_window(call_state: str, correction: Return) -> Window:
    """Return when a correction is taken."""
    return Window(call_state, None, last_moment(correction.until))


def settle(correction: Return, outcome: Return.Outcome, at: datetime) -> None:
    """Write down how a return ended. The caller holds the application."""
    correction.settled_at, correction.outcome = at, outcome.value
    correction.save(update_fields=["settled_at", "outcome"])
