"""Messages wait for their commit, go to one recipient each, once, and fail in the open."""

import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.db.models import Q

from keqiao.readers.letters import fill, letter_templates, template_from
from keqiao.web.notifications import delivery
from keqiao.web.notifications.actions import Letter, cancel_about, mark_all_read, mark_read, queue, queue_mail
from keqiao.web.notifications.models import Channel, Message, MessageState
from keqiao.web.notifications.queries import notice_from, unread_count, visible_to
from keqiao.web.notifications.tasks import deliver_due
from tests.web import make

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
SITE = {"site": "https://keqiao.example"}


def letter(**details: object) -> Letter:
    wanted = {"template": "account.unknown", "address": "a@example.org", "variables": SITE, **details}
    return Letter(**wanted)


def put(key: str = "k", at: datetime = NOON, **details: object) -> Message:
    (message,) = queue_mail(letter(**details), key=key, at=at)
    return message


def send_due(at: datetime = NOON) -> None:
    for message_id, number in delivery.hand_over(at):
        delivery.attempt(message_id, number, handed_over=at)


@pytest.mark.django_db
def test_a_message_goes_to_one_recipient_and_carries_the_configured_sender():
    message = put()
    send_due()

    (sent,) = mail.outbox
    assert sent.recipients() == ["a@example.org"]
    assert sent.extra_headers["Message-ID"].startswith(f"<{message.pk}@")
    assert sent.subject == "科桥没有使用本邮箱的账号"
    message.refresh_from_db()
    assert (message.state, message.attempts, message.leased_until) == (MessageState.SENT, 1, None)


@pytest.mark.django_db
def test_the_same_occasion_queues_one_message():
    assert put(key="once") == put(key="once")
    assert put(key="twice") != put(key="once")
    assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_message_of_an_act_that_rolled_back_never_existed():
    def act() -> None:
        with transaction.atomic():
            queue(letter(), key="k", at=NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_message_outside_the_transaction_of_its_act_is_refused():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        queue(letter(), key="k", at=NOON)


@pytest.mark.django_db
def test_what_is_handed_over_is_not_handed_over_again_until_its_lease_runs_out():
    put()
    assert len(delivery.hand_over(NOON)) == 1
    assert delivery.hand_over(NOON + timedelta(minutes=9)) == []
    assert len(delivery.hand_over(NOON + timedelta(minutes=10))) == 1


@pytest.mark.django_db
def test_an_attempt_that_runs_twice_sends_once():
    put()
    ((message_id, number),) = delivery.hand_over(NOON)
    delivery.attempt(message_id, number, handed_over=NOON)
    delivery.attempt(message_id, number, handed_over=NOON)
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_failed_attempt_waits_longer_each_time_and_gives_up_after_the_sixth(monkeypatch):
    message = put()

    def down(_mail: object) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    at = NOON
    for pause in delivery.PAUSES:
        send_due(at)
        message.refresh_from_db()
        assert message.due_at == at + pause
        at = message.due_at
    send_due(at)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.fault) == (
        MessageState.FAILED,
        6,
        "SMTPServerDisconnected",
    )


@pytest.mark.django_db
def test_a_refused_recipient_is_not_tried_again(monkeypatch):
    message = put()

    def refused(_mail: object) -> None:
        raise smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refused)
    send_due()
    message.refresh_from_db()
    assert (message.state, message.fault) == (MessageState.FAILED, "recipient_refused")


