"""What all acts of the room share: who may act, how a new line and a step are written down with their event."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models

from keqiao.core.lifecycle.recognition import OFFICER
from keqiao.web.audit import log
from keqiao.web.registers.models.entered import Entered, Step, TakenBack
from keqiao.web.registers.permissions import Viewer, roles_in
from keqiao.web.registers.refusals import before_last_step, reason_missing

Line = TypeVar("Line", bound=Entered)
Retractable = TypeVar("Retractable", bound=TakenBack)

PROGRAM = "program"
"""Who acts where no person does: the demonstration and generated data."""


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, and when. ``actor`` is None where the program itself does."""

    actor: Viewer | None
    at: datetime

    @property
    def actor_id(self) -> Any:
        """The id of the account, or nothing."""
        return self.actor.pk if self.actor is not None else None


@dataclass(frozen=True, slots=True)
class Decision:
    """A step that is taken: which act, from which day it counts, why and on what basis."""

    act: str
    on: date
    reason: str = ""
    basis: str = ""


def require_writer(by: By, association_id: UUID) -> frozenset[str]:
    """Return the roles of who acts in an association.

    Raises:
        PermissionDenied: the actor is no officer of it.
    """
    roles = roles_in(by.actor, association_id, by.at)
    if OFFICER not in roles:
        raise PermissionDenied("only an officer of the association writes its registers")
    return roles


def write_new(line: Line, by: By, event: str, **data: Any) -> Line:
    """Store a new line of a register and its event; all faults of the line are said at once.

    Raises:
        PermissionDenied: the actor is no officer of the association.
        ValidationError: the line is not sound, or stands there already.
    """
    require_writer(by, line.association_id)
    line.entered_by_id, line.entered_at = by.actor_id, by.at
    line.full_clean()
    line.save(force_insert=True)
    record(event, line, by, **data)
    return line


def record(event: str, line: models.Model, by: By, reason: str = "", **data: Any) -> None:
    """Write the event of an act on one line."""
    role = OFFICER if by.actor is not None else PROGRAM
    log.record(event, line, actor=by.actor, role=role, at=by.at, data=data, reason=reason)


def write_step(step: Step, decision: Decision, state: str, last: Step | None, by: By) -> None:
    """Store the next step of a line; ``last`` is the one before it.

    Raises:
        ValidationError: it would count from a day before the last one, or something is too long.
    """
    if last is not None and decision.on < last.on:
        raise before_last_step(last.on)
    step.number = last.number + 1 if last is not None else 1
    step.act, step.state, step.on = decision.act, state, decision.on
    step.reason, step.basis = decision.reason.strip(), decision.basis.strip()
    step.entered_by_id, step.entered_at = by.actor_id, by.at
    step.full_clean()
    step.save(force_insert=True)


def take_back(table: type[Retractable], pk: UUID, reason: str, by: By) -> Retractable:
    """Take back a line that was entered by mistake: it stays, and counts no more. Again: does nothing.

    Called inside the transaction of the act.

    Raises:
        PermissionDenied: the actor is no officer of the association.
        ValidationError: no reason is given.
    """
    line = table.objects.select_for_update(of=("self",)).get(pk=pk)
    require_writer(by, line.association_id)
    if line.taken_back_at is not None:
        return line
    if not reason.strip():
        raise reason_missing()
    line.taken_back_at, line.taken_back_reason = by.at, reason.strip()
    line.clean_fields(exclude=[f.name for f in line._meta.fields if f.name != "taken_back_reason"])
    line.save(update_fields=["taken_back_at", "taken_back_reason"])
    record("taken_back", line, by, reason=line.taken_back_reason)
    return line
