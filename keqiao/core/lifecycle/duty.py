"""The life of a duty: an obligation opened by a rule, closed by the fact, with a date between them or none.

No act of a person moves a duty; its state follows from its dates and the moment, so that no clock need write it down.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from keqiao.core.workdays import shanghai_day


class DutyState(StrEnum):
    """Where a duty stands at a moment."""

    SCHEDULED = "scheduled"
    DUE = "due"
    EXTENDED = "extended"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Dates:
    """What the table keeps of a duty's life. ``first_due_at`` is the date it began with; ``due_at`` what counts now."""

    begins_at: datetime
    due_at: datetime | None = None
    first_due_at: datetime | None = None
    settled_at: datetime | None = None


def state_of(dates: Dates, at: datetime) -> DutyState:
    """Return where a duty with these dates stands at ``at``. At its very date it is not overdue yet."""
    if dates.settled_at is not None:
        return DutyState.DONE
    if at < dates.begins_at:
        return DutyState.SCHEDULED
    if dates.due_at is None:
        return DutyState.DUE
    if at > dates.due_at:
        return DutyState.OVERDUE
    later = dates.first_due_at is not None and dates.due_at > dates.first_due_at
    return DutyState.EXTENDED if later else DutyState.DUE


class Occasion(StrEnum):
    """When somebody is reminded of a duty: once on each."""

    WEEK = "t7"
    DAY = "t1"
    OVERDUE = "overdue"


DAYS_BEFORE = {Occasion.WEEK: 7, Occasion.DAY: 1, Occasion.OVERDUE: -1}
"""In natural days before the day of the date, Asia/Shanghai. Source: domain.md E3 (T-7, T-1, overdue)."""
LOOKED_BACK = timedelta(days=7)
"""What came due while nobody could be told (the program stood still) is told as far back as this."""


def occasion(due_at: datetime, told: date, today: date) -> Occasion | None:
    """Return the occasion of a duty that came after the day ``told`` and until ``today``; of several the last.

    So each is told once, on the first day somebody can be told, and nobody hears of a week when a day is left.
    """
    due = shanghai_day(due_at)
    since = max(told, today - LOOKED_BACK)
    come = [each for each, days in DAYS_BEFORE.items() if since < due - timedelta(days=days) <= today]
    return come[-1] if come else None
