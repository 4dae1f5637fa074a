"""The office makes a round of review, takes applications in, opens and cancels it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from keqiao.core.lifecycle.review_task import TABLE as TASKS
from keqiao.core.lifecycle.review_task import ReviewTaskState
from keqiao.core.lifecycle.roles import CLOCK, OFFICER
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By
from keqiao.web.programmes.queries import calls_for, revision_in_force
from keqiao.web.review.actions.of_rounds import note_round, note_tasks, round_after, round_in_hand
from keqiao.web.review.actions.writing import refusal, tidy_reason
from keqiao.web.review.holds import require_not_held
from keqiao.web.review.models import Entry, Round, RoundState, Task
from keqiao.web.review.permissions import is_officer
from keqiao.web.review.queries.entering import to_enter
from keqiao.web.review.scorecards import against_experts, card_for
from keqiao.web.review.tasks_owed import follow_round, follow_tasks
from keqiao.web.review.telling_experts import tell_cancelled

OPENED_AT_ONCE = 50  # so that a round of due work stays short
UNDER_WAY = [ReviewTaskState.INVITED.value, ReviewTaskState.ACCEPTED.value, ReviewTaskState.DRAFT.value]


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round as an officer wants it. ``experts`` judge each application, each of them ``most`` at most (None: any)."""

    name: str
    nodes: Sequence[str]
    experts: int
    opens_at: datetime
    closes_at: datetime
    most: int | None = None
    blind: bool = True


@transaction.atomic
def make_round(call_id: UUID, wanted: NewRound, *, actor: Viewer, at: datetime) -> Round:
    """Make a round for categories of a call and take in what has passed the formal check.

    Raises:
        Call.DoesNotExist: it is not the actor's business.
        Refused: no or several scorecards, fewer experts than the call states, dates in disorder, nothing to judge;
            a decision rests on what was judged.
    """
    call = calls_for(actor, at).get(pk=call_id)  # type: ignore[arg-type]
    if not is_officer(actor, call.association_id, at):
        raise call.DoesNotExist
    require_not_held(call.pk, at)
    revision = revision_in_force(call)
    if revision is None:
        raise refusal("review.not_published")
    card = card_for(revision.pk, wanted.nodes)
    against = [*against_experts(card, wanted.experts), *_against_dates(wanted, at)]
    if against:
        raise Refused(*against)
    made = Round.objects.create(
        association_id=call.association_id,
        call=call,
        revision=revision,
        name=wanted.name.strip() or str(call.title)[:80],
        nodes=sorted(set(wanted.nodes)),
        experts=wanted.experts,
        most=wanted.most,
        blind=wanted.blind,
        opens_at=wanted.opens_at,
        closes_at=wanted.closes_at,
        made_by_id=actor.pk,
        made_at=at,
    )
    if not _enter(made, at):
        raise refusal("review.nothing_to_judge")
    note_round("made", made, By(actor, OFFICER, at), nodes=made.nodes, entries=made.entries.count())
    follow_round(made.pk, at, "made")
    return made


def _against_dates(wanted: NewRound, at: datetime) -> list:
    if wanted.closes_at <= max(wanted.opens_at, at):
        return list(refusal("review.dates_in_disorder").findings)
    return []


def _enter(found: Round, at: datetime) -> int:
    """Take in the applications that have passed and stand in no other round; how many."""
    number = found.entries.count()
    rows = [
        Entry(
            association_id=found.association_id,
            round=found,
            application_id=application_id,
            mark=f"A-{number + place:03}",
            digest=digest,
            entered_at=at,
        )
        for place, (application_id, digest) in enumerate(to_enter(found), 1)
    ]
    Entry.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def take_in(round_id: UUID, *, actor: Viewer, at: datetime) -> int:
    """Take in what has passed the formal check since; how many.

    Raises:
        Round.DoesNotExist: it is not the actor's business.
        Refused: the round is over.
    """
    found = round_in_hand(round_id, "assign", actor, at)
    number = _enter(found, at)
    if number:
        note_round("taken_in", found, By(actor, OFFICER, at), entries=number)
        follow_round(found.pk, at, "taken_in")
    return number


@transaction.atomic
def open_round(round_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Open a round before its stated moment.

    Raises:
        Round.DoesNotExist: it is not the actor's business.
        Refused: it is not being prepared, or its categories share no scorecard any more.
    """
    found = round_in_hand(round_id, "open", actor, at)
    if found.closes_at <= at:
        raise refusal("review.dates_in_disorder")
    found.opens_at = min(found.opens_at, at)
    _open(found, By(actor, OFFICER, at))


def open_rounds_due(now: datetime) -> None:
    """Open the rounds whose moment has come. Due work: safe to run at any time and by several at once.

    A round whose scorecard can no longer be frozen stays as it is; its page says why.
    """
    due = Round.objects.filter(state=RoundState.PLANNED.value, opens_at__lte=now, closes_at__gt=now)
    for pk in list(due.order_by("opens_at").values_list("pk", flat=True)[:OPENED_AT_ONCE]):
        with transaction.atomic():
            rows = due.select_for_update(skip_locked=True, of=("self",)).select_related("call", "revision")
            found = rows.filter(pk=pk).first()
            if found is None or not Task.objects.filter(round=found).exists():
                continue
            found.state = round_after(found.state, "open", {CLOCK}).value
            try:
                with transaction.atomic():
                    _open(found, By(None, CLOCK, now))
            except Refused:
                continue


def _open(found: Round, by: By) -> None:
    """Freeze the scorecard as it is published now."""
    revision = revision_in_force(found.call) or found.revision
    card = card_for(revision.pk, found.nodes)
    if against := list(against_experts(card, found.experts)):
        raise Refused(*against)
    if card.experts is None:
        card = card.model_copy(update={"experts": found.experts})
    found.revision = revision
    found.card = card.model_dump(mode="json", exclude_none=True)
    found.save()
    _enter(found, by.at)
    note_round("open", found, by, revision=revision.number, entries=found.entries.count())
    follow_tasks(Q(round=found), by.at, "opened")
    follow_round(found.pk, by.at, "opened")


@transaction.atomic
def cancel_round(round_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Cancel a round, for a reason; whoever was asked is told, and nothing that was scored counts.

    Raises:
        Round.DoesNotExist: it is not the actor's business.
        Refused: it is over, or the reason is missing.
    """
    found = round_in_hand(round_id, "cancel", actor, at)
    if not (reason := tidy_reason(reason)):
        raise refusal("review.reason_missing")
    found.reason = reason
    found.save(update_fields=["state", "reason"])
    by = By(actor, OFFICER, at)
    note_round("cancel", found, by, reason=reason)
    tasks = list(Task.objects.select_for_update(of=("self",)).filter(round=found, state__in=UNDER_WAY))
    for task in tasks:
        task.state = TASKS.after(ReviewTaskState(task.state), "cancel", {OFFICER}).value
        task.reason = reason
    Task.objects.bulk_update(tasks, ["state", "reason"])
    note_tasks("cancel", tasks, by)
    follow_tasks(Q(round=found), at, "cancelled")
    follow_round(found.pk, at, "cancelled")
    tell_cancelled(found, tasks, at)
