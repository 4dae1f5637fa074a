"""Mail over a real connection: what is known when it breaks, and that nothing goes twice by itself."""

import socketserver
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError

from keqiao.web.audit.models import Event
from keqiao.web.notifications import delivery, mail
from keqiao.web.notifications.actions import Letter, count_as_sent, queue_mail, send_again
from keqiao.web.notifications.faults import Overtaken
from keqiao.web.notifications.ledger import Ledger
from keqiao.web.notifications.models import Message, MessageState
from keqiao.web.notifications.tasks import deliver_due
from tests.web import make
from tests.web.notifications.mail_server import mail_server

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
BY = {"role": "officer", "at": NOON}
DROP = "drop"


class _Session(socketserver.StreamRequestHandler):
    """Answers each command by its first four letters, and the end of a mail by ``.``; ``drop`` hangs up."""

    def handle(self) -> None:
        self._say(self.server.answers.get("HELO", "220 ready"))
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if not self._say(self.server.answers.get(verb, "354 go on" if verb == "DATA" else "250 ok")):
                return
            if verb == "DATA" and self.server.answers.get("DATA", "354").startswith("354"):
                while (said := self.rfile.readline()) not in (b".\r\n", b""):
                    pass
                if not said:
                    return
                self.server.taken += 1
                if not self._say(self.server.answers.get(".", "250 ok")):
                    return

    def _say(self, words: str) -> bool:
        if words != DROP:
            self.wfile.write(f"{words}\r\n".encode())
        return words != DROP


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    answers: dict[str, str]
    taken = 0


@contextmanager
def answering(settings, **answers: str):
    with Server(("127.0.0.1", 0), _Session) as server:
        server.answers = {"." if verb == "END" else verb: words for verb, words in answers.items()}
        settings.EMAIL_BACKEND = "keqiao.web.notifications.smtp.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER, settings.EMAIL_TIMEOUT = "", 5
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def put(**details: object) -> Message:
    said = {"role": "科协工作人员", "organisation": "三门峡市科协"}
    letter = Letter("account.role_granted", **{"address": "a@example.org", "variables": said, **details})
    return queue_mail(letter, key="k", at=NOON)[0]


def send_due(at: datetime = NOON) -> None:
    for message_id, number in delivery.hand_over(at):
        delivery.attempt(UUID(message_id), number, handed_over=at)


def state_of(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.fault


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "state", "fault"),
    [
        ({"END": DROP}, MessageState.UNSURE, "SMTPServerDisconnected"),
        ({"END": "451 try later"}, MessageState.QUEUED, "smtp_451"),
        ({"END": "554 no"}, MessageState.FAILED, "smtp_554"),
        ({"QUIT": DROP}, MessageState.SENT, ""),
        ({"MAIL": DROP}, MessageState.QUEUED, "SMTPServerDisconnected"),
        ({"DATA": DROP}, MessageState.QUEUED, "SMTPServerDisconnected"),
        ({"DATA": "421 closing"}, MessageState.QUEUED, "smtp_421"),
        ({"RCPT": "450 grey list"}, MessageState.QUEUED, "recipient_refused"),
        ({"RCPT": "550 nobody"}, MessageState.FAILED, "recipient_refused"),
        ({"HELO": "554 go away"}, MessageState.FAILED, "smtp_554"),
    ],
)
def test_where_a_conversation_breaks_decides_whether_a_mail_goes_again(settings, answers, state, fault):
    message = put()
    with answering(settings, **answers):
        send_due()
        assert state_of(message) == (state, fault)
        message.refresh_from_db()
        assert (message.on_wire_at is None) == (state in (MessageState.QUEUED, MessageState.FAILED))


@pytest.mark.django_db
def test_a_mail_without_an_answer_is_not_sent_again_by_itself_and_by_a_person_with_the_same_identity(
    settings,
):
    message, officer = put(), make.user()
    with answering(settings, END=DROP) as server:
        send_due()
        for hours in range(1, 5):
            deliver_due(NOON + timedelta(hours=hours))
            send_due(NOON + timedelta(hours=hours))
        assert (server.taken, state_of(message)[0]) == (1, MessageState.UNSURE)
    with mail_server() as good:
        settings.EMAIL_PORT = good.port
        send_again(message.pk, actor=officer, **BY)
        send_due()
        (came,) = good.received
    assert came["Message-ID"] == mail.message_id(message)
    assert state_of(message) == (MessageState.SENT, "")
    assert Event.objects.get(act="sent_again").actor_id == officer.pk


@pytest.mark.django_db
def test_a_worker_that_died_with_the_mail_on_the_wire_leaves_it_to_a_person():
    message = put()
    delivery.hand_over(NOON)
    Message.objects.update(attempts=1, on_wire_at=NOON)

    delivery.settle_unsure(NOON + timedelta(minutes=9))
    assert state_of(message)[0] == MessageState.QUEUED  # the lease holds: it may be at work
    later = NOON + timedelta(minutes=10)
    assert delivery.hand_over(later) == []
    delivery.settle_unsure(later)
    assert state_of(message) == (MessageState.UNSURE, delivery.NO_ANSWER)
    count_as_sent(message.pk, actor=make.user(), **BY)
    assert state_of(message) == (MessageState.SENT, "")


@pytest.mark.django_db
def test_who_was_overtaken_says_nothing_to_the_server(settings):
    message = put()
    with answering(settings) as server:
        ledger = delivery._ledger(message.pk, 1)
        Message.objects.update(attempts=2)  # the lease ran out, another worker counted its attempt
        message.refresh_from_db()
        with pytest.raises(Overtaken):
            mail.send(message, Ledger(ledger.brink, ledger.part_taken))
    assert server.taken == 0


@pytest.mark.django_db
def test_only_what_failed_or_may_have_gone_goes_again():
    message, officer = put(), make.user()
    for state in (MessageState.SENT, MessageState.CANCELLED):
        Message.objects.update(state=state, settled_at=NOON)
        with pytest.raises(ValidationError):
            send_again(message.pk, actor=officer, **BY)
    with pytest.raises(ValidationError):
        count_as_sent(message.pk, actor=officer, **BY)
    Message.objects.update(state=MessageState.FAILED, settled_at=NOON, attempts=6)
    send_again(message.pk, actor=officer, **BY)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.settled_at) == (MessageState.QUEUED, 0, None)


@pytest.mark.django_db
def test_what_held_a_secret_cannot_go_again_without_it():
    (message,) = queue_mail(
        Letter("account.password_reset", address="a@example.org", variables={"site": "s", "url": "u"}),
        key="k",
        at=NOON,
    )
    Message.objects.update(state=MessageState.FAILED, settled_at=NOON)
    with pytest.raises(ValidationError) as refused:
        send_again(message.pk, actor=make.user(), **BY)
    assert refused.value.code == "message.forgotten"
