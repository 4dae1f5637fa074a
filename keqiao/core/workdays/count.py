"""Counting working days (工作日). Both ends of a period are counted; dates are Asia/Shanghai dates."""

from bisect import bisect_left
from datetime import date, timedelta

from keqiao.core.workdays.calendar import Calendar, YearNotPublished

_WEEK = 7
_WEEKDAYS = 5
_ONE_DAY = timedelta(days=1)


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Is ``day`` worked?

    Raises:
        YearNotPublished: its year is not announced.
    """
    return calendar.note_on(day).works


def working_days(first: date, last: date, calendar: Calendar) -> int:
    """Return the number of working days from ``first`` to ``last``, both counted.

    Raises:
        ValueError: ``last`` lies before ``first``.
        YearNotPublished: a year between them is not announced.
    """
    if last < first:
        raise ValueError(f"a period from {first} cannot end on {last}")
    calendar.require(first, last)
    weekdays = _weekdays_until(last.toordinal()) - _weekdays_until(first.toordinal() - 1)
    return weekdays + calendar.exceptions(first, last)


def working_days_left(today: date, last: date, calendar: Calendar) -> int | None:
    """Return the working days after ``today`` up to ``last``; None where none are left or a year is not announced."""
    if last <= today:
        return None
    try:
        return working_days(today + _ONE_DAY, last, calendar)
    except YearNotPublished:
        return None


def nth_working_day(n: int, start: date, calendar: Calendar) -> date:
    """Return the ``n``-th working day from ``start`` on; ``start`` is the first if it is worked.

    Raises:
        ValueError: ``n`` is below 1.
        YearNotPublished: the count enters a year that is not announced.
    """
    found = nth_working_day_within(n, start, date.max, calendar)
    if found is None:
        raise YearNotPublished(date.max.year)
    return found


def nth_working_day_within(n: int, first: date, last: date, calendar: Calendar) -> date | None:
    """Return the ``n``-th working day from ``first`` on, or None where ``last`` comes sooner.

    Raises:
        ValueError: ``n`` is below 1.
        YearNotPublished: the count enters a year that is not announced.
    """
    _require_positive(n)
    known = calendar.known_until(first)
    start, end = first.toordinal(), min(last, known).toordinal()
    ordinals = range(start, end + 1)
    place = bisect_left(ordinals, n, key=lambda day: working_days(first, date.fromordinal(day), calendar))
    if place < len(ordinals):
        return date.fromordinal(ordinals[place])
    if known < last:
        raise YearNotPublished(known.year + 1)
    return None


def nth_working_day_back(n: int, end: date, calendar: Calendar) -> date:
    """Return the ``n``-th working day counted backwards from ``end``, which is the first if it is worked.

    Raises:
        ValueError: ``n`` is below 1.
        YearNotPublished: the count enters a year that is not announced.
    """
    _require_positive(n)
    earliest = calendar.known_since(end)
    steps = range((end - earliest).days + 1)
    place = bisect_left(steps, n, key=lambda step: working_days(end - timedelta(days=step), end, calendar))
    if place == len(steps):
        raise YearNotPublished(earliest.year - 1)
    return end - timedelta(days=steps[place])


def next_working_day(day: date, calendar: Calendar) -> date:
    """Return ``day`` if it is worked, else the next working day: where a period set by law that ends on a
    day off runs on to.

    Raises:
        YearNotPublished: the year of the day, or of the next, is not announced.

    Source: Civil Code (民法典), article 203.
    """
    return nth_working_day(1, day, calendar)


def working_day_after(day: date, n: int, calendar: Calendar) -> date:
    """Return the day ``n`` working days after ``day``, which is not counted itself: 延长5个工作日.

    Raises:
        ValueError: ``n`` is below 1.
        YearNotPublished: the count enters a year that is not announced.
    """
    return nth_working_day(n, day + _ONE_DAY, calendar)


def _require_positive(n: int) -> None:
    if n < 1:
        raise ValueError(f"days are counted from 1, not {n}")


def _weekdays_until(ordinal: int) -> int:
    """Mondays to Fridays among the days 1 to ``ordinal`` (day 1 of the calendar was a Monday)."""
    weeks, rest = divmod(ordinal, _WEEK)
    return weeks * _WEEKDAYS + min(rest, _WEEKDAYS)
