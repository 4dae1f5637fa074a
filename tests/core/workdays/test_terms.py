"""Terms stand still while somebody corrects."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keqiao.core.workdays import (
    DayKind,
    Override,
    Period,
    Suspension,
    Term,
    YearNotPublished,
    counted_days,
    is_working_day,
    nth_working_day,
    nth_working_day_back,
    term_end,
    working_days,
)
from tests.core.workdays.calendars import SPRING_2025, YEARS

START = date(2025, 3, 3)  # a Monday; no holiday until the end of the year in SPRING_2025


@pytest.mark.parametrize(
    ("suspensions", "ends"),
    [
        ([], date(2025, 3, 7)),
        (
            [Suspension(date(2025, 3, 4), date(2025, 3, 6))],
            date(2025, 3, 11),
        ),  # Wednesday, Thursday do not count
        ([Suspension(date(2025, 3, 4), date(2025, 3, 4))], date(2025, 3, 7)),  # corrected on the same day
        (
            [Suspension(date(2025, 3, 7), date(2025, 3, 20))],
            date(2025, 3, 7),
        ),  # asked on the last day: too late
        ([Suspension(date(2025, 2, 25), date(2025, 3, 4))], date(2025, 3, 11)),  # asked before the term began
        ([Suspension(date(2025, 3, 5)), Suspension(date(2025, 3, 3), date(2025, 3, 4))], None),
        ([Suspension(date(2025, 3, 7))], date(2025, 3, 7)),  # awaited, but the term was over
        (
            [Suspension(date(2025, 3, 4), date(2025, 3, 6)), Suspension(date(2025, 3, 5), date(2025, 3, 7))],
            date(2025, 3, 12),
        ),
    ],
)
def test_days_of_correction_do_not_count(suspensions, ends):
    assert term_end(START, Term(5), SPRING_2025, suspensions) == ends


def test_a_term_by_law_begins_on_the_day_after():
    assert term_end(START, Term(5, first_day_counts=False), SPRING_2025) == date(2025, 3, 10)
    assert term_end(START, Term(5, DayKind.CALENDAR, first_day_counts=False), SPRING_2025) == date(2025, 3, 8)


def test_an_unknown_year_matters_only_where_the_count_enters_it():
    late = Suspension(date(2026, 12, 29), date(2027, 3, 1))

    assert term_end(date(2026, 12, 28), Term(2), YEARS, [late]) == date(2026, 12, 29)
    assert term_end(date(2026, 12, 28), Term(3, DayKind.CALENDAR), YEARS, [late]) == date(2027, 3, 2)
    with pytest.raises(YearNotPublished):
        term_end(date(2026, 12, 28), Term(3), YEARS, [late])


def test_the_days_that_counted_so_far():
    awaited = [Suspension(date(2025, 3, 4))]
    week = Period(START, date(2025, 3, 9))

    assert counted_days(week, SPRING_2025) == 5
    assert counted_days(week, SPRING_2025, kind=DayKind.CALENDAR) == 7
    assert counted_days(week, SPRING_2025, suspensions=awaited) == 2
    assert counted_days(Period(date(2025, 3, 6), date(2025, 3, 9)), SPRING_2025, suspensions=awaited) == 0


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        Term(0)
    with pytest.raises(ValueError, match="cannot come back"):
        Suspension(date(2025, 3, 4), date(2025, 3, 3))
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2025, 3, 4), date(2025, 3, 3))


DAYS = st.dates(date(2025, 1, 1), date(2025, 10, 31))
LENGTHS = st.integers(1, 40)
KINDS = st.sampled_from(DayKind)


@st.composite
def corrections(draw):
    asked = draw(DAYS)
    return Suspension(asked, asked + timedelta(days=draw(st.integers(0, 20))))


@given(DAYS, LENGTHS)
def test_counting_to_the_end_gives_the_length(start, length):
    end = nth_working_day(length, start, YEARS)

    assert working_days(start, end, YEARS) == length
    assert is_working_day(end, YEARS)
    if is_working_day(start, YEARS):
        assert nth_working_day_back(length, end, YEARS) == start


@given(DAYS, LENGTHS, KINDS, st.booleans(), st.lists(corrections(), max_size=3))
def test_a_later_start_or_a_longer_term_never_ends_sooner(start, days, kind, first, suspensions):
    end = term_end(start, Term(days, kind, first), YEARS, suspensions)

    assert term_end(start + timedelta(days=1), Term(days, kind, first), YEARS, suspensions) >= end
    assert term_end(start, Term(days + 1, kind, first), YEARS, suspensions) > end


@given(DAYS, LENGTHS, KINDS, st.lists(corrections(), max_size=3))
def test_what_counted_until_the_end_is_the_term(start, days, kind, suspensions):
    end = term_end(start, Term(days, kind), YEARS, suspensions)

    assert counted_days(Period(start, end), YEARS, kind=kind, suspensions=suspensions) == days


@given(DAYS, st.integers(2, 40), st.data())
def test_a_correction_moves_natural_days_by_exactly_its_length(start, days, data):
    end = term_end(start, Term(days, DayKind.CALENDAR), YEARS)
    asked = data.draw(st.dates(start, end - timedelta(days=1)))
    took = timedelta(days=data.draw(st.integers(0, 20)))

    moved = term_end(start, Term(days, DayKind.CALENDAR), YEARS, [Suspension(asked, asked + took)])

    assert moved == end + took


@given(DAYS, LENGTHS, st.data())
def test_an_override_of_a_day_in_the_period_changes_the_count_by_one(start, length, data):
    end = start + timedelta(days=length)
    day = data.draw(st.dates(start, end))
    was = is_working_day(day, YEARS)
    changed = YEARS.with_overrides([Override(day, works=not was, reason="调整")])

    assert working_days(start, end, changed) - working_days(start, end, YEARS) == (-1 if was else 1)
