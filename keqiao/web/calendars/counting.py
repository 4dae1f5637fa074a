"""The calculator: the answer, and the count day by day that shows why it is so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.core.findings import Finding
from keqiao.core.workdays import (
    Calendar,
    CountedDay,
    DayKind,
    Period,
    Standing,
    Suspension,
    Term,
    Why,
    YearNotPublished,
    counted_days,
    day_by_day,
    term_end,
)

Words = str | Promise
WHY_WORDS: Mapping[Why, Words] = {
    Why.WEEKDAY: gettext_lazy("工作日"),
    Why.WEEKEND: gettext_lazy("周末"),
    Why.SWAPPED: gettext_lazy("调休上班"),
    Why.HOLIDAY: gettext_lazy("法定节假日"),
    Why.OVERRIDE: gettext_lazy("本地安排"),
}
STANDING_WORDS: Mapping[Standing, Words] = {
    Standing.FIRST_DAY: gettext_lazy("起算日当天不计"),
    Standing.SUSPENDED: gettext_lazy("补正期间不计"),
}


@dataclass(frozen=True, slots=True)
class DayLine:
    """A line of the count: the day, its number ("" if it does not count), why, and the holiday or reason."""

    day: date
    number: int | None
    why: Words
    name: str

    @property
    def counts(self) -> bool:
        """Does the day count?"""
        return self.number is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the calculator says. One of four: the last day ``end``; the number ``count``; ``question``, what is
    not known yet; or none of them, while a correction is awaited. ``lines`` are the days up to there.
    """

    end: date | None = None
    count: int | None = None
    question: Finding | None = None
    lines: list[DayLine] = field(default_factory=list)

    @property
    def reached(self) -> int:
        """How many days count on the lines."""
        return sum(1 for line in self.lines if line.counts)


def answer_term(start: date, term: Term, calendar: Calendar, suspensions: tuple[Suspension, ...]) -> Answer:
    """Return when a term that begins on ``start`` is over."""
    try:
        end = term_end(start, term, calendar, suspensions)
    except YearNotPublished as unknown:
        until = date(unknown.year - 1, 12, 31)
        return Answer(
            question=unknown.finding,
            lines=_known_lines(Period(start, max(start, until)), term, calendar, suspensions),
        )
    last = end or max([start, *(each.asked for each in suspensions if each.returned is None)])
    return Answer(end=end, lines=_known_lines(Period(start, last), term, calendar, suspensions))


def answer_between(
    period: Period, term: Term, calendar: Calendar, suspensions: tuple[Suspension, ...]
) -> Answer:
    """Return how many days count in ``period``."""
    lines = _known_lines(period, term, calendar, suspensions)
    try:
        count = counted_days(period, calendar, kind=term.kind, suspensions=suspensions)
    except YearNotPublished as unknown:
        return Answer(question=unknown.finding, lines=lines)
    return Answer(count=count, lines=lines)


def remark_on(day: date, calendar: Calendar) -> str:
    """Return what to know of a day that a call names: that it is off, or that its year is not announced yet; "" for
    a working day.
    """
    try:
        note = calendar.note_on(day)
    except YearNotPublished as unknown:
        is_ahead = unknown.year > max(calendar.announced)
        return _("%(year)s年放假安排尚未公布") % {"year": unknown.year} if is_ahead else ""
    return "" if note.works else _("%(why)s，不上班") % {"why": note.name or WHY_WORDS[note.why]}


def _known_lines(
    period: Period, term: Term, calendar: Calendar, suspensions: tuple[Suspension, ...]
) -> list[DayLine]:
    """The days that can be told: working days end where a year is not announced."""
    days = days_known(period, term, calendar)
    return [_line(each) for each in day_by_day(days, term, calendar, suspensions)] if days else []


def days_known(period: Period, term: Term, calendar: Calendar) -> Period | None:
    """Return the part of ``period`` that can be told day by day; None where it begins in an unknown year."""
    if term.kind is DayKind.CALENDAR:
        return period
    years = list(takewhile(calendar.announced.__contains__, range(period.first.year, period.last.year + 1)))
    return Period(period.first, min(period.last, date(years[-1], 12, 31))) if years else None


def _line(each: CountedDay) -> DayLine:
    name = each.note.name if each.note else ""
    if each.standing in STANDING_WORDS:
        return DayLine(each.day, None, STANDING_WORDS[each.standing], name)
    why = WHY_WORDS[each.note.why] if each.note else ""
    return DayLine(each.day, each.number, why, name)
