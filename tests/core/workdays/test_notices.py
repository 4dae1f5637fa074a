"""Public notices end when offices say they end; too short a notice is refused."""

from datetime import UTC, date, datetime

import pytest

from keqiao.core.findings import Finding, Weight
from keqiao.core.workdays import (
    SHANGHAI,
    DayKind,
    Period,
    Term,
    YearNotPublished,
    check_notice,
    counted_days,
    full_notice_end,
    latest_posting,
    notice_end,
)
from tests.core.workdays.calendars import SPRING_2025, YEARS


@pytest.mark.parametrize(
    ("posted", "length", "ends"),
    [
        (date(2025, 1, 24), 1, date(2025, 1, 24)),  # the day of posting counts
        (date(2025, 1, 24), 3, date(2025, 1, 27)),  # Sunday 26 January is worked to make up
        (date(2025, 1, 28), 1, date(2025, 2, 5)),  # posted on a holiday
    ],
)
def test_notice_counts_working_days_only(posted, length, ends):
    assert notice_end(posted, length, SPRING_2025) == ends


@pytest.mark.parametrize(
    ("posted", "length", "kind", "ends"),
    [
        (date(2020, 5, 28), 5, DayKind.WORKING, date(2020, 6, 3)),
        (date(2022, 4, 6), 5, DayKind.WORKING, date(2022, 4, 12)),
        (date(2020, 5, 7), 7, DayKind.CALENDAR, date(2020, 5, 13)),
    ],
)
def test_notices_that_offices_posted_count_their_first_day(posted, length, kind, ends):
    assert notice_end(posted, length, YEARS, kind=kind) == ends
    assert latest_posting(ends, length, YEARS, kind=kind) == posted
    assert counted_days(Period(posted, ends), YEARS, kind=kind) == length


@pytest.mark.parametrize("kind", DayKind)
def test_a_call_may_leave_the_first_day_out(kind):
    posted = date(2025, 3, 3)
    ends = notice_end(posted, 5, SPRING_2025, kind=kind, first_day_counts=False)

    assert ends == {DayKind.WORKING: date(2025, 3, 10), DayKind.CALENDAR: date(2025, 3, 8)}[kind]
    assert latest_posting(ends, 5, SPRING_2025, kind=kind, first_day_counts=False) == posted


@pytest.mark.parametrize(
    ("posted_at", "ends"),
    [
        (datetime(2025, 3, 3, 0, 0, tzinfo=SHANGHAI), date(2025, 3, 7)),
        (datetime(2025, 3, 3, 9, 30, tzinfo=SHANGHAI), date(2025, 3, 10)),
        (datetime(2025, 3, 2, 16, 0, tzinfo=UTC), date(2025, 3, 7)),  # midnight in Shanghai
        (datetime(2025, 3, 3, 16, 30, tzinfo=UTC), date(2025, 3, 11)),  # the next day in Shanghai
    ],
)
def test_a_notice_of_full_working_days_counts_whole_days_only(posted_at, ends):
    assert full_notice_end(posted_at, 5, SPRING_2025) == ends


def test_natural_days_need_no_announced_year_and_working_days_do():
    assert notice_end(date(2026, 12, 28), 7, YEARS, kind=DayKind.CALENDAR) == date(2027, 1, 3)
    assert notice_end(date(2026, 12, 28), 4, YEARS) == date(2026, 12, 31)
    with pytest.raises(YearNotPublished):
        notice_end(date(2026, 12, 28), 5, YEARS)


def test_too_short_a_notice_is_refused_with_the_day_it_may_end():
    posted = Period(date(2025, 1, 24), date(2025, 2, 5))
    values = {
        "first": "2025-01-24", "last": "2025-02-05", "days": 5, "kind": "word.working_days",
        "earliest": "2025-02-06",
    }  # fmt: skip

    assert check_notice(posted, Term(5), SPRING_2025) == [
        Finding("workdays.notice_too_short", Weight.REFUSE, values)
    ]
    assert check_notice(posted, Term(4), SPRING_2025) == []
    assert check_notice(posted, Term(7, DayKind.CALENDAR), SPRING_2025) == []


def test_a_notice_into_a_year_not_announced_is_asked_about():
    posted = Period(date(2026, 12, 28), date(2027, 1, 8))

    assert [f.code for f in check_notice(posted, Term(5), YEARS)] == ["workdays.year_not_published"]
    assert check_notice(posted, Term(4), YEARS) == []


def test_a_length_below_one_day_is_refused():
    for length in (0, -5):
        with pytest.raises(ValueError, match="at least 1"):
            notice_end(date(2025, 1, 24), length, SPRING_2025)
        with pytest.raises(ValueError, match="at least 1"):
            latest_posting(date(2025, 1, 24), length, SPRING_2025)
