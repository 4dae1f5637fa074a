"""Whoever turns the next key of a decision gets a letter and a duty; the office hears how far it is, and no ranks."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from keqiao.readers.letters import letter_templates
from keqiao.web.accounts.roles import Role
from keqiao.web.allocation.models import Decision
from keqiao.web.approvals.actions import approve, refuse, withdraw
from keqiao.web.approvals.models import Approval
from keqiao.web.duties.models import Duty
from keqiao.web.duties.queries import duties_of, lines_of
from keqiao.web.notifications.models import Message
from tests.web import make
from tests.web.allocation.makers import NOW
from tests.web.allocation.test_approving import REVIEW, asked, call_of, decided, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Any:
    return call_of(rules=[REVIEW])


@pytest.fixture
def people(call: Any) -> dict[str, Any]:
    body = call.association.organisation
    return {
        "officer": make.officer(call.association),
        "colleague": make.officer(call.association),
        "leader": make.holder(Role.LEADER, body),
        "finance": make.holder(Role.FINANCE, body),
        "stranger": make.officer(make.association()),
    }


def told(people: dict[str, Any]) -> list[tuple[str, str]]:
    """Who was told what within the site since the last time this was asked, by the names of ``people``."""
    names = {person.pk: name for name, person in people.items()}
    rows = Message.objects.filter(channel="in_app", recipient_id__in=names)
    found = sorted((names[row.recipient_id], row.template) for row in rows)
    Message.objects.all().delete()
    return found


def waiting() -> list[tuple[str, str, str]]:
    rows = Duty.objects.filter(settled_at__isnull=True)
    return sorted((row.kind, row.role, row.about_id) for row in rows)


def test_the_next_key_is_asked_and_the_office_is_told_from_step_to_step(call, people):
    decision, first = decided(call, people["officer"])
    assert told(people) == [("colleague", "allocation.asked"), ("leader", "approval.waiting")]
    assert waiting() == [("approvals.decide", "leader", str(first.pk))]

    approve(first.pk, actor=people["leader"], at=NOW)

    second = Approval.objects.get(kind="allocation.approve_by_finance")
    assert told(people) == [
        ("colleague", "allocation.agreed"),
        ("finance", "approval.waiting"),
        ("officer", "allocation.agreed"),
    ]
    assert waiting() == [("approvals.decide", "finance", str(second.pk))]

    approve(second.pk, actor=people["finance"], at=NOW)
    assert told(people) == [("colleague", "allocation.approved"), ("officer", "allocation.approved")]
    assert (fresh(decision).approved_at, waiting()) == (NOW, [])


def test_the_letter_and_the_duty_of_the_finance_bureau_lead_to_the_very_act(call, people):
    _decision, first = decided(call, people["officer"])
    approve(first.pk, actor=people["leader"], at=NOW)
    second = Approval.objects.get(kind="allocation.approve_by_finance")
    page = reverse("approvals:detail", args=[second.pk])
    letter = Message.objects.get(recipient_id=people["finance"].pk, channel="in_app")
    assert letter.variables["url"].endswith(page)

    client = Client()
    client.force_login(people["finance"])
    assert client.get(page).status_code == 200
    owed = lines_of(duties_of(people["finance"], NOW), NOW)
    assert [line.address for line in owed] == [page]


@pytest.mark.parametrize("by", ["leader", "finance"])
def test_what_is_sent_back_is_told_to_the_office_with_its_reason_on_the_page(call, people, by):
    decision, approval = decided(call, people["officer"])
    if by == "finance":
        approve(approval.pk, actor=people["leader"], at=NOW)
        approval = Approval.objects.get(kind="allocation.approve_by_finance")
    told(people)

    refuse(approval.pk, actor=people[by], at=NOW, reason="第二项请再核实")

    assert told(people) == [("colleague", "allocation.sent_back"), ("officer", "allocation.sent_back")]
    assert [kind for kind, _role, _about in waiting()] == ["allocation.decide"]
    client = Client()
    client.force_login(people["officer"])
    page = reverse("allocation:decision", args=[decision.pk])
    assert "第二项请再核实" in client.get(page).content.decode()


def test_a_decision_that_is_asked_for_again_is_told_again(call, people):
    decision, approval = decided(call, people["officer"])
    told(people)
    withdraw(approval.pk, actor=people["officer"], at=NOW)
    assert told(people) == []

    asked(Decision.objects.get(pk=decision.pk), people["officer"])
    assert told(people) == [("colleague", "allocation.asked"), ("leader", "approval.waiting")]


def test_no_letter_of_a_decision_has_room_for_a_rank_a_sum_or_an_applicant():
    ours = [each for code, each in letter_templates().items() if code.startswith("allocation.")]
    assert {each.code: sorted(each.variables) for each in ours} == {
        f"allocation.{event}": ["call", "url"] for event in ("asked", "agreed", "approved", "sent_back")
    }
