"""What acts on rounds share: locks, whether an act is allowed, the chains of events."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.review_round import TABLE as ROUNDS
from keqiao.core.lifecycle.review_round import ReviewRoundState
from keqiao.core.lifecycle.review_task import TABLE as TASKS
from keqiao.core.lifecycle.review_task import ReviewTaskState
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.applications.permissions import Viewer
from keqiao.web.audit.log import By, Chain, Happened, record, record_together
from keqiao.web.review.actions.writing import refusal
from keqiao.web.review.models import Round, Task
from keqiao.web.review.permissions import is_officer

LOCKED_WITH = ("call", "association", "revision")


def locked_round(round_id: UUID) -> Round:
    """Return a round under lock: whatever changes its tasks holds it. Raises Round.DoesNotExist: there is none."""
    return Round.objects.select_for_update(of=("self",)).select_related(*LOCKED_WITH).get(pk=round_id)


def round_in_hand(round_id: UUID, act: str, actor: Viewer, at: datetime) -> Round:
    """Return a round under lock, in the state that ``act`` of an officer leads to; not yet saved.

    Raises:
        Round.DoesNotExist: it is not the actor's business, so it is not there.
        Refused: it is not in such a state.
    """
    found = locked_round(round_id)
    if not is_officer(actor, found.association_id, at):
        raise Round.DoesNotExist
    found.state = round_after(found.state, act, {OFFICER}).value
    return found


def task_in_hand(task_id: UUID, act: str, actor: Viewer, at: datetime) -> Task:
    """Return a task under lock with its round, in the state that ``act`` of an officer leads to; not yet saved.

    Raises:
        Task.DoesNotExist: it is not the actor's business, so it is not there.
        Refused: it is not in such a state.
    """
    task = locked_task(task_id)
    if not is_officer(actor, task.association_id, at):
        raise Task.DoesNotExist
    task.state = task_after(task.state, act, {OFFICER}).value
    return task


def locked_task(task_id: UUID) -> Task:
    """Return a task under lock, its round locked before it. Raises Task.DoesNotExist: there is none."""
    round_id = Task.objects.filter(pk=task_id).values_list("round_id", flat=True).first()
    if round_id is None:
        raise Task.DoesNotExist
    within = locked_round(round_id)
    rows = Task.objects.select_for_update(of=("self",)).select_related("application", "expert__person")
    task = rows.get(pk=task_id)
    task.round = within
    return task


def round_after(state: str, act: str, roles: Collection[str]) -> ReviewRoundState:
    """Return the state that ``act`` leads to. Raises Refused: the life of rounds does not allow it."""
    try:
        return ROUNDS.after(ReviewRoundState(state), act, roles)
    except NotAllowed as refused:
        raise refusal("review.wrong_state", state=f"word.review_round.{state}") from refused


def task_after(state: str, act: str, roles: Collection[str]) -> ReviewTaskState:
    """Return the state that ``act`` leads to. Raises Refused: the life of review tasks does not allow it."""
    try:
        return TASKS.after(ReviewTaskState(state), act, roles)
    except NotAllowed as refused:
        raise refusal("review.wrong_state", state=f"word.review_task.{state}") from refused


def note_round(act: str, found: Round, by: By, *, reason: str = "", **data: Any) -> None:
    """Write the event of an act on a round."""
    record(
        ROUNDS.events.get(act, act), found, actor=by.actor, role=by.role, at=by.at, data=data, reason=reason
    )


def note_task(act: str, task: Task, by: By, *, reason: str = "", **data: Any) -> None:
    """Write the event of an act on a task."""
    record(TASKS.events.get(act, act), task, actor=by.actor, role=by.role, at=by.at, data=data, reason=reason)


def note_tasks(act: str, tasks: Iterable[Task], by: By) -> None:
    """Write the same event on several tasks."""
    event = TASKS.events.get(act, act)
    happened = [Happened(event, Chain(Task._meta.label_lower, str(task.pk))) for task in tasks]
    if happened:
        record_together(happened, by)
