"""A list that leaves as a file leaves an event; looking at it leaves none."""

from typing import Any

import pytest
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from keqiao.web.audit.models import Event
from tests.web import make

pytestmark = pytest.mark.django_db
NAME = "果树苹果学会"


def events() -> list[dict[str, Any]]:
    kept = Event.objects.filter(act="list_exported").order_by("pk")
    return list(kept.values("chain_kind", "chain_id", "actor_id", "role", "data"))


@pytest.fixture
def leader(client):
    account = make.holder(Role.LEADER, make.association().organisation)
    make.organisation(NAME)
    client.force_login(account)
    return account


def test_who_took_which_list_and_how_many_rows_is_kept_but_not_what_was_searched_for(client, leader):
    answer = client.get(reverse("parties:list"), {"q": NAME, "export": "csv"})

    assert NAME in answer.content.decode("utf-8-sig")
    assert events() == [
        {
            "chain_kind": "ui.list",
            "chain_id": "parties.organisations",
            "actor_id": leader.pk,
            "role": "leader",
            "data": {"rows": 1, "form": "csv", "of": {}},
        }
    ]


def test_looking_at_the_page_and_a_file_that_was_too_long_leave_no_event(client, leader, monkeypatch):
    monkeypatch.setattr("keqiao.web.ui.lists.exports.MOST_ROWS", 1)
    answers = [client.get(reverse("parties:list"), {"export": kind}).status_code for kind in ("", "csv")]

    assert answers == [200, 422]
    assert events() == []


def test_whose_list_it_is_is_kept(client):
    association = make.association()
    client.force_login(make.officer(association))

    client.get(reverse("registers:book", args=[association.pk, "past"]), {"export": "xlsx"})

    assert [(each["chain_id"], each["data"]) for each in events()] == [
        ("registers.past", {"rows": 0, "form": "xlsx", "of": {"pk": str(association.pk), "code": "past"}})
    ]
