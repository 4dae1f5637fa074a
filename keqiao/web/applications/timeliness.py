"""Does what arrived at a moment keep the deadline? Asked of the arrival alone; no clock is read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from keqiao.core.findings import Finding, Source, Weight
from keqiao.core.lifecycle.call import CallState
from keqiao.web.applications.definitions import asked_of
from keqiao.web.applications.queries.intake import intake_of
from keqiao.web.programmes.queries import offer_of

TAKING = frozenset({CallState.PUBLISHED.value, CallState.OPEN.value, CallState.CLOSED.value})
"""States of a call in which an arrival can have been in time: the clock may have closed it while others waited."""


@dataclass(frozen=True, slots=True)
class Window:
    """When a category takes applications: from and until which moment (both included), with which grace.

    ``state`` is that of the call. None: not stated.
    """

    state: str
    opens_at: datetime | None
    deadline_at: datetime | None
    grace_seconds: int = 0
    source: Source | None = None

    def late_by(self, arrived_at: datetime) -> int:
        """Return how many seconds past the deadline it arrived, begun ones counted; 0 in time."""
        if self.deadline_at is None or arrived_at <= self.deadline_at:
            return 0
        return -(-(arrived_at - self.deadline_at) // timedelta(seconds=1))

    def findings(self, arrived_at: datetime) -> tuple[Finding, ...]:
        """Return what stands against something that arrived then; nothing where it is in time."""
        if self.state not in TAKING:
            return (self._said("application.call_takes_none", state=self.state),)
        if self.opens_at is not None and arrived_at < self.opens_at:
            return (self._said("application.too_early", opens=_shown(self.opens_at)),)
        if (late := self.late_by(arrived_at)) > self.grace_seconds and self.deadline_at is not None:
            values = {"deadline": _shown(self.deadline_at), "arrived": _shown(arrived_at), "late": late}
            return (self._said("application.late", **values),)
        return ()

    def _said(self, code: str, **values: Any) -> Finding:
        return Finding(code, Weight.REFUSE, values, self.source)


def time_findings(application: Any, at: datetime) -> tuple[Finding, ...]:
    """Return what stands against submitting a draft now."""
    offer = offer_of(application.call_id, application.node)
    grace = intake_of(application.association_id, application.call_id).grace_seconds
    opens, deadline = (offer.opens_at, offer.deadline_at) if offer else (None, None)
    window = Window(application.call.state, opens, deadline, grace, asked_of(application).deadline)
    return window.findings(at)


def _shown(moment: datetime) -> str:
    """The moment as a value of a finding, for the page to word in the reader's way (Asia/Shanghai)."""
    return moment.isoformat(timespec="seconds")
