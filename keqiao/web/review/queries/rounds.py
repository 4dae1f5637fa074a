"""Rounds of review as the office sees them: the list, one with how far it is, one task with its sheet."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.review_task import LOAD, ReviewTaskState
from keqiao.web.applications.permissions import Viewer
from keqiao.web.programmes.queries import calls_for
from keqiao.web.review.models import Entry, FormalCheck, Outcome, Round, RoundState, Sheet, Task
from keqiao.web.review.permissions import checks_seen, rounds_seen
from keqiao.web.review.queries.entering import (
    PASSED,
    STANDING,
    entries_judged,
    in_no_live_round,
    passed_checks,
)

COUNTED = [state.value for state in LOAD]
SEALED = ReviewTaskState.SEALED.value
CLOSED = RoundState.CLOSED.value


@dataclass(frozen=True, slots=True)
class EntrySeen:
    """An application of a round with its tasks; those that were declined or taken back are not counted."""

    entry: Entry
    tasks: tuple[Task, ...]
    wanted: int

    @property
    def judging(self) -> int:
        """How many experts it has."""
        return sum(task.state in COUNTED for task in self.tasks)

    @property
    def sealed(self) -> int:
        """How many sheets are sealed."""
        return sum(task.state == SEALED for task in self.tasks)


def rounds_for(viewer: Viewer, at: datetime) -> QuerySet[Round]:
    """Return the rounds in the viewer's charge, the newest first, each with how much of it is done."""
    rows = Round.objects.filter(rounds_seen(viewer, at)).select_related("call")
    return rows.annotate(
        applications=Count("entries", distinct=True),
        asked=Count("tasks", filter=Q(tasks__state__in=COUNTED), distinct=True),
        sealed=Count("tasks", filter=Q(tasks__state=SEALED), distinct=True),
    ).order_by("-made_at")


def round_for(viewer: Viewer, pk: UUID, at: datetime) -> Round:
    """Return one of them; otherwise 404."""
    return get_object_or_404(rounds_for(viewer, at).select_related("call", "revision", "made_by"), pk=pk)


def entries_of(found: Round) -> list[EntrySeen]:
    """Return what a round judges, with its tasks. Who may see it was asked before."""
    tasks: dict[UUID, list[Task]] = {}
    for task in Task.objects.filter(round=found).select_related("expert__person"):
        tasks.setdefault(task.application_id, []).append(task)
    return [
        EntrySeen(entry, tuple(tasks.get(entry.application_id, ())), found.experts)
        for entry in entries_judged(found.pk)
    ]


@dataclass(frozen=True, slots=True)
class ToJudge:
    """A call for which a round can be made: how many applications ``wait`` for their first one, and how many were
    ``judged`` in rounds that are closed and can be judged again.
    """

    call: Any
    waiting: int
    judged: int


def calls_to_judge(viewer: Viewer, at: datetime) -> list[ToJudge]:
    """Return the calls for which a round made now would have something to judge, the newest first.

    What stands in a round that is being prepared or open is not counted.
    """
    passed = FormalCheck.objects.filter(checks_seen(viewer, at), state=PASSED, application__state=STANDING)
    is_judged = Exists(Outcome.objects.filter(application_id=OuterRef("application_id"), round__state=CLOSED))
    rows = (
        in_no_live_round(passed).annotate(is_judged=is_judged).order_by().values_list("call_id", "is_judged")
    )
    counted = Counter(rows)
    found = {call_id for call_id, _judged in counted}
    calls = calls_for(viewer, at).filter(pk__in=found).order_by("-created_at")  # type: ignore[arg-type]
    return [ToJudge(call, counted[call.pk, False], counted[call.pk, True]) for call in calls]


def nodes_to_judge(call_id: UUID) -> dict[str, int]:
    """Return the categories of a call of which a round made now would take something in, each with how many."""
    free = in_no_live_round(passed_checks(call_id))
    return dict(free.order_by().values_list("application__node").annotate(n=Count("pk")))


def calls_with_passed(viewer: Viewer, at: datetime) -> list[Any]:
    """Return the calls of which applications have passed the formal check, whatever rounds they stand in."""
    passed = FormalCheck.objects.filter(checks_seen(viewer, at), state=PASSED, application__state=STANDING)
    calls = calls_for(viewer, at).filter(pk__in=passed.values("call_id"))  # type: ignore[arg-type]
    return list(calls.order_by("-created_at"))


def nodes_with_passed(call_id: UUID) -> list[str]:
    """Return the categories of a call of which something has passed the formal check, whatever rounds it stands in."""
    return sorted(set(passed_checks(call_id).order_by().values_list("application__node", flat=True)))


def task_for_office(viewer: Viewer, pk: UUID, at: datetime) -> Task:
    """Return a task in the viewer's charge; otherwise 404."""
    rows = Task.objects.filter(rounds_seen(viewer, at))
    related = rows.select_related("round__call", "application__unit", "expert__person", "invited_by")
    return get_object_or_404(related, pk=pk)


def sheet_of(task: Task) -> Sheet | None:
    """Return the sheet of a task, or nothing. Who may see it was asked before."""
    return Sheet.objects.filter(task=task).first()


def sheets_of_round(round_id: UUID) -> dict[str, Sheet]:
    """Return the sealed sheets of a round that count, by the id of the task. Who may see them was asked before."""
    rows = Sheet.objects.filter(task__round_id=round_id, task__state=SEALED)
    return {str(row.task_id): row for row in rows.select_related("task__expert__person")}