@pytest.mark.django_db
def test_the_secret_of_a_mail_is_wiped_once_it_has_gone():
    variables = {**SITE, "url": "https://keqiao.example/reset/abc"}
    message = put(template="account.password_reset", variables=variables)
    send_due()
    assert "https://keqiao.example/reset/abc" in mail.outbox[0].body
    message.refresh_from_db()
    assert message.variables == {**SITE, "url": ""}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "details",
    [
        {"address": "a@example.org\nBcc: b@example.org"},
        {"address": "a@example.org\r\n"},
        {"address": "no address"},
        {"variables": {"site": "x\x00y"}},
        {"variables": {"site": 1}},
        {"variables": {}},
        {"variables": {**SITE, "more": "x"}},
        {"template": "account.none"},
        {"encloses": (("nobody.makes_this", "1"),)},
        {"address": ""},
    ],
)
def test_a_letter_that_could_forge_a_header_or_does_not_fit_is_refused(details):
    with pytest.raises(ValueError, match=r"account\.|neither"):
        queue(letter(**details), key="k", at=NOON)
    assert Message.objects.count() == 0


def test_a_value_is_never_read_as_a_placeholder():
    assert fill("{a} {b}", {"a": "{b}", "b": "{a.__class__}"}) == "{b} {a.__class__}"
    assert fill("{a.__class__} {A} {}", {"a": "x"}) == "{a.__class__} {A} {}"


def test_every_message_says_the_same_in_both_languages():
    assert letter_templates()
    entry = {
        "variables": ["a"],
        "zh": {"subject": "{a}", "text": "一"},
        "en": {"subject": "one", "text": "one"},
    }
    with pytest.raises(ValueError, match=r"\(en\): uses \[\], declares \['a'\]"):
        template_from("x", entry)


@pytest.mark.django_db
def test_what_waits_about_a_case_can_be_taken_back():
    about = ("programmes.call", "1")
    gone, waiting = put(key="1", about=about), put(key="2", about=about)
    Message.objects.filter(pk=gone.pk).update(state=MessageState.SENT, settled_at=NOON)
    assert cancel_about(*about, at=NOON) == 1
    waiting.refresh_from_db()
    assert waiting.state == MessageState.CANCELLED
    send_due()
    assert mail.outbox == []


@pytest.mark.django_db
def test_everybody_reads_only_their_own_messages():
    mine, other = make.user(), make.user()
    for number, person in enumerate((mine, mine, other)):
        queue(letter(recipient_id=person.pk, address=""), key=str(number), at=NOON)
    theirs = Message.objects.get(recipient_id=other.pk)

    assert (unread_count(mine), unread_count(other)) == (2, 1)
    assert mark_read(mine.pk, [theirs.pk, visible_to(mine).first().pk], at=NOON) == 1
    assert (unread_count(mine), unread_count(other)) == (1, 1)
    assert mark_all_read(mine.pk, at=NOON) == 1
    notice = notice_from(theirs, "en")
    assert notice.subject == "No Keqiao account uses this address"


@pytest.mark.django_db
def test_a_letter_with_recipient_and_address_goes_both_ways():
    person = make.user()
    queue(letter(recipient_id=person.pk), key="k", at=NOON)
    assert set(Message.objects.values_list("channel", "state")) == {
        (Channel.IN_APP, MessageState.SENT),
        (Channel.MAIL, MessageState.QUEUED),
    }


@pytest.mark.django_db
def test_the_worker_enqueues_each_due_message_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    put(key="1")
    put(key="2", at=NOON + timedelta(hours=1))
    deliver_due(NOON)
    deliver_due(NOON)
    assert len(mail.outbox) == 1
    assert Message.objects.filter(~Q(state=MessageState.SENT)).count() == 1


@pytest.mark.django_db
def test_a_key_longer_than_the_column_is_refused_on_every_engine():
    with transaction.atomic(), pytest.raises(ValueError, match="at most 120 characters"):
        queue(letter(), key="k" * 120, at=NOON)


@pytest.mark.django_db
def test_a_paper_that_no_room_makes_any_more_is_missing_at_once():
    message = put()
    Message.objects.filter(pk=message.pk).update(encloses=[["nobody.makes_this", "1"]])
    send_due()
    (sent,) = mail.outbox
    message.refresh_from_db()
    assert (sent.attachments, message.state, message.fault) == ([], MessageState.SENT, delivery.NOT_ENCLOSED)
