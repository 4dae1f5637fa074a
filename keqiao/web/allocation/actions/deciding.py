"""Accept what is proposed, depart from it with a reason, return to it; all faults at once, nothing half-done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.core.allocation import departures
from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.allocation.actions.moving import refusal, tidy_reason
from keqiao.web.allocation.actions.stepping import bring_to
from keqiao.web.allocation.actions.writing import changed, rows_of, taken_in_hand
from keqiao.web.allocation.frozen import Frozen, thawed
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.permissions import Viewer
from keqiao.web.allocation.targets import MOVABLE, Target, target_of
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By

S = SelectionState
CHOICES = (S.PROPOSED, S.RESERVE, S.NOT_CHOSEN)
"""What an officer may make of an application."""


@dataclass(frozen=True, slots=True)
class Departure:
    """What is decided of one application otherwise than proposed. ``scope`` None: the part that is proposed."""

    selection_id: UUID
    state: SelectionState
    amount_fen: int | None = None
    scope: Mapping[str, int] | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Board:
    """A decision in hand: its frozen proposal and its rows."""

    decision: Decision
    frozen: Frozen
    rows: Sequence[Selection]
    targets: Mapping[UUID, Target] = field(default_factory=dict)


@transaction.atomic
def accept(decision_id: UUID, version: int, *, actor: Viewer, at: datetime) -> Decision:
    """Let all stand as proposed, but for those of which an officer decided otherwise; what is open stays open.

    Raises:
        Decision.DoesNotExist: it is not the actor's business.
        Refused: with everything that cannot be.
    """
    board = _board(taken_in_hand(decision_id, version, actor, at))
    targets = {row.pk: _stands(board, row) for row in board.rows if row.state in MOVABLE}
    _require_possible(board, targets)
    for row in board.rows:
        if row.pk in targets:
            bring_to(row, targets[row.pk], By(actor, OFFICER, at))
    changed(board.decision, "accepted", actor, at)
    return board.decision


@transaction.atomic
def depart(
    decision_id: UUID, version: int, wanted: Sequence[Departure], *, actor: Viewer, at: datetime
) -> Decision:
    """Decide of these applications otherwise than proposed.

    Raises:
        Decision.DoesNotExist: it is not the actor's business.
        Refused: with everything that cannot be, and every reason that is missing.
    """
    board = _board(taken_in_hand(decision_id, version, actor, at))
    known = {row.pk: row for row in board.rows if row.state in MOVABLE}
    if not {each.selection_id for each in wanted} <= known.keys():
        raise refusal("decision.no_such_row")
    mine = {each.selection_id: _wanted(board, known[each.selection_id], each) for each in wanted}
    now = {row.pk: mine.get(row.pk) or _as_it_is(row) for row in board.rows if row.state in MOVABLE}
    found = _departures(board, now)
    about = {str(known[pk].application_id): pk for pk in mine}
    _require_reasons(found, about, mine)
    for pk, target in mine.items():
        bring_to(known[pk], target, By(actor, OFFICER, at))
    changed(board.decision, "departed", actor, at, rows=[str(pk) for pk in mine])
    return board.decision


@transaction.atomic
def follow_proposal(
    decision_id: UUID, version: int, selection_id: UUID, *, actor: Viewer, at: datetime
) -> Decision:
    """Return to what is proposed for one application.

    Raises:
        Decision.DoesNotExist: it is not the actor's business.
        Refused: with everything that cannot be.
    """
    board = _board(taken_in_hand(decision_id, version, actor, at))
    row = next((each for each in board.rows if each.pk == selection_id and each.state in MOVABLE), None)
    if row is None:
        raise refusal("decision.no_such_row")
    target = target_of(board.frozen, row)
    now = {each.pk: _as_it_is(each) for each in board.rows if each.state in MOVABLE}
    _require_possible(board, {**now, row.pk: target})
    bring_to(row, target, By(actor, OFFICER, at))
    changed(board.decision, "returned_to_proposal", actor, at, rows=[str(selection_id)])
    return board.decision


def _board(decision: Decision) -> _Board:
    frozen = thawed(decision.proposed)
    if frozen is None:
        raise refusal("decision.nothing_proposed")
    return _Board(decision, frozen, rows_of(decision))


def _stands(board: _Board, row: Selection) -> Target:
    """What an officer decided, else what is proposed. Who was chosen when it was sent back is chosen again."""
    if not row.reason:
        return target_of(board.frozen, row)
    if row.state == S.RANKED.value and row.amount_fen is not None:
        return Target(S.PROPOSED, row.amount_fen, row.scope, row.reason)
    return _as_it_is(row)


def _as_it_is(row: Selection) -> Target:
    return Target(SelectionState(row.state), row.amount_fen, row.scope, row.reason)


def _wanted(board: _Board, row: Selection, each: Departure) -> Target:
    if each.state not in CHOICES:
        raise refusal("decision.no_such_row")
    proposed = target_of(board.frozen, row)
    if each.state is not S.PROPOSED:
        return Target(each.state, reason=tidy_reason(each.reason))
    scope = proposed.scope if each.scope is None else each.scope
    amount = each.amount_fen if each.amount_fen is not None else proposed.amount_fen
    if amount is None:
        amount = _only_amount(board, row)
    return Target(each.state, amount, scope, tidy_reason(each.reason))


def _only_amount(board: _Board, row: Selection) -> int | None:
    """The amount that the call fixes for one project; None where it leaves a choice."""
    (candidate,) = board.frozen.case.of([str(row.application_id)])
    span = board.frozen.case.span(candidate)
    return span.least if span is not None and span.least == span.most else None


def _departures(board: _Board, targets: Mapping[UUID, Target]) -> list[Finding]:
    """What the core says of a decision, with what is missing or wrong in scopes."""
    selected = {row: targets[row.pk] for row in board.rows if _is_in(targets, row)}
    decided = {str(row.application_id): target.amount_fen for row, target in selected.items()}
    missing = [_about(key, "amount_missing") for key, amount in decided.items() if amount is None]
    given: dict[str, int] = {key: amount for key, amount in decided.items() if amount is not None}
    found = list(departures(board.frozen.case, board.frozen.proposal, given))
    return [*missing, *found, *_scopes(board, selected), *_others(board, targets)]


def _is_in(targets: Mapping[UUID, Target], row: Selection) -> bool:
    target = targets.get(row.pk)
    return target is not None and target.state is S.PROPOSED


def _scopes(board: _Board, selected: Mapping[Selection, Target]) -> Iterable[Finding]:
    for row, target in selected.items():
        proposed = target_of(board.frozen, row).scope
        whole = _whole(board, row)
        if any(part not in whole or not 0 < amount <= whole[part] for part, amount in target.scope.items()):
            yield _about(str(row.application_id), "scope_out_of_bounds")
        elif dict(target.scope) != dict(proposed):
            yield replace(_about(str(row.application_id), "scope_changed"), weight=Weight.WARN)


def _whole(board: _Board, row: Selection) -> Mapping[str, int]:
    candidate = next(iter(board.frozen.case.of([str(row.application_id)])))
    return {
        part: amount for node in board.frozen.case.above(candidate) for part, amount in node.scope.items()
    }


def _others(board: _Board, targets: Mapping[UUID, Target]) -> Iterable[Finding]:
    """Those left out or held in reserve otherwise than proposed, where the core has said nothing of them."""
    for row in board.rows:
        target = targets.get(row.pk)
        proposed = target_of(board.frozen, row).state
        moved = target is not None and target.state in (S.RESERVE, S.NOT_CHOSEN) and target.state != proposed
        if moved and proposed in (S.RESERVE, S.NOT_CHOSEN, S.RANKED):
            yield replace(_about(str(row.application_id), "placed_otherwise"), weight=Weight.WARN)
        elif moved and proposed is S.ABSORBED:
            yield _about(str(row.application_id), "belongs_to_pilot")


def _about(key: str, what: str) -> Finding:
    return Finding(f"decision.{what}", Weight.REFUSE, {"candidate": key}, at=(key,))


def _require_possible(board: _Board, targets: Mapping[UUID, Target]) -> None:
    """Refuse what cannot be. A sum that waits for an open tie is no fault yet: it is asked for before approval."""
    found = _departures(board, targets)
    wrong = [
        each for each in found if each.weight is Weight.REFUSE and each.code != "decision.amount_missing"
    ]
    if wrong:
        raise Refused(*wrong)


def _require_reasons(
    found: Iterable[Finding], about: Mapping[str, UUID], mine: Mapping[UUID, Target]
) -> None:
    """Refuse what cannot be; of what may be with a reason, those without one."""
    wrong = []
    for each in found:
        pk = next((about[str(key)] for key in each.at if str(key) in about), None)
        concerns = not each.at or pk is not None
        if (each.weight is Weight.REFUSE and concerns) or (pk is not None and not mine[pk].reason):
            wrong.append(each)
    if wrong:
        raise Refused(*wrong)
