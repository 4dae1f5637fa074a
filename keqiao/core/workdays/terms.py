"""Terms in working or natural days, and the time that does not count while somebody corrects."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from keqiao.core.workdays.calendar import Calendar
from keqiao.core.workdays.count import nth_working_day_within, working_days

_ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """Which days a term counts, as a call states it (``day_kind``)."""

    WORKING = "working"
    CALENDAR = "calendar"  # natural days, 自然日


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both included.

    Raises:
        ValueError: ``last`` lies before ``first``.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period from {self.first} cannot end on {self.last}")


@dataclass(frozen=True, slots=True)
class Term:
    """A length of ``days`` (1 or more) of one kind.

    The first day counts unless ``first_day_counts`` is false: offices count public notices inclusively, the
    law counts a period from the day after (Civil Code, article 201).

    Raises:
        ValueError: ``days`` is below 1.
    """

    days: int
    kind: DayKind = DayKind.WORKING
    first_day_counts: bool = True

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError(f"a term has at least 1 day, not {self.days}")

    def first_day(self, start: date) -> date:
        """The first day that may count of a term that begins on ``start``."""
        return start if self.first_day_counts else start + _ONE_DAY


@dataclass(frozen=True, slots=True)
class Suspension:
    """A correction: ``asked`` on one day, ``returned`` on another, or None while it is still awaited.

    The days after the asking, up to and with the return, do not count; the day of asking does.

    Raises:
        ValueError: it was returned before it was asked for.
    """

    asked: date
    returned: date | None = None

    def __post_init__(self) -> None:
        if self.returned is not None and self.returned < self.asked:
            raise ValueError(f"a correction asked on {self.asked} cannot come back on {self.returned}")


def term_end(
    start: date, term: Term, calendar: Calendar, suspensions: Iterable[Suspension] = ()
) -> date | None:
    """Return the last day of a term that begins on ``start``.

    None while a correction is awaited and the term had not ended before: the clock stands still.

    Raises:
        YearNotPublished: working days are counted into a year that is not announced.
    """
    left = term.days
    for stretch in _stretches(term.first_day(start), suspensions):
        if found := _nth_day(left, stretch, term.kind, calendar):
            return found
        left -= _days_in(stretch, term.kind, calendar)
    return None


def counted_days(
    period: Period,
    calendar: Calendar,
    *,
    kind: DayKind = DayKind.WORKING,
    suspensions: Iterable[Suspension] = (),
) -> int:
    """Return how many days of ``period`` count: of this kind, and not suspended.

    Raises:
        YearNotPublished: working days of a year that is not announced would have to be counted.
    """
    stretches = (s for s in _stretches(period.first, suspensions) if s.first <= period.last)
    return sum(
        _days_in(Period(stretch.first, min(stretch.last, period.last)), kind, calendar)
        for stretch in stretches
    )


def _stretches(first: date, suspensions: Iterable[Suspension]) -> Iterator[Period]:
    """The periods from ``first`` on that are not suspended, the last without an end."""
    begin = first
    for suspension in sorted(suspensions, key=lambda each: each.asked):
        if suspension.asked >= begin:
            yield Period(begin, suspension.asked)
        if suspension.returned is None:
            return
        begin = max(begin, suspension.returned + _ONE_DAY)
    yield Period(begin, date.max)


def _nth_day(n: int, stretch: Period, kind: DayKind, calendar: Calendar) -> date | None:
    """The ``n``-th day of this kind in ``stretch``; None where the stretch is too short."""
    if kind is DayKind.WORKING:
        return nth_working_day_within(n, stretch.first, stretch.last, calendar)
    return stretch.first + timedelta(days=n - 1) if n <= _days_in(stretch, kind, calendar) else None


def _days_in(stretch: Period, kind: DayKind, calendar: Calendar) -> int:
    if kind is DayKind.WORKING:
        return working_days(stretch.first, stretch.last, calendar)
    return (stretch.last - stretch.first).days + 1
