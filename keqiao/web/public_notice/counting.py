"""The days of a notice: the core counts them by the calendar of the association."""

from datetime import date
from typing import Any

from keqiao.core.lifecycle.objection import OPEN, ObjectionState
from keqiao.core.workdays import (
    Calendar,
    Closing,
    DayKind,
    Objection,
    Period,
    PublicNotice,
    Term,
    closing,
    day_by_day,
    shanghai_day,
)
from keqiao.web.calendars.queries import calendar_for


def term_of(notice: Any) -> Term:
    """Return the length of a notice."""
    return Term(notice.days, DayKind(notice.day_kind), notice.first_day_counts)


def period_from(notice: Any, day: date, until: date | None = None) -> Period:
    """Return the days on which a notice stands that is posted on ``day``.

    Raises:
        YearNotPublished: the count enters a year whose holidays are not announced.
    """
    return _noticed(notice, day, until).period(calendar_for(notice.association_id))


def counted_in(notice: Any, period: Period) -> list[str]:
    """Return the days of a period that count, as they are written down."""
    found = day_by_day(period, term_of(notice), calendar_for(notice.association_id))
    return [each.day.isoformat() for each in found if each.number is not None]


def days_left(notice: Any, day: date) -> int:
    """Return how many of the counted days are still to come, that day included."""
    return sum(1 for each in notice.counted if each >= day.isoformat())


def closing_of(notice: Any, items: Any, objections: Any, day: date) -> Closing:
    """Return what the statement on the end of a notice says on ``day``; by the last day that was told.

    Raises:
        NoticeRuns: it is not over.
    """
    told = PublicNotice(notice.first_day, tuple(str(each.pk) for each in items), until=notice.last_day)
    known = [_objection(each) for each in objections]
    return closing(told, known, day, _calendar(notice))


def _noticed(notice: Any, day: date, until: date | None) -> PublicNotice:
    return PublicNotice(day, (), term_of(notice), until)


def _calendar(notice: Any) -> Calendar:
    return calendar_for(notice.association_id)


def _objection(row: Any) -> Objection:
    """What the core asks of an objection. One that was taken back counts as not upheld."""
    state = ObjectionState(row.state)
    return Objection(
        str(row.pk),
        str(row.item_id),
        shanghai_day(row.received_at),
        taken_up=False if state is ObjectionState.TURNED_AWAY else None if state in OPEN else True,
        upheld=None if state in OPEN else state is ObjectionState.UPHELD,
    )
