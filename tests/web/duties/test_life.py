"""A duty is opened once, moved, closed by the fact, and seen by whoever has to do it."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from keqiao.core.lifecycle.duty import DutyState
from keqiao.web.accounts.roles import Role
from keqiao.web.duties.actions import move, owe, settle
from keqiao.web.duties.kinds import Owed, for_person, for_role, for_roles
from keqiao.web.duties.models import Duty
from keqiao.web.duties.queries import count_for, waiting_for
from tests.web import make

AT = datetime(2026, 3, 2, 9, tzinfo=make.LONG_AGO.tzinfo)
LATER = AT + timedelta(days=10)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]


def owed(holder, case="7", **details):
    """A duty to look at a case."""
    given = {"kind": "tests.look", "association_id": uuid4(), "variables": {"title": "案卷"}, **details}
    return Owed(key=f"look:{case}", about=("tests.case", case), holder=holder, at=AT, **given)


def lines(viewer, at=AT):
    return [(line.title, line.address, line.state) for line in waiting_for(viewer, at).lines]


def test_what_is_owed_waits_for_its_person_until_it_is_done():
    person, other = make.user(), make.user()

    owe(owed(for_person(person.pk)))

    assert lines(person) == [("核对案卷", "/cases/7/", DutyState.DUE)]
    assert lines(other) == []
    assert settle("tests.look", ("tests.case", "7"), at=AT, fact="looked") == 1
    assert lines(person) == []
    assert settle("tests.look", ("tests.case", "7"), at=AT) == 0


def test_owing_the_same_twice_makes_one_duty_and_after_it_was_done_a_new_one():
    person = make.user()
    for _ in range(2):
        owe(owed(for_person(person.pk)))
    assert Duty.objects.count() == 1

    settle("tests.look", ("tests.case", "7"), at=AT)
    owe(owed(for_person(person.pk)))

    assert Duty.objects.count() == 2
    assert count_for(person, AT) == 1


def test_a_duty_of_a_role_follows_changes_of_staff():
    unit, elsewhere = make.organisation(), make.organisation()
    before, stranger = make.holder(Role.ENDORSER, unit), make.holder(Role.ENDORSER, elsewhere)
    owe(owed(for_role("endorser", unit.pk)))

    after = make.holder(Role.ENDORSER, unit)

    assert [len(lines(each)) for each in (before, after, stranger)] == [1, 1, 0]


def test_who_holds_two_of_the_roles_sees_the_thing_once_and_one_of_them_does_it():
    unit = make.organisation()
    both, one = make.holder(Role.APPLICANT, unit), make.holder(Role.UNIT_ADMIN, unit)
    make.role_of(both, Role.UNIT_ADMIN, unit)
    owe(owed(for_roles(("applicant", "unit_admin"), unit.pk)))

    assert [(len(lines(each)), count_for(each, AT)) for each in (both, one)] == [(1, 1), (1, 1)]
    settle("tests.look", ("tests.case", "7"), at=AT)
    assert [count_for(each, AT) for each in (both, one)] == [0, 0]


def test_whoever_must_not_do_it_does_not_see_it():
    unit = make.organisation()
    asked, second = make.holder(Role.LEADER, unit), make.holder(Role.LEADER, unit)

    owe(owed(for_role("leader", unit.pk), except_id=asked.pk))

    assert [len(lines(each)) for each in (asked, second)] == [0, 1]


def test_dates_come_first_and_a_moved_date_is_an_extension():
    person = make.user()
    owe(owed(for_person(person.pk), case="undated"))
    owe(owed(for_person(person.pk), case="dated", due_at=LATER))
    assert [line.duty.about_id for line in waiting_for(person, AT).lines] == ["dated", "undated"]

    assert move("tests.look", ("tests.case", "dated"), LATER + timedelta(days=1), at=AT) == 1

    assert [line.state for line in waiting_for(person, AT).lines] == [DutyState.EXTENDED, DutyState.DUE]
    assert [line.state for line in waiting_for(person, LATER + timedelta(days=2)).lines] == [
        DutyState.OVERDUE,
        DutyState.DUE,
    ]


def test_a_kind_that_lapses_is_over_with_its_date_and_one_that_begins_later_waits():
    person = make.user()
    owe(owed(for_person(person.pk), kind="tests.sheet", due_at=LATER))
    owe(owed(for_person(person.pk), case="8", begins_at=LATER))

    assert [line.duty.about_id for line in waiting_for(person, AT).lines] == ["7"]
    assert [line.duty.about_id for line in waiting_for(person, LATER + timedelta(1)).lines] == ["8"]


def test_many_of_a_kind_stand_in_one_line_with_the_earliest_date(django_assert_num_queries):
    person = make.user()
    for number in range(7):
        owe(owed(for_person(person.pk), case=str(number), due_at=LATER + timedelta(days=number)))
    list(person.grants_at(AT))

    with django_assert_num_queries(1):
        waiting = waiting_for(person, AT)

    assert waiting.lines == ()
    assert [(each.count, each.until, each.overdue) for each in waiting.together] == [(7, LATER, 0)]
    assert waiting.count == 7


@pytest.mark.parametrize(
    ("details", "fault"),
    [({"kind": "tests.unknown"}, LookupError), ({"variables": {}}, ValueError)],
)
def test_what_no_room_names_and_words_with_a_gap_are_refused(details, fault):
    with pytest.raises(fault):
        owe(owed(for_person(uuid4()), **details))
    assert Duty.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_duty_is_opened_inside_the_transaction_of_its_act_and_goes_with_it():
    with pytest.raises(RuntimeError):
        owe(owed(for_person(uuid4())))

    with pytest.raises(ZeroDivisionError):
        act_that_fails()

    assert Duty.objects.count() == 0


@transaction.atomic
def act_that_fails():
    owe(owed(for_person(uuid4())))
    raise ZeroDivisionError
