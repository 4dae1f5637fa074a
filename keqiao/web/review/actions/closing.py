"""A round closes: what is not sealed is missed, the sheets are joined, the outcomes written."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from keqiao.core.lifecycle.review_task import TABLE as TASKS
from keqiao.core.lifecycle.review_task import ReviewTaskState
from keqiao.core.lifecycle.roles import CLOCK, OFFICER
from keqiao.core.scoring.results import Result
from keqiao.web.applications.permissions import Viewer
from keqiao.web.audit.log import By
from keqiao.web.review.actions.of_rounds import note_round, note_tasks, round_after, round_in_hand
from keqiao.web.review.actions.rounds import UNDER_WAY
from keqiao.web.review.actions.writing import refusal
from keqiao.web.review.kept_results import result_values
from keqiao.web.review.models import Outcome, Round, RoundState, Task
from keqiao.web.review.queries.joining import results_of, sealed_sheets
from keqiao.web.review.sheets import digest_of_round
from keqiao.web.review.tasks_owed import follow_round, follow_tasks

CLOSED_AT_ONCE = 20  # so that a round of due work stays short


@transaction.atomic
def close_round(round_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Close a round by hand: after its last moment, or before it where every sheet is sealed.

    Raises:
        Round.DoesNotExist: it is not the actor's business.
        Refused: it is not open, or experts still have time.
    """
    found = round_in_hand(round_id, "close", actor, at)
    waiting = Task.objects.filter(round=found, state__in=UNDER_WAY).count()
    if waiting and at <= found.closes_at:
        raise refusal("review.not_all_sealed", count=waiting)
    _close(found, By(actor, OFFICER, at))


def close_rounds_due(now: datetime) -> None:
    """Close the rounds whose last moment has passed. Due work: safe to run at any time and by several at once."""
    due = Round.objects.filter(state=RoundState.OPEN.value, closes_at__lt=now).order_by("closes_at")
    for pk in list(due.values_list("pk", flat=True)[:CLOSED_AT_ONCE]):
        with transaction.atomic():
            found = due.select_for_update(skip_locked=True).filter(pk=pk).first()
            if found is not None:
                found.state = round_after(found.state, "close", {CLOCK}).value
                _close(found, By(None, CLOCK, now))


def _close(found: Round, by: By) -> None:
    missed = list(Task.objects.select_for_update(of=("self",)).filter(round=found, state__in=UNDER_WAY))
    for task in missed:
        task.state = TASKS.after(ReviewTaskState(task.state), "miss", {by.role}).value
    Task.objects.bulk_update(missed, ["state"])
    note_tasks("miss", missed, by)
    rows = [_outcome(found, *judged, by.at) for judged in results_of(found)]
    Outcome.objects.bulk_create(rows)
    found.closed_at = by.at
    found.digest = digest_of_round({str(row.task_id): row.digest for row in sealed_sheets(found.pk)})
    found.save(update_fields=["state", "closed_at", "digest"])
    data = {"outcomes": len(rows), "missed": len(missed), "digest": found.digest}
    note_round("close", found, by, **data)
    follow_tasks(Q(round=found), by.at, "closed")
    follow_round(found.pk, by.at, "closed")


def _outcome(found: Round, application_id: UUID, result: Result, at: datetime) -> Outcome:
    return Outcome(
        association_id=found.association_id,
        round=found,
        application_id=application_id,
        verdict=result.verdict.value,
        total="" if result.total is None else str(result.total),
        shown=result.shown,
        sheets=len(result.sheets),
        found=result_values(result),
        written_at=at,
    )
