"""What a day is: by weekday, by the notice, by an administrator's word; a year not announced is asked for."""

from datetime import date

import pytest

from keqiao.core.findings import Finding, Weight
from keqiao.core.workdays import (
    Calendar,
    DayNote,
    Override,
    Why,
    YearNotPublished,
    days_off_less_worked,
    is_weekend,
    is_working_day,
    working_days,
)
from tests.core.workdays.calendars import SPRING_2025

TYPHOON = Override(date(2025, 7, 30), works=False, reason="台风停工", source="市政府通告2025年第3号")


@pytest.mark.parametrize(
    ("day", "note"),
    [
        (date(2025, 1, 24), DayNote(works=True, why=Why.WEEKDAY)),
        (date(2025, 1, 25), DayNote(works=False, why=Why.WEEKEND)),
        (date(2025, 1, 26), DayNote(works=True, why=Why.SWAPPED)),
        (date(2025, 1, 28), DayNote(works=False, why=Why.HOLIDAY, name="春节")),
        (date(2025, 2, 1), DayNote(works=False, why=Why.HOLIDAY, name="春节")),  # a Saturday within
    ],
)
def test_a_day_says_what_it_is(day, note):
    assert SPRING_2025.note_on(day) == note
    assert is_working_day(day, SPRING_2025) == note.works


def test_a_year_that_is_not_announced_asks_and_never_guesses():
    with pytest.raises(YearNotPublished) as unknown:
        is_working_day(date(2027, 1, 4), SPRING_2025)

    assert unknown.value.finding == Finding("workdays.year_not_published", Weight.ASK, {"year": 2027})


def test_an_override_wins_over_the_notice_and_is_taken_back_by_another():
    closed = SPRING_2025.with_overrides([TYPHOON])
    at_work = Override(date(2025, 1, 28), works=True, reason="值守")

    assert closed.note_on(TYPHOON.day) == DayNote(works=False, why=Why.OVERRIDE, name="台风停工")
    assert closed.with_overrides([at_work]).note_on(at_work.day).works
    back = closed.with_overrides([Override(TYPHOON.day, works=True, reason="恢复上班")])
    assert working_days(date(2025, 7, 1), date(2025, 7, 31), back) == 23
    assert working_days(date(2025, 7, 1), date(2025, 7, 31), closed) == 22


def test_an_override_on_a_weekend_counts_and_one_that_changes_nothing_does_not():
    saturday, monday = date(2025, 7, 5), date(2025, 7, 7)
    changed = SPRING_2025.with_overrides(
        [Override(saturday, works=True, reason="补班"), Override(monday, works=True, reason="照常")]
    )

    assert working_days(saturday, monday, changed) == 2
    assert working_days(saturday, monday, SPRING_2025) == 1


def test_an_override_does_not_announce_its_year():
    with pytest.raises(YearNotPublished):
        is_working_day(
            date(2027, 1, 1),
            SPRING_2025.with_overrides([Override(date(2027, 1, 1), works=False, reason="元旦")]),
        )


def test_an_override_whose_reason_is_not_told_counts_and_has_no_name():
    untold = SPRING_2025.with_overrides([Override(date(2025, 7, 30), works=False, reason=None)])
    assert untold.note_on(date(2025, 7, 30)) == DayNote(works=False, why=Why.OVERRIDE)


def test_an_override_needs_a_reason():
    with pytest.raises(ValueError, match="no reason"):
        Override(date(2025, 7, 30), works=False, reason=" ")


@pytest.mark.parametrize("worked", [date(2025, 1, 27), date(2025, 2, 1)])
def test_only_a_weekend_day_that_is_not_off_can_be_worked_to_make_up(worked):
    with pytest.raises(ValueError, match=str(worked)):
        Calendar(SPRING_2025.announced, SPRING_2025.holidays, frozenset({worked}))


def test_a_calendar_does_not_change_with_what_it_was_made_of():
    days = dict(SPRING_2025.holidays)
    calendar = Calendar(SPRING_2025.announced, days, SPRING_2025.worked)
    days.clear()

    assert calendar == SPRING_2025
    with pytest.raises(TypeError):
        calendar.holidays[date(2025, 5, 1)] = "劳动节"


def test_swapping_makes_no_days_off():
    assert (
        days_off_less_worked(SPRING_2025.holidays, SPRING_2025.worked) == 5
    )  # 1 day in January, 4 of spring
    assert [is_weekend(date(2025, 1, day)) for day in (24, 25, 26, 27)] == [False, True, True, False]
