"""How the money of a grant stands: by its ledger, line by line; its receipts, changes and settlement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from keqiao.core.money.ledger import Account
from keqiao.web.grants.ledger import account_of
from keqiao.web.grants.models import ChangeRequest, Grant, Instalment, Receipt, Settlement
from keqiao.web.grants.permissions import Viewer, grants_seen
from keqiao.web.grants.terms import lines_of


@dataclass(frozen=True, slots=True)
class LineSeen:
    """A line of the budget with what was claimed and admitted on it, in fen; ``waiting_fen``: not judged yet."""

    key: str
    planned_fen: int
    own_fen: int
    basis: str
    claimed_fen: int
    admitted_fen: int
    waiting_fen: int

    @property
    def left_fen(self) -> int:
        """What can still be admitted."""
        return self.planned_fen - self.admitted_fen


@dataclass(frozen=True, slots=True)
class Money:
    """The money of a grant. Before the agreement is signed only its plan is there."""

    is_booked: bool
    amount_fen: int
    paid_fen: int
    admitted_fen: int
    returned_fen: int
    waived_fen: int
    in_hand_fen: int
    lines: Sequence[LineSeen]
    instalments: Sequence[Instalment]
    receipts: Sequence[Receipt]

    @property
    def claimed_fen(self) -> int:
        """Everything that was claimed."""
        return sum(line.claimed_fen for line in self.lines)

    @property
    def own_fen(self) -> int:
        """Money of the unit and of others."""
        return sum(line.own_fen for line in self.lines)


def money_of(grant: Grant) -> Money:
    """Return how the money of a grant stands. Who may see it was asked before."""
    account = account_of(grant)
    receipts = list(grant.receipts.select_related("file", "judged_by").order_by("claimed_at", "number"))
    return Money(
        is_booked=account.lines is not None,
        amount_fen=grant.amount_fen,
        paid_fen=account.paid_fen,
        admitted_fen=account.admitted_fen,
        returned_fen=account.returned_fen,
        waived_fen=account.waived_fen,
        in_hand_fen=account.in_hand_fen,
        lines=_lines(grant, account),
        instalments=list(grant.instalments.all()),
        receipts=receipts,
    )


def _lines(grant: Grant, account: Account) -> list[LineSeen]:
    found = []
    for line in lines_of(grant):
        claimed = [each for each in account.receipts.values() if each.line == line.key]
        found.append(
            LineSeen(
                line.key,
                line.grant_fen,
                line.own_fen,
                line.basis,
                sum(each.claimed_fen for each in claimed),
                sum(each.admitted_fen or 0 for each in claimed),
                sum(each.claimed_fen for each in claimed if each.admitted_fen is None),
            )
        )
    return found


def receipt_for(viewer: Viewer, pk: UUID, at: datetime) -> Receipt:
    """Return a receipt of a grant that the viewer sees; otherwise 404."""
    return _seen(Receipt, viewer, pk, at)  # type: ignore[no-any-return]


def change_for(viewer: Viewer, pk: UUID, at: datetime) -> ChangeRequest:
    """Return a change request of a grant that the viewer sees; otherwise 404. A draft is its unit's own."""
    return _seen(ChangeRequest, viewer, pk, at)  # type: ignore[no-any-return]


def settlement_for(viewer: Viewer, pk: UUID, at: datetime) -> Settlement:
    """Return a settlement of a grant that the viewer sees; otherwise 404."""
    return _seen(Settlement, viewer, pk, at)  # type: ignore[no-any-return]


def settlement_of(grant: Grant) -> Settlement | None:
    """Return the settlement of a grant, or nothing. Who may see it was asked before."""
    return Settlement.objects.filter(grant=grant).first()


def _seen(model: Any, viewer: Viewer, pk: UUID, at: datetime) -> Any:
    seen = Grant.objects.filter(grants_seen(viewer, at))
    return get_object_or_404(
        model.objects.filter(grant__in=seen).select_related(
            "grant__unit", "grant__association__organisation"
        ),
        pk=pk,
    )
