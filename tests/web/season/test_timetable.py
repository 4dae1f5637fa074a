"""The later stages have their moments: on working days, in order, by the days of the calls."""

from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta

import pytest

from keqiao.core.workdays import Calendar, is_working_day, shanghai_day
from keqiao.readers.calendars import announced_years, calendar_of
from keqiao.web.season.drawing.timetable import CallDays, draw_timetable
from keqiao.web.season.stages.scene import Scene
from tests.web.season import ground

AT = datetime(2022, 11, 20, 4, tzinfo=UTC)
KNOWN = calendar_of(announced_years())
UNKNOWN = Calendar(frozenset(), {}, frozenset())


def test_moments_are_working_days_one_after_the_other():
    found = draw_timetable(AT, CallDays({date(2022, 11, 30)}, {date(2023, 12, 31)}), KNOWN)

    moments = astuple(found)
    assert moments == tuple(sorted(set(moments)))
    assert all(is_working_day(shanghai_day(each), KNOWN) for each in moments)
    assert shanghai_day(found.reviewed) == date(2022, 12, 5)
    assert shanghai_day(found.reported) == date(2024, 1, 4)  # not the New Year holiday
    assert found.next_call == found.last


def test_a_project_of_two_years_does_not_hold_up_the_others():
    days = CallDays({date(2022, 11, 30)}, {date(2023, 10, 31), date(2025, 6, 30)})

    assert shanghai_day(draw_timetable(AT, days, KNOWN).reported) == date(2023, 11, 3)


def test_a_year_that_is_not_announced_and_calls_that_say_nothing_stop_nobody():
    found = draw_timetable(AT, CallDays(), UNKNOWN)

    assert shanghai_day(found.reviewed) == date(2022, 12, 23)  # 20 December is the last day
    assert shanghai_day(found.next_call) == date(2023, 11, 20)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", list(ground.CALLS))
def test_each_of_the_five_calls_has_time_for_all_of_it(slug):
    stage = ground.stage(slug)
    scene = Scene(stage.association, stage.at)

    moments = astuple(scene.moments)

    assert moments == tuple(sorted(set(moments)))
    assert moments[0] > stage.at
    assert scene.moments.reported - scene.moments.working > timedelta(days=60)


@pytest.mark.django_db
def test_a_stage_waits_until_the_play_has_come_to_its_moment():
    stage = ground.stage("jining")
    moments = Scene(stage.association, stage.at).moments

    early = Scene(stage.association, stage.at, until=moments.reviewed)
    later = early.on(moments.reviewed)

    assert early.has_come(moments.reviewed)
    assert not early.has_come(moments.sealed)
    assert not Scene(stage.association, stage.at).has_come(moments.reviewed)
    assert (later.at, later.moments) == (moments.reviewed, moments)
    assert later.parties is early.parties
