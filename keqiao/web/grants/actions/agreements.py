"""The agreement: drafted, sent to be signed, taken back, signed; or given up, and its place made free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.grant import TABLE, GrantState
from keqiao.core.lifecycle.roles import CLOCK
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.core.money import exact_amount
from keqiao.core.money.ledger import Approve, Plan
from keqiao.web.allocation.actions.moving import move
from keqiao.web.filing.queries import stamped
from keqiao.web.grants.actions.meeting import meet_planned
from keqiao.web.grants.actions.writing import locked, moved, needed, note, refusal, tidy
from keqiao.web.grants.ledger import enter
from keqiao.web.grants.models import Condition, Grant, Instalment
from keqiao.web.grants.owed import GRANT, follow_grant
from keqiao.web.grants.permissions import LEADER, OFFICER, Viewer
from keqiao.web.grants.telling import tell
from keqiao.web.grants.terms import fingerprint, grant_lines, plan_of
from keqiao.web.parties.queries import local_day

STAMPED_ENOUGH = frozenset({"fits", "unsure"})
"""The page with the present fingerprint came, or a person said that a picture shows it."""


@dataclass(frozen=True, slots=True)
class Payment:
    """An instalment as the office states it."""

    name: str
    amount_fen: int
    condition: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """What of an agreement the office states; everything else comes from the form and stays."""

    begins_on: date | None
    ends_on: date | None
    sign_by: date | None
    rules: Sequence[str]
    payments: Sequence[Payment]


@transaction.atomic
def draft(grant_id: UUID, drafted: Drafted, *, actor: Viewer, at: datetime) -> None:
    """Write down term, instalments and further sentences of an agreement that was not sent.

    Raises:
        Grant.DoesNotExist: it is not the actor's business.
        Refused: it was sent already, the term runs backwards, or the instalments are not the amount.
    """
    grant, roles = locked(grant_id, actor, at)
    _state, role = moved(TABLE, grant.state, "draft", roles)
    _require_drafted(grant, drafted)
    grant.begins_on, grant.ends_on, grant.sign_by = drafted.begins_on, drafted.ends_on, drafted.sign_by
    grant.rules = [words for each in drafted.rules if (words := tidy(each))]
    grant.save()
    _replace_plan(grant, drafted.payments, (actor, role, at))
    note("drafted", grant, (actor, role, at), instalments=len(drafted.payments))
    follow_grant(grant.pk, at, "drafted")


def _require_drafted(grant: Grant, drafted: Drafted) -> None:
    if drafted.begins_on and drafted.ends_on and drafted.begins_on > drafted.ends_on:
        raise refusal("grant.term_backwards")
    planned = sum(each.amount_fen for each in drafted.payments)
    if planned != grant.amount_fen:
        raise refusal(
            "grant.plan_not_amount", planned=exact_amount(planned), amount=exact_amount(grant.amount_fen)
        )
    names = [each.name for each in drafted.payments]
    if len(set(names)) != len(names) or not all(names):
        raise refusal("grant.plan_names")
    if any(each.condition == Condition.DATE.value and each.due_on is None for each in drafted.payments):
        raise refusal("grant.plan_no_date")


def _replace_plan(grant: Grant, payments: Sequence[Payment], by: tuple[Any, str, datetime]) -> None:
    """Nothing was booked and nobody signed: what stood is a draft, and the rows are written anew in place."""
    known = {row.ordinal: row for row in grant.instalments.select_for_update()}
    for row in known.values():  # out of the way: names are unique
        row.name = row.pk.hex
        row.save(update_fields=["name"])
    for ordinal, each in enumerate(payments, start=1):
        row = known.pop(ordinal, None)
        is_new = row is None
        row = row or Instalment(association_id=grant.association_id, grant=grant, ordinal=ordinal)
        row.name, row.amount_fen, row.condition, row.due_on = (
            each.name,
            each.amount_fen,
            each.condition,
            each.due_on,
        )
        row.save()
        if is_new:
            note("planned", row, by, amount=row.amount_fen)
    Instalment.objects.filter(pk__in=[row.pk for row in known.values()]).delete()


@transaction.atomic
def send(grant_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Send an agreement to its unit to be signed.

    Raises:
        Grant.DoesNotExist: it is not the actor's business.
        Refused: it was sent already, or its term is not stated.
    """
    grant, roles = locked(grant_id, actor, at)
    state, role = moved(TABLE, grant.state, "send", roles)
    if grant.begins_on is None or grant.ends_on is None:
        raise refusal("grant.no_term")
    grant.state, grant.sent_digest = state, fingerprint(grant)
    grant.save()
    note("sent", grant, (actor, role, at), content=grant.sent_digest)
    _after(grant, "sent", actor, at)


