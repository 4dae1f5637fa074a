"""Deadlines: inclusive to the end of the day, or to the hour that is stated. Asia/Shanghai throughout."""

from datetime import date, datetime, time, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""UTC+8 without summer time, as it is since 1992; earlier moments are not asked for."""


def in_shanghai(moment: datetime) -> datetime:
    """The same moment on the clocks of Asia/Shanghai.

    Raises:
        ValueError: ``moment`` has no time zone, so it is no moment.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(SHANGHAI)


def shanghai_day(moment: datetime) -> date:
    """The day in Asia/Shanghai on which ``moment`` falls; ValueError where it has no time zone."""
    return in_shanghai(moment).date()


def last_moment(on: date, at: time | None = None) -> datetime:
    """Return the last moment that keeps a deadline on day ``on`` (前, 截止, 24:00: the whole day counts).

    ``at`` is the hour where one is stated (17:00前); that moment itself is still in time.

    Raises:
        ValueError: ``at`` has a time zone of its own.
    """
    if at is not None and at.tzinfo is not None:
        raise ValueError(f"the hour {at} is meant on the clocks of Asia/Shanghai")
    return datetime.combine(on, time.max if at is None else at, SHANGHAI)


def is_in_time(arrived_at: datetime, on: date, at: time | None = None) -> bool:
    """Did something that arrived at this moment keep the deadline? See ``last_moment``.

    Raises:
        ValueError: ``arrived_at`` has no time zone, or ``at`` has one.
    """
    return in_shanghai(arrived_at) <= last_moment(on, at)
