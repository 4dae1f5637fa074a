"""What the experts say to those who applied, where the call tells it: their comments, and never who wrote them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from keqiao.core.lifecycle.review_task import ReviewTaskState
from keqiao.web.review.models import RoundState, Sheet, Task

SEALED = ReviewTaskState.SEALED.value


def comments_told(application_ids: Collection[UUID]) -> Mapping[UUID, list[str]]:
    """Return the comments of closed rounds whose scorecard says that they are told, by application.

    They stand in the order of their words, which says nothing about who wrote them; what names an expert of the round
    is left out. Whether the result is told by now was asked before.
    """
    rows = Sheet.objects.filter(
        task__application_id__in=application_ids,
        task__state=SEALED,
        task__round__state=RoundState.CLOSED.value,
        sealed_at__isnull=False,
    ).select_related("task__round")
    told = [row for row in rows if (row.task.round.card or {}).get("comments_told")]
    names = _names_in({row.task.round_id for row in told})
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in told:
        words = _words(row)
        if words and not any(name in words for name in names[row.task.round_id]):
            found[row.task.application_id].append(words)
    return {application: sorted(comments) for application, comments in found.items()}


def _words(row: Any) -> str:
    return " ".join(str(row.answers.get("comment") or "").split())


def _names_in(rounds: Collection[UUID]) -> Mapping[UUID, set[str]]:
    """The names of all who were asked to judge in these rounds; whoever was erased has none left to look for."""
    found: dict[UUID, set[str]] = defaultdict(set)
    asked = Task.objects.filter(round__in=rounds).values_list("round_id", "expert__person__name")
    for round_id, name in asked.distinct():
        if name:
            found[round_id].add(name)
    return found
