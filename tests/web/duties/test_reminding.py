"""One letter a morning, to whoever can act then, and none twice."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from keqiao.core.workdays import SHANGHAI, last_moment
from keqiao.web.accounts.roles import Role
from keqiao.web.duties import reminding
from keqiao.web.duties.actions import move, owe, settle
from keqiao.web.duties.kinds import Owed, for_person, for_role
from keqiao.web.duties.phases import nothing_left
from keqiao.web.duties.reminding import remind_due
from keqiao.web.notifications.models import Channel, Message
from tests.web import make

OPENED = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
DUE = last_moment(datetime(2026, 3, 20).date())  # noqa: DTZ001  a day
MORNING = datetime(2026, 3, 13, 8, tzinfo=SHANGHAI)
ONE = timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]


def to_look(holder, case="7", *, at=OPENED, due=DUE, kind="tests.look"):
    """Somebody has to look at a case."""
    known = {"association_id": uuid4(), "variables": {"title": f"案卷{case}"}}
    owe(Owed(kind, f"look:{case}", ("tests.case", case), holder, at=at, due_at=due, **known))


def morning(at):
    """The rounds of a worker until nothing is left to do."""
    for _round in range(4):
        remind_due(at)


def told(account):
    """How many reminders somebody has, and what the last says."""
    mine = Message.objects.filter(recipient_id=account.pk, channel=Channel.IN_APP, template="duties.reminder")
    last = mine.order_by("queued_at").last()
    return mine.count(), last.variables["what"] if last else ""


def test_a_week_before_the_day_before_and_when_it_is_overdue():
    person = make.user()
    to_look(for_person(person.pk))

    counts = []
    for day in range(-1, 12):
        morning(MORNING + day * ONE)
        counts.append(told(person)[0])

    assert counts == [0, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3]
    assert told(person)[1] == "核对案卷7（2026年3月20日已过期）"


def test_nobody_is_told_before_eight_in_the_morning():
    person = make.user()
    to_look(for_person(person.pk))

    remind_due(MORNING - timedelta(minutes=1))

    assert told(person) == (0, "")


def test_all_of_a_morning_stands_in_one_letter():
    person = make.user()
    for case in range(8):
        to_look(for_person(person.pk), str(case))

    morning(MORNING)

    count, what = told(person)
    assert (count, what.count("案卷"), "另有 3 件" in what) == (1, 5, True)


def test_everybody_who_holds_the_role_that_morning_is_told_and_nobody_else():
    unit = make.organisation()
    first, second = make.holder(Role.ENDORSER, unit), make.holder(Role.ENDORSER, unit)
    other = make.holder(Role.APPLICANT, unit)
    to_look(for_role("endorser", unit.pk))

    morning(MORNING)

    assert [told(each)[0] for each in (first, second, other)] == [1, 1, 0]


def test_what_is_done_is_not_reminded_of_and_a_letter_that_has_not_gone_stays():
    person = make.user()
    to_look(for_person(person.pk))
    to_look(for_person(person.pk), "8", due=DUE + ONE)
    settle("tests.look", ("tests.case", "7"), at=OPENED)
    morning(MORNING)
    assert told(person) == (0, "")

    morning(MORNING + ONE)
    assert (told(person)[0], nothing_left(str(person.pk))) == (1, "")
    settle("tests.look", ("tests.case", "8"), at=MORNING + ONE)
    assert nothing_left(str(person.pk)) == "case_moved_on"


def test_a_date_that_moved_is_reminded_of_anew():
    person = make.user()
    to_look(for_person(person.pk))
    morning(MORNING)

    move("tests.look", ("tests.case", "7"), DUE + 7 * ONE, at=MORNING)
    morning(MORNING + 6 * ONE)
    assert told(person)[0] == 1
    morning(MORNING + 7 * ONE)
    assert told(person)[0] == 2


def test_what_lapses_is_never_called_overdue_and_what_arose_today_was_told_by_its_act():
    person = make.user()
    to_look(for_person(person.pk), "sheet", kind="tests.sheet", due=MORNING - ONE)
    to_look(for_person(person.pk), "new", at=MORNING - timedelta(hours=1))

    morning(MORNING)

    assert told(person) == (0, "")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_between_two_people_leaves_nobody_out_and_tells_nobody_twice(monkeypatch):
    people = [make.user() for _ in range(3)]
    with transaction.atomic():
        for number, person in enumerate(people):
            to_look(for_person(person.pk), str(number))
    queue, letters = reminding.queue, []

    def queue_and_die(letter, **occasion):
        letters.append(queue(letter, **occasion))
        if len(letters) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(reminding, "queue", queue_and_die)
    with pytest.raises(KeyboardInterrupt):
        remind_due(MORNING)
    assert sum(told(person)[0] for person in people) == 1

    morning(MORNING)

    assert [told(person)[0] for person in people] == [1, 1, 1]
