"""A sheet is taken up again or comes late, for a reason, once a second person has agreed (``second_person``)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.actions import Proposal, propose
from keqiao.web.approvals.acts import Subject
from keqiao.web.audit.log import By
from keqiao.web.review.actions.of_rounds import locked_task, note_round, note_task, round_after, task_after
from keqiao.web.review.actions.writing import refusal, tidy_reason
from keqiao.web.review.holds import require_not_held
from keqiao.web.review.models import Outcome, Round, RoundState, Sheet, Task
from keqiao.web.review.permissions import is_officer
from keqiao.web.review.tasks_owed import follow_tasks
from keqiao.web.review.telling_experts import tell_reopened

ACT_CODES = {"allow_late": "review.allow_late", "reopen": "review.reopen"}
"""The acts that need a second person, by the code of the act on the task."""


@dataclass(frozen=True, slots=True)
class Reopening:
    """What an officer asks: that a sheet may come late (``allow_late``) or be changed (``reopen``), until when, why."""

    act: str
    until: datetime
    reason: str


@transaction.atomic
def ask_to_reopen(task_id: UUID, wanted: Reopening, *, actor: Viewer, at: datetime) -> Any:
    """Lay before a second person that a sheet may come late or be changed.

    Raises:
        Task.DoesNotExist: it is not the actor's business.
        Refused: the task is not in such a state, the time is over, or the reason is missing; a decision rests on it.
        AlreadyProposed: it waits already, with other words.
    """
    task = locked_task(task_id)
    if not is_officer(actor, task.association_id, at):
        raise Task.DoesNotExist
    task_after(task.state, wanted.act, {OFFICER})
    require_not_held(task.round.call_id, at)
    if against := _against_time(task, wanted.until, at):
        raise against
    if not (reason := tidy_reason(wanted.reason)):
        raise refusal("review.reason_missing")
    subject = Subject(Task._meta.label_lower, str(task.pk), task.association_id)
    arguments = {"until": wanted.until.isoformat()}
    return propose(Proposal(ACT_CODES[wanted.act], subject, arguments, reason), actor=actor, at=at)


def reopen_approved(task_id: UUID, act: str, until: datetime, *, by: By, approved_by: UUID) -> Task:
    """Do what the second person agreed to, for the one who asked. In the transaction of the approval.

    A closed round opens again for this one sheet: its outcomes are withdrawn until it closes anew.

    Raises:
        Refused: it cannot be done any more; a decision has come to rest on it meanwhile.
    """
    task = locked_task(task_id)
    task.state = task_after(task.state, act, {OFFICER}).value
    require_not_held(task.round.call_id, by.at)
    if against := _against_time(task, until, by.at):
        raise against
    task.save(update_fields=["state"])
    if act == "reopen":
        Sheet.objects.filter(task=task).update(sealed_at=None, digest="")
    note_task(act, task, by, approved_by=str(approved_by))
    _open_again(task.round, until, by, approved_by)
    follow_tasks(Q(pk=task.pk), by.at, "reopened")
    tell_reopened(task, until, by.at)
    return task


def _against_time(task: Task, until: datetime, at: datetime) -> Refused | None:
    if task.round.state not in (RoundState.OPEN.value, RoundState.CLOSED.value):
        return refusal("review.over")
    return refusal("review.dates_in_disorder") if until <= at else None


def _open_again(found: Round, until: datetime, by: By, approved_by: UUID) -> None:
    """Let a round run until then, however it stood."""
    if found.state == RoundState.CLOSED.value:
        found.state = round_after(found.state, "reopen", {OFFICER}).value
        found.closes_at, found.closed_at, found.digest = until, None, ""
        Outcome.objects.filter(round=found).delete()
        note_round("reopen", found, by, approved_by=str(approved_by))
    found.closes_at = max(found.closes_at, until)
    found.save(update_fields=["state", "closes_at", "closed_at", "digest"])
