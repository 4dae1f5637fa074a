"""Counting working days forwards and backwards."""

from datetime import date

import pytest

from keqiao.core.workdays import (
    YearNotPublished,
    next_working_day,
    nth_working_day,
    nth_working_day_back,
    working_day_after,
    working_days,
    working_days_left,
)
from tests.core.workdays.calendars import SPRING_2025, YEARS


@pytest.mark.parametrize(
    ("first", "last", "counted"),
    [
        (date(2025, 1, 24), date(2025, 1, 24), 1),
        (date(2025, 1, 25), date(2025, 1, 25), 0),
        (date(2025, 1, 24), date(2025, 1, 27), 3),  # Sunday the 26th is worked
        (date(2025, 1, 28), date(2025, 2, 4), 0),
        (date(2025, 1, 1), date(2025, 1, 31), 19),
        (date(2025, 12, 31), date(2026, 1, 5), 3),  # Sunday 4 January is worked
    ],
)
def test_both_ends_are_counted(first, last, counted):
    assert working_days(first, last, YEARS) == counted


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="2025-01-02"):
        working_days(date(2025, 1, 2), date(2025, 1, 1), SPRING_2025)


@pytest.mark.parametrize(
    ("n", "start", "day"),
    [
        (1, date(2025, 1, 24), date(2025, 1, 24)),
        (3, date(2025, 1, 24), date(2025, 1, 27)),
        (4, date(2025, 1, 24), date(2025, 2, 5)),
        (1, date(2025, 1, 28), date(2025, 2, 5)),
        (4, date(2025, 2, 5), date(2025, 2, 8)),  # Saturday the 8th is worked
    ],
)
def test_the_nth_working_day_is_found_from_both_sides(n, start, day):
    assert nth_working_day(n, start, SPRING_2025) == day
    assert working_days(start, day, SPRING_2025) == n
    assert nth_working_day_back(n, day, SPRING_2025) == next_working_day(start, SPRING_2025)


def test_an_extension_begins_on_the_day_after():
    assert working_day_after(date(2025, 1, 24), 5, SPRING_2025) == date(2025, 2, 7)
    assert working_day_after(date(2025, 1, 25), 1, SPRING_2025) == date(2025, 1, 26)


def test_the_last_working_day_of_the_announced_years_is_known_and_the_next_is_not():
    assert nth_working_day(2, date(2026, 12, 30), YEARS) == date(2026, 12, 31)
    with pytest.raises(YearNotPublished) as after:
        nth_working_day(3, date(2026, 12, 30), YEARS)
    with pytest.raises(YearNotPublished) as before:
        nth_working_day_back(2, date(2025, 1, 2), YEARS)

    assert (after.value.year, before.value.year) == (2027, 2024)


def test_a_period_across_a_year_that_is_not_announced_is_not_counted():
    with pytest.raises(YearNotPublished) as unknown:
        working_days(date(2020, 12, 1), date(2022, 1, 10), YEARS)

    assert unknown.value.year == 2021


@pytest.mark.parametrize("count", [nth_working_day, nth_working_day_back])
@pytest.mark.parametrize("n", [0, -1])
def test_days_are_counted_from_one(count, n):
    with pytest.raises(ValueError, match=f"not {n}"):
        count(n, date(2025, 1, 24), SPRING_2025)


@pytest.mark.parametrize(
    ("today", "last", "left"),
    [
        (date(2025, 1, 24), date(2025, 1, 27), 2),  # Sunday the 26th is worked
        (date(2025, 1, 27), date(2025, 1, 27), None),
        (date(2025, 1, 28), date(2025, 1, 27), None),
        (date(2025, 1, 28), date(2025, 2, 4), 0),
        (date(2025, 12, 1), date(2199, 1, 1), None),  # nobody has announced those holidays
    ],
)
def test_working_days_left_begin_tomorrow(today, last, left):
    assert working_days_left(today, last, YEARS) == left
