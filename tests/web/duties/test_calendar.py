"""The calendar of a person holds what the person has to do, and nothing of others, as other programs read it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from keqiao.core.workdays import last_moment
from keqiao.web.accounts.roles import Role
from keqiao.web.duties.actions import move, owe, settle
from keqiao.web.duties.kinds import Owed, for_person, for_role
from tests.web import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
DAY = date(2036, 3, 20)


def to_look(case, holder, *, at, **details):
    """Somebody has to look at a case."""
    given = {"due_at": last_moment(DAY), **details}
    known = {"association_id": uuid4(), "variables": {"title": f"案卷{case}"}}
    owe(Owed("tests.look", f"look:{case}", ("tests.case", case), holder, at=at, **known, **given))


def address_of(client, account):
    """Make a secret address for a person and return it."""
    client.force_login(account)
    client.post(reverse("notifications:calendar_renew"))
    whole = client.get(reverse("notifications:choices")).context["calendar"]
    client.logout()
    return "/calendar/" + whole.partition("/calendar/")[2]


def read(client, address):
    """The events by what they are called: day, status, sequence."""
    answer = client.get(address)
    assert answer.status_code == 200
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return {
        str(each["SUMMARY"]): (each.decoded("DTSTART"), str(each["STATUS"]), int(each["SEQUENCE"]))
        for each in events
    }


def test_everybody_reads_the_own_duties_and_those_of_the_own_roles_and_no_others(client):
    unit, at = make.organisation(), timezone.now()
    endorser, person = make.holder(Role.ENDORSER, unit), make.user()
    to_look("1", for_person(person.pk), at=at)
    to_look("2", for_role("endorser", unit.pk), at=at)
    to_look("3", for_role("endorser", make.organisation().pk), at=at)
    to_look("4", for_role("endorser", unit.pk), at=at, except_id=endorser.pk)
    to_look("5", for_person(person.pk), at=at, due_at=None)

    assert read(client, address_of(client, person)) == {"核对案卷1": (DAY, "CONFIRMED", 0)}
    assert read(client, address_of(client, endorser)) == {"核对案卷2": (DAY, "CONFIRMED", 0)}


def test_a_moved_date_is_a_later_sequence_and_what_is_done_is_crossed_out(client):
    person, at = make.user(), timezone.now() - timedelta(days=3)
    to_look("1", for_person(person.pk), at=at)
    address, case = address_of(client, person), ("tests.case", "1")
    before = client.get(address)
    assert read(client, address) == {"核对案卷1": (DAY, "CONFIRMED", 0)}

    move("tests.look", case, last_moment(DAY + timedelta(days=1)), at=at + timedelta(days=1))
    assert read(client, address) == {"核对案卷1": (DAY + timedelta(days=1), "CONFIRMED", 86_400)}
    settle("tests.look", case, at=at + timedelta(days=2))
    assert read(client, address) == {"核对案卷1": (DAY + timedelta(days=1), "CANCELLED", 2 * 86_400)}

    after = client.get(address)
    [first], [last] = (Calendar.from_ical(each.content).walk("VEVENT") for each in (before, after))
    assert (first["UID"], str(first["DESCRIPTION"])) == (last["UID"], "不核对就不能发布")
    assert str(first["URL"]).endswith("/cases/1/")


def test_what_was_done_long_ago_is_gone_and_a_role_that_ended_shows_nothing(client):
    unit, at = make.organisation(), timezone.now() - timedelta(days=30)
    endorser = make.holder(Role.ENDORSER, unit)
    to_look("1", for_role("endorser", unit.pk), at=at)
    to_look("2", for_person(endorser.pk), at=at)
    settle("tests.look", ("tests.case", "2"), at=at + timedelta(days=1))
    address = address_of(client, endorser)
    assert list(read(client, address)) == ["核对案卷1"]

    endorser.grants.update(valid_until=timezone.now())

    assert read(client, address) == {}


def test_everybody_has_an_address_of_their_own_that_does_not_follow_from_the_account(client):
    one, other = make.user(), make.user()

    assert len({address_of(client, account) for account in (one, other)}) == 2
    assert client.get(reverse("notifications:calendar", args=[one.pk.hex])).status_code == 404
