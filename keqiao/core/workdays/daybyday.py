"""A count day by day: which number each day has, or why it has none. This is how a person checks a deadline."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from keqiao.core.workdays.calendar import Calendar, DayNote, YearNotPublished, days_from
from keqiao.core.workdays.terms import DayKind, Period, Suspension, Term


class Standing(StrEnum):
    """Whether a day counts, and if not, what stands against it."""

    COUNTS = "counts"
    FIRST_DAY = "first_day"  # the term counts from the day after
    SUSPENDED = "suspended"  # a correction is awaited
    OFF = "off"  # working days are counted, and this is none


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a count. ``number`` is 1 for the first day that counts, None where the day does not.

    ``note`` says what the day is; None where natural days are counted into a year that is not announced.
    """

    day: date
    standing: Standing
    number: int | None
    note: DayNote | None


def day_by_day(
    period: Period, term: Term, calendar: Calendar, suspensions: Iterable[Suspension] = ()
) -> Iterator[CountedDay]:
    """Yield every day of ``period``, of which the first is the day the term begins on, with its number.

    Counts on to the end of the period, whatever the length of the term: with a period that ends on
    ``term_end`` the last number is the term's length.

    Raises:
        YearNotPublished: working days are counted, and a day lies in a year that is not announced; all days
            before it have been yielded.
    """
    awaited, number = tuple(suspensions), 0
    for day in days_from(period.first, period.last):
        note = _note(day, term.kind, calendar)
        standing = _standing(day, note, term, awaited)
        if day == period.first and not term.first_day_counts:
            standing = Standing.FIRST_DAY
        number += standing is Standing.COUNTS
        yield CountedDay(day, standing, number if standing is Standing.COUNTS else None, note)


def _note(day: date, kind: DayKind, calendar: Calendar) -> DayNote | None:
    try:
        return calendar.note_on(day)
    except YearNotPublished:
        if kind is DayKind.WORKING:
            raise
        return None


def _standing(day: date, note: DayNote | None, term: Term, awaited: tuple[Suspension, ...]) -> Standing:
    if any(each.asked < day and (each.returned is None or day <= each.returned) for each in awaited):
        return Standing.SUSPENDED
    if term.kind is DayKind.WORKING and note is not None and not note.works:
        return Standing.OFF
    return Standing.COUNTS
