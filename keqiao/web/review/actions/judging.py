"""An expert answers an invitation, fills in the sheet and seals it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from keqiao.core.lifecycle.review_task import ReviewTaskState
from keqiao.core.lifecycle.roles import EXPERT
from keqiao.core.programme.selection import Scorecard
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By
from keqiao.web.review.actions.assigning import require_not_closed
from keqiao.web.review.actions.of_rounds import locked_task, note_task, task_after
from keqiao.web.review.actions.writing import refusal, tidy_reason
from keqiao.web.review.models import RoundState, Sheet, Task
from keqiao.web.review.permissions import is_expert_of
from keqiao.web.review.sheets import digest_of_sheet, faults_of
from keqiao.web.review.tasks_owed import follow_tasks
from keqiao.web.review.telling_experts import tell_left, tell_sealed
from keqiao.web.scope import crossing

WHY = "an expert writes in the books of the association that asked"


@dataclass(frozen=True, slots=True)
class Typed:
    """What an expert typed on version ``base`` of the sheet (0: nothing was saved yet); ``pledged`` with it or not."""

    base: int
    answers: Mapping[str, Any]
    pledged: bool = False


class SheetChanged(Exception):
    """The sheet was saved elsewhere since the version that was edited. Nothing was written; ``sheet`` stands now."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(f"version {sheet.version} stands")
        self.sheet = sheet


def accept_task(task_id: UUID, *, pledged: bool, actor: Any, at: datetime) -> Task:
    """Accept an invitation, with the pledge of secrecy and fairness.

    Raises:
        Task.DoesNotExist: somebody else was asked.
        Refused: it was answered already, its round is over, or the pledge is missing.
    """
    with crossing(WHY), transaction.atomic():
        task = _own(task_id, actor)
        if not pledged:
            raise refusal("review.pledge_missing")
        require_not_closed(task)
        task.state = task_after(task.state, "accept", {EXPERT}).value
        task.answered_at = task.pledged_at = at
        task.save(update_fields=["state", "answered_at", "pledged_at"])
        note_task("accept", task, By(actor, EXPERT, at), pledged=True)
        follow_tasks(Q(pk=task.pk), at, "accepted")
        return task


def leave_task(task_id: UUID, act: str, reason: str, *, actor: Any, at: datetime) -> Task:
    """``decline`` a task, or ``recuse`` oneself for a conflict that the office did not know; with a reason.

    Raises:
        Task.DoesNotExist: somebody else was asked.
        Refused: it is not in such a state, its round is over, or the reason is missing.
    """
    if act not in ("decline", "recuse"):
        raise ValueError(f"an expert does not {act} a task")
    with crossing(WHY), transaction.atomic():
        task = _own(task_id, actor)
        require_not_closed(task)
        state = task_after(task.state, act, {EXPERT})
        if not (reason := tidy_reason(reason)):
            raise refusal("review.reason_missing")
        task.state, task.reason, task.answered_at = state.value, reason, at
        task.save(update_fields=["state", "reason", "answered_at"])
        note_task(act, task, By(actor, EXPERT, at), reason=reason)
        follow_tasks(Q(pk=task.pk), at, state.value)
        tell_left(task, act, at)
        return task


def save_sheet(task_id: UUID, typed: Typed, *, actor: Any, at: datetime) -> Sheet:
    """Save what an expert typed, on the version that was edited.

    Raises:
        Task.DoesNotExist: somebody else was asked.
        SheetChanged: another window saved meanwhile.
        Refused: the round is not open, the sheet is sealed, or the pledge was never given.
    """
    with crossing(WHY), transaction.atomic():
        task = _own(task_id, actor)
        return _save(task, typed, By(actor, EXPERT, at))


def seal_sheet(task_id: UUID, typed: Typed, *, actor: Any, at: datetime) -> Sheet:
    """Seal the sheet with these answers: from now on nothing of it changes.

    Raises:
        Task.DoesNotExist, SheetChanged, Refused: as :func:`save_sheet` says.
        Refused: with every fault of the sheet; what was typed is saved by :func:`save_sheet` beforehand.
    """
    with crossing(WHY), transaction.atomic():
        task = _own(task_id, actor)
        by = By(actor, EXPERT, at)
        sheet = _save(task, typed, by)
        if faults := faults_of(Scorecard.model_validate(task.round.card), sheet.answers):
            raise Refused(*faults)
        task.state = task_after(task.state, "seal", {EXPERT}).value
        task.save(update_fields=["state"])
        sheet.sealed_at, sheet.digest = at, digest_of_sheet(task, task.round.card, sheet.answers)
        sheet.save(update_fields=["sealed_at", "digest"])
        note_task("seal", task, by, digest=sheet.digest, version=sheet.version)
        follow_tasks(Q(pk=task.pk), at, "sealed")
        tell_sealed(task, sheet, at)
        return sheet


def _own(task_id: UUID, actor: Any) -> Task:
    task = locked_task(task_id)
    if not is_expert_of(task, actor):
        raise Task.DoesNotExist
    return task


def _save(task: Task, typed: Typed, by: By) -> Sheet:
    _require_open(task, by.at)
    if task.pledged_at is None and not typed.pledged:
        raise refusal("review.pledge_missing")
    act = "begin" if task.state == ReviewTaskState.ACCEPTED.value else "save"
    task.state = task_after(task.state, act, {EXPERT}).value
    sheet = Sheet.objects.select_for_update().filter(task=task).first()
    standing = sheet.version if sheet else 0
    if sheet is not None and typed.base != standing:
        if dict(sheet.answers) == dict(typed.answers):
            return sheet
        raise SheetChanged(sheet)
    if sheet is not None and dict(sheet.answers) == dict(typed.answers) and act == "save":
        return sheet
    task.pledged_at = task.pledged_at or by.at
    task.save(update_fields=["state", "pledged_at"])
    sheet = sheet or Sheet(association_id=task.association_id, task=task)
    sheet.answers, sheet.version, sheet.saved_at = dict(typed.answers), standing + 1, by.at
    sheet.save()
    note_task(act, task, by, version=sheet.version)
    return sheet


def _require_open(task: Task, at: datetime) -> None:
    """A sheet takes words while its round is open, until its last moment."""
    if task.round.state == RoundState.PLANNED.value:
        raise refusal("review.not_open_yet")
    if task.round.state != RoundState.OPEN.value or at > task.round.closes_at:
        raise refusal("review.over")
