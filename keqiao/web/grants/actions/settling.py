"""The settlement: opened and submitted by the unit, admitted by a second person, what is left paid back or waived."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.grant import GrantState
from keqiao.core.lifecycle.settlement import TABLE, SettlementState
from keqiao.core.money.ledger import Close, Return, Waive
from keqiao.web.grants.actions.instalments import voucher_in
from keqiao.web.grants.actions.receipts import SETTLES
from keqiao.web.grants.actions.writing import locked, moved, needed, note, refusal, tidy
from keqiao.web.grants.ledger import account_of, enter
from keqiao.web.grants.models import Grant, Settlement
from keqiao.web.grants.owed import follow_grant
from keqiao.web.grants.permissions import APPLICANT, OFFICER, Viewer
from keqiao.web.grants.telling import tell
from keqiao.web.parties.queries import local_day


@dataclass(frozen=True, slots=True)
class Settling:
    """A settlement under lock, as ``act`` will leave it; who does it in which role, when."""

    row: Settlement
    grant: Grant
    act: str
    by: tuple[Any, str, datetime]

    def done(self, *, reason: str = "", told: bool = False, **data: Any) -> None:
        """Save it, write its event, and follow it up."""
        actor, _role, at = self.by
        if reason:
            self.row.words = reason
        self.row.changed_at = at
        self.row.save()
        event = TABLE.events[self.act]
        note(event, self.row, self.by, reason=reason, **data)
        follow_grant(self.grant.pk, at, event)
        if told:
            amount = data.get("amount", 0)
            tell(f"settlement_{event}", self.grant, (actor, at), amount_fen=amount, words=reason)


@transaction.atomic
def open_settlement(grant_id: UUID, *, actor: Viewer, at: datetime) -> Settlement:
    """Begin the settlement of a grant with money; begun before, it is given as it is.

    Raises:
        Grant.DoesNotExist: it is not the actor's business.
        Refused: the agreement is not signed, or there is no money to settle.
    """
    grant, roles = locked(grant_id, actor, at)
    role = next((each for each in (APPLICANT, OFFICER) if each in roles), None)
    if role is None:
        raise grant.DoesNotExist
    if GrantState(grant.state) not in SETTLES or not grant.amount_fen:
        raise refusal("grant.nothing_to_settle")
    known = Settlement.objects.filter(grant=grant).first()
    if known is not None:
        return known
    row = Settlement.objects.create(
        association_id=grant.association_id, grant=grant, opened_at=at, changed_at=at
    )
    note("opened", row, (actor, role, at))
    follow_grant(grant.pk, at, "opened")
    return row


def settling(settlement_id: UUID, act: str, actor: Viewer, at: datetime) -> Settling:
    """Take a settlement in hand for ``act``.

    Raises:
        Settlement.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: its life does not allow it.
    """
    grant, roles = locked(
        Settlement.objects.values_list("grant_id", flat=True).get(pk=settlement_id), actor, at
    )
    row = Settlement.objects.select_for_update().get(pk=settlement_id)
    row.state, role = moved(TABLE, row.state, act, roles)
    return Settling(row, grant, act, (actor, role, at))


@transaction.atomic
def submit(settlement_id: UUID, words: str, *, actor: Viewer, at: datetime) -> None:
    """Submit a settlement: all receipts are handed in.

    Raises:
        Settlement.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it was submitted already.
    """
    found = settling(settlement_id, "submit", actor, at)
    found.row.words = tidy(words)
    found.done(told=True)


@transaction.atomic
def settle_for_unit(settlement_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Settle for a unit that does not report, from the papers that are there.

    Raises:
        Settlement.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it was submitted already, or the reason is missing.
    """
    settling(settlement_id, "settle_for_unit", actor, at).done(reason=needed(reason), told=True)


@transaction.atomic
def give_back(settlement_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Return a settlement to the unit to be put right.

    Raises:
        Settlement.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it was not submitted, or the reason is missing.
    """
    settling(settlement_id, "return", actor, at).done(reason=needed(reason), told=True)


@transaction.atomic
def admit(settlement_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Admit a settlement whose receipts and changes are all judged; called by the approval of a second person.

    Raises:
        Settlement.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: something waits to be judged.
    """
    found = settling(settlement_id, "admit", actor, at)
    require_judged(found.grant)
    found.done(told=True, amount=account_of(found.grant).admitted_fen)


def require_judged(grant: Grant) -> None:
    """Raises Refused: a receipt or a change waits to be judged, or an instalment is on its way."""
    account = account_of(grant)
    waiting = [key for key, each in account.receipts.items() if each.admitted_fen is None]
    if waiting or account.changes:
        raise refusal("ledger.not_judged", what=(*waiting, *account.changes))
    unpaid = [key for key, each in account.instalments.items() if not each.voucher]
    if unpaid:
        raise refusal("grant.instalments_open", what=tuple(unpaid))


@transaction.atomic
def demand(settlement_id: UUID, repay_by: date, *, actor: Viewer, at: datetime) -> None:
    """Demand what is left back, until a day.

    Raises:
        Settlement.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it is not admitted, nothing is left, or the day lies behind.
    """
    found = settling(settlement_id, "demand", actor, at)
    left = account_of(found.grant).in_hand_fen
    if left <= 0:
        raise refusal("grant.nothing_left")
    if repay_by < local_day(at):
        raise refusal("grant.day_behind")
    found.row.demanded_fen, found.row.repay_by = left, repay_by
    found.done(told=True, amount=left)


@transaction.atomic
def receive(settlement_id: UUID, voucher: str, *, actor: Viewer, at: datetime) -> None:
    """Enter that what was demanded came back, whole; the money is settled.

    Raises:
        Settlement.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: nothing was demanded, or the voucher is known or missing.
    """
    found = settling(settlement_id, "receive", actor, at)
    back = Return(found.row.demanded_fen, voucher_in(voucher))
    enter(found.grant, [back, Close()], actor=actor, at=at)
    found.done(told=True, amount=found.row.demanded_fen)


@transaction.atomic
def waive(settlement_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Waive what was demanded; called by the approval of a second person. It leaves the ledger, which is closed.

    Raises:
        Settlement.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: nothing was demanded, the reason is missing, or something changed in the ledger since.
    """
    found = settling(settlement_id, "waive", actor, at)
    reason = needed(reason)
    found.row.waived_fen = found.row.demanded_fen
    enter(found.grant, [Waive(found.row.waived_fen), Close()], actor=actor, at=at)
    found.done(reason=reason, told=True, amount=found.row.waived_fen)


@transaction.atomic
def close(settlement_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Close a settlement with nothing left over.

    Raises:
        Settlement.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it is not admitted, or paid and spent are not equal.
    """
    found = settling(settlement_id, "close", actor, at)
    enter(found.grant, [Close()], actor=actor, at=at)
    found.done(told=True)


@transaction.atomic
def reopen(settlement_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Judge a settlement anew whose money is not settled yet; called by the approval of a second person.

    Raises:
        Settlement.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it is not admitted, its ledger is closed, or the reason is missing.
    """
    was_closed = Settlement.objects.filter(pk=settlement_id, state=SettlementState.CLOSED.value).exists()
    found = settling(settlement_id, "reopen", actor, at)
    if was_closed and account_of(found.grant).is_closed:
        raise refusal("ledger.closed")
    found.row.demanded_fen, found.row.waived_fen, found.row.repay_by = 0, 0, None
    found.done(reason=needed(reason), told=True)
