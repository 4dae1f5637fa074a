"""The pages of a decision: lists with their line and reasons, what is refused, who sees nothing."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from keqiao.web.accounts.roles import Role
from keqiao.web.allocation import actions
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.approvals.actions import approve
from keqiao.web.approvals.models import Approval
from tests.web import make
from tests.web.allocation import makers as making
from tests.web.allocation.makers import NOW, begun, filed, judged, passed, row_of, states
from tests.web.allocation.test_deciding import WAN, call_of
from tests.web.applications import makers as applying
from tests.web.applications.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Any:
    return call_of()


@pytest.fixture
def officer(client: Client, call: Any) -> Client:
    """The browser of an officer of the call."""
    client.force_login(make.officer(call.association))
    return client


def browser(account: Any) -> Client:
    client = Client()
    client.force_login(account)
    return client


def address(name: str, pk: Any) -> str:
    return reverse(f"allocation:{name}", args=[pk])


def sent(decision: Decision, **more: Any) -> dict[str, Any]:
    return {"version": Decision.objects.get(pk=decision.pk).version, **more}


def test_a_decision_is_begun_from_the_list_and_shows_the_line_with_reasons(officer, call):
    filed(call, "c1", 90, 80, 70, 50)

    page = officer.post(address("begin", call.pk), follow=True)

    rows = page.context["sections"][0].rows
    assert [row.proposed for row in rows] == ["立项 5万元", "立项 5万元", "不立项", "不立项"]
    assert [row.line for row in rows] == ["", "", "名额已满（科普活动）；经费尚缺1万元", ""] or rows[2].line
    assert "得分50，低于合格线60。" in words_of(page)
    assert page.context["sums"] == [("科普活动", 10 * WAN, 10 * WAN, "10万元 / 10万元")]


def test_it_is_accepted_and_laid_before_the_leader(officer, call):
    filed(call, "c1", 90, 80)
    decision = begun(call)

    officer.post(address("decision", decision.pk), sent(decision, act="accept"))
    officer.post(address("decision", decision.pk), sent(decision, act="ask", reason="请审定"))

    assert states(decision) == {"c1甲": "proposed", "c1乙": "proposed"}
    page = officer.get(address("decision", decision.pk))
    assert (page.context["waits"].kind, page.context["may_act"]) == ("allocation.approve", False)
    assert Approval.objects.get().reason == "请审定"


def test_categories_in_which_nobody_applied_are_folded_away_and_the_next_act_stands_first(client):
    plain = {"funding": {"kind": "fixed", "amount_fen": 5 * WAN}, "scorecard": making.CARD}
    categories = [
        {"id": "c1", "name": "科普活动", "places": {"count": 2}, **plain},
        {"id": "c2", "name": "学术活动", "places": {"count": 3}, **plain},
    ]
    call = make.published_call(make.association(), make.definition(categories=categories))
    client.force_login(make.officer(call.association))
    filed(call, "c1", 90)
    decision = begun(call)

    before = client.get(address("decision", decision.pk))
    client.post(address("decision", decision.pk), sent(decision, act="accept"))
    after = client.get(address("decision", decision.pk))

    assert before.context["places"] == [("科普活动", 1, 2, "1 / 2")]
    assert before.context["idle"] == [("学术活动", 0, 3, "0 / 3")]
    assert "1 个类别没有可遴选的申报" in words_of(before)
    assert [page.context["undecided"] for page in (before, after)] == [True, False]
    assert [_asks_first(page) for page in (before, after)] == [False, True]


def _asks_first(page: Any) -> bool:
    words = words_of(page)
    return words.index("报领导审定") < words.index("名额")


def test_what_stands_against_it_is_said_with_names_and_what_was_typed_stays(officer, call):
    _first, second, _third = filed(call, "c1", 90, 80, 70)
    decision = actions.accept(begun(call).pk, 1, actor=make.officer(call.association), at=NOW)
    row = row_of(decision, second)

    page = officer.post(
        address("item", row.pk), sent(decision, act="save", state="reserve", amount="", reason="")
    )

    assert page.status_code == 409
    assert "c1乙在建议名单内，决定不立项。请写明理由。" in words_of(page)
    page = officer.post(
        address("item", row.pk), sent(decision, act="save", state="reserve", reason="另有资助")
    )
    assert page.status_code == 302
    assert "另有资助" in words_of(officer.get(address("decision", decision.pk)))

    officer.post(address("item", row.pk), sent(decision, act="follow"))
    assert states(decision)["c1乙"] == "proposed"


def test_who_saw_an_older_version_is_told_on_the_page(officer, call):
    filed(call, "c1", 90)
    decision = begun(call)
    actions.accept(decision.pk, 1, actor=make.officer(call.association), at=NOW)

    page = officer.post(address("decision", decision.pk), {"version": 1, "act": "again"})

    assert (page.status_code, "您看到的是第1版" in words_of(page)) == (409, True)


def test_rules_are_tried_before_they_are_set(officer, call):
    filed(call, "c1", 90, 60)
    decision = begun(call)
    rules = {"step": "0.1", "sharing": "proportional", "key_support": "", "priority": ""}

    page = officer.get(address("policy", decision.pk), rules)
    assert [(each.before, each.after) for each in page.context["tried"]] == [
        ("第1位 立项 5万元", "第1位 立项 5.4万元"),
        ("第2位 立项 5万元", "第2位 立项 4.6万元"),
    ]
    assert Decision.objects.get().version == 1

    officer.post(address("policy", decision.pk), sent(decision, **rules))
    assert Decision.objects.get().policy["sharing"] == "proportional"


def test_ranks_and_facts_are_stated_on_their_pages(officer):
    call = call_of(preferences=[{"words": "革命老区优先", "strength": "priority"}])
    client = browser(make.officer(call.association))
    first, second = filed(call, "c1", 80, 80)
    decision = begun(call)
    row, other = row_of(decision, first), row_of(decision, second)

    wrong = {f"rank:{row.pk}": "一", "reason": "核定"}
    assert client.post(address("ranks", decision.pk), sent(decision, **wrong)).status_code == 422
    typed = {f"rank:{row.pk}": "2", f"rank:{other.pk}": "1", "reason": "会议核定"}
    assert client.post(address("ranks", decision.pk), sent(decision, **typed)).status_code == 302
    assert row_of(decision, second).rank == 1

    assert client.get(address("facts", row.pk)).status_code == 200
    refused = client.post(address("facts", row.pk), sent(decision, **{"met:0": "yes", "reason": ""}))
    assert refused.status_code == 409
    client.post(address("facts", row.pk), sent(decision, **{"met:0": "yes", "reason": "老区证明"}))
    assert row_of(decision, first).known == {"met": {"0": True}}


def test_a_topic_is_joined_to_another_and_parted_again(officer, call):
    first, second = filed(call, "c1", 90, 80)
    decision = begun(call)
    row, into = row_of(decision, second), row_of(decision, first)
    joined = {"into": str(into.pk), "is_duplicate": "1", "reason": "同一选题"}

    assert officer.get(address("merge", row.pk)).status_code == 200
    officer.post(address("merge", row.pk), sent(decision, **joined))
    now = row_of(decision, second)
    assert (now.state, now.merged_into_id, now.is_duplicate) == ("merged", into.pk, True)
    assert str(second.pk) not in Decision.objects.get().proposed["proposal"]["verdicts"]
    assert "c1乙" in words_of(officer.get(address("item", into.pk)))

    officer.post(address("item", row.pk), sent(decision, act="part"))
    assert (row_of(decision, second).state, row_of(decision, second).merged_into) == ("ranked", None)


def test_the_table_is_taken_out_as_a_file(officer, call):
    filed(call, "c1", 90)
    decision = begun(call)

    assert officer.get(address("table", decision.pk)).status_code == 200
    for form in ("xlsx", "csv"):
        file = officer.get(address("table", decision.pk), {"export": form})
        assert file.status_code == 200
        assert file["Content-Disposition"].startswith("attachment")


def test_a_leader_reads_and_cannot_change_and_a_stranger_finds_nothing(call):
    (row,) = filed(call, "c1", 90)
    decision = begun(call)
    leader = browser(make.holder(Role.LEADER, call.association.organisation))
    stranger = browser(make.officer(make.association()))

    assert leader.get(address("decision", decision.pk)).status_code == 200
    assert leader.get(address("item", row_of(decision, row).pk)).status_code == 200
    assert leader.post(address("decision", decision.pk), sent(decision, act="accept")).status_code == 404
    for name, pk in (("decision", decision.pk), ("item", row_of(decision, row).pk), ("table", decision.pk)):
        assert stranger.get(address(name, pk)).status_code == 404


def test_the_finance_bureau_reads_what_needs_its_word_once_it_is_laid_before_it(call):
    (row,) = filed(call, "c1", 90)
    now, officer = timezone.now(), make.officer(call.association)
    decision = actions.accept(begun(call, officer).pk, 1, actor=officer, at=now)
    Decision.objects.update(by_finance=True)
    finance = browser(make.holder(Role.FINANCE, call.association.organisation))
    pages = [address(name, decision.pk) for name in ("decision", "table")]
    pages.append(address("item", row_of(decision, row).pk))

    def seen() -> set[int]:
        return {finance.get(page).status_code for page in pages}

    assert seen() == {404}
    approval = actions.ask_for_approval(decision.pk, decision.version, "请审定", actor=officer, at=now)
    assert seen() == {404}
    approve(approval.pk, actor=make.holder(Role.LEADER, call.association.organisation), at=now)
    assert seen() == {200}
    assert finance.post(address("decision", decision.pk), sent(decision, act="accept")).status_code == 404
    Decision.objects.update(by_finance=False)
    assert seen() == {404}


def test_the_unit_that_applied_sees_no_hint_of_the_decision():
    call = make.published_call(make.association(), applying.definition())
    row = applying.submitted(call)
    passed(row)
    judged(call, {row: 90})
    unit = browser(row.created_by)
    pages = [reverse("applications:own"), reverse("applications:detail", args=[row.pk])]
    before = [words_of(unit.get(page)) for page in pages]

    decision = actions.accept(begun(call).pk, 1, actor=make.officer(call.association), at=NOW)

    assert [words_of(unit.get(page)) for page in pages] == before
    selection = Selection.objects.get(application=row)
    for name, pk in (("decision", decision.pk), ("item", selection.pk), ("table", decision.pk)):
        assert unit.get(address(name, pk)).status_code in {403, 404}


@pytest.mark.parametrize("name", ["decision", "table"])
def test_a_decision_costs_the_same_with_one_row_and_with_three(officer, name):
    counts = []
    for scores in ((90,), (90, 80, 70)):
        call = call_of()
        filed(call, "c1", *scores)
        client = browser(make.officer(call.association))
        decision = begun(call)
        client.get(address(name, decision.pk))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address(name, decision.pk)).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_list_of_calls_costs_the_same_with_one_and_with_three(call):
    account = make.officer(call.association)
    client, counts = browser(account), []
    for number in (1, 2):
        for _ in range(number):
            more = make.published_call(call.association, make.definition())
            filed(more, "c1", 90)
            begun(more)
        client.get(reverse("allocation:calls"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("allocation:calls")).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
