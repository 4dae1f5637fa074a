"""Instalments: conditions met, asked for, approved by a second person, paid, confirmed, bounced, held, cancelled."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.grant import WORKS, GrantState
from keqiao.core.lifecycle.instalment import TABLE
from keqiao.core.lifecycle.roles import PROGRAM
from keqiao.core.money.ledger import Bounce, Drop, Pay, Plan
from keqiao.web.grants.actions.meeting import met
from keqiao.web.grants.actions.writing import locked, moved, needed, note, refusal
from keqiao.web.grants.ledger import account_of, enter
from keqiao.web.grants.models import Condition, Grant, Instalment
from keqiao.web.grants.owed import follow_grant
from keqiao.web.grants.permissions import Viewer
from keqiao.web.grants.telling import tell
from keqiao.web.parties.queries import local_day

LONGEST_VOUCHER = 60


@dataclass(frozen=True, slots=True)
class InHand:
    """An instalment under lock, as ``act`` will leave it; who does it in which role, when."""

    row: Instalment
    grant: Grant
    act: str
    by: tuple[Any, str, datetime]

    def done(self, *, reason: str = "", told: bool = False, **data: Any) -> None:
        """Save it, write its event, and follow it up."""
        actor, _role, at = self.by
        if reason:
            self.row.words = reason
        self.row.save()
        note(TABLE.events[self.act], self.row, self.by, reason=reason, amount=self.row.amount_fen, **data)
        follow_grant(self.grant.pk, at, TABLE.events[self.act])
        if told:
            event = f"instalment_{TABLE.events[self.act]}"
            tell(event, self.grant, (actor, at), amount_fen=self.row.amount_fen, words=reason)


def in_hand(instalment_id: UUID, act: str, actor: Viewer, at: datetime) -> InHand:
    """Take an instalment in hand for ``act``.

    Raises:
        Instalment.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: its life does not allow it.
    """
    grant, roles = locked(
        Instalment.objects.values_list("grant_id", flat=True).get(pk=instalment_id), actor, at
    )
    row = Instalment.objects.select_for_update().get(pk=instalment_id)
    row.state, role = moved(TABLE, row.state, act, roles)
    return InHand(row, grant, act, (actor, role, at))


def _require_at_work(grant: Grant) -> None:
    if GrantState(grant.state) not in WORKS:
        raise refusal("grant.not_at_work")


@transaction.atomic
def meet(instalment_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """State that the condition of an instalment holds: the report is in, the day has come, the work was accepted.

    Raises:
        Instalment.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: the agreement is not signed, or the day has not come.
    """
    grant, roles = locked(
        Instalment.objects.values_list("grant_id", flat=True).get(pk=instalment_id), actor, at
    )
    row = Instalment.objects.select_for_update().get(pk=instalment_id)
    _state, role = moved(TABLE, row.state, "meet", roles)
    _require_at_work(grant)
    if row.condition == Condition.DATE.value and (row.due_on is None or row.due_on > local_day(at)):
        raise refusal("grant.day_not_come", day=str(row.due_on))
    met(grant, [row], (actor, role, at))
    follow_grant(grant.pk, at, "met")


@transaction.atomic
def request(instalment_id: UUID, *, actor: Viewer, at: datetime) -> InHand:
    """Ask for the payment of an instalment that is due; who approves it is asked by ``second_person``.

    Raises:
        Instalment.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it is not due, or the project does not run.
    """
    found = in_hand(instalment_id, "request", actor, at)
    _require_at_work(found.grant)
    found.done()
    return found


@transaction.atomic
def approve(instalment_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Approve the payment of an instalment; called by the approval of a second person.

    Raises:
        Instalment.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it was not asked for, or the actor may not approve it.
    """
    found = in_hand(instalment_id, "approve", actor, at)
    _require_at_work(found.grant)
    found.done()


@transaction.atomic
def refuse(instalment_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Refuse the payment of an instalment; called when the second person refuses. It is due again.

    Raises:
        Instalment.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it was not asked for, or the reason is missing.
    """
    in_hand(instalment_id, "refuse", actor, at).done(reason=needed(reason))


@transaction.atomic
def recall(instalment_id: UUID, *, at: datetime) -> None:
    """Make an instalment due again whose request was withdrawn or ran out."""
    row = Instalment.objects.select_for_update(of=("self",)).select_related("grant").get(pk=instalment_id)
    row.state, role = moved(TABLE, row.state, "recall", {PROGRAM})
    InHand(row, row.grant, "recall", (None, role, at)).done()


@transaction.atomic
def pay(instalment_id: UUID, voucher: str, paid_on: date, *, actor: Viewer, at: datetime) -> None:
    """Enter that an approved instalment was paid, with the number of its voucher.

    Raises:
        Instalment.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it is not approved, the voucher is known or missing, or the day lies ahead.
    """
    found = in_hand(instalment_id, "pay", actor, at)
    _require_at_work(found.grant)
    voucher = voucher_in(voucher)
    if paid_on > local_day(at):
        raise refusal("grant.day_ahead")
    enter(found.grant, [Pay(found.row.name, voucher)], actor=actor, at=at)
    found.row.voucher, found.row.paid_on = voucher, paid_on
    found.done(told=True)


def voucher_in(words: str) -> str:
    """Return the number of a voucher without blanks. Raises Refused: it is missing, or too long."""
    words = "".join(words.split())
    if not words or len(words) > LONGEST_VOUCHER:
        raise refusal("grant.no_voucher", most=LONGEST_VOUCHER)
    return words


@transaction.atomic
def confirm(instalment_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Confirm that a payment has arrived.

    Raises:
        Instalment.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it was not paid.
    """
    in_hand(instalment_id, "confirm", actor, at).done()


@transaction.atomic
def bounce(instalment_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Enter that the bank sent a payment back: the instalment is due again.

    Raises:
        Instalment.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it was not paid, the reason is missing, or the unit gave some of it back.
    """
    found = in_hand(instalment_id, "bounce", actor, at)
    reason = needed(reason)
    enter(found.grant, [Bounce(found.row.voucher)], actor=actor, at=at)
    found.row.voucher, found.row.paid_on = "", None
    found.done(reason=reason, told=True)


@transaction.atomic
def hold(instalment_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Hold an instalment that was not paid.

    Raises:
        Instalment.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it was paid, or the reason is missing.
    """
    in_hand(instalment_id, "hold", actor, at).done(reason=needed(reason), told=True)


@transaction.atomic
def release(instalment_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Let a held instalment go on: it is planned again, and its condition is asked anew.

    Raises:
        Instalment.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it is not held, or the reason is missing.
    """
    found = in_hand(instalment_id, "release", actor, at)
    reason, row = needed(reason), found.row
    if row.name in account_of(found.grant).instalments:
        again = Plan(row.name, row.amount_fen, row.condition or "released")
        enter(found.grant, [Drop(row.name), again], actor=actor, at=at)
    found.done(reason=reason)


@transaction.atomic
def cancel(instalment_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Give up an instalment that will not be paid; called by the approval of a second person.

    Raises:
        Instalment.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it was asked for or paid, or the reason is missing.
    """
    found = in_hand(instalment_id, "cancel", actor, at)
    reason = needed(reason)
    enter(found.grant, [Drop(found.row.name)], actor=actor, at=at)
    found.done(reason=reason, told=True)
