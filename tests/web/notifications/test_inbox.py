"""The page of one's own messages."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.urls import reverse

from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.notifications.models import Message
from tests.web import make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def tell(person, *keys: str) -> None:
    variables = {"role": "科协工作人员", "organisation": "三门峡市科协"}
    for key in keys:
        letter = Letter("account.role_granted", recipient_id=person.pk, variables=variables)
        queue(letter, key=key, at=NOON)


def test_messages_are_read_by_a_post_and_counted(client):
    person = make.user()
    tell(person, "1", "2")
    client.force_login(person)
    page = client.get(reverse("notifications:inbox"))
    assert page.context["unread"] == 2
    assert "您获得了新的角色：科协工作人员" in page.content.decode()
    assert Message.objects.filter(read_at__isnull=True).count() == 2

    client.post(reverse("notifications:mark_read", args=[Message.objects.first().pk]))
    assert client.get(reverse("notifications:inbox")).context["unread"] == 1
    assert len(client.get(reverse("notifications:inbox"), {"state": "unread"}).context["notices"]) == 1
    client.post(reverse("notifications:mark_all_read"))
    assert client.get(reverse("notifications:inbox")).context["unread"] == 0


def test_the_message_of_somebody_else_is_neither_shown_nor_marked(client):
    person, other = make.user(), make.user()
    tell(other, "1")
    client.force_login(person)
    assert client.get(reverse("notifications:inbox")).context["notices"] == []
    client.post(reverse("notifications:mark_read", args=[Message.objects.get().pk]))
    client.post(reverse("notifications:mark_all_read"))
    assert Message.objects.get().read_at is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_messages(client, rows, django_assert_max_num_queries):
    person = make.user()
    tell(person, *map(str, range(rows)))
    client.force_login(person)
    client.get(reverse("notifications:inbox"))
    with django_assert_max_num_queries(8 + (connection.vendor != "sqlite")):
        client.get(reverse("notifications:inbox"))


def test_messages_are_found_by_the_words_they_are_read_in_and_those_put_into_them(client):
    person = make.user()
    tell(person, "1")
    unknown = Letter("account.unknown", recipient_id=person.pk, variables={"site": "kq.example.org"})
    queue(unknown, key="2", at=NOON)
    client.force_login(person)

    def found(asked: str) -> list[str]:
        page = client.get(reverse("notifications:inbox"), {"q": asked}).context["list"].page
        return sorted(message.template for message in page)

    role, other = "account.role_granted", "account.unknown"
    assert found("") == [role, other]
    assert found("新的角色") == [role]  # words of the template
    assert found("三门峡") == [role]  # a value
    assert found("消息:example.org") == [other]
    assert found("organisation") == []  # the name of a variable is no word of a message
    assert found("时间>2026-03-02") == []
