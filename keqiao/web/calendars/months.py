"""A year as its page shows it: months in weeks, every day with what it is; holidays and swapped days in lines."""

from calendar import Calendar as Weeks
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keqiao.core.workdays import Calendar, Why, days_from, is_weekend

MONTHS = range(1, 13)
Words = str | Promise

OFF, SWAPPED, WEEKEND, WORKED, LOCAL_OFF, LOCAL_WORKED = (
    "off",
    "swapped",
    "weekend",
    "worked",
    "local-off",
    "local-worked",
)
MOVED = "休息日"
"""What the ``holidays`` library calls a day off that was moved there by swapping; no holiday of its own."""
MARKS: Mapping[str, Words] = {
    OFF: _("休"),
    SWAPPED: _("班"),
    LOCAL_OFF: _("本休"),
    LOCAL_WORKED: _("本班"),
}
"""What stands beside the number of a day; a weekend and a common working day have none."""
MEANINGS: Mapping[str, Words] = {
    OFF: _("法定节假日（含调休放假）"),
    SWAPPED: _("调休上班"),
    LOCAL_OFF: _("本地安排放假"),
    LOCAL_WORKED: _("本地安排上班"),
    WEEKEND: _("周末"),
    WORKED: _("工作日"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: what it is (a key of ``MEANINGS``), and the holiday's name or the override's reason."""

    day: date
    kind: str
    name: str
    is_today: bool

    @property
    def mark(self) -> Words:
        """What stands beside the number."""
        return MARKS.get(self.kind, "")

    @property
    def meaning(self) -> Words:
        """What the day is, in words."""
        return self.name or MEANINGS[self.kind]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row that are off under one name."""

    name: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Month:
    """One month in weeks from Monday; None stands for days of other months. ``working``: its working days;
    ``holidays`` are those that begin in it.
    """

    first: date
    weeks: list[list[Cell | None]]
    working: int
    holidays: list[Stretch]


def months_of(year: int, calendar: Calendar, today: date) -> list[Month]:
    """Return the months of an announced year.

    Raises:
        YearNotPublished: the year is not announced.
    """
    calendar.require(date(year, 1, 1), date(year, 12, 31))
    holidays = holidays_of(year, calendar)
    return [_month(date(year, number, 1), calendar, today, holidays) for number in MONTHS]


def holidays_of(year: int, calendar: Calendar) -> list[Stretch]:
    """Return the holidays of a year with the days off around them, weekends that join them included."""
    off = [day for day in days_from(date(year, 1, 1), date(year, 12, 31)) if _is_off(day, calendar)]
    named = ((_names(run, calendar), run) for run in _runs(off))
    return [Stretch(names, run[0], run[-1]) for names, run in named if names]


def swapped_of(year: int, calendar: Calendar) -> list[date]:
    """Return the days of a weekend that are worked in ``year``."""
    return sorted(day for day in calendar.worked if day.year == year)


def _month(first: date, calendar: Calendar, today: date, holidays: list[Stretch]) -> Month:
    weeks = [
        [_cell(day, calendar, today) if day.month == first.month else None for day in week]
        for week in Weeks().monthdatescalendar(first.year, first.month)
    ]
    working = sum(calendar.note_on(cell.day).works for week in weeks for cell in week if cell)
    return Month(first, weeks, working, [each for each in holidays if each.first.month == first.month])


def _cell(day: date, calendar: Calendar, today: date) -> Cell:
    note = calendar.note_on(day)
    kinds = {
        Why.HOLIDAY: OFF,
        Why.SWAPPED: SWAPPED,
        Why.WEEKEND: WEEKEND,
        Why.WEEKDAY: WORKED,
        Why.OVERRIDE: LOCAL_WORKED if note.works else LOCAL_OFF,
    }
    return Cell(day, kinds[note.why], note.name, is_today=day == today)


def _is_off(day: date, calendar: Calendar) -> bool:
    """Is ``day`` off by the State's notice, local arrangements aside?"""
    return day in calendar.holidays or (is_weekend(day) and day not in calendar.worked)


def _names(run: list[date], calendar: Calendar) -> str:
    """The holidays in a row of days off, each once; without the notes on days that were moved there."""
    stated = (name for day in run if day in calendar.holidays for name in calendar.holidays[day].split("; "))
    plain = (name.partition("（")[0] for name in stated)
    return "、".join(dict.fromkeys(name for name in plain if name != MOVED))


def _runs(days: list[date]) -> Iterator[list[date]]:
    """Days that follow each other without a gap."""
    for _offset, run in groupby(enumerate(days), key=lambda each: each[1].toordinal() - each[0]):
        yield [day for _number, day in run]
