"""Makers of rounds of review. Each takes only what a test is about and fills in the rest."""

from datetime import timedelta
from itertools import count
from typing import Any

from keqiao.core.lifecycle.formal_check import FormalCheckState
from keqiao.core.rules.formal_check import Said
from keqiao.web.accounts.models import User
from keqiao.web.applications.models import Application
from keqiao.web.parties.actions import PersonDetails, register_person
from keqiao.web.review import actions, queries
from keqiao.web.review.actions import Answered, NewRound, Typed
from keqiao.web.review.actions.experts import ExpertDetails, enter_expert
from keqiao.web.review.models import Expert, FormalCheck, Round, Task
from keqiao.web.scope import crossing
from tests.web import make
from tests.web.applications import makers

NOW = makers.NOW
CLOSES = NOW + timedelta(days=7)
AFTER = CLOSES + timedelta(hours=1)
CARD: dict[str, Any] = {
    "criteria": [
        {"id": "plan", "name": "方案可行", "points": 60},
        {"id": "team", "name": "队伍能力", "points": 40, "bands": [
            {"name": "优", "least": 30, "most": 40}, {"name": "良", "least": 0, "most": 29.5},
        ]},
    ],
    "item_decimals": 1,
    "experts": 2,
    "source": {"clause": "四·1"},
}  # fmt: skip
ANSWERS: dict[str, Any] = {
    "marks": {"plan": {"points": "50"}, "team": {"points": "32.5", "band": "优"}},
    "fraud": None,
    "vetoes": {},
    "comment": "",
    "recommends": None,
}
numbers = count(1)


def call(card: Any = None, **statements: Any) -> Any:
    """A published call with a form and a scorecard."""
    return makers.call(scorecard={**CARD, **(card or {})}, **statements)


def passed(call: Any, officer: User, **answers: Any) -> Application:
    """An application that has passed the formal check."""
    application = makers.submitted(call, **answers)
    check = actions.begin(application.pk, actor=officer, at=NOW)
    points = queries.looked_at(check, NOW).points
    said = [Answered(each.point.key, Said.MEETS) for each in points]
    actions.answer(check.pk, check.digest, said, actor=officer, at=NOW)
    actions.pass_check(check.pk, check.digest, actor=officer, at=NOW)
    assert FormalCheck.objects.get(pk=check.pk).state == FormalCheckState.PASSED.value
    return makers.fresh(application)


def expert(association: Any, name: str = "", **details: Any) -> Expert:
    """An expert of the register who can log in."""
    name = name or f"专家{next(numbers)}"
    person = register_person(PersonDetails(name=name), actor=None, role="tests", at=make.LONG_AGO)
    User.objects.filter(pk=make.user(name).pk).update(person=person)
    by = (make.officer(association), NOW)
    return enter_expert(association.pk, person.pk, ExpertDetails(**details), "测试", by=by)


def account(expert: Expert) -> User:
    """The account of an expert."""
    return User.objects.get(person_id=expert.person_id)


def made(call: Any, officer: User, **wanted: Any) -> Round:
    """A round for everything of a call that has passed, opening now."""
    said = {"name": "第一轮", "nodes": ["c1"], "experts": 2, "opens_at": NOW, "closes_at": CLOSES, **wanted}
    return actions.make_round(call.pk, NewRound(**said), actor=officer, at=NOW)


def opened(call: Any, officer: User, **wanted: Any) -> Round:
    """An open round."""
    found = made(call, officer, **wanted)
    actions.open_round(found.pk, actor=officer, at=NOW)
    return fresh(found)


def invited(found: Round, officer: User, *pairs: tuple[Expert, Application]) -> list[Task]:
    """Tasks of these experts on these applications, in this order."""
    ids = {(str(one.pk), str(other.pk)) for one, other in pairs}
    actions.invite(found.pk, ids, actor=officer, at=NOW)
    return [Task.objects.get(round=found, expert=one, application=other) for one, other in pairs]


def accepted(task: Task) -> Task:
    """A task that its expert has accepted."""
    actions.accept_task(task.pk, pledged=True, actor=account(task.expert), at=NOW)
    return fresh(task)


def sealed(task: Task, plan: str = "50", team: str = "32.5", **said: Any) -> Task:
    """A task whose sheet is sealed with these points."""
    band = "优" if float(team) >= 30 else "良"
    marks = {"plan": {"points": plan}, "team": {"points": team, "band": band}}
    answers = {**ANSWERS, "marks": marks, **said}
    if task.state == "invited":
        accepted(task)
    actions.seal_sheet(task.pk, Typed(0, answers), actor=account(task.expert), at=NOW)
    return fresh(task)


def closed(found: Round) -> Round:
    """A round that the clock has closed."""
    with crossing("the clock works for all"):
        actions.close_rounds_due(AFTER)
    return fresh(found)


def fresh(row: Any) -> Any:
    """The row as it stands in the table now."""
    return type(row).objects.get(pk=row.pk)
