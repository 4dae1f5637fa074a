"""Say which registers are kept in full, and what is shared of debarments."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.web.registers.actions.writing import By, record, require_writer, write_new
from keqiao.web.registers.models import KeptRegister, RecognitionScheme, SharingPolicy
from keqiao.web.registers.refusals import reason_missing


@dataclass(frozen=True, slots=True)
class Statement:
    """That a register is kept in full since a day (None: from the beginning), and why that may be said.

    ``scheme_id`` for registers of recognitions; ``part`` narrows another one to a family of projects.
    """

    register: str
    reason: str
    since: date | None = None
    scheme_id: UUID | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Sharing:
    """What of its debarments an association shares, goes by, publishes."""

    shares: bool
    heeds: bool
    publishes: bool


@transaction.atomic
def state_kept(association_id: UUID, wanted: Statement, *, by: By) -> KeptRegister:
    """State that a register is kept in full: from now on, what it does not hold is taken as not so.

    Raises:
        PermissionDenied: the actor is no officer of the association.
        ValidationError: it is stated already, or the register of recognitions is another association's.
    """
    if wanted.scheme_id is not None:
        own = RecognitionScheme.objects.filter(pk=wanted.scheme_id, association_id=association_id)
        if not own.exists():
            raise ValidationError(_("请选择本科协的名册。"), code="kept.other_association")
    row = KeptRegister(
        association_id=association_id,
        register=wanted.register,
        scheme_id=wanted.scheme_id,
        part=wanted.part.strip(),
        since=wanted.since,
        reason=wanted.reason.strip(),
    )
    return write_new(row, by, "stated", register=wanted.register)


@transaction.atomic
def take_back_kept(statement_id: UUID, *, reason: str, by: By) -> KeptRegister:
    """Take the statement back: from now on, what the register does not hold is not known. Again: does nothing."""
    row = KeptRegister.objects.select_for_update(of=("self",)).get(pk=statement_id)
    require_writer(by, row.association_id)
    if row.ended_at is not None:
        return row
    if not reason.strip():
        raise reason_missing()
    row.ended_at, row.ended_reason = by.at, reason.strip()
    row.clean_fields(exclude=[each.name for each in row._meta.fields if each.name != "ended_reason"])
    row.save(update_fields=["ended_at", "ended_reason"])
    record("taken_back", row, by, row.ended_reason)
    return row


@transaction.atomic
def decide_sharing(association_id: UUID, wanted: Sharing, *, by: By) -> SharingPolicy:
    """Say what of its debarments an association shares with others, goes by, and shows to everybody."""
    require_writer(by, association_id)
    policy, _made = SharingPolicy.objects.select_for_update().get_or_create(pk=association_id)
    policy.shares_debarments = wanted.shares
    policy.heeds_debarments = wanted.heeds
    policy.publishes_debarments = wanted.publishes
    policy.save()
    data = {"shares": wanted.shares, "heeds": wanted.heeds, "publishes": wanted.publishes}
    record("sharing_decided", policy, by, **data)
    return policy
