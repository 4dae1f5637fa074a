"""Experts are told what they are asked and what becomes of it; the office is told when one does not judge.

No letter names an expert to anybody else, and a letter to one who judges blind names nobody who applied.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.review.models import Entry, Round, Sheet, Task
from keqiao.web.review.tasks_owed import title_for_expert
from keqiao.web.ui.site_addresses import page_address

INVITED, GONE, LEFT = "review.invited", "review.task_gone", "review.task_left"
SEALED, REOPENED = "review.sealed", "review.reopened"
LONGEST = 120


def tell_invited(found: Round, tasks: Collection[Task], at: datetime) -> None:
    """Ask each expert once, however many applications are meant."""
    asked: dict[UUID, list[Task]] = defaultdict(list)
    for task in tasks:
        asked[task.expert_id].append(task)
    known = {row.pk: row for row in _with_accounts(tasks)}
    for of_expert in asked.values():
        first = known[of_expert[0].pk]
        variables = {
            "round": _line(found.name),
            "call": _line(found.call.title),
            "count": str(len(of_expert)),
            "closes": _moment(found.closes_at),
            "url": page_address("review:tasks"),
        }
        _send(INVITED, first, variables, at)


def tell_cancelled(found: Round, tasks: Collection[Task], at: datetime) -> None:
    """Tell everybody who was asked that a round is cancelled."""
    told = set()
    for task in _with_accounts(tasks):
        if task.expert_id not in told:
            told.add(task.expert_id)
            variables = {
                "round": _line(found.name),
                "title": _line(found.name),
                "reason": _line(found.reason),
            }
            _send(GONE, task, variables, at)


def tell_task_gone(task: Task, _act: str, at: datetime) -> None:
    """Tell an expert that a task was taken back."""
    for row in _with_accounts([task]):
        variables = {"round": _line(row.round.name), "title": _title(row), "reason": _line(row.reason)}
        _send(GONE, row, variables, at)


def tell_sealed(task: Task, sheet: Sheet, at: datetime) -> None:
    """Give the expert the receipt of a sealed sheet."""
    for row in _with_accounts([task]):
        variables = {
            "round": _line(row.round.name),
            "title": _title(row),
            "sealed": _moment(at),
            "digest": sheet.digest,
            "url": page_address("review:task", task.pk),
        }
        _send(SEALED, row, variables, at)


def tell_reopened(task: Task, until: datetime, at: datetime) -> None:
    """Tell the expert that a sheet can be changed or handed in until then."""
    for row in _with_accounts([task]):
        variables = {
            "round": _line(row.round.name),
            "title": _title(row),
            "until": _moment(until),
            "url": page_address("review:task", task.pk),
        }
        _send(REOPENED, row, variables, at)


def tell_left(task: Task, act: str, at: datetime) -> None:
    """Tell the officer who asked that an expert does not judge; the page says who and why."""
    officer: Any = task.invited_by
    variables = {
        "round": _line(task.round.name),
        "title": _line(task.application.title or task.application.number),
        "url": page_address("review:board", task.round_id),
    }
    letter = Letter(
        LEFT,
        recipient_id=officer.pk,
        address=officer.email or "",
        language=officer.language,
        variables=variables,
        about=(Task._meta.label_lower, str(task.pk)),
        association_id=task.association_id,
    )
    queue(letter, key=f"{LEFT}:{task.pk.hex}:{act}", at=at)


def _with_accounts(tasks: Collection[Task]) -> list[Task]:
    rows = Task.objects.filter(pk__in=[task.pk for task in tasks], expert__person__account__isnull=False)
    return list(rows.select_related("expert__person__account", "round", "application"))


def _send(template: str, task: Any, variables: dict[str, str], at: datetime) -> None:
    account = task.expert.person.account
    letter = Letter(
        template,
        recipient_id=account.pk,
        address=account.email or "",
        language=account.language,
        variables=variables,
        about=(Task._meta.label_lower, str(task.pk)),
        association_id=task.association_id,
    )
    queue(letter, key=f"{template}:{task.pk.hex}:{at.isoformat()}", at=at)


def _title(task: Any) -> str:
    marks = {}
    if task.round.blind:
        marks = dict(
            Entry.objects.filter(round_id=task.round_id, application_id=task.application_id).values_list(
                "application_id", "mark"
            )
        )
    return _line(title_for_expert(task, marks))


def _line(words: str) -> str:
    return words.strip()[:LONGEST] or "—"


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
