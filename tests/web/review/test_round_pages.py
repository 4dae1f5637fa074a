"""The pages of rounds, and the desk of an expert: what each shows, to whom, and what it refuses."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from keqiao.web.approvals.actions import approve
from keqiao.web.approvals.models import Approval
from keqiao.web.audit.models import Event
from keqiao.web.review.models import Outcome, Round, Sheet, Task
from tests.web import make
from tests.web.applications import makers
from tests.web.applications.pages import words_of
from tests.web.review import rounds

pytestmark = pytest.mark.django_db
NOW = rounds.NOW
FORM = {"points:plan": "50", "points:team": "32.5", "band:team": "优", "comment": ""}


@pytest.fixture
def call() -> Any:
    return rounds.call()


@pytest.fixture
def officer(call: Any) -> Any:
    return make.officer(call.association)


@pytest.fixture
def desk(client: Client, officer: Any) -> Client:
    """The browser of an officer of the call."""
    client.force_login(officer)
    return client


def browser(expert: Any) -> Client:
    """The browser of an expert."""
    client = Client()
    client.force_login(rounds.account(expert))
    return client


def at(name: str, *args: Any) -> str:
    return reverse(f"review:{name}", args=args)


def test_an_officer_makes_a_round_proposes_and_invites(desk, call, officer):
    application = rounds.passed(call, officer)
    for _ in range(2):
        rounds.expert(call.association)
    assert call.title in words_of(desk.get(at("rounds")))
    form = desk.get(at("round_new", call.pk)).context["form"]
    assert form.initial["experts"] == 2

    sent = {"nodes": ["c1"], "name": "第一轮", "experts": "2", "opens_on": "2026-06-01", "blind": "on"}
    assert desk.post(at("round_new", call.pk), sent).status_code == 422
    answer = desk.post(at("round_new", call.pk), {**sent, "closes_on": "2090-06-20"})
    found = Round.objects.get()
    assert answer.url == at("board", found.pk)

    page = desk.get(at("board", found.pk), {"propose": "1"})
    pairs = [cell.pair for _entry, _n, cells in page.context["rows"] for cell in cells if cell.is_ticked]
    assert len(pairs) == 2
    desk.post(at("board", found.pk), {"pair": pairs})
    assert Task.objects.filter(application=application).count() == 2
    assert "已邀请" in words_of(desk.get(at("round", found.pk)))
    desk.post(at("round_open", found.pk))
    assert rounds.fresh(found).state == "open"
    assert words_of(desk.get(at("board", found.pk)))


def test_an_expert_accepts_scores_checks_and_seals_without_scripts(call, officer):
    application = rounds.passed(call, officer)
    expert = rounds.expert(call.association)
    found = rounds.opened(call, officer, closes_at=makers.LAST_MOMENT.replace(year=2090))
    (task,) = rounds.invited(found, officer, (expert, application))
    desk, address = browser(expert), at("task", task.pk)
    assert "A-001" in words_of(desk.get(at("tasks")))
    assert "面向六个乡镇" not in words_of(desk.get(address))

    assert desk.post(address, {"act": "accept"}).status_code == 409
    assert desk.post(address, {"act": "accept", "pledge": "yes"}).status_code == 302
    page = words_of(desk.get(address))
    assert "面向六个乡镇" in page
    assert "张工" not in page
    assert application.unit.name not in page

    answer = desk.post(address, {"act": "seal", "version": "0", "points:plan": "七"})
    assert answer.status_code == 409
    assert "七" in words_of(answer)
    assert "“队伍能力”还没有打分。" in words_of(answer)
    version = Sheet.objects.get(task=task).version
    assert desk.post(address, {"act": "check", "version": version, **FORM}).status_code == 200
    assert desk.post(address, {"act": "seal", "version": version + 1, **FORM}).status_code == 302
    page = words_of(desk.get(address))
    assert Sheet.objects.get(task=task).digest in page
    assert "82.5" in page


def test_a_sheet_is_saved_while_it_is_typed_and_another_window_is_told(call, officer):
    application = rounds.passed(call, officer)
    expert = rounds.expert(call.association)
    found = rounds.opened(call, officer, closes_at=makers.LAST_MOMENT.replace(year=2090))
    (task,) = rounds.invited(found, officer, (expert, application))
    rounds.accepted(task)
    desk = browser(expert)

    answer = desk.post(at("task_save", task.pk), {"version": "0", **FORM})
    assert (answer.status_code, answer.json()["version"], answer.json()["total"]) == (200, 1, "82.5")

    stale = {"version": "0", **FORM, "comment": "另一个窗口"}
    assert desk.post(at("task_save", task.pk), stale).status_code == 409
    page = desk.post(at("task", task.pk), {**stale, "act": "save"})
    assert (page.status_code, page.context["version"]) == (409, 1)
    assert "另一个窗口" in words_of(page)
    assert Sheet.objects.get(task=task).answers["comment"] == ""


def test_an_expert_declines_with_a_reason(call, officer):
    application = rounds.passed(call, officer)
    expert = rounds.expert(call.association)
    (task,) = rounds.invited(rounds.opened(call, officer), officer, (expert, application))
    desk = browser(expert)

    assert desk.get(at("task_decline", task.pk)).status_code == 200
    assert desk.post(at("task_recuse", task.pk), {"reason": ""}).status_code == 409
    assert desk.post(at("task_decline", task.pk), {"reason": "出差"}).url == at("tasks")
    assert rounds.fresh(task).state == "declined"


def test_nobody_else_opens_a_task_and_an_expert_no_page_of_the_office(desk, call, officer):
    application = rounds.passed(call, officer)
    experts = [rounds.expert(call.association) for _ in range(2)]
    found = rounds.opened(call, officer)
    (task,) = rounds.invited(found, officer, (experts[0], application))

    for client in (desk, browser(experts[1])):
        for name in ("task", "task_decline"):
            assert client.get(at(name, task.pk)).status_code == 404
    for name, pk in (
        ("round", found.pk),
        ("board", found.pk),
        ("task_seen", task.pk),
        ("outcomes", found.pk),
    ):
        assert browser(experts[0]).get(at(name, pk)).status_code == 404


def test_outcomes_and_sheets_are_seen_after_closing_only(desk, call, officer):
    application = rounds.passed(call, officer)
    experts = [rounds.expert(call.association) for _ in range(2)]
    found = rounds.opened(call, officer)
    tasks = rounds.invited(found, officer, *((each, application) for each in experts))
    for task in tasks:
        rounds.sealed(task, comment="秘密的评语")

    assert desk.get(at("outcomes", found.pk)).status_code == 404
    assert "秘密的评语" not in words_of(desk.get(at("task_seen", tasks[0].pk)))
    rounds.closed(found)

    page = words_of(desk.get(at("outcomes", found.pk)))
    assert "82.50" in page
    assert str(experts[0]) in page
    assert "秘密的评语" in words_of(desk.get(at("task_seen", tasks[0].pk)))


def test_a_doubt_is_settled_on_its_page(desk, call, officer):
    application = rounds.passed(call, officer)
    namesake = rounds.expert(call.association, "张工")
    found = rounds.opened(call, officer)
    address = at("pair", found.pk, namesake.pk, application.pk)
    (reason, _finding, is_doubt) = desk.get(address).context["reasons"][0]
    assert is_doubt

    sent = {"is_same": "no", "reason": "电话核实", "rule": reason.rule, "about": reason.about}
    assert desk.post(address, sent).url == address
    assert "电话核实" in words_of(desk.get(address))


def test_a_sheet_is_reopened_when_a_second_person_agrees(desk, call, officer):
    application = rounds.passed(call, officer)
    experts = [rounds.expert(call.association) for _ in range(2)]
    found = rounds.opened(call, officer)
    tasks = rounds.invited(found, officer, *((each, application) for each in experts))
    rounds.sealed(tasks[0])
    rounds.closed(found)

    late = {"act": "allow_late", "until": "2090-06-20", "reason": "专家住院"}
    assert desk.post(at("task_seen", tasks[1].pk), late).status_code == 302
    assert rounds.fresh(tasks[1]).state == "missed"
    waiting = Approval.objects.get()
    approve(waiting.pk, actor=make.officer(call.association), at=waiting.proposed_at)

    assert (rounds.fresh(tasks[1]).state, rounds.fresh(found).state) == ("accepted", "open")
    assert not Outcome.objects.exists()
    assert "一项申请正在等待" not in words_of(desk.get(at("task_seen", tasks[1].pk)))


@pytest.mark.parametrize("name", ["rounds", "tasks"])
def test_lists_take_the_same_queries_however_long(call, officer, name):
    expert = rounds.expert(call.association)
    client = Client()
    client.force_login(officer if name == "rounds" else rounds.account(expert))
    counts = []
    for number in (1, 2):
        for _ in range(number):
            application = rounds.passed(call, officer)
            rounds.invited(rounds.opened(call, officer), officer, (expert, application))
        client.get(at(name))
        with CaptureQueriesContext(connection) as found:
            assert client.get(at(name)).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_a_round_is_cancelled_with_a_reason(desk, call, officer):
    rounds.passed(call, officer)
    found = rounds.opened(call, officer)

    assert desk.get(at("round_cancel", found.pk)).status_code == 200
    assert desk.post(at("round_cancel", found.pk), {"reason": " "}).status_code == 409
    desk.post(at("round_cancel", found.pk), {"reason": "评分标准有误"})
    assert "评分标准有误" in words_of(desk.get(at("round", found.pk)))


def test_the_results_leave_as_a_table_without_anybody_who_judged(desk, call, officer):
    application = rounds.passed(call, officer)
    experts = [rounds.expert(call.association, name) for name in ("评委甲", "评委乙")]
    found = rounds.opened(call, officer)
    for task in rounds.invited(found, officer, *((each, application) for each in experts)):
        rounds.sealed(task)
    assert (
        desk.get(at("outcomes", found.pk), {"export": "xlsx"}).status_code == 404
    )  # not before it is closed
    rounds.closed(found)

    file = desk.get(at("outcomes", found.pk), {"export": "xlsx"})

    heads, line = CalamineWorkbook.from_filelike(BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert heads == [
        "类别",
        "名次",
        "受理编号",
        "项目名称",
        "申报单位",
        "结论",
        "总分",
        "有效评分表",
        "方案可行",
        "队伍能力",
    ]
    assert line[2:5] == [application.number, application.title, application.unit.name]
    assert (line[1], line[6:]) == (1, [82.5, 2, 50, 32.5])
    assert not [cell for cell in line if "评委" in str(cell)]
    left = Event.objects.get(act="list_exported")
    assert (left.chain_id, left.data["rows"], left.actor_id) == ("review.outcomes", 1, officer.pk)
    for other in (rounds.account(experts[0]), make.officer(make.association()), application.created_by):
        stranger = Client()
        stranger.force_login(other)
        assert stranger.get(at("outcomes", found.pk), {"export": "xlsx"}).status_code == 404


@pytest.mark.parametrize(("rounding", "points"), [("half_up", 33.4), ("truncated", 33.3)])
def test_the_points_of_a_criterion_are_rounded_as_the_card_says_on_the_page_and_in_the_table(
    rounding, points
):
    call = rounds.call({"decimals": 1, "rounding": rounding, "item_decimals": 2})
    officer = make.officer(call.association)
    application = rounds.passed(call, officer)
    found = rounds.opened(call, officer)
    experts = [rounds.expert(call.association) for _ in range(2)]
    tasks = rounds.invited(found, officer, *((each, application) for each in experts))
    for task, plan in zip(tasks, ("33.30", "33.40"), strict=True):
        rounds.sealed(task, plan=plan)
    rounds.closed(found)
    desk = Client()
    desk.force_login(officer)

    file = desk.get(at("outcomes", found.pk), {"export": "xlsx"})

    _heads, line = CalamineWorkbook.from_filelike(BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert line[8:] == [points, 32.5]
    assert f"方案可行 {points}" in words_of(desk.get(at("outcomes", found.pk)))


def test_a_project_that_nobody_scored_stands_in_the_table_without_points(desk, call, officer):
    rounds.passed(call, officer)
    found = rounds.closed(rounds.opened(call, officer))

    file = desk.get(at("outcomes", found.pk), {"export": "xlsx"})

    _heads, line = CalamineWorkbook.from_filelike(BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert [line[1], *line[6:]] == ["", "", 0, "", ""]


def test_a_new_round_is_offered_for_what_waits_and_again_for_what_was_judged(desk, call, officer):
    def offered() -> dict[str, list[tuple[int, int]]]:
        page = desk.get(at("rounds")).context
        return {name: [(each.waiting, each.judged) for each in page[name]] for name in ("calls", "again")}

    rounds.passed(call, officer)
    assert offered() == {"calls": [(1, 0)], "again": []}

    found = rounds.opened(call, officer)
    assert offered() == {"calls": [], "again": []}
    assert desk.get(at("round_new", call.pk)).context["choices"] == []

    rounds.passed(call, officer)
    assert offered() == {"calls": [(1, 0)], "again": []}
    assert [label for _node, label in desk.get(at("round_new", call.pk)).context["choices"]] == [
        "科普活动（1项）"
    ]

    rounds.closed(found)
    assert offered() == {"calls": [(1, 1)], "again": []}
    rounds.closed(rounds.opened(call, officer))
    assert offered() == {"calls": [], "again": [(0, 2)]}
    assert at("round_new", call.pk) in desk.get(at("rounds")).content.decode()
