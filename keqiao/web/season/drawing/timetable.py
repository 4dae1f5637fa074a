"""Draws when each stage after the formal check is played (``keqiao/data/season/timetable.yaml``)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from keqiao.core.workdays import (
    SHANGHAI,
    Calendar,
    YearNotPublished,
    is_weekend,
    is_working_day,
    shanghai_day,
)
from keqiao.web.season.vocabulary import words

A_DAY, A_YEAR = timedelta(days=1), timedelta(days=365)


@dataclass(frozen=True, slots=True)
class CallDays:
    """What the calls of an association say: last days for applications, and by when projects are done."""

    deadlines: Collection[date] = ()
    completions: Collection[date] = ()


@dataclass(frozen=True, slots=True)
class Timetable:
    """The moments at which the later stages act, one after the other.

    ``reviewed``: rounds open; ``sealed``: they close; ``decided``; ``noticed``: notices are posted; ``awarded``: they
    are over; ``agreed``: agreements and first instalments; ``working``: activities; ``reported``: what units report at
    the end; ``accepted``; ``next_call``: a year later.
    """

    reviewed: datetime
    sealed: datetime
    decided: datetime
    noticed: datetime
    awarded: datetime
    agreed: datetime
    working: datetime
    reported: datetime
    accepted: datetime
    next_call: datetime

    @property
    def last(self) -> datetime:
        """When the whole season is over."""
        return self.next_call


def draw_timetable(at: datetime, days: CallDays, calendar: Calendar) -> Timetable:
    """Return the moments of a season that is played at ``at``, counted by a ``calendar`` of working days."""
    said = words("timetable")
    begun = shanghai_day(at)
    deadline = max(days.deadlines, default=begun + timedelta(days=said["without_deadline"]))
    in_time = [
        day
        for day in days.completions
        if deadline < day <= deadline + timedelta(days=said["completion_within"])
    ]
    known = {
        "deadline": deadline,
        "completion": max(in_time, default=deadline + timedelta(days=said["without_completion"])),
    }
    for name, step in said["steps"].items():
        known[name] = working_day_after(known[step["after"]], step["days"], calendar)
    known["next_call"] = working_day_after(max(known["next_call"], begun + A_YEAR) - A_DAY, 1, calendar)
    hour = time(said["hour"], tzinfo=SHANGHAI)
    return Timetable(**{name: datetime.combine(known[name], hour) for name in said["steps"]})


def working_day_after(day: date, number: int, calendar: Calendar) -> date:
    """Return the ``number``-th working day after a day; a year that is not announced has its weekdays."""
    while number:
        day += A_DAY
        number -= _works(day, calendar)
    return day


def _works(day: date, calendar: Calendar) -> bool:
    try:
        return is_working_day(day, calendar)
    except YearNotPublished:
        return not is_weekend(day)