@transaction.atomic
def take_back(grant_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Take an agreement back that nobody has signed, to change it.

    Raises:
        Grant.DoesNotExist: it is not the actor's business.
        Refused: it was not sent, or the reason is missing.
    """
    grant, roles = locked(grant_id, actor, at)
    state, role = moved(TABLE, grant.state, "take_back", roles)
    grant.words = needed(reason)
    grant.state, grant.sent_digest = state, ""
    grant.save()
    note("taken_back", grant, (actor, role, at), reason=grant.words)
    _after(grant, "taken_back", actor, at, words=grant.words)


@transaction.atomic
def sign(grant_id: UUID, digest: str, *, actor: Viewer, at: datetime) -> None:
    """Enter that all have signed the agreement with ``digest``; its money is booked, and the work begins by its term.

    Raises:
        Grant.DoesNotExist: it is not the actor's business.
        Refused: it says something else by now, or its stamped page has not come.
    """
    grant, roles = locked(grant_id, actor, at)
    state, role = moved(TABLE, grant.state, "sign", roles)
    if not digest == grant.sent_digest == fingerprint(grant):
        raise refusal("grant.changed_since")
    page = stamped((GRANT, grant.pk), digest)
    if page.state not in STAMPED_ENOUGH:
        raise refusal(f"grant.page_{page.state}")
    grant.state, grant.signed_digest, grant.signed_at = state, digest, at
    grant.save()
    note("signed", grant, (actor, role, at), content=digest)
    _book_agreement(grant, actor, at)
    meet_planned(grant, Condition.SIGNED, at)
    if grant.begins_on is not None and grant.begins_on <= local_day(at):
        _start(grant, (None, CLOCK, at))
    _after(grant, "signed", actor, at)


def _book_agreement(grant: Grant, actor: Viewer, at: datetime) -> None:
    if grant.amount_fen:
        plans = [Plan(each.name, each.amount_fen, each.condition) for each in plan_of(grant)]
        enter(grant, [Approve(grant_lines(grant)), *plans], actor=actor, at=at)


@transaction.atomic
def start(grant_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Let the work on a signed grant begin.

    Raises:
        Grant.DoesNotExist: it is not the actor's business.
        Refused: it is not signed, or runs already.
    """
    grant, roles = locked(grant_id, actor, at)
    _state, role = moved(TABLE, grant.state, "start", roles)
    _start(grant, (actor, role, at))
    follow_grant(grant.pk, at, "started")


def _start(grant: Grant, by: tuple[Any, str, datetime]) -> None:
    grant.state = TABLE.after(GrantState(grant.state), "start", {by[1]}).value
    grant.save(update_fields=["state"])
    note("started", grant, by)


@transaction.atomic
def give_up(grant_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Write down that the unit does not take the project on, before anybody has signed.

    Raises:
        Grant.DoesNotExist: it is not the actor's business.
        Refused: it is signed, or the reason is missing.
    """
    grant, roles = locked(grant_id, actor, at)
    state, role = moved(TABLE, grant.state, "give_up", roles)
    grant.words = needed(reason)
    grant.state, grant.given_up_by_id = state, actor.pk
    grant.save()
    note("given_up", grant, (actor, role, at), reason=grant.words)
    _after(grant, "given_up", actor, at, words=grant.words)


@transaction.atomic
def free_place(grant_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Take a project that was given up out of the selection, so that a substitute may follow: a second person does.

    Raises:
        Grant.DoesNotExist: it is not the actor's business.
        Refused: it was not given up, its place is free already, or the actor is who wrote down that it was given up.
    """
    grant, roles = locked(grant_id, actor, at)
    role = next((each for each in (OFFICER, LEADER) if each in roles), None)
    if role is None:
        raise grant.DoesNotExist
    if grant.state != GrantState.GIVEN_UP.value or grant.selection.state != SelectionState.CONFIRMED.value:
        raise refusal("grant.wrong_state")
    if grant.given_up_by_id == actor.pk:
        raise refusal("grant.same_person")
    move(grant.selection, "drop", role=role, actor=actor, at=at, reason=grant.words)
    note("place_freed", grant, (actor, role, at), selection=str(grant.selection_id))


def _after(grant: Grant, event: str, actor: Viewer, at: datetime, *, words: str = "") -> None:
    follow_grant(grant.pk, at, event)
    tell(event, grant, (actor, at), amount_fen=grant.amount_fen, words=words)
