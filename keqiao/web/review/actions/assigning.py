"""The office asks experts to judge: by hand or as proposed, never across a conflict; doubts are settled by somebody."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from keqiao.core.assignment.values import Pair
from keqiao.core.findings import Finding, Verdict, Weight
from keqiao.core.lifecycle.review_task import ReviewTaskState
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By
from keqiao.web.review.actions.of_rounds import note_round, note_task, note_tasks, round_in_hand, task_in_hand
from keqiao.web.review.actions.writing import refusal, tidy_reason
from keqiao.web.review.models import Round, Settled, Task
from keqiao.web.review.queries.barring import told_of
from keqiao.web.review.queries.board import Board, board_of
from keqiao.web.review.queries.naming import names_for
from keqiao.web.review.tasks_owed import follow_tasks
from keqiao.web.review.telling_experts import tell_invited, tell_task_gone

MOST_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Doubt:
    """What an officer settles: the expert and the application, the rule that asks, what it is about."""

    expert_id: UUID
    application_id: UUID
    rule: str
    about: str


@transaction.atomic
def invite(round_id: UUID, pairs: Collection[Pair], *, actor: Viewer, at: datetime) -> list[Task]:
    """Ask experts to judge applications (pairs of their ids); who is asked already stays so. They are told.

    Raises:
        Round.DoesNotExist: it is not the actor's business.
        Refused: with every pair that must not be: a conflict, a doubt nobody settled, an expert who is full or unknown.
    """
    found = round_in_hand(round_id, "assign", actor, at)
    if found.closes_at <= at:
        raise refusal("review.over")
    board = board_of(found, at)
    wanted = sorted(set(pairs) - set(board.tasks))[:MOST_AT_ONCE]
    if against := list(_against(board, wanted)):
        raise Refused(*against)
    by = By(actor, OFFICER, at)
    digests = {str(each.application_id): each.digest for each in board.entries}
    tasks = [_task(found, pair, digests[pair[1]], by) for pair in wanted]
    Task.objects.bulk_create(tasks)
    if tasks:
        note_round("assign", found, by, tasks=len(tasks))
        note_tasks("invited", tasks, by)
        follow_tasks(Q(round=found), at, "invited")
        tell_invited(found, tasks, at)
    return tasks


def _task(found: Round, pair: Pair, digest: str, by: By) -> Task:
    actor: Any = by.actor
    return Task(
        association_id=found.association_id,
        round=found,
        expert_id=UUID(pair[0]),
        application_id=UUID(pair[1]),
        state=ReviewTaskState.INVITED.value,
        submission_digest=digest,
        invited_by_id=actor.pk,
        invited_at=by.at,
    )


def _against(board: Board, wanted: Sequence[Pair]) -> Iterator[Finding]:
    experts = {str(each.pk): each for each in board.experts}
    titles = {str(each.application_id): each.application.title or each.mark for each in board.entries}
    names = names_for(board.conflicts, board.experts, [each.application for each in board.entries])
    given: dict[str, int] = {}
    for expert, application in wanted:
        if expert not in experts or application not in titles:
            yield Finding("review.not_there", Weight.REFUSE)
            continue
        values = {"expert": str(experts[expert]), "title": titles[application]}
        verdict = board.verdict((expert, application))
        if verdict is not Verdict.PASSES:
            code = "review.in_conflict" if verdict is Verdict.FAILS else "review.in_doubt"
            yield Finding(code, Weight.REFUSE, values)
            yield from told_of(board.conflicts.between(expert, application), names)
        given[expert] = given.get(expert, 0) + 1
    yield from _full(board, experts, given)
    yield from _of_one_body(board, wanted, titles)


def _of_one_body(board: Board, wanted: Sequence[Pair], titles: Mapping[str, str]) -> Iterator[Finding]:
    """What the call says about experts of one body: those that judge already are counted with those who are asked."""
    if board.of_one_body is None:
        return
    asked = Counter((application, board.bodies.get(expert, "")) for expert, application in wanted)
    for (application, body), number in asked.items():
        if body and application in titles and board.of_body(application, body) + number > board.of_one_body:
            values = {"title": titles[application], "most": board.of_one_body}
            yield Finding("review.too_many_of_one_body", Weight.REFUSE, values)


def _full(board: Board, experts: dict[str, Any], given: dict[str, int]) -> Iterator[Finding]:
    for expert, number in given.items():
        most = board.room[expert]
        if most is not None and board.load(expert) + number > most:
            values = {"expert": str(experts[expert]), "has": board.load(expert), "most": most, "more": number}
            yield Finding("review.too_many", Weight.REFUSE, values)


@transaction.atomic
def settle(round_id: UUID, doubt: Doubt, answer: tuple[bool, str], *, actor: Viewer, at: datetime) -> Settled:
    """Say whether a doubtful conflict is one (``answer``: is it the same, and how it was found out).

    Raises:
        Round.DoesNotExist: it is not the actor's business.
        Refused: there is no such doubt, it was settled already, or the reason is missing.
    """
    found = round_in_hand(round_id, "settle", actor, at)
    is_same, reason = answer[0], tidy_reason(answer[1])
    if not reason:
        raise refusal("review.reason_missing")
    board = board_of(found, at)
    pair = (str(doubt.expert_id), str(doubt.application_id))
    open_doubts = {
        (each.rule, each.about) for each in board.conflicts.between(*pair) if each.verdict is Verdict.PERSON
    }
    if (doubt.rule, doubt.about) not in open_doubts:
        raise refusal("review.no_doubt")
    row = Settled.objects.create(
        association_id=found.association_id,
        expert_id=doubt.expert_id,
        application_id=doubt.application_id,
        rule=doubt.rule,
        about=doubt.about,
        is_same=is_same,
        reason=reason,
        settled_by_id=actor.pk,
        settled_at=at,
    )
    said = {"expert": pair[0], "application": pair[1], "rule": doubt.rule, "is_same": is_same}
    note_round("settle", found, By(actor, OFFICER, at), reason=reason, **said)
    return row


@transaction.atomic
def take_back(task_id: UUID, act: str, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Take a task from an expert, for a reason: ``cancel`` it, or ``recuse`` for a conflict. The expert is told.

    Raises:
        Task.DoesNotExist: it is not the actor's business.
        Refused: it is not in such a state, its round is over, or the reason is missing.
    """
    if act not in ("cancel", "recuse"):
        raise ValueError(f"an officer does not {act} a task")
    task = task_in_hand(task_id, act, actor, at)
    if not (reason := tidy_reason(reason)):
        raise refusal("review.reason_missing")
    require_not_closed(task)
    task.reason = reason
    task.save(update_fields=["state", "reason"])
    note_task(act, task, By(actor, OFFICER, at), reason=reason)
    follow_tasks(Q(pk=task.pk), at, task.state)
    tell_task_gone(task, act, at)


def require_not_closed(task: Task) -> None:
    """Raises Refused: the round of the task is closed or cancelled; nothing of it changes any more."""
    if task.round.state not in ("planned", "open"):
        raise refusal("review.over")
