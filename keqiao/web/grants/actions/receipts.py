"""Receipts: claimed by the unit for a line of the budget, admitted or cut by the office one by one with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.grant import GrantState
from keqiao.core.lifecycle.settlement import SettlementState
from keqiao.core.money.ledger import Admit, Claim
from keqiao.web.grants.actions.writing import locked, note, refusal, tidy
from keqiao.web.grants.ledger import enter
from keqiao.web.grants.models import Grant, Receipt, Settlement
from keqiao.web.grants.permissions import APPLICANT, FINANCE, OFFICER, Viewer
from keqiao.web.parties.queries import local_day

LONGEST_NUMBER = 60
TAKES_CLAIMS = frozenset({GrantState.SIGNED, GrantState.RUNNING, GrantState.FINISHED, GrantState.FAILED})
"""What was spent before the work failed is settled as well."""
SETTLES = frozenset({*TAKES_CLAIMS, GrantState.TERMINATED, GrantState.SUSPENDED})
OPEN_TO_CLAIMS = frozenset({SettlementState.OPEN.value, SettlementState.RETURNED.value})
OPEN_TO_JUDGING = frozenset({*OPEN_TO_CLAIMS, SettlementState.SUBMITTED.value})


@dataclass(frozen=True, slots=True)
class Claimed:
    """A receipt as the unit hands it in; ``file_id`` is that of a stored file."""

    number: str
    line: str
    words: str
    spent_on: date
    claimed_fen: int
    file_id: UUID


@transaction.atomic
def claim(grant_id: UUID, claimed: Claimed, *, actor: Viewer, at: datetime) -> Receipt:
    """Hand in a receipt for a line of the budget.

    Raises:
        Grant.DoesNotExist: it is not the actor's business.
        Refused: the number is known, there is no such line, its day lies ahead, or the settlement was submitted.
    """
    grant, roles = locked(grant_id, actor, at)
    role = _role(grant, roles, (APPLICANT, OFFICER))
    _require_open(grant, OPEN_TO_CLAIMS)
    number = "".join(claimed.number.split())
    if not number or len(number) > LONGEST_NUMBER:
        raise refusal("grant.no_receipt_number", most=LONGEST_NUMBER)
    if claimed.spent_on > local_day(at):
        raise refusal("grant.day_ahead")
    enter(grant, [Claim(number, claimed.line, claimed.claimed_fen)], actor=actor, at=at)
    receipt = Receipt.objects.create(
        association_id=grant.association_id,
        grant=grant,
        number=number,
        line=claimed.line,
        words=tidy(claimed.words),
        spent_on=claimed.spent_on,
        claimed_fen=claimed.claimed_fen,
        file_id=claimed.file_id,
        claimed_by_id=actor.pk,
        claimed_at=at,
    )
    note("claimed", receipt, (actor, role, at), amount=claimed.claimed_fen)
    return receipt


@transaction.atomic
def admit(receipt_id: UUID, admitted_fen: int, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Say what of a receipt is admitted; a later word takes the place of this one.

    Raises:
        Receipt.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: more than claimed or than its line has left, cut without a reason, or the settlement is through.
    """
    grant, roles = locked(Receipt.objects.values_list("grant_id", flat=True).get(pk=receipt_id), actor, at)
    role = _role(grant, roles, (OFFICER, FINANCE))
    _require_open(grant, OPEN_TO_JUDGING)
    receipt = Receipt.objects.select_for_update().get(pk=receipt_id)
    reason = tidy(reason)
    if admitted_fen < receipt.claimed_fen and not reason:
        raise refusal("grant.reason_missing")
    enter(grant, [Admit(receipt.number, admitted_fen)], actor=actor, at=at)
    receipt.admitted_fen, receipt.reason = admitted_fen, reason
    receipt.judged_by_id, receipt.judged_at = actor.pk, at
    receipt.save()
    note("judged", receipt, (actor, role, at), reason=reason, admitted=admitted_fen)


def _role(grant: Grant, roles: frozenset[str], open_to: tuple[str, ...]) -> str:
    role = next((each for each in open_to if each in roles), None)
    if role is None:
        raise grant.DoesNotExist
    return role


def _require_open(grant: Grant, states: Any) -> None:
    """Not before the agreement is signed, nor once the settlement has gone further."""
    if GrantState(grant.state) not in SETTLES:
        raise refusal("grant.not_at_work")
    settlement = Settlement.objects.filter(grant=grant).values_list("state", flat=True).first()
    if settlement is not None and settlement not in states:
        raise refusal("grant.settlement_through")
