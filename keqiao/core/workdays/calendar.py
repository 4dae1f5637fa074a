"""The working days of announced years: weekends, holidays, swapped days (调休), an administrator's overrides."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from keqiao.core.findings import Finding, Weight

SATURDAY = 5


class YearNotPublished(LookupError):
    """The State Council has not announced the holidays of ``year``, so its working days are not known."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the holidays of {year} are not announced; nobody can count its working days yet")
        self.year = year

    @property
    def finding(self) -> Finding:
        """The same as a question to a person."""
        return Finding("workdays.year_not_published", Weight.ASK, {"year": self.year})


class Why(StrEnum):
    """Why a day is worked or not."""

    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SWAPPED = "swapped"  # a day of the weekend that is worked to make up for a holiday
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class Override:
    """An administrator's word on one day: it ``works`` or not, whatever the notice says, and for what reason.

    ``source`` is the document behind it (a city's notice of a day off), where there is one. A reason of None is one
    that is not told to whoever counts here.

    Raises:
        ValueError: the reason is empty.
    """

    day: date
    works: bool
    reason: str | None
    source: str | None = None

    def __post_init__(self) -> None:
        if self.reason is not None and not self.reason.strip():
            raise ValueError(f"the override of {self.day} has no reason")


@dataclass(frozen=True, slots=True)
class DayNote:
    """What a day is: worked or not, why, and the holiday's name or the override's reason (else, or untold, empty)."""

    works: bool
    why: Why
    name: str = ""


@dataclass(frozen=True)
class Calendar:
    """Which days are worked in the years that are ``announced``. Dates are Asia/Shanghai dates.

    ``holidays`` are days off with their names (a weekend day may be among them), ``worked`` the days of a
    weekend that are worked. An override of a day wins over both. It does not announce a year.

    Raises:
        ValueError: a worked day is no weekend day, or is a holiday as well.

    Source: the State Council General Office's yearly notice; its number stands in
    ``data/calendars/<year>.yaml``.
    """

    announced: frozenset[int]
    holidays: Mapping[date, str]
    worked: frozenset[date]
    overrides: Mapping[date, Override] = field(default_factory=dict)
    _added: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _taken: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for day in sorted(self.worked):
            if not is_weekend(day) or day in self.holidays:
                raise ValueError(f"{day} cannot be a weekend day that is worked")
        for name in ("holidays", "overrides"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        special = sorted({*self.holidays, *self.worked, *self.overrides})
        added = tuple(day for day in special if is_weekend(day) and self._note(day).works)
        taken = tuple(day for day in special if not is_weekend(day) and not self._note(day).works)
        object.__setattr__(self, "_added", added)
        object.__setattr__(self, "_taken", taken)

    def with_overrides(self, overrides: Iterable[Override]) -> "Calendar":
        """The same calendar with these overrides as well; a later one of the same day replaces an earlier."""
        return replace(self, overrides={**self.overrides, **{each.day: each for each in overrides}})

    def note_on(self, day: date) -> DayNote:
        """What ``day`` is, and why.

        Raises:
            YearNotPublished: the year of ``day`` is not announced.
        """
        self.require(day, day)
        return self._note(day)

    def require(self, first: date, last: date) -> None:
        """Make sure that all years from ``first`` to ``last`` are announced.

        Raises:
            YearNotPublished: with the earliest year that is not.
        """
        for year in range(first.year, last.year + 1):
            if year not in self.announced:
                raise YearNotPublished(year)

    def known_until(self, day: date) -> date:
        """The last day of the announced years that follow from ``day`` without a gap.

        Raises:
            YearNotPublished: the year of ``day`` itself is not announced.
        """
        self.require(day, day)
        year = day.year
        while year + 1 in self.announced:
            year += 1
        return date(year, 12, 31)

    def known_since(self, day: date) -> date:
        """The first day of the announced years that lead to ``day`` without a gap.

        Raises:
            YearNotPublished: the year of ``day`` itself is not announced.
        """
        self.require(day, day)
        year = day.year
        while year - 1 in self.announced:
            year -= 1
        return date(year, 1, 1)

    def exceptions(self, first: date, last: date) -> int:
        """How many working days more (or fewer, below 0) than Mondays to Fridays lie in this period."""
        return _within(self._added, first, last) - _within(self._taken, first, last)

    def _note(self, day: date) -> DayNote:
        if stated := self.overrides.get(day):
            return DayNote(stated.works, Why.OVERRIDE, stated.reason or "")
        if day in self.worked:
            return DayNote(works=True, why=Why.SWAPPED)
        if day in self.holidays:
            return DayNote(works=False, why=Why.HOLIDAY, name=self.holidays[day])
        if is_weekend(day):
            return DayNote(works=False, why=Why.WEEKEND)
        return DayNote(works=True, why=Why.WEEKDAY)


def days_off_less_worked(off: Iterable[date], worked: Collection[date]) -> int:
    """Of the days ``off`` by notice, the Mondays to Fridays, less the weekend days ``worked`` for them.

    Swapping moves days off and never makes more: the difference is the number of days off that the law gives.
    """
    return sum(1 for day in off if not is_weekend(day)) - len(worked)


def days_from(first: date, last: date) -> Iterable[date]:
    """Every day from ``first`` to ``last``, both included; none where ``last`` lies before ``first``."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def is_weekend(day: date) -> bool:
    """Is ``day`` a Saturday or Sunday, worked or not?"""
    return day.weekday() >= SATURDAY


def _within(days: tuple[date, ...], first: date, last: date) -> int:
    return bisect_right(days, last) - bisect_left(days, first)
