"""Deliveries on their way: signed, to the address that was looked at, again after a failure, given up honestly."""

import json
import socket
import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from keqiao.web.api import actions, delivery, posting, reaching
from keqiao.web.api.kinds import Kind
from keqiao.web.api.models import Delivery, Webhook
from keqiao.web.api.tasks import tell_due
from tests.web.api.listening import HOST, certificate, listening
from tests.web.api.test_signing import verified
from tests.web.applications import makers

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def pem(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("pem"))


@pytest.fixture
def receiver(pem, settings, monkeypatch):
    """A receiver on this machine, under the name of the list; its certificate is one that the system trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with listening(pem) as told:
        settings.WEBHOOK_HOSTS = [f"{HOST}:{told.port}"]
        monkeypatch.setattr(reaching, "resolved", lambda _target: ["127.0.0.1"])
        monkeypatch.setattr(reaching, "is_public", lambda address: address == "127.0.0.1")
        yield told


@pytest.fixture
def keeper():
    return makers.applicant(makers.unit())


def set_up(keeper, receiver):
    unit = next(iter(keeper.organisations_as("applicant", timezone.now())))
    wanted = actions.NewWebhook(unit, "业务系统", receiver.url, frozenset({Kind.SUBMITTED}))
    return actions.set_up(wanted, actor=keeper, at=timezone.now())


def trial(keeper, receiver):
    """A delivery that waits, and the secret of its address."""
    made = set_up(keeper, receiver)
    return actions.try_out(made.webhook.pk, actor=keeper, at=timezone.now()), made.secret


def tell(now):
    """One round of the worker."""
    for pk, number in delivery.hand_over(now):
        delivery.attempt(pk, number, handed_over=now)


def told_at(row, now):
    tell(now)
    row.refresh_from_db()
    return row


def test_a_delivery_arrives_signed_under_its_id(receiver, keeper):
    row, secret = trial(keeper, receiver)

    told_at(row, timezone.now())

    (came,) = receiver.received
    assert came.path == "/keqiao?from=1"
    assert came.headers["host"] == f"{HOST}:{receiver.port}"
    assert came.headers["content-type"] == "application/json"
    assert came.headers["webhook-id"] == str(row.pk)
    assert abs(int(came.headers["webhook-timestamp"]) - time.time()) < 60
    assert verified(secret, came.headers, came.body)
    assert not verified(secret, came.headers, came.body + b" ")
    assert json.loads(came.body)["type"] == "webhook.trial"
    assert (row.state, row.attempts, row.fault) == ("sent", 1, "")


def test_the_worker_hands_over_what_is_due(receiver, keeper, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    row, _secret = trial(keeper, receiver)

    tell_due(timezone.now())

    row.refresh_from_db()
    assert (row.state, len(receiver.received)) == ("sent", 1)


def test_a_delivery_that_was_handed_over_is_not_handed_over_again(receiver, keeper):
    row, _secret = trial(keeper, receiver)
    now = timezone.now()

    (first,) = delivery.hand_over(now)
    assert delivery.hand_over(now) == []
    delivery.attempt(*first, handed_over=now)
    delivery.attempt(*first, handed_over=now)

    assert first == (str(row.pk), 1)
    assert len(receiver.received) == 1


def test_a_refusal_is_tried_again_later_under_the_same_id(receiver, keeper):
    row, _secret = trial(keeper, receiver)
    receiver.answer = lambda _came: 404 if len(receiver.received) == 1 else 200
    now = timezone.now()

    told_at(row, now)
    assert (row.state, row.fault, row.due_at, row.may_have_gone) == (
        "queued",
        "http_404",
        now + timedelta(minutes=1),
        False,
    )
    tell(now + timedelta(seconds=59))
    assert len(receiver.received) == 1
    told_at(row, now + timedelta(minutes=1))

    assert (row.state, row.attempts) == ("sent", 2)
    assert {each.headers["webhook-id"] for each in receiver.received} == {str(row.pk)}
    row.webhook.refresh_from_db()
    assert (row.webhook.failing_since, row.webhook.rests_until) == (None, None)


def test_redirects_are_not_followed(receiver, keeper):
    row, _secret = trial(keeper, receiver)
    receiver.answer = lambda _came: 307
    receiver.more_headers = {"Location": f"https://{HOST}:{receiver.port}/elsewhere"}

    told_at(row, timezone.now())

    assert [each.path for each in receiver.received] == ["/keqiao?from=1"]
    assert row.fault == "http_307"


@pytest.mark.parametrize(
    ("answer", "state", "fault"), [(403, "failed", "http_403"), (None, "unsure", "no_answer")]
)
def test_what_is_given_up_says_whether_it_may_have_arrived(receiver, keeper, answer, state, fault):
    row, _secret = trial(keeper, receiver)
    receiver.answer = lambda _came: answer
    now = timezone.now()

    for pause in (timedelta(), *delivery.PAUSES):
        now += pause
        told_at(row, now)

    assert (row.state, row.fault, row.attempts) == (state, fault, 1 + len(delivery.PAUSES))
    assert len(receiver.received) == row.attempts
    told_at(row, now + timedelta(days=9))
    assert len(receiver.received) == row.attempts


def test_what_a_dead_worker_left_on_the_wire_goes_again_with_a_note(receiver, keeper):
    row, _secret = trial(keeper, receiver)
    now = timezone.now()
    delivery.hand_over(now)
    Delivery.objects.update(attempts=1, on_wire_at=now)  # as a worker leaves it that is killed there

    tell(now + timedelta(minutes=1))
    assert receiver.received == []
    told_at(row, now + delivery.LEASE)

    assert (row.state, row.attempts, row.may_have_gone) == ("sent", 2, True)
    assert len(receiver.received) == 1


def test_an_address_that_fails_rests_with_all_that_waits_for_it(receiver, keeper):
    row, _secret = trial(keeper, receiver)
    for _each in range(4):
        actions.try_out(row.webhook_id, actor=keeper, at=timezone.now())
    receiver.answer = lambda _came: 500
    now = timezone.now()

    tell(now)

    assert len(receiver.received) == 1
    assert Delivery.objects.filter(state="queued").count() == 5


def test_after_days_of_failure_the_address_is_disabled(receiver, keeper):
    row, _secret = trial(keeper, receiver)
    receiver.answer = lambda _came: 500
    now = timezone.now()
    told_at(row, now)
    Webhook.objects.update(failing_since=now - delivery.LONG + timedelta(minutes=5))
    told_at(row, now + timedelta(minutes=1))
    row.webhook.refresh_from_db()
    assert row.webhook.disabled_at is None

    told_at(row, now + timedelta(minutes=6))

    row.webhook.refresh_from_db()
    assert row.webhook.disabled_at == now + timedelta(minutes=6)
    assert (row.state, row.fault) == ("unsure", "disabled")
    with pytest.raises(Webhook.DoesNotExist):
        actions.redeliver(row.pk, actor=keeper, at=timezone.now())
    actions.enable(row.webhook_id, actor=keeper, at=timezone.now())
    receiver.answer = lambda _came: 200
    actions.redeliver(row.pk, actor=keeper, at=timezone.now())
    assert told_at(row, timezone.now()).state == "sent"


def test_an_address_that_says_it_is_gone_is_disabled_at_once(receiver, keeper):
    row, _secret = trial(keeper, receiver)
    receiver.answer = lambda _came: 410

    told_at(row, timezone.now())

    row.webhook.refresh_from_db()
    assert (row.webhook.disabled_at is not None, row.state) == (True, "failed")


def test_a_name_that_turns_inside_after_it_was_set_up_is_not_called(receiver, keeper, monkeypatch):
    row, _secret = trial(keeper, receiver)
    monkeypatch.undo()
    monkeypatch.setattr(reaching, "resolved", lambda _target: ["127.0.0.1"])

    told_at(row, timezone.now())

    assert receiver.received == []
    assert (row.state, row.fault) == ("queued", "private")


def test_a_host_that_left_the_list_is_not_called(receiver, keeper, settings):
    row, _secret = trial(keeper, receiver)
    settings.WEBHOOK_HOSTS = []

    told_at(row, timezone.now())

    assert receiver.received == []
    assert row.fault == "host"


def test_a_certificate_of_another_name_is_not_talked_to(receiver, keeper, pem, monkeypatch):
    row, _secret = trial(keeper, receiver)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(pem.parent, "other.example.org")))

    told_at(row, timezone.now())

    assert receiver.received == []
    assert (row.fault, row.may_have_gone) == ("certificate", False)


def test_nobody_there_is_surely_not_arrived(receiver, keeper, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    row, _secret = trial(keeper, receiver)
    settings.WEBHOOK_HOSTS = [f"{HOST}:{port}"]
    Webhook.objects.update(url=f"https://{HOST}:{port}/")

    told_at(row, timezone.now())

    assert (row.fault, row.may_have_gone) == ("no_connection", False)


@pytest.mark.parametrize("when", ["handshake", "answer"])
def test_whoever_drips_is_cut_off_when_the_time_is_over(receiver, keeper, monkeypatch, when):
    monkeypatch.setattr(posting, "WHOLE_SECONDS", 0.6)
    row, _secret = trial(keeper, receiver)
    if when == "answer":
        receiver.answer = lambda _came: time.sleep(2)
        took = _seconds(row)
        assert (row.fault, row.may_have_gone) == ("no_answer", True)
    else:
        with _Silent() as port:
            Webhook.objects.update(url=f"https://{HOST}:{port}/")
            monkeypatch.setattr(reaching, "target_of", lambda _url: reaching.Target(HOST, port, "/"))
            monkeypatch.setattr(delivery, "target_of", reaching.target_of)
            took = _seconds(row)
        assert (row.fault, row.may_have_gone) == ("no_connection", False)
    assert took < 1.5


def _seconds(row):
    began = time.monotonic()
    told_at(row, timezone.now())
    return time.monotonic() - began


class _Silent:
    """Takes connections and says nothing."""

    def __enter__(self):
        self.line = socket.create_server(("127.0.0.1", 0))
        self.taken = []
        self.thread = threading.Thread(target=self._take, daemon=True)
        self.thread.start()
        return self.line.getsockname()[1]

    def _take(self):
        try:
            while True:
                self.taken.append(self.line.accept()[0])
        except OSError:
            return

    def __exit__(self, *_what):
        self.line.close()
        for each in self.taken:
            each.close()


def test_old_deliveries_are_forgotten(receiver, keeper):
    row, _secret = trial(keeper, receiver)
    told_at(row, timezone.now())

    delivery.forget_old(row.settled_at + delivery.KEPT - timedelta(seconds=1))
    assert Delivery.objects.count() == 1
    delivery.forget_old(row.settled_at + delivery.KEPT + timedelta(seconds=1))
    assert Delivery.objects.count() == 0
