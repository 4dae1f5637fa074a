"""The pages: what waits for me, what I asked for, one approval and its decision, without scripts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from keqiao.web.accounts.roles import Role
from keqiao.web.approvals.models import Approval
from tests.web import make
from tests.web.approvals.renaming import change_behind, name_of, propose, times_renamed

pytestmark = pytest.mark.django_db
APPROVE = {"decision": "approve", "reason": ""}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def approval(office, now) -> Approval:
    return propose(office.association, office.officer, at=now - timedelta(hours=1))


def shown(client, page: str, **asked: str) -> list[Approval]:
    return [row.approval for row in client.get(reverse(page), asked).context["rows"]]


def decide(client, approval: Approval, **said: str):
    return client.post(reverse("approvals:decide", args=[approval.pk]), {**APPROVE, **said})


def test_what_waits_is_shown_to_those_who_may_approve_and_only_there(client, office, approval):
    client.force_login(office.leader)
    assert shown(client, "approvals:waiting") == [approval]
    assert shown(client, "approvals:mine") == []

    client.force_login(office.officer)
    assert shown(client, "approvals:waiting") == []
    assert shown(client, "approvals:mine") == [approval]


def test_the_navigation_leads_there_whoever_may_ask_or_decide_and_nobody_else(client, office):
    door = f'href="{reverse("approvals:waiting")}"'
    shown_to = {}
    guard = make.holder(
        Role.AUDIT_ADMIN
    )  # the three administrators agree to each other's roles, finance to payments
    others = [make.holder(role, office.association.organisation) for role in (Role.EXPERT, Role.FINANCE)]
    for account in (office.officer, office.leader, guard, *others):
        client.force_login(account)
        shown_to[account] = door in client.get(reverse("portal:desk")).content.decode()

    assert [account for account, is_shown in shown_to.items() if is_shown] == [
        office.officer,
        office.leader,
        guard,
        others[1],
    ]


def test_a_leader_who_proposed_is_not_asked(client, office, now):
    mine = propose(office.association, office.leader, at=now)
    client.force_login(office.leader)
    assert shown(client, "approvals:waiting") == []

    client.force_login(office.other_leader)
    assert shown(client, "approvals:waiting") == [mine]


def test_expired_acts_wait_for_nobody_and_say_so(client, office, now):
    old = propose(office.association, office.officer, at=now - timedelta(days=3))
    client.force_login(office.leader)
    assert shown(client, "approvals:waiting") == []
    assert shown(client, "approvals:all", state="expired") == [old]
    assert shown(client, "approvals:all", state="proposed") == []

    page = client.get(reverse("approvals:detail", args=[old.pk])).content.decode()
    assert "已过期" in page
    assert "批准并执行" not in page
    answer = decide(client, old)
    assert (answer.status_code, times_renamed(office.association)) == (409, 0)
    assert "这一事项现为“已过期”。" in answer.content.decode()


def test_the_page_shows_the_frozen_difference_and_the_reason(client, office, approval):
    change_behind(office.association)
    client.force_login(office.leader)
    page = client.get(reverse("approvals:detail", args=[approval.pk]))

    (change,) = page.context["changes"]
    assert (change.label, change.before, change.after) == ("网站名称", "旧名", "新名")
    words = page.content.decode()
    for expected in ("换牌子", str(office.officer), "批准并执行", f"/parties/{office.association.pk}/"):
        assert expected in words


def test_a_leader_approves_by_a_plain_form(client, office, approval):
    client.force_login(office.leader)
    answer = decide(client, approval, reason="同意")

    assert (answer.status_code, name_of(office.association)) == (302, "新名")
    page = client.get(answer.headers["Location"]).content.decode()
    for expected in ("已批准", "同意", str(office.leader)):
        assert expected in page


def test_a_leader_refuses_with_a_reason_only(client, office, approval):
    client.force_login(office.leader)
    answer = decide(client, approval, decision="refuse")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])

    assert decide(client, approval, decision="refuse", reason="名称不妥").status_code == 302
    approval.refresh_from_db()
    assert (approval.state, times_renamed(office.association)) == ("refused", 0)


def test_a_proposer_has_no_button_and_no_way_to_approve(client, office, now):
    mine = propose(office.association, office.leader, at=now)
    client.force_login(office.leader)
    page = client.get(reverse("approvals:detail", args=[mine.pk])).content.decode()
    assert "批准并执行" not in page
    assert "撤回" in page

    answer = decide(client, mine)
    assert (answer.status_code, times_renamed(office.association)) == (409, 0)
    assert "提交人不能审批自己提交的事项" in answer.content.decode()


def test_a_changed_subject_is_answered_with_what_changed(client, office, approval):
    change_behind(office.association)
    client.force_login(office.leader)
    answer = decide(client, approval)

    assert (answer.status_code, name_of(office.association)) == (409, "别名")
    (change,) = answer.context["stopped"].changes
    assert (change.label, change.before, change.after) == ("网站名称", "旧名", "别名")


def test_an_act_its_own_rules_refuse_is_answered_in_their_words(client, office, now):
    empty = propose(office.association, office.officer, name="", at=now)
    client.force_login(office.leader)
    answer = decide(client, empty)
    assert answer.status_code == 409
    assert "名称不能为空。" in answer.content.decode()


def test_a_second_decision_is_told_how_it_stands(client, office, approval):
    client.force_login(office.leader)
    decide(client, approval)
    client.force_login(office.other_leader)
    answer = decide(client, approval, decision="refuse", reason="不")

    assert (answer.status_code, times_renamed(office.association)) == (409, 1)
    assert "这一事项现为“已批准”。" in answer.content.decode()


def test_the_proposer_withdraws(client, office, approval):
    address = reverse("approvals:withdraw", args=[approval.pk])
    client.force_login(office.leader)
    assert client.post(address).status_code == 409

    client.force_login(office.officer)
    assert client.post(address, {"reason": "长" * 401}).status_code == 422
    assert client.post(address, {"reason": "再想想"}).status_code == 302
    approval.refresh_from_db()
    assert approval.state == "withdrawn"


def test_to_strangers_an_approval_does_not_exist(client, office, approval):
    elsewhere = make.holder(Role.LEADER, make.association().organisation)
    for stranger in (elsewhere, make.user()):
        client.force_login(stranger)
        answers = [
            client.get(reverse("approvals:detail", args=[approval.pk])),
            decide(client, approval),
            client.post(reverse("approvals:withdraw", args=[approval.pk])),
        ]
        assert [answer.status_code for answer in answers] == [404] * 3
        assert shown(client, "approvals:all") == []
    approval.refresh_from_db()
    assert approval.state == "proposed"


def test_a_visitor_is_sent_to_the_log_in(client, approval):
    answer = client.get(reverse("approvals:detail", args=[approval.pk]))
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(client, now, rows, django_assert_max_num_queries):
    leader = make.user()
    for _number in range(rows):
        association = make.association()
        make.role_of(leader, Role.LEADER, association.organisation)
        propose(association, make.officer(association), at=now)
    client.force_login(leader)
    assert len(shown(client, "approvals:waiting")) == rows
    of_the_clock = connection.vendor == "postgresql"
    with django_assert_max_num_queries(9 + of_the_clock):
        client.get(reverse("approvals:waiting"))


def test_the_list_is_asked_by_who_proposed_and_its_file_names_them(client, office, approval):
    client.force_login(office.leader)
    name = office.officer.display_name

    assert shown(client, "approvals:all", q=f"提交人:{name}") == [approval]
    assert shown(client, "approvals:all", q=f"-提交人:{name}") == []
    file = client.get(reverse("approvals:all"), {"export": "csv"}).content.decode("utf-8-sig")
    (row,) = [line.split(",") for line in file.splitlines()[1:]]
    assert (row[0], row[2], row[5]) == (approval.title, name, "待审批")
