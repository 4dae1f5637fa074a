"""All mails of a played season, as a mail server gets them: one recipient, the right sender, no header too many."""

import re
from datetime import timedelta
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

pytestmark = pytest.mark.django_db
USUAL = {"MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "Content-Type"}
MORE = {"Content-Transfer-Encoding", "Reply-To"}


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
        for message_id, number in delivery.hand_over(later):
            delivery.attempt(UUID(message_id), number, handed_over=later)
        came = server.received

    sent = {
        f"<{row.pk}@": row for row in Message.objects.filter(channel=Channel.MAIL, state=MessageState.SENT)
    }
    assert len(came) == len(sent) > 0
    assert Message.objects.filter(channel=Channel.MAIL, state=MessageState.UNSURE).count() == 0
    name, _answers = mail_sender()
    for mail in came:
        row = sent.pop(re.match(r"<[^@]+@", mail["Message-ID"])[0])  # each once
        assert [each.addr_spec for each in mail["To"].addresses] == [row.address]
        assert [(each.display_name, each.addr_spec) for each in mail["From"].addresses] == [
            (name, settings.DEFAULT_FROM_EMAIL)
        ]
        assert USUAL <= set(mail.keys()) <= USUAL | MORE
        assert len(mail.keys()) == len(set(mail.keys()))
        assert mail.defects == []
        assert row.association_id == stage.association.pk
