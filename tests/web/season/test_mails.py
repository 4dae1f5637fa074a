"""All mails of a played season, as a mail server gets them: one recipient, the right sender, no header too many."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_string, policy
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from keqiao.web.notifications import delivery
from keqiao.web.notifications.models import Channel, Message, MessageState
from keqiao.web.parties.profile.site import mail_sender
from keqiao.web.parties.queries import local_day
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.playing import play
from keqiao.web.season.world import Size
from tests.web.notifications.mail_server import mail_server
from tests.web.season import ground

USUAL = {"MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "Content-Type"}
MORE = {"Content-Transfer-Encoding", "Reply-To"}

Envelope = tuple[str, list[str]]
Sender = tuple[str, str]


def faults_in(mail: EmailMessage, envelope: Envelope, row: Any, sender: Sender) -> Iterator[str]:
    """Yield what is wrong with a mail, given the row of the outbox it was made from and who may send it."""
    if mail.defects:
        yield "it cannot be read"
        return
    senders = [(each.display_name, each.addr_spec) for each in mail["From"].addresses]
    if envelope[1] != [row.address]:
        yield "the server was told another recipient"
    if [each.addr_spec for each in mail["To"].addresses] != [row.address]:
        yield "it names another recipient"
    if senders != [sender] or envelope[0] != sender[1]:
        yield "another sender"
    if not USUAL <= set(mail.keys()) <= USUAL | MORE:
        yield "a header too many or too few"
    if len(mail.keys()) != len(set(mail.keys())):
        yield "a header twice"


def by_message_id(mail: EmailMessage) -> UUID:
    """The row that a mail was made from."""
    return UUID(re.match(r"<([^@]+)@", mail["Message-ID"])[1])


@pytest.mark.django_db
def test_every_mail_of_a_season_has_one_recipient_and_the_headers_that_it_should(settings):
    settings.DEMONSTRATION = True
    stage = ground.stage("sanmenxia")
    world = draw_world(
        stage.ground, Size(units=20, log_ins=1, applications=6), day=local_day(stage.at), seed=11
    )
    play(world, stage.association, at=stage.at, password="keqiao-demonstration")
    later = stage.at + timedelta(days=1)
    with mail_server() as server:
        settings.EMAIL_BACKEND = "keqiao.web.notifications.smtp.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        while handed_over := delivery.hand_over(later):
            for message_id, number in handed_over:
                delivery.attempt(UUID(message_id), number, handed_over=later)

    mails = Message.objects.filter(channel=Channel.MAIL)
    over = mails.filter(state=MessageState.CANCELLED)  # what it was about was over the day after
    rows = mails.exclude(pk__in=over).in_bulk()
    assert {row.state for row in rows.values()} == {MessageState.SENT}
    assert {row.association_id for row in rows.values()} == {stage.association.pk}
    assert sorted(map(by_message_id, server.received)) == sorted(rows)  # each once, and none missing
    sender = (mail_sender()[0], settings.DEFAULT_FROM_EMAIL)
    came = zip(server.received, server.envelopes, strict=True)
    found = {
        mail["Message-ID"]: faults
        for mail, envelope in came
        if (faults := list(faults_in(mail, envelope, rows[by_message_id(mail)], sender)))
    }
    assert found == {}


SENDER = ("科桥", "keqiao@example.org")
SOUND = """\
MIME-Version: 1.0
Subject: hello
From: =?utf-8?b?56eR5qGl?= <keqiao@example.org>
To: reader@example.org
Date: Mon, 02 Mar 2026 09:00:00 +0800
Message-ID: <7@example.org>
Auto-Submitted: auto-generated
Content-Type: text/plain; charset="utf-8"

words
"""
RIGHT = ("keqiao@example.org", ["reader@example.org"])


@pytest.mark.parametrize(
    ("before", "after", "envelope", "fault"),
    [
        ("", "", (RIGHT[0], [*RIGHT[1], "other@example.org"]), ["the server was told another recipient"]),
        ("To: reader", "To: other@example.org, reader", RIGHT, ["it names another recipient"]),
        ("<keqiao@", "<office@", RIGHT, ["another sender"]),
        ("", "", ("office@example.org", RIGHT[1]), ["another sender"]),
        ("Subject: hello", "Subject: hello\nBcc: all@example.org", RIGHT, ["a header too many or too few"]),
        ("Auto-Submitted: auto-generated\n", "", RIGHT, ["a header too many or too few"]),
        ("Subject: hello", "Subject: hello\nSubject: more", RIGHT, ["a header twice"]),
        (
            "Subject: hello",
            "Subject: hello\nno header",
            RIGHT,
            ["it cannot be read"],
        ),
        ("", "", RIGHT, []),
    ],
)
def test_a_mail_with_a_fault_is_found(before, after, envelope, fault):
    mail = message_from_string(SOUND.replace(before, after, 1), policy=policy.default)
    row = SimpleNamespace(address="reader@example.org")

    assert list(faults_in(mail, envelope, row, SENDER)) == fault
