"""Grants begin: for every selection of a call that is confirmed and has none, in one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from keqiao.core.lifecycle.grant import GrantState
from keqiao.web.applications.numbers import LONGEST, is_pattern, number_of, stem_of
from keqiao.web.audit.log import By, record
from keqiao.web.grants.actions.writing import refusal
from keqiao.web.grants.carrying import carried, supervising_bureau
from keqiao.web.grants.models import Condition, Grant, Instalment
from keqiao.web.grants.owed import follow_grant
from keqiao.web.grants.permissions import OFFICER, Viewer, is_officer
from keqiao.web.grants.queries.awarded import awaiting
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.queries import locked_call

DEFAULT_PATTERN = "{call}-P{number:03}"
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Beginning:
    """How the grants of a call begin: the pattern of their numbers, and the instalments in percent of the amount.

    The first instalment waits for the signed agreement, later ones for a report, the last of several for acceptance.
    """

    pattern: str = DEFAULT_PATTERN
    shares: Sequence[int] = (WHOLE,)


@transaction.atomic
def begin_grants(call_id: UUID, how: Beginning, expected: int, *, actor: Viewer, at: datetime) -> list[Grant]:
    """Let the grants of a call begin; ``expected`` is how many the actor was shown.

    Raises:
        Call.DoesNotExist: it is not the actor's business.
        Refused: no such pattern, shares that are not the whole, or another number of selections by now.
    """
    call = locked_call(call_id)
    if not is_officer(actor, call.association_id, at):
        raise call.DoesNotExist
    _require_how(how)
    waiting = list(awaiting(call_id))
    if len(waiting) != expected:
        raise refusal("grant.other_number", expected=expected, now=len(waiting))
    if not waiting:
        raise refusal("grant.none_waiting")
    return [_begin(selection, how, By(actor, OFFICER, at)) for selection in waiting]


def _require_how(how: Beginning) -> None:
    if not is_pattern(how.pattern):
        raise refusal("grant.no_pattern", most=LONGEST)
    if sum(how.shares) != WHOLE or any(share <= 0 for share in how.shares):
        raise refusal("grant.shares_not_whole", sum=sum(how.shares))


def _begin(selection: Any, how: Beginning, by: By) -> Grant:
    application, amount = selection.application, selection.amount_fen or 0
    taken = carried(application, amount, selection.scope, local_day(by.at))
    stem = _stem(selection.call, application.node, how.pattern, local_day(by.at))
    ordinal = _next_ordinal(selection.association_id, stem)
    grant = Grant.objects.create(
        association_id=selection.association_id,
        call_id=selection.call_id,
        revision_id=application.revision_id,
        selection=selection,
        application=application,
        unit_id=application.unit_id,
        leader_id=application.leader_id,
        finance_bureau_id=supervising_bureau(application.revision_id),
        stem=stem,
        ordinal=ordinal,
        number=number_of(stem, ordinal),
        title=application.title or application.number,
        category=taken.category[:200],
        outcome=taken.outcome,
        amount_fen=amount,
        begins_on=taken.begins_on,
        ends_on=taken.ends_on,
        content=taken.content,
        targets=taken.targets,
        lines=taken.lines,
        state=GrantState.DRAFTED.value,
        begun_by_id=by.actor.pk,  # type: ignore[union-attr]  an officer acts here
        begun_at=by.at,
    )
    Instalment.objects.bulk_create(_plan(grant, how.shares))
    data = {"selection": str(selection.pk), "amount": amount, "number": grant.ordinal}
    record("awarded", grant, actor=by.actor, role=by.role, at=by.at, data=data)
    for each in grant.instalments.all():
        record("planned", each, actor=by.actor, role=by.role, at=by.at, data={"amount": each.amount_fen})
    follow_grant(grant.pk, by.at, "awarded")
    return grant


def _plan(grant: Grant, shares: Sequence[int]) -> list[Instalment]:
    """The instalments of a grant with money; the last one takes what the shares leave over."""
    if not grant.amount_fen:
        return []
    amounts = [grant.amount_fen * share // WHOLE for share in shares]
    amounts[-1] += grant.amount_fen - sum(amounts)
    return [
        Instalment(
            association_id=grant.association_id,
            grant=grant,
            ordinal=ordinal,
            name=f"第{ordinal}期",
            amount_fen=amount,
            condition=_condition(ordinal, len(amounts)),
        )
        for ordinal, amount in enumerate(amounts, start=1)
        if amount
    ]


def _condition(ordinal: int, of: int) -> str:
    if ordinal == 1:
        return Condition.SIGNED.value
    return (Condition.ACCEPTANCE if ordinal == of else Condition.REPORT).value


def _stem(call: Any, node: str, pattern: str, day: date) -> str:
    mark = call.association.document_mark
    values = {"mark": mark, "call": call.slug or "", "year": str(day.year), "category": node}
    return stem_of(pattern, values)


def _next_ordinal(association_id: UUID, stem: str) -> int:
    rows = Grant.objects.filter(association_id=association_id, stem=stem)
    return int(rows.aggregate(last=Max("ordinal"))["last"] or 0) + 1
