"""Messages over WeCom, against a stand-in over real HTTP: groups and members, long texts, tokens, refusals."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from keqiao.web.notifications import delivery, wecom
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.notifications.models import Channel, Message, MessageState, SendingRule
from keqiao.web.notifications.wecom import sending
from keqiao.web.notifications.wecom.splitting import LONGEST_TEXT, split_text
from tests.web.notifications.web_server import HANG_UP, Came, WebServer, web_server

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
ASSOCIATION = UUID(int=7)
OK = {"errcode": 0, "errmsg": "ok"}


@pytest.fixture
def server(settings):
    sending.forget_tokens()
    with web_server() as running:
        settings.WECOM = {
            "url": running.url,
            "corp_id": "ww1",
            "agent": "1000002",
            "secret": "s",
            "robots": {str(ASSOCIATION): "robot-key"},
        }
        yield running


def answers(*said: object, token: str = "token-1"):
    rest = list(said)

    def answer(came: Came):
        if came.path == "/cgi-bin/gettoken":
            return 200, {**OK, "access_token": token, "expires_in": 7200}
        return rest.pop(0) if len(rest) > 1 else rest[0]

    return answer


def put(address: str, key: str = "k", **variables: str) -> Message:
    said = {"unit": "茶学会", "number": "R1", "url": "https://kq.example/1", **variables}
    letter = Letter("registration.waits", wecom=address, variables=said, association_id=ASSOCIATION)
    with transaction.atomic():
        (message,) = queue(letter, key=key, at=NOON, channels=(Channel.WECOM,))
    return message


def send_due(at: datetime = NOON) -> None:
    for message_id, number in delivery.hand_over(at):
        delivery.attempt(UUID(message_id), number, handed_over=at)


def state_of(message: Message) -> tuple[str, str, int]:
    message.refresh_from_db()
    return message.state, message.fault, message.parts_sent


@pytest.mark.parametrize("longest", [4, 5, 7, 64, 2048, 4096])
@pytest.mark.parametrize(
    "text", ["", "a", "科" * 3000, "一\n二\n" * 900, "😀" * 700 + "\n" + "x" * 5000, "\n" * 3]
)
def test_parts_hold_the_whole_text_and_never_a_broken_character(text, longest):
    parts = split_text(text, longest)
    assert max(len(part.encode()) for part in parts) <= longest
    assert "".join(parts).replace("\n", "") == text.replace("\n", "")


@pytest.mark.django_db
def test_a_group_gets_plain_text_through_its_robot(server: WebServer):
    server.answer = answers((200, OK))
    message = put(wecom.group_address(ASSOCIATION))
    send_due()

    (came,) = server.received
    assert (came.path, came.query) == ("/cgi-bin/webhook/send", {"key": "robot-key"})
    assert came.said["msgtype"] == "text"
    assert came.said["text"]["content"].startswith("单位注册待核验：茶学会\n")
    assert state_of(message) == (MessageState.SENT, "", 1)


@pytest.mark.django_db
def test_the_parts_of_a_long_message_go_once_each_though_one_of_them_is_refused(server: WebServer):
    server.answer = answers((200, OK), (200, {"errcode": 45009, "errmsg": "limit"}), (200, OK))
    message = put(wecom.group_address(ASSOCIATION), unit="茶" * 1500)
    send_due()
    assert state_of(message) == (MessageState.QUEUED, "wecom_45009", 1)

    send_due(NOON + timedelta(minutes=2))
    assert state_of(message)[0] == MessageState.SENT
    said = [came.said["text"]["content"] for came in server.received]
    assert [said[0], *said[2:]] == wecom.parts_of(message)
    assert said[1] == said[2]
    assert max(len(each.encode()) for each in said) <= LONGEST_TEXT


@pytest.mark.django_db
def test_a_part_without_an_answer_leaves_the_message_to_a_person_and_no_part_goes_twice(server: WebServer):
    server.answer = answers((200, OK), HANG_UP)
    message = put(wecom.group_address(ASSOCIATION), unit="茶" * 1500)
    send_due()
    send_due(NOON + timedelta(hours=1))
    assert (state_of(message)[0], state_of(message)[2], len(server.received)) == (MessageState.UNSURE, 1, 2)


@pytest.mark.django_db
def test_a_robot_is_told_no_more_than_twenty_messages_in_a_minute(server: WebServer):
    server.answer = answers((200, OK))
    for number in range(23):
        put(wecom.group_address(ASSOCIATION), key=str(number))
    Message.objects.update(queued_at=NOON)
    now = datetime.now(UTC)
    Message.objects.update(due_at=now, association_id=None)  # at any hour of the real clock, which settles
    send_due(now)
    assert len(server.received) == 20
    waiting = Message.objects.filter(state=MessageState.QUEUED)
    assert set(waiting.values_list("due_at", "attempts")) == {(now + timedelta(minutes=1), 0)}
    send_due(now + timedelta(minutes=2))
    assert len(server.received) == 23


@pytest.mark.django_db
def test_a_member_is_written_to_with_one_token_for_many_messages(server: WebServer):
    server.answer = answers((200, OK))
    for number in range(3):
        put(wecom.member_address("zhang.san"), key=str(number))
    send_due()

    assert [came.path for came in server.received].count("/cgi-bin/gettoken") == 1
    said = [came for came in server.received if came.path == "/cgi-bin/message/send"]
    assert {came.query["access_token"] for came in said} == {"token-1"}
    assert {(came.said["touser"], came.said["agentid"]) for came in said} == {("zhang.san", 1000002)}


@pytest.mark.django_db
def test_a_token_that_is_over_is_asked_for_anew_and_the_message_goes(server: WebServer):
    server.answer = answers((200, {"errcode": 42001, "errmsg": "expired"}), (200, OK))
    message = put(wecom.member_address("zhang.san"))
    send_due()
    assert state_of(message)[0] == MessageState.SENT
    assert [came.path for came in server.received].count("/cgi-bin/gettoken") == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "state", "fault"),
    [
        ((200, {"errcode": -1}), MessageState.QUEUED, "wecom_-1"),
        ((200, {"errcode": 93000}), MessageState.FAILED, "wecom_93000"),
        ((200, {**OK, "invaliduser": "zhang.san"}), MessageState.FAILED, "recipient_refused"),
        ((503, b""), MessageState.QUEUED, "http_503"),
        ((500, b""), MessageState.UNSURE, "http_500"),
    ],
)
def test_what_wecom_says_decides_what_becomes_of_a_message(server: WebServer, answer, state, fault):
    server.answer = answers(answer)
    message = put(wecom.member_address("zhang.san"))
    send_due()
    assert state_of(message)[:2] == (state, fault)


@pytest.mark.django_db
def test_a_token_that_does_not_come_leaves_the_message_waiting(server: WebServer):
    server.answer = lambda _came: HANG_UP
    message = put(wecom.member_address("zhang.san"))
    send_due()
    assert state_of(message)[0] == MessageState.QUEUED


@pytest.mark.django_db
def test_the_group_hears_of_a_case_once_however_many_officers_are_told(server: WebServer):
    SendingRule.objects.create(
        association_id=ASSOCIATION,
        template="registration.waits",
        is_reviewed=False,
        channels=["mail"],
        to_group=True,
    )
    said = {"unit": "茶学会", "number": "R1", "url": "https://kq.example/1"}
    for number in range(3):
        letter = Letter(
            "registration.waits",
            recipient_id=uuid4(),
            variables=said,
            association_id=ASSOCIATION,
            about=("accounts.registration", "1"),
        )
        with transaction.atomic():
            queue(letter, key=str(number), at=NOON)
    assert list(Message.objects.filter(channel=Channel.WECOM).values_list("address", "recipient_id")) == [
        (wecom.group_address(ASSOCIATION), None)
    ]
    assert Message.objects.filter(channel=Channel.IN_APP).count() == 3
