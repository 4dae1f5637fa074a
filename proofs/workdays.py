"""Working days are counted as one counts them on a wall calendar, and unknown years are asked for.

Every day of the announced years is compared with ``chinesecalendar``; then random periods, notices, terms with
corrections and overrides with counting day by day on that second source. Size counts random periods.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import chinese_calendar

from keqiao.core import workdays
from keqiao.core.workdays import Calendar, DayKind, Override, Period, Suspension, Term, YearNotPublished
from keqiao.readers.calendars import announced_years, calendar_of

FULL, SMALL, PIECE = 100_000, 1_000, 50_000
FAULTS = ("swap-forgotten", "estimate-taken", "first-day-skipped", "correction-ignored", "override-ignored")
FIRST, LAST = date(2010, 1, 1), date(2026, 12, 31)
ONE_DAY = timedelta(days=1)
LONGEST = 120  # days of a term or correction


@dataclass(frozen=True)
class WallCalendar:
    """The second source: a day is worked or not; counting means to go from day to day."""

    worked: frozenset[date]

    def works(self, day: date) -> bool:
        if not FIRST <= day <= LAST:
            raise YearNotPublished(day.year)
        return day in self.worked

    def count(self, first: date, last: date) -> int:
        return sum(self.works(day) for day in workdays.days_from(first, last))

    def nth(self, n: int, start: date, step: timedelta = ONE_DAY) -> date:
        day = start
        while (n := n - self.works(day)) > 0:
            day += step
        return day

    def count_without(self, first: date, last: date, term: Term, corrections: Iterable[Suspension]) -> int:
        return sum(
            term.kind is DayKind.CALENDAR or self.works(day)
            for day in workdays.days_from(first, last)
            if not any(each.asked < day <= (each.returned or date.max) for each in corrections)
        )

    def term_end(self, start: date, term: Term, corrections: Iterable[Suspension]) -> date | None:
        day, left = start if term.first_day_counts else start + ONE_DAY, term.days
        while True:
            if any(each.returned is None and day > each.asked for each in corrections):
                return None
            if not any(each.returned and each.asked < day <= each.returned for each in corrections):
                left -= 1 if term.kind is DayKind.CALENDAR else self.works(day)
            if left == 0:
                return day
            day += ONE_DAY


@dataclass(frozen=True)
class Case:
    """One random question: where it starts, how long, which days, what was corrected and overridden."""

    start: date
    last: date
    term: Term
    corrections: tuple[Suspension, ...]
    overrides: tuple[Override, ...]


def second_source() -> WallCalendar:
    """``chinesecalendar``, day by day."""
    days = workdays.days_from(FIRST, LAST)
    return WallCalendar(frozenset(day for day in days if chinese_calendar.is_workday(day)))


def calendar_under_proof(fault: str | None) -> Calendar:
    """The shipped years that the second source has as well, or a calendar with a planted fault."""
    calendar = calendar_of({year: each for year, each in announced_years().items() if year <= LAST.year})
    if fault == "swap-forgotten":
        return Calendar(calendar.announced, calendar.holidays, calendar.worked - {max(calendar.worked)})
    if fault == "estimate-taken":
        return Calendar(calendar.announced | {2027}, calendar.holidays, calendar.worked)
    return calendar


def differing_days(calendar: Calendar, wall: WallCalendar) -> list[date]:
    """The days of the announced years, and of the year after, on which the two do not agree."""
    days = workdays.days_from(FIRST, LAST.replace(year=LAST.year + 1))
    return [d for d in days if answer(workdays.is_working_day, d, calendar) != answer(wall.works, d)]


def cases(size: int, chance: random.Random) -> Iterator[Case]:
    """``size`` random questions, some of which lead into the year that is not announced."""
    for _ in range(size):
        start = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1))
        last = start + timedelta(days=chance.choice((chance.randrange(30), chance.randrange(1500))))
        term = Term(chance.randrange(1, LONGEST), chance.choice(list(DayKind)), chance.random() < 0.7)
        corrections = tuple(_correction(start, chance) for _ in range(chance.choice((0, 0, 1, 1, 2, 3))))
        overrides = tuple(_override(start, chance) for _ in range(chance.choice((0, 0, 0, 0, 2))))
        yield Case(start, last, term, corrections, overrides)


def _correction(start: date, chance: random.Random) -> Suspension:
    asked = start + timedelta(days=chance.randrange(-20, LONGEST))
    took = timedelta(days=chance.choice((0, chance.randrange(5), chance.randrange(LONGEST))))
    return Suspension(asked, None if chance.random() < 0.05 else asked + took)


def _override(start: date, chance: random.Random) -> Override:
    day = start + timedelta(days=chance.randrange(LONGEST))
    return Override(day, works=chance.random() < 0.5, reason="proof")


def faults_of(case: Case, calendar: Calendar, wall: WallCalendar, fault: str | None) -> Iterator[str]:
    """What the product answers differently from counting day by day."""
    calendar, wall = _overridden(case, calendar, wall, fault)
    n, start, term = case.term.days, case.start, case.term
    if answer(workdays.working_days, start, case.last, calendar) != answer(wall.count, start, case.last):
        yield "count"
    if answer(workdays.nth_working_day, n, start, calendar) != answer(wall.nth, n, start):
        yield "nth"
    if answer(workdays.nth_working_day_back, n, start, calendar) != answer(wall.nth, n, start, -ONE_DAY):
        yield "back"
    if answer(notice_end, case, calendar, fault) != answer(wall.term_end, start, term, ()):
        yield "notice"
    corrections = () if fault == "correction-ignored" else case.corrections
    found = answer(workdays.term_end, start, term, calendar, corrections)
    ended = answer(wall.term_end, start, term, case.corrections)
    if found != ended:
        yield "term"
    period = Period(start, case.last)
    counted = answer(counted_days, period, calendar, term.kind, corrections)
    if counted != answer(wall.count_without, start, case.last, term, case.corrections):
        yield "between"
    if isinstance(ended, date) and told_day_by_day(case, ended, calendar, corrections) != term.days:
        yield "told"


def _overridden(
    case: Case, calendar: Calendar, wall: WallCalendar, fault: str | None
) -> tuple[Calendar, WallCalendar]:
    if not case.overrides:
        return calendar, wall
    works = {each.day: each.works for each in case.overrides}
    kept = {day for day in wall.worked if works.get(day, True)}
    overridden = WallCalendar(frozenset(kept | {day for day in works if works[day]}))
    return calendar.with_overrides(() if fault == "override-ignored" else case.overrides), overridden


def counted_days(period: Period, calendar: Calendar, kind: DayKind, corrections: Iterable[Suspension]) -> int:
    """The product's days that count between two dates."""
    return workdays.counted_days(period, calendar, kind=kind, suspensions=corrections)


