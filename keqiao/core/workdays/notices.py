"""Public notices (公示): their last day, the latest day to post, and whether one lasts long enough."""

from datetime import date, datetime, time, timedelta

from keqiao.core.findings import Finding, Value, Weight
from keqiao.core.workdays.calendar import Calendar, YearNotPublished
from keqiao.core.workdays.count import nth_working_day, nth_working_day_back
from keqiao.core.workdays.deadlines import in_shanghai
from keqiao.core.workdays.terms import DayKind, Period, Term

_ONE_DAY = timedelta(days=1)


def notice_end(
    start: date,
    length: int,
    calendar: Calendar,
    *,
    kind: DayKind = DayKind.WORKING,
    first_day_counts: bool = True,
) -> date:
    """Return the last day of a public notice (公示期).

    ``start`` is the day of posting; it is day 1 if it is a day of this ``kind`` (offices count inclusively; a
    call may set ``first_day_counts`` to false). ``length`` is in days of this kind, 1 or more. Dates are
    Asia/Shanghai dates.

    Raises:
        ValueError: ``length`` is below 1.
        YearNotPublished: the count enters a year whose holidays are not announced.

    Source: the State Council General Office's yearly holiday notice; its number stands in
    ``data/calendars/<year>.yaml``.
    """
    term = Term(length, kind, first_day_counts)
    first = term.first_day(start)
    if kind is DayKind.WORKING:
        return nth_working_day(length, first, calendar)
    return first + timedelta(days=length - 1)


def full_notice_end(posted_at: datetime, length: int, calendar: Calendar) -> date:
    """Return the last day of a notice that must contain ``length`` full working days.

    A day is full from 0:00 to 24:00, so the day of posting counts only if the notice stood there at 0:00.

    Raises:
        ValueError: ``length`` is below 1, or ``posted_at`` has no time zone.
        YearNotPublished: the count enters a year whose holidays are not announced.
    """
    moment = in_shanghai(posted_at)
    is_full = moment.time() == time(0)
    return notice_end(moment.date(), length, calendar, first_day_counts=is_full)


def latest_posting(
    end: date,
    length: int,
    calendar: Calendar,
    *,
    kind: DayKind = DayKind.WORKING,
    first_day_counts: bool = True,
) -> date:
    """Return the latest day of posting for a notice that is to be over with ``end``; see ``notice_end``.

    Raises:
        ValueError: ``length`` is below 1.
        YearNotPublished: the count enters a year whose holidays are not announced.
    """
    term = Term(length, kind, first_day_counts)
    working = kind is DayKind.WORKING
    first = nth_working_day_back(length, end, calendar) if working else end - timedelta(days=length - 1)
    return first if term.first_day_counts else first - _ONE_DAY


def check_notice(posted: Period, term: Term, calendar: Calendar) -> list[Finding]:
    """Does a notice that stands for ``posted`` last as long as ``term``?

    No finding means that it does. A notice that ends too soon is refused; where working days of a year that
    is not announced would decide, a person is asked.
    """
    try:
        earliest = notice_end(
            posted.first, term.days, calendar, kind=term.kind, first_day_counts=term.first_day_counts
        )
    except YearNotPublished as unknown:
        return [unknown.finding]
    if posted.last >= earliest:
        return []
    values: dict[str, Value] = {
        "first": posted.first.isoformat(),
        "last": posted.last.isoformat(),
        "days": term.days,
        "kind": f"word.{term.kind}_days",
        "earliest": earliest.isoformat(),
    }
    return [Finding("workdays.notice_too_short", Weight.REFUSE, values)]
