"""Begin a decision, read the facts and ask the core for a proposal; what the office sets and finds out on the way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.allocation import NotSolved, Policy, Proposal, Verdict, propose
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.allocation.actions.moving import refusal
from keqiao.web.allocation.actions.writing import changed, rows_of, taken_in_hand
from keqiao.web.allocation.finance import is_approved_by_finance
from keqiao.web.allocation.frozen import Frozen, freeze
from keqiao.web.allocation.gathering import gathered
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.owed import follow_decision
from keqiao.web.allocation.permissions import Viewer, is_officer
from keqiao.web.allocation.policies import values_of
from keqiao.web.audit.log import By, record
from keqiao.web.eligibility.calls import ready_call
from keqiao.web.programmes.queries import calls_for, revision_in_force
from keqiao.web.review.queries.outcomes import outcomes_of
from keqiao.web.review.queries.passed import passed_of, unfinished_rounds


@transaction.atomic
def begin(call_id: UUID, *, actor: Viewer, at: datetime) -> Decision:
    """Begin the decision about a call, with all that passed the formal check; begun before, it is given as it is.

    Raises:
        Call.DoesNotExist: it is not the actor's business.
        Refused: experts are still at work and no round is closed, or nothing passed the formal check.
    """
    call = calls_for(actor, at).get(pk=call_id)  # type: ignore[arg-type]
    if not is_officer(actor, call.association_id, at):
        raise type(call).DoesNotExist
    if (known := Decision.objects.filter(call=call).first()) is not None:
        return known
    if unfinished_rounds(call_id) and not outcomes_of(call_id):
        raise refusal("decision.rounds_open", count=unfinished_rounds(call_id))
    if not passed_of(call_id).exists():
        raise refusal("decision.nothing_passed")
    revision: Any = revision_in_force(call)
    decision = Decision.objects.create(
        association_id=call.association_id,
        call=call,
        revision=revision,
        by_finance=is_approved_by_finance(ready_call(revision.pk).programme),
        made_by_id=actor.pk,
        made_at=at,
    )
    record("begun", decision, actor=actor, role=OFFICER, at=at, data={"revision": revision.number})
    ask_core(decision, By(actor, OFFICER, at))
    decision.save()
    follow_decision(decision.pk, at, "begun")
    return decision


@transaction.atomic
def propose_again(decision_id: UUID, version: int, *, actor: Viewer, at: datetime) -> Decision:
    """Read all facts anew and propose; what an officer decided otherwise stays.

    Raises:
        Decision.DoesNotExist, Refused: as ``taken_in_hand`` says; or it cannot be solved.
    """
    decision = taken_in_hand(decision_id, version, actor, at)
    ask_core(decision, By(actor, OFFICER, at))
    changed(decision, "proposed_again", actor, at)
    return decision


@transaction.atomic
def set_policy(decision_id: UUID, version: int, policy: Policy, *, actor: Viewer, at: datetime) -> Decision:
    """Set by which rules is proposed, and propose anew.

    Raises:
        Decision.DoesNotExist, Refused: as ``taken_in_hand`` says; points are to be added where ranks are stated.
    """
    decision = taken_in_hand(decision_id, version, actor, at)
    decision.policy = values_of(policy)
    ask_core(decision, By(actor, OFFICER, at))
    changed(decision, "policy_set", actor, at, step_fen=policy.step_fen, sharing=policy.sharing.value)
    return decision


@transaction.atomic
def decide_pilots(
    decision_id: UUID, version: int, decided: Mapping[str, bool | None], *, actor: Viewer, at: datetime
) -> Decision:
    """Decide applications that bring others with them (by their ids; None: by rank as the others), and propose anew.

    Raises:
        Decision.DoesNotExist, Refused: as ``taken_in_hand`` says; one of them is no pilot here.
    """
    decision = taken_in_hand(decision_id, version, actor, at)
    known = {str(pk) for pk in decision.selections.values_list("application_id", flat=True)}
    if not decided.keys() <= known:
        raise refusal("decision.no_such_row")
    said = {**decision.pilots, **decided}
    decision.pilots = {key: value for key, value in said.items() if value is not None}
    ask_core(decision, By(actor, OFFICER, at))
    changed(
        decision, "pilots_decided", actor, at, pilots={key: bool(v) for key, v in decision.pilots.items()}
    )
    return decision


def ask_core(decision: Decision, by: By) -> None:
    """Take in what has passed since, read the facts, ask the core, freeze the answer, note ranks and totals."""
    _take_in(decision, by)
    rows = rows_of(decision)
    found = gathered(decision, rows, by.at)
    try:
        proposal = propose(found.case)
    except NotSolved as unsolved:
        raise refusal("decision.not_solved") from unsolved
    except ValueError as wrong:
        raise refusal("decision.points_on_ranks") from wrong
    decision.proposed = freeze(Frozen(found.case, proposal, found.asked))
    decision.proposed_at = by.at
    _note_ranks(decision, rows, proposal)


def _take_in(decision: Decision, by: By) -> None:
    there = set(decision.selections.values_list("application_id", flat=True))
    for application in passed_of(decision.call_id):
        if application.pk not in there:
            row = Selection.objects.create(
                association_id=decision.association_id,
                decision=decision,
                call_id=decision.call_id,
                application=application,
                decided_at=by.at,
            )
            record("ranked", row, actor=by.actor, role=by.role, at=by.at)


def _note_ranks(decision: Decision, rows: list[Selection], proposal: Proposal) -> None:
    outcomes = {each.application_id: each for each in outcomes_of(decision.call_id)}
    for row in rows:
        verdict: Verdict | None = proposal.verdicts.get(str(row.application_id))
        outcome = outcomes.get(row.application_id)
        row.rank = verdict.place if verdict else None
        row.total = str(outcome.total) if outcome and outcome.total is not None else ""
        row.shown = outcome.shown if outcome else None
    Selection.objects.bulk_update(rows, ["rank", "total", "shown"])
