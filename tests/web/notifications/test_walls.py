"""Whose messages the database itself shows: those in an association's name, and everybody's own."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection

from keqiao.core.workdays import SHANGHAI
from keqiao.web.accounts.roles import Role
from keqiao.web.config.middleware.viewer_scope import scope_of
from keqiao.web.notifications.actions import cancel_about, mark_read, queue, queue_code, queue_new
from keqiao.web.notifications.letters import Letter
from keqiao.web.notifications.models import Channel, Message, MessageState
from keqiao.web.notifications.queries import outbox_for, visible_to
from keqiao.web.scope import NOBODY, PROGRAM, working_as
from tests.web import make

AT = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
CASE = "tests.case"
WORDS = {"title": "果园里的科普课堂", "number": "7", "until": "2026-03-09", "url": "https://kq.example/1"}
BOTH = (Channel.IN_APP, Channel.MAIL)

pytestmark = pytest.mark.django_db
on_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite has no row-level security; queries alone keep rows apart",
)


def tell(recipient, association_id, case):
    """Somebody is told of a case, in the site and by mail."""
    about = (CASE, case)
    letter = Letter(
        "application.returned",
        address=recipient.email,
        recipient_id=recipient.pk,
        association_id=association_id,
        language="zh-hans",
        variables=WORDS,
        about=about,
    )
    return queue(letter, key=case, at=AT, channels=BOTH)


@pytest.fixture
def world():
    """Two cities with their officers, an applicant of the first, the system administrator; each was told something."""
    city, other = make.association(), make.association()
    people = {
        "officer": make.officer(city),
        "elsewhere": make.officer(other),
        "applicant": make.holder(Role.APPLICANT, make.organisation()),
        "stranger": make.holder(Role.APPLICANT, make.organisation()),
        "admin": make.holder(Role.SYSTEM_ADMIN),
    }
    tell(people["applicant"], city.pk, "of the city")
    tell(people["elsewhere"], other.pk, "of the other city")
    tell(people["applicant"], None, "of the installation")
    return people


def read(viewer):
    """The cases in the inbox and in the outbox of somebody, as the pages read them."""
    with working_as(scope_of(viewer, AT)):
        inbox = set(visible_to(viewer).values_list("about_id", flat=True))
        return inbox, set(outbox_for(viewer, AT).values_list("about_id", flat=True))


def let_through(scope):
    """What the wall lets through where a filter was forgotten: case and channel."""
    with working_as(scope):
        return sorted(Message.objects.values_list("about_id", "channel"))


def rows_of(case):
    """All messages about a case, as the program itself reads them."""
    with working_as(PROGRAM):
        return list(Message.objects.filter(about_id=case))


def both(*cases):
    return sorted((case, channel.value) for case in cases for channel in BOTH)


def test_pages_show_the_own_inbox_and_the_outbox_that_one_keeps(world):
    assert {name: read(viewer) for name, viewer in world.items()} == {
        "officer": (set(), {"of the city"}),
        "elsewhere": ({"of the other city"}, {"of the other city"}),
        "applicant": ({"of the city", "of the installation"}, set()),
        "stranger": (set(), set()),
        "admin": (set(), {"of the installation"}),
    }


@on_postgres
def test_behind_the_queries_stands_a_wall(world):
    assert {name: let_through(scope_of(viewer, AT)) for name, viewer in world.items()} == {
        "officer": both("of the city"),
        "elsewhere": both("of the other city"),
        "applicant": both("of the city", "of the installation"),
        "stranger": [],
        "admin": both("of the installation"),
    }
    assert let_through(NOBODY) == []


@on_postgres
def test_nobody_changes_or_deletes_what_others_are_told(world):
    for name in ("elsewhere", "stranger", "applicant"):
        with working_as(scope_of(world[name], AT)):
            assert Message.objects.filter(about_id="of the city").delete()[0] == 0
    with working_as(scope_of(world["stranger"], AT)):
        assert Message.objects.update(read_at=AT) == 0
        assert mark_read(world["applicant"].pk, [row.pk for row in rows_of("of the city")], at=AT) == 0

    assert [row.read_at for row in rows_of("of the city")] == [None, None]


@on_postgres
def test_one_marks_the_own_messages_in_the_site_and_not_the_mail(world):
    with working_as(scope_of(world["applicant"], AT)):
        assert Message.objects.update(read_at=AT) == 2

    assert set(Message.objects.exclude(read_at=None).values_list("channel", flat=True)) == {"in_app"}


def test_whoever_acts_tells_others_and_takes_back_what_waits(world):
    city = Message.objects.filter(about_id="of the city").first().association_id
    with working_as(scope_of(world["stranger"], AT)):
        first = tell(world["officer"], city, "told by a stranger")
        again = tell(world["officer"], city, "told by a stranger")
    assert [message.pk for message in again] == [message.pk for message in first]
    assert read(world["officer"])[0] == {"told by a stranger"}

    with working_as(scope_of(world["stranger"], AT)):
        assert cancel_about(CASE, "told by a stranger", at=AT) == 1
    assert Message.objects.get(pk=first[1].pk).state == MessageState.CANCELLED


def test_a_code_goes_to_somebody_who_is_not_signed_in_and_letters_go_in_one_statement():
    person = make.user()
    letter = Letter("application.returned", address=person.email, language="zh-hans", variables=WORDS)
    with working_as(NOBODY):
        [kept] = queue_code(letter, key=str(uuid4()), at=AT)
        [unsent] = queue_code(letter, key=str(uuid4()), at=AT, send=False)
        queue_new([letter, letter], key=str(uuid4()), at=AT)

    states = dict(Message.objects.values_list("pk", "state"))
    assert (states[kept.pk], states[unsent.pk], len(states)) == ("queued", "cancelled", 4)