def told_day_by_day(
    case: Case, ended: date, calendar: Calendar, corrections: Iterable[Suspension]
) -> int | None:
    """The number that the page of the calculator writes beside the last day of the term."""
    days = workdays.day_by_day(Period(case.start, max(ended, case.start)), case.term, calendar, corrections)
    return list(days)[-1].number


def notice_end(case: Case, calendar: Calendar, fault: str | None) -> date:
    """The product's end of a notice; with the fault, of one whose first day never counts."""
    counts = case.term.first_day_counts and fault != "first-day-skipped"
    return workdays.notice_end(
        case.start, case.term.days, calendar, kind=case.term.kind, first_day_counts=counts
    )


def answer(ask: Callable[..., Any], *about: Any) -> Any:
    """What is answered: a value, or the year that would have to be known."""
    try:
        return ask(*about)
    except YearNotPublished as unknown:
        return f"asks for {unknown.year}"


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.workdays")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    calendar, wall = calendar_under_proof(asked.fault), second_source()
    days = differing_days(calendar, wall)
    found: Counter[str] = Counter()
    for case in cases(asked.size, random.Random(asked.seed)):
        for name in faults_of(case, calendar, wall, asked.fault):
            if not found[name] and asked.fault is None:
                print(f"workdays: {name} differs: {case}", file=sys.stderr)
            found[name] += 1
    told = " ".join(f"{name}={count}" for name, count in found.items())
    holds = not days and not found
    print(
        f"workdays: {'holds' if holds else 'BROKEN'}; days={(LAST - FIRST).days + 1} differing_days={len(days)} "
        f"periods={asked.size} {told or 'differing=0'} seed={asked.seed}"
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
