"""The sealed sheets of a round, and what they come to for each application that it judges."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from keqiao.core.lifecycle.review_task import ReviewTaskState
from keqiao.core.programme.selection import Scorecard
from keqiao.core.scoring.results import Result, result_of
from keqiao.core.scoring.sheets import Sheet as Read
from keqiao.web.review.models import Round, Sheet
from keqiao.web.review.queries.entering import entries_judged
from keqiao.web.review.sheets import sheet_in

SEALED = ReviewTaskState.SEALED.value


def results_of(found: Round) -> list[tuple[UUID, Result]]:
    """Return what the sealed sheets of a round come to, for each application that it judges."""
    card = Scorecard.model_validate(found.card)
    sheets: dict[UUID, list[Read]] = defaultdict(list)
    for row in sealed_sheets(found.pk):
        sheets[row.task.application_id].append(sheet_in(str(row.task_id), row.answers))
    entries = entries_judged(found.pk).values_list("application_id", flat=True)
    return [(pk, result_of(card, str(pk), sheets[pk])) for pk in entries]


def sealed_sheets(round_id: UUID) -> Any:
    """Return the sheets of a round that count, in a lasting order."""
    rows = Sheet.objects.filter(task__round_id=round_id, task__state=SEALED)
    return rows.select_related("task").order_by("task_id")
