"""All mails of a played season, as a mail server gets them: one recipient, the right sender, no header too many."""

from datetime import timedelta
from email import message_from_string, policy
from types import SimpleNamespace

import pytest

from keqiao.web.parties.queries import local_day
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.playing import play
from keqiao.web.season.world import Size
from tests.web.season import ground
from tests.web.season.mails import faults_in, sent, told_in


@pytest.mark.django_db
def test_every_mail_of_a_season_has_one_recipient_and_the_headers_that_it_should(settings):
    settings.DEMONSTRATION = True
    stage = ground.stage("sanmenxia")
    world = draw_world(
        stage.ground, Size(units=20, log_ins=1, applications=6), day=local_day(stage.at), seed=11
    )
    play(world, stage.association, at=stage.at, password="keqiao-demonstration")
    hidden = {each.phone: "" for each in world.people}

    found = sent(stage.association, stage.at + timedelta(days=1), settings.DEFAULT_FROM_EMAIL, hidden)

    assert found.mails > len(world.applications)
    assert (found.faults, found.missing) == ({}, [])


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


def test_a_mail_that_tells_what_is_hidden_is_found():
    mail = message_from_string(SOUND, policy=policy.default)

    assert list(told_in(mail, {"words": "", "hello": "", "others": ""})) == [
        "it tells words",
        "it tells hello",
    ]
    assert list(told_in(mail, {"words": "reader@example.org"})) == []
