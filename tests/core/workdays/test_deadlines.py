"""A deadline holds to the end of its day in Shanghai, or to the hour that is stated."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from keqiao.core.workdays import SHANGHAI, is_in_time, last_moment, shanghai_day

DAY = date(2022, 11, 30)
LAST = datetime(2022, 11, 30, 23, 59, 59, 999_999, SHANGHAI)
TICK = timedelta(microseconds=1)


def test_without_an_hour_the_whole_day_counts():
    assert last_moment(DAY) == LAST
    assert is_in_time(LAST, DAY)
    assert not is_in_time(LAST + TICK, DAY)


def test_a_stated_hour_is_the_last_moment_in_time():
    five = datetime(2022, 11, 30, 17, tzinfo=SHANGHAI)

    assert last_moment(DAY, time(17)) == five
    assert is_in_time(five, DAY, time(17))
    assert not is_in_time(five + TICK, DAY, time(17))


def test_the_day_is_that_of_shanghai_wherever_the_server_stands():
    assert is_in_time(datetime(2022, 11, 30, 15, 59, tzinfo=UTC), DAY)
    assert not is_in_time(datetime(2022, 11, 30, 16, 0, tzinfo=UTC), DAY)
    assert shanghai_day(datetime(2022, 11, 30, 16, 0, tzinfo=UTC)) == date(2022, 12, 1)


def test_a_time_that_is_no_moment_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        is_in_time(LAST.replace(tzinfo=None), DAY)
    with pytest.raises(ValueError, match="Asia/Shanghai"):
        last_moment(DAY, time(17, tzinfo=UTC))
