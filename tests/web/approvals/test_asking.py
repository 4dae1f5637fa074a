"""Whoever may approve is asked by one letter, in whichever room the act stands."""

from django.db import transaction
from django.urls import reverse

from keqiao.web.approvals import actions
from keqiao.web.notifications.actions import ask_approvers
from keqiao.web.notifications.models import Channel, Message
from tests.web.approvals.renaming import NOON, TWO_DAYS, propose


def told() -> set[object]:
    return set(Message.objects.filter(channel=Channel.IN_APP).values_list("recipient_id", flat=True))


def test_each_who_may_approve_is_asked_once_with_the_way_to_the_very_act(db, office):
    approval = propose(office.association, office.leader)
    for _ in range(2):
        with transaction.atomic():
            ask_approvers(approval, NOON)

    letter = Message.objects.get(channel=Channel.IN_APP)
    assert (letter.template, letter.recipient_id) == ("approval.waiting", office.other_leader.pk)
    assert (letter.about_kind, letter.about_id) == ("approvals.approval", str(approval.pk))
    said = letter.variables
    assert said.pop("url").endswith(reverse("approvals:detail", args=[approval.pk]).removeprefix("/zh-hans"))
    assert said == {
        "title": "旧名更名",
        "who": office.leader.get_full_name(),
        "until": "2026-03-04 12:00",
    }
    assert (letter.association_id, letter.until) == (office.association.pk, NOON + TWO_DAYS)


def test_a_title_with_a_line_break_is_asked_about_as_well(db, office):
    approval = propose(office.association, office.officer)
    approval.title = "旧名\n更名"
    with transaction.atomic():
        ask_approvers(approval, NOON)

    assert told() == {office.leader.pk, office.other_leader.pk}
    assert {row.variables["title"] for row in Message.objects.all()} == {"旧名 更名"}


def test_nobody_is_asked_about_what_is_decided(db, office):
    approval = propose(office.association, office.officer)
    actions.approve(approval.pk, actor=office.leader, at=NOON)
    approval.refresh_from_db()
    with transaction.atomic():
        ask_approvers(approval, NOON)

    assert told() == set()
