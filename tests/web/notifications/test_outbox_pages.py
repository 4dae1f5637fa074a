"""The outbox of an association: what its officers see, look at before it goes, and decide."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from keqiao.web.accounts.roles import Role
from keqiao.web.audit.models import Event
from keqiao.web.notifications import delivery
from keqiao.web.notifications.actions import Letter, queue, release
from keqiao.web.notifications.models import Channel, Message, MessageState, QuietHours, SendingRule
from keqiao.web.notifications.permissions import SYSTEM_ADMIN
from tests.web import make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
OUTBOX = "/outbox/"


@pytest.fixture
def association():
    return make.association()


@pytest.fixture
def officer(association, client):
    officer = make.officer(association)
    client.force_login(officer)
    return officer


def tell(association, number: str, *, reviewed: bool = True, person=None, **details: object) -> list[Message]:
    if reviewed:
        SendingRule.objects.get_or_create(
            association_id=association.pk,
            template="application.returned",
            defaults={"is_reviewed": True, "channels": ["mail"]},
        )
    variables = {
        "title": f"项目{number}",
        "number": number,
        "until": "2026-03-09",
        "url": "https://kq.example/1",
    }
    letter = Letter(
        "application.returned",
        recipient_id=person and person.pk,
        address=f"reader{number}@example.org",
        variables=variables,
        association_id=association.pk,
        **details,
    )
    with transaction.atomic():
        return queue(letter, key=f"{association.pk}:{number}", at=NOON)


def review_page(association) -> str:
    return reverse("notifications:review", args=[association.pk])


def states() -> dict[str, str]:
    return dict(Message.objects.filter(channel=Channel.MAIL).values_list("address", "state"))


def test_nothing_goes_before_the_page_has_said_how_many_and_to_whom(client, association, officer):
    person = make.user()
    rows = [*tell(association, "1", person=person), *tell(association, "2")]
    said = {"message": [str(row.pk) for row in rows], "act": "send"}
    page = client.post(review_page(association), said)
    words = page.content.decode()

    assert (page.status_code, set(states().values())) == (200, {MessageState.REVIEW})
    assert dict(page.context["counts"]) == {"申报书退回修改 · 站内": 1, "申报书退回修改 · 邮件": 2}
    assert ("将发送 3 条消息" in words, "reader2@example.org" in words, str(person) in words) == (
        True,
        True,
        True,
    )

    client.post(review_page(association), {**said, "sure": "1"})
    assert set(states().values()) == {MessageState.QUEUED}
    in_site = Message.objects.get(channel=Channel.IN_APP)
    assert (in_site.state, in_site.queued_at > NOON) == (MessageState.SENT, True)
    event = Event.objects.get(act="released")
    assert (event.actor_id, event.data["messages"]) == (officer.pk, 3)


def test_what_is_left_out_says_why_and_never_goes(client, association, officer, mailoutbox):
    left, _kept = tell(association, "1")[0], tell(association, "2")
    said = {"message": [str(left.pk)], "act": "leave", "sure": "1"}
    assert client.post(review_page(association), said).status_code == 422
    assert states()["reader1@example.org"] == MessageState.REVIEW

    client.post(review_page(association), {**said, "reason": "已电话告知"})
    left.refresh_from_db()
    assert (left.state, left.fault) == (MessageState.CANCELLED, "left_out")
    assert states()["reader2@example.org"] == MessageState.REVIEW
    assert Event.objects.get(act="left_out").data["messages"] == 1
    assert delivery.hand_over(NOON + timedelta(days=1)) == []


def test_what_came_too_late_in_review_is_cancelled_and_said(client, association, officer):
    (row,) = tell(association, "1", until=NOON + timedelta(days=7))
    said = {"message": [str(row.pk)], "act": "send", "sure": "1"}
    page = client.post(review_page(association), said, follow=True)
    row.refresh_from_db()
    assert (row.state, row.fault) == (MessageState.CANCELLED, "phase_closed")
    assert "1 条所通知的事项已经结束，没有发送。" in page.content.decode()


def test_the_outbox_of_another_association_is_not_there(client, association, officer):
    other = make.association()
    theirs = tell(other, "9")[0]
    tell(association, "1")
    page = client.get(OUTBOX).content.decode()
    assert ("项目1" in page, "项目9" in page) == (True, False)
    Message.objects.filter(pk=theirs.pk).update(state=MessageState.FAILED, settled_at=NOON)
    for name, pk in (("review", other.pk), ("rules", other.pk)):
        assert client.get(reverse(f"notifications:{name}", args=[pk])).status_code == 404
    for name in ("again", "arrived"):
        assert client.post(reverse(f"notifications:{name}", args=[theirs.pk])).status_code == 404
    said = {"message": [str(theirs.pk)], "act": "send", "sure": "1"}
    assert client.post(review_page(association), said).status_code == 422
    theirs.refresh_from_db()
    assert theirs.state == MessageState.FAILED


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.UNIT_ADMIN, Role.EXPERT])
def test_people_of_units_have_no_outbox(client, role):
    client.force_login(make.holder(role, make.organisation()))
    assert client.get(OUTBOX).status_code == 404


def test_the_mail_of_accounts_is_the_system_administrators_and_shows_no_secret(client, officer):
    letter = Letter(
        "account.password_reset",
        address="a@example.org",
        variables={"site": "s", "url": "https://kq.example/secret"},
    )
    with transaction.atomic():
        queue(letter, key="k", at=NOON)
    assert "重设科桥密码" not in _rows(client)
    client.force_login(make.holder(Role(SYSTEM_ADMIN)))
    shown = client.get(OUTBOX).content.decode()
    assert ("重设科桥密码" in shown, "secret" in shown) == (True, False)


def _rows(client) -> str:
    page = client.get(OUTBOX)
    return " ".join(row.subject for row in page.context["rows"])


def test_a_failed_message_says_why_and_goes_again_at_a_press(client, association, officer):
    (row,) = tell(association, "1", reviewed=False)
    Message.objects.update(state=MessageState.FAILED, settled_at=NOON, fault="recipient_refused", attempts=6)
    page = client.get(OUTBOX, {"state": "failed"}).content.decode()
    assert ("对方服务器拒收：地址不存在或不可用" in page, "再发一次" in page) == (True, True)
    client.post(reverse("notifications:again", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, row.attempts, row.fault) == (MessageState.QUEUED, 0, "")


def test_a_message_of_unknown_fate_is_settled_by_who_looked(client, association, officer):
    (row,) = tell(association, "1", reviewed=False)
    Message.objects.update(state=MessageState.UNSURE, settled_at=NOON, fault="worker_died")
    assert "对方已收到" in client.get(OUTBOX).content.decode()
    client.post(reverse("notifications:arrived", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == MessageState.SENT


def test_the_rules_that_were_set_hold_for_the_next_message(client, association, officer):
    page = reverse("notifications:rules", args=[association.pk])
    shown = client.get(page).content.decode()
    assert ("申报书退回修改" in shown, "重设科桥密码" in shown, "申报回执" in shown) == (True, False, False)
    said = {
        "begins": "22:00",
        "ends": "06:00",
        "application.returned:review": "on",
        "application.returned:sms": "on",
    }
    assert client.post(page, said).status_code == 302

    rule = SendingRule.objects.get(template="application.returned")
    assert (rule.is_reviewed, rule.channels) == (True, ["mail", "sms"])
    assert f"{QuietHours.objects.get(pk=association.pk)}" == "22:00 – 06:00"
    (row,) = tell(association, "1", reviewed=False)
    assert row.state == MessageState.REVIEW
    assert "application.returned" in Event.objects.get(act="rules_set").data["kinds"]
    assert client.post(page, {"begins": "x", "ends": ""}).status_code == 422


@pytest.mark.parametrize("rows", [1, 4])
def test_the_outbox_and_the_review_cost_the_same_for_any_number_of_messages(
    client, association, officer, rows, django_assert_max_num_queries
):
    for number in range(rows):
        tell(association, str(number), person=make.user())
    more = connection.vendor != "sqlite"
    for address in (OUTBOX, review_page(association)):
        client.get(address)
        with django_assert_max_num_queries(14 + 2 * more):
            client.get(address)


def test_a_released_text_message_waits_for_the_morning(association, officer):
    (row,) = tell(association, "1")
    night = timezone.localtime(NOON).replace(hour=23)
    Message.objects.filter(pk=row.pk).update(channel=Channel.SMS, address="13800000000")
    release(association.pk, [UUID(str(row.pk))], actor=officer, at=night)
    row.refresh_from_db()
    assert timezone.localtime(row.due_at).strftime("%d %H:%M") == "03 07:30"
