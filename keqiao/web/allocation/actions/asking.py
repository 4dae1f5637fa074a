"""Ask for the approval of a decision: everything that stands against it is said at once."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.core.allocation import departures
from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.allocation.actions.moving import refusal, tidy_reason
from keqiao.web.allocation.actions.writing import changed, rows_of, taken_in_hand
from keqiao.web.allocation.approving import BY_LEADER, digest_of
from keqiao.web.allocation.frozen import Frozen, thawed
from keqiao.web.allocation.gathering import gathered
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.owed import follow_decision
from keqiao.web.allocation.permissions import Viewer
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.actions import Proposal, propose
from keqiao.web.approvals.acts import Subject
from keqiao.web.approvals.queries import Approval
from keqiao.web.review.queries.passed import unfinished_rounds

S = SelectionState


@transaction.atomic
def ask_for_approval(
    decision_id: UUID, version: int, reason: str, *, actor: Viewer, at: datetime
) -> Approval:
    """Let a decision wait for the leader; nothing in it changes while it waits.

    Raises:
        Decision.DoesNotExist: it is not the actor's business.
        Refused: with everything that stands against it: what is open, what changed since, a sum that is missing.
    """
    decision = taken_in_hand(decision_id, version, actor, at)
    rows = rows_of(decision)
    if wrong := list(_against(decision, rows, reason, at)):
        raise Refused(*wrong)
    changed(decision, "asked", actor, at, content=digest_of(decision, rows))
    subject = subject_of(decision)
    arguments = {"version": decision.version, "content": digest_of(decision, rows)}
    approval = propose(Proposal(BY_LEADER, subject, arguments, tidy_reason(reason)), actor=actor, at=at)
    follow_decision(decision.pk, at, "asked")
    return approval


def subject_of(decision: Decision) -> Subject:
    """Return a decision as approvals know it."""
    return Subject(decision._meta.label_lower, str(decision.pk), decision.association_id)


def _against(decision: Decision, rows: Sequence[Selection], reason: str, at: datetime) -> Iterator[Finding]:
    if not tidy_reason(reason):
        yield _refused("reason_missing")
    if count := unfinished_rounds(decision.call_id):
        yield _refused("rounds_open", count=count)
    frozen = thawed(decision.proposed)
    if frozen is None or gathered(decision, rows, at).case != frozen.case:
        yield _refused("facts_changed")
        return
    if still := [row for row in rows if row.state == S.RANKED.value]:
        yield _refused("still_open", count=len(still))
    yield from _wrong_among_the_chosen(frozen, rows)


def _wrong_among_the_chosen(frozen: Frozen, rows: Sequence[Selection]) -> Iterator[Finding]:
    chosen = [row for row in rows if row.state == S.PROPOSED.value]
    if not chosen:
        yield _refused("nobody_chosen")
    for row in chosen:
        if row.amount_fen is None:
            yield _refused("amount_missing", candidate=str(row.application_id))
    decided = {str(row.application_id): row.amount_fen for row in chosen if row.amount_fen is not None}
    found = departures(frozen.case, frozen.proposal, decided)
    yield from (each for each in found if each.weight is Weight.REFUSE)


def _refused(what: str, **values: object) -> Finding:
    (finding,) = refusal(f"decision.{what}", **values).findings
    return finding
