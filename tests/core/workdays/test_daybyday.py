"""A count day by day says the same as the count, and why each day counts or not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keqiao.core.workdays import (
    CountedDay,
    DayKind,
    DayNote,
    Override,
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
from tests.core.workdays.calendars import SPRING_2025, YEARS

PATCHED = SPRING_2025.with_overrides([Override(date(2025, 2, 6), works=False, reason="停电检修")])


def test_each_day_says_its_number_or_why_it_has_none():
    period = Period(date(2025, 1, 26), date(2025, 2, 10))
    awaited = [
        Suspension(date(2025, 1, 27), date(2025, 1, 27)),
        Suspension(date(2025, 2, 7), date(2025, 2, 8)),
    ]

    days = list(day_by_day(period, Term(9, first_day_counts=False), PATCHED, awaited))

    assert days[0] == CountedDay(
        date(2025, 1, 26), Standing.FIRST_DAY, None, DayNote(works=True, why=Why.SWAPPED)
    )
    assert days[2] == CountedDay(
        date(2025, 1, 28), Standing.OFF, None, DayNote(works=False, why=Why.HOLIDAY, name="春节")
    )
    assert days[11].note == DayNote(works=False, why=Why.OVERRIDE, name="停电检修")
    assert days[13].standing is Standing.SUSPENDED
    assert [(each.day.day, each.number) for each in days if each.number] == [(27, 1), (5, 2), (7, 3), (10, 4)]


def test_the_days_before_an_unknown_year_are_told_before_it_is_asked_for():
    told = []
    with pytest.raises(YearNotPublished) as unknown:
        told.extend(day_by_day(Period(date(2026, 12, 30), date(2027, 1, 5)), Term(3), YEARS))

    assert unknown.value.year == 2027
    assert [(each.day.day, each.number) for each in told] == [(30, 1), (31, 2)]


def test_natural_days_run_on_into_an_unknown_year():
    days = list(day_by_day(Period(date(2026, 12, 31), date(2027, 1, 2)), Term(3, DayKind.CALENDAR), YEARS))

    assert [(each.number, each.note is None) for each in days] == [(1, False), (2, True), (3, True)]


@given(
    start=st.dates(date(2025, 1, 1), date(2025, 10, 1)),
    term=st.builds(Term, st.integers(1, 30), st.sampled_from(DayKind), st.booleans()),
    gaps=st.lists(st.tuples(st.integers(-5, 40), st.integers(0, 10)), max_size=3),
)
def test_the_last_day_is_the_end_of_the_term_and_has_its_length_as_number(start, term, gaps):
    suspensions = [
        Suspension(start + timedelta(days=ask), start + timedelta(days=ask + took)) for ask, took in gaps
    ]
    end = term_end(start, term, PATCHED, suspensions)
    period = Period(start, end)

    days = list(day_by_day(period, term, PATCHED, suspensions))

    assert days[-1].number == term.days
    if term.first_day_counts:
        counted = counted_days(period, PATCHED, kind=term.kind, suspensions=suspensions)
        assert sum(1 for each in days if each.number) == counted
