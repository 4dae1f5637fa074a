"""Local days: entered once, never changed, taken back with a reason; the calendar of one association only."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from keqiao.core.workdays import DayNote, Period, Why, is_working_day
from keqiao.web.accounts.roles import Role
from keqiao.web.audit.queries import timeline
from keqiao.web.calendars.actions import NewOverride, add_override, take_back
from keqiao.web.calendars.models import CountedDays, Override
from keqiao.web.calendars.queries import calendar_for, told_calendar_for
from keqiao.web.calendars.verification import check_counted_days, check_overrides
from keqiao.web.scope import NOBODY, working_as, working_for
from tests.web import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 1, 1, tzinfo=UTC)
on_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite has no row-level security; the calendars told apart above hold",
)
THURSDAY, SATURDAY = date(2026, 7, 30), date(2026, 8, 1)


def day_off(first=THURSDAY, last=None, *, works=False, reason="台风停工"):
    return NewOverride(Period(first, last or first), works, reason, "市政府通告第3号")


def test_a_local_day_off_holds_for_its_association_only():
    association, other = make.association(), make.association()
    officer = make.officer(association)
    assert is_working_day(THURSDAY, calendar_for(association.pk))

    made = add_override(association.pk, day_off(), actor=officer, at=AT)

    assert calendar_for(association.pk).note_on(THURSDAY) == DayNote(works=False, why=Why.OVERRIDE, name="")
    assert is_working_day(THURSDAY, calendar_for(other.pk))
    event = timeline(made).get()
    assert (event.act, event.role, event.actor_id) == ("entered", "officer", officer.pk)
    assert event.data == {"first": "2026-07-30", "last": "2026-07-30", "works": 0}


def test_a_period_works_on_all_its_days_and_a_leader_may_enter_it():
    association = make.association()
    leader = make.holder(Role.LEADER, association.organisation)

    made = add_override(association.pk, day_off(SATURDAY, date(2026, 8, 2), works=True), actor=leader, at=AT)

    calendar = calendar_for(association.pk)
    assert [is_working_day(date(2026, 8, day), calendar) for day in (1, 2, 8)] == [True, True, False]
    assert timeline(made).get().role == "leader"


def test_what_was_taken_back_counts_no_more_and_stays():
    association = make.association()
    officer = make.officer(association)
    made = add_override(association.pk, day_off(), actor=officer, at=AT)
    assert not is_working_day(THURSDAY, calendar_for(association.pk))

    take_back(made.pk, "通告取消", actor=officer, at=AT)

    assert is_working_day(THURSDAY, calendar_for(association.pk))
    assert Override.objects.get().taken_back_reason == "通告取消"
    assert [event.act for event in timeline(made).order_by("sequence")] == ["entered", "taken_back"]
    with pytest.raises(ValidationError) as refused:
        take_back(made.pk, "再撤", actor=officer, at=AT)
    assert refused.value.code == "override.taken_back"


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (day_off(date(2026, 7, 29), date(2026, 8, 3)), "override.day_taken"),
        (day_off(SATURDAY), "override.changes_nothing"),
        (day_off(date(2026, 8, 3), works=True), "override.changes_nothing"),
        (day_off(date(2026, 8, 3), date(2027, 8, 4)), "override.too_long"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(wanted, code):
    association = make.association()
    officer = make.officer(association)
    add_override(association.pk, day_off(), actor=officer, at=AT)

    with pytest.raises(ValidationError) as refused:
        add_override(association.pk, wanted, actor=officer, at=AT)

    assert refused.value.code == code
    assert Override.objects.count() == 1


def test_days_of_a_year_that_is_not_announced_can_be_entered_already():
    association = make.association()
    add_override(association.pk, day_off(date(2099, 3, 2)), actor=make.officer(association), at=AT)

    assert 2099 not in calendar_for(association.pk).announced


def test_a_change_that_was_rolled_back_leaves_no_trace_in_memory():
    association = make.association()
    officer = make.officer(association)

    with transaction.atomic():
        add_override(association.pk, day_off(), actor=officer, at=AT)
        assert not is_working_day(THURSDAY, calendar_for(association.pk))
        transaction.set_rollback(True)

    assert is_working_day(THURSDAY, calendar_for(association.pk))
    add_override(association.pk, day_off(date(2026, 7, 31)), actor=officer, at=AT)
    calendar = calendar_for(association.pk)
    assert (is_working_day(THURSDAY, calendar), is_working_day(date(2026, 7, 31), calendar)) == (True, False)


def test_why_a_day_is_off_is_told_to_those_who_keep_the_calendar_only():
    association, other = make.association(), make.association()
    add_override(association.pk, day_off(), actor=make.officer(association), at=AT)

    assert told_calendar_for(association.pk).note_on(THURSDAY).name == "台风停工"
    assert calendar_for(association.pk).note_on(THURSDAY) == DayNote(works=False, why=Why.OVERRIDE)
    assert told_calendar_for(other.pk).note_on(THURSDAY).why == Why.WEEKDAY


@on_postgres
def test_behind_the_wall_others_count_by_the_days_and_read_no_words():
    association, other = make.association(), make.association()
    made = add_override(association.pk, day_off(), actor=make.officer(association), at=AT)
    with working_for(association.pk):
        assert Override.objects.get().reason == "台风停工"
        assert told_calendar_for(association.pk).note_on(THURSDAY).name == "台风停工"

    for scope in (working_for(other.pk), working_as(NOBODY)):
        with scope:
            assert Override.objects.count() == 0
            assert not is_working_day(THURSDAY, calendar_for(association.pk))
            assert told_calendar_for(association.pk).note_on(THURSDAY).name == ""
            assert CountedDays.objects.filter(pk=made.pk).update(works=True) == 0
            assert CountedDays.objects.filter(pk=made.pk).delete()[0] == 0


def test_days_that_count_otherwise_than_the_overrides_say_are_found_by_verify():
    association = make.association()
    officer = make.officer(association)
    made = add_override(association.pk, day_off(), actor=officer, at=AT)
    gone = add_override(association.pk, day_off(date(2026, 7, 31)), actor=officer, at=AT)
    take_back(gone.pk, "通告取消", actor=officer, at=AT)
    assert (check_counted_days().checked, check_counted_days().faults) == (1, ())

    CountedDays.objects.update(works=True)
    assert [fault.about for fault in check_counted_days().faults] == [str(made.pk)]
    CountedDays.objects.all().delete()
    assert [fault.about for fault in check_counted_days().faults] == [str(made.pk)]


def test_a_calendar_costs_two_small_queries(django_assert_num_queries):
    association = make.association()
    add_override(association.pk, day_off(), actor=make.officer(association), at=AT)
    calendar_for(association.pk)

    with django_assert_num_queries(2):
        calendar_for(association.pk)


def test_the_table_itself_refuses_half_a_taking_back_and_days_out_of_order():
    association = make.association()
    made = add_override(association.pk, day_off(), actor=make.officer(association), at=AT)

    for wrong in ({"taken_back_at": AT}, {"last": date(2026, 7, 1)}, {"reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Override.objects.filter(pk=made.pk).update(**wrong)


def test_two_overrides_of_one_day_are_found_by_verify():
    association = make.association()
    made = add_override(association.pk, day_off(), actor=make.officer(association), at=AT)
    assert (check_overrides().checked, check_overrides().faults) == (1, ())

    made.pk, made._state.adding = None, True
    Override.objects.bulk_create([made])

    assert [fault.code for fault in check_overrides().faults] == ["override.overlaps"]
