"""What an expert sees: the own tasks, one of them with its sheet, and the application it is about."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.review_round import ReviewRoundState
from keqiao.web.review.models import Entry, Task
from keqiao.web.review.permissions import own_tasks

SHOWN = [ReviewRoundState.PLANNED.value, ReviewRoundState.OPEN.value, ReviewRoundState.CLOSED.value]


def tasks_of_expert(viewer: Any) -> QuerySet[Task]:
    """Return what the viewer was asked to judge, the next to close first."""
    rows = Task.objects.filter(own_tasks(viewer), round__state__in=SHOWN)
    return rows.select_related("round__call", "expert", "application").order_by("round__closes_at", "pk")


def task_of_expert(viewer: Any, pk: UUID) -> Task:
    """Return one of them; otherwise 404."""
    return get_object_or_404(tasks_of_expert(viewer), pk=pk)


def entry_of(task: Task) -> Entry:
    """Return the entry that a task is about. Who may see it was asked before."""
    rows = Entry.objects.select_related("application__unit", "application__leader")
    return rows.get(round_id=task.round_id, application_id=task.application_id)


def marks_of(tasks: Any) -> dict[UUID, str]:
    """Return what the applications of these tasks are called in their rounds, by the id of the task."""
    rows = Entry.objects.filter(round_id__in={task.round_id for task in tasks})
    marks = {(row.round_id, row.application_id): row.mark for row in rows}
    return {task.pk: marks.get((task.round_id, task.application_id), "—") for task in tasks}


def takes_part(viewer: Any, _at: Any) -> bool:
    """Was the viewer ever asked to judge anything?"""
    return Task.objects.filter(own_tasks(viewer)).exists()
