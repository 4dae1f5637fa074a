"""Debar, contest, lift. What bars somebody, and what frees again, needs a second person (``second_person``)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.debarment import EVENT_OF, DebarmentState, debarment_after
from keqiao.web.registers.actions.writing import By, Decision, record, require_writer, write_new, write_step
from keqiao.web.registers.models import Debarment, DebarmentStep
from keqiao.web.registers.refusals import not_now, reason_missing

FREEING = ("lift", "allow_appeal", "annul")
"""Acts that free somebody before the last day."""


@dataclass(frozen=True, slots=True)
class NewDebarment:
    """One decision: who is debarred by it, why, on what ground, from and until which day (both included).

    No last day: until it is lifted. No ``scope``: everything of the association.
    """

    party_ids: tuple[UUID, ...]
    cause: str
    basis: str
    valid_from: date
    valid_until: date | None = None
    clause: str = ""
    scope: str = ""
    source: str = ""
    file_id: UUID | None = None


@transaction.atomic
def debar(association_id: UUID, wanted: NewDebarment, *, by: By) -> list[Debarment]:
    """Debar those that one decision names, and return a line for each.

    Raises:
        PermissionDenied: the actor is no officer of the association.
        ValidationError: nobody is named, no cause or basis is given, or the days are not in order.
    """
    require_writer(by, association_id)
    if not wanted.party_ids:
        raise ValidationError(_("请选择被禁止申报的单位或人员。"), code="debarment.nobody")
    decision = uuid4()
    return [_enter(association_id, decision, party, wanted, by) for party in dict.fromkeys(wanted.party_ids)]


@transaction.atomic
def contest(debarment_id: UUID, decision: Decision, *, by: By) -> Debarment:
    """Write down an appeal, its stay, or its dismissal. What frees is ``free``.

    Raises:
        ValidationError: the state does not allow it, a reason is missing, or the day lies before the last step.
    """
    if decision.act in FREEING:
        raise ValueError(f"{decision.act} frees; it needs a second person")
    return _take(debarment_id, decision, by)


@transaction.atomic
def free(debarment_id: UUID, decision: Decision, *, by: By) -> Debarment:
    """Lift a debarment from a day on, allow an appeal against it, or annul it. ``second_person`` calls it.

    Raises:
        ValidationError: as :func:`contest` says.
    """
    if decision.act not in FREEING:
        raise ValueError(f"{decision.act} frees nobody")
    return _take(debarment_id, decision, by)


def _enter(association_id: UUID, decision: UUID, party: UUID, wanted: NewDebarment, by: By) -> Debarment:
    row = Debarment(
        association_id=association_id,
        decision=decision,
        party_id=party,
        cause=wanted.cause.strip(),
        basis=wanted.basis.strip(),
        clause=wanted.clause.strip(),
        scope=wanted.scope.strip(),
        source=wanted.source.strip(),
        file_id=wanted.file_id,
        valid_from=wanted.valid_from,
        valid_until=wanted.valid_until,
    )
    until = wanted.valid_until.isoformat() if wanted.valid_until else ""
    data = {"party": str(party), "since": wanted.valid_from.isoformat(), "until": until}
    made = write_new(row, by, "debarred", **data)
    step = Decision("debar", wanted.valid_from, basis=made.basis)
    write_step(_new_step(made), step, DebarmentState.IN_FORCE.value, None, by)
    return made


def _take(debarment_id: UUID, decision: Decision, by: By) -> Debarment:
    row = Debarment.objects.select_for_update(of=("self",)).get(pk=debarment_id)
    roles = require_writer(by, row.association_id)
    if not decision.reason.strip():
        raise reason_missing()
    try:
        state = debarment_after(DebarmentState(row.state), decision.act, roles)
    except NotAllowed as refused:
        raise not_now(refused) from refused
    write_step(_new_step(row), decision, state.value, row.steps.order_by("-number").first(), by)
    row.state = state.value
    row.save(update_fields=["state"])
    record(EVENT_OF[decision.act], row, by, decision.reason, on=decision.on.isoformat())
    return row


def _new_step(row: Debarment) -> DebarmentStep:
    return DebarmentStep(association_id=row.association_id, debarment=row)
