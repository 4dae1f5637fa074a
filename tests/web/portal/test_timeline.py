"""The dates of a call: working days by the calendar, and nothing guessed where a year is not announced."""

from datetime import date, datetime

from keqiao.core.programme import Programme
from keqiao.core.workdays import SHANGHAI, Calendar
from keqiao.readers.calendars import shipped_calendar
from keqiao.web.portal.timeline import Timeline, timeline_of_call, timeline_of_category

NOW = datetime(2026, 4, 20, 10, tzinfo=SHANGHAI)  # a Monday
NOTICE = {"id": "r1", "type": "publicity", "summary": "公示", "days": 5, "day_kind": "working"}


def programme(**terms) -> Programme:
    categories = [
        {"id": "a", "name": "甲", "deadline": {"on": "2026-04-24"}},
        {"id": "b", "name": "乙"},
    ]
    values = {"id": "p", "title": "通知", "categories": categories, **terms}
    return Programme.model_validate(values)


STATED = programme(
    opens={"on": "2026-04-01"},
    deadline={"on": "2026-05-08", "at": "17:30"},
    completion={"on": "2026-12-31"},
    rules=[NOTICE],
)


def said(timeline: Timeline) -> list[tuple]:
    return [(m.words, m.day, m.names, m.is_over, m.work_left) for m in timeline.moments]


def test_dates_stand_in_order_with_the_working_days_that_are_left():
    found = timeline_of_call(STATED, NOW, shipped_calendar())

    assert said(found) == [
        ("开始受理", date(2026, 4, 1), (), True, None),
        ("申报截止", date(2026, 4, 24), ("甲",), False, 4),
        ("申报截止", date(2026, 5, 8), (), False, 11),  # 1 to 5 May are off
        ("公示 5 个工作日", None, (), False, None),
        ("项目完成", date(2026, 12, 31), (), False, found.moments[-1].work_left),
    ]
    assert found.moments[2].until == datetime(2026, 5, 8, 17, 30, tzinfo=SHANGHAI)
    assert found.unknown == ()


def test_the_next_deadline_is_the_one_that_counts():
    calendar = shipped_calendar()

    assert timeline_of_call(STATED, NOW, calendar).deadline.day == date(2026, 4, 24)
    after = datetime(2026, 4, 25, tzinfo=SHANGHAI)
    assert timeline_of_call(STATED, after, calendar).deadline.day == date(2026, 5, 8)
    over = datetime(2026, 6, 1, tzinfo=SHANGHAI)
    last = timeline_of_call(STATED, over, calendar).deadline
    assert (last.day, last.is_over, last.until) == (date(2026, 5, 8), True, None)


def test_a_category_has_the_dates_that_hold_for_it():
    calendar = shipped_calendar()

    own = timeline_of_category(STATED, ("a",), NOW, calendar)
    inherited = timeline_of_category(STATED, ("b",), NOW, calendar)

    assert [m.day for m in own.moments if m.kind == "deadline"] == [date(2026, 4, 24)]
    assert [m.day for m in inherited.moments if m.kind == "deadline"] == [date(2026, 5, 8)]
    assert [m.names for m in own.moments] == [()] * 4


def test_the_day_of_the_deadline_itself_has_no_working_days_left():
    at = datetime(2026, 4, 24, 9, tzinfo=SHANGHAI)

    first = timeline_of_call(STATED, at, shipped_calendar()).deadline

    assert (first.is_over, first.work_left) == (False, None)


def test_a_year_that_is_not_announced_is_named_and_nothing_is_counted():
    none = Calendar(announced=frozenset(), holidays={}, worked=frozenset())

    found = timeline_of_call(STATED, NOW, none)

    assert {m.work_left for m in found.moments} == {None}
    assert found.unknown == (2026,)


def test_public_notices_of_one_length_stand_once():
    again = {**NOTICE, "id": "r2"}
    stated = programme(rules=[NOTICE, again, {**NOTICE, "id": "r3", "days": 7, "day_kind": None}])

    notices = [
        m.words for m in timeline_of_call(stated, NOW, shipped_calendar()).moments if m.kind == "notice"
    ]

    assert notices == ["公示 5 个工作日", "公示 7 天"]
