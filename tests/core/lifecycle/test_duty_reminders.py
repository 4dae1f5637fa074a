"""On which day somebody is reminded of a duty, and that each occasion is told once."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keqiao.core.lifecycle.duty import Occasion, occasion
from keqiao.core.workdays import SHANGHAI

DUE = datetime(2026, 3, 20, 0, 30, tzinfo=SHANGHAI)  # half past midnight: still the 19th elsewhere
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "come"),
    [
        (date(2026, 3, 12), None),
        (date(2026, 3, 13), Occasion.WEEK),
        (date(2026, 3, 14), None),
        (date(2026, 3, 19), Occasion.DAY),
        (date(2026, 3, 20), None),
        (date(2026, 3, 21), Occasion.OVERDUE),
        (date(2026, 3, 22), None),
    ],
)
def test_a_week_a_day_and_the_day_after(today, come):
    assert occasion(DUE, today - ONE, today) == come


@pytest.mark.parametrize(
    ("told", "today", "come"),
    [
        (date(2026, 3, 12), date(2026, 3, 16), Occasion.WEEK),  # the worker stood still over the weekend
        (date(2026, 3, 12), date(2026, 3, 19), Occasion.DAY),  # of two that have come, the later
        (date(2026, 3, 1), date(2026, 4, 1), None),  # too long ago to be news
    ],
)
def test_what_came_while_nobody_could_be_told(told, today, come):
    assert occasion(DUE, told, today) == come


@given(steps=st.lists(st.integers(1, 6), min_size=1, max_size=30))
def test_each_occasion_is_told_at_most_once_and_in_order(steps):
    """However the days lie on which the worker runs."""
    told, said = date(2026, 3, 1), []
    for step in steps:
        today = told + step * ONE
        said.append(occasion(DUE, told, today))
        told = today

    told_of = [each for each in said if each is not None]
    assert told_of == [each for each in Occasion if each in told_of]
    if told >= date(2026, 3, 28):
        assert told_of[-1:] == [Occasion.OVERDUE]
