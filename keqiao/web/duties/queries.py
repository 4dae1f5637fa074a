"""What waits for whom: open duties by date, counts, what was done lately."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from keqiao.core.lifecycle.duty import DutyState
from keqiao.web.duties.kinds import Kind, all_kinds
from keqiao.web.duties.models import Duty
from keqiao.web.duties.permissions import Viewer, held_by

TOGETHER_FROM = 6
"""So many duties of one kind and more are shown as one line with their number."""
SHOWN = 60
"""Lines of single duties on the first screen; the rest stands behind the lines of their kinds."""


@dataclass(frozen=True)
class Line:
    """One duty as a page shows it."""

    duty: Duty
    kind: Kind
    state: DutyState

    @property
    def title(self) -> str:
        """What is to be done."""
        return str(self.kind.title).format(**self.duty.variables)

    @property
    def otherwise(self) -> str:
        """What happens if nobody does it."""
        return str(self.kind.otherwise).format(**self.duty.variables)

    @property
    def address(self) -> str:
        """Where it is done."""
        return self.kind.link(self.duty.about_id)


@dataclass(frozen=True)
class Together:
    """Many duties of one kind as one line: how many, the earliest date, how many are overdue."""

    kind: Kind
    count: int
    earliest: datetime | None
    overdue: int


@dataclass(frozen=True)
class Waiting:
    """All that waits for a viewer: lines by date, undated ones last, and the number of each kind."""

    lines: tuple[Line, ...]
    together: tuple[Together, ...]

    @cached_property
    def count(self) -> int:
        """How many things wait."""
        return len(self.lines) + sum(each.count for each in self.together)


def duties_of(viewer: Viewer, at: datetime) -> QuerySet[Duty]:
    """Return the open duties of ``viewer`` that have begun and not lapsed, the nearest date first, undated ones last.

    Where the viewer may do a thing in two roles, both rows are there.
    """
    return Duty.objects.filter(held_by(viewer, at), open_at(at)).order_by(
        F("due_at").asc(nulls_last=True), "opened_at", "pk"
    )


def open_at(at: datetime) -> Q:
    """Return what picks duties to be done at ``at``: begun, not settled, not over with the phase they belong to."""
    lapsing = [kind.code for kind in all_kinds().values() if kind.lapses]
    over = Q(kind__in=lapsing, due_at__lt=at)
    known = Q(kind__in=list(all_kinds()))
    return Q(settled_at__isnull=True, begins_at__lte=at) & known & ~over


def waiting_for(viewer: Viewer, at: datetime) -> Waiting:
    """Return what waits for ``viewer`` at ``at``, in two queries."""
    mine = duties_of(viewer, at)
    counted = _counted(mine, at)
    many = [row for row in counted if row["count"] >= TOGETHER_FROM]
    together = tuple(_together(row) for row in many)
    single = mine.exclude(kind__in=[each.kind.code for each in together])
    return Waiting(lines_of(single[:SHOWN], at) if len(many) < len(counted) else (), together)


def count_for(viewer: Viewer, at: datetime) -> int:
    """Return how many things wait for ``viewer``, in one query."""
    return sum(row["count"] for row in _counted(duties_of(viewer, at), at))


def lines_of(duties: QuerySet[Duty], at: datetime) -> tuple[Line, ...]:
    """Return duties as pages show them, each case once."""
    once: dict[tuple[str, str], Line] = {}
    for duty in duties:
        once.setdefault((duty.kind, duty.about_id), Line(duty, all_kinds()[duty.kind], duty.state_at(at)))
    return tuple(once.values())


def _counted(mine: QuerySet[Duty], at: datetime) -> list[dict[str, Any]]:
    cases = Count("about_id", distinct=True)
    late = Count("about_id", distinct=True, filter=Q(due_at__lt=at))
    kinds = mine.order_by().values("kind").annotate(count=cases, earliest=Min("due_at"), late=late)
    return list(kinds.order_by(F("earliest").asc(nulls_last=True), "kind"))


def _together(row: dict[str, Any]) -> Together:
    return Together(all_kinds()[row["kind"]], row["count"], row["earliest"], row["late"])
