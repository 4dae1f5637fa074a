"""What all acts of the room share: the lock, whether an act is allowed, refusals, reasons, the event."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle import objection as objection_life
from keqiao.core.lifecycle import public_notice as notice_life
from keqiao.core.lifecycle.table import Table
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By, record
from keqiao.web.public_notice.models import Notice, Objection
from keqiao.web.public_notice.models.notices import LONGEST_REASON
from keqiao.web.public_notice.permissions import Viewer, roles_towards

NOTICES, OBJECTIONS = notice_life.TABLE, objection_life.TABLE


def refusal(code: str, **values: Any) -> Refused:
    """Return the refusal with one finding."""
    return Refused(Finding(code, Weight.REFUSE, values))


def locked_notice(pk: UUID) -> Notice:
    """Return a notice under lock."""
    rows = Notice.objects.select_for_update(of=("self",))
    return rows.select_related("call", "association__organisation").get(pk=pk)


def locked_objection(pk: UUID) -> Objection:
    """Return an objection under lock."""
    rows = Objection.objects.select_for_update(of=("self",))
    return rows.select_related("notice__call", "item__selection__application__unit", "association").get(pk=pk)


def notice_in_hand(pk: UUID, act: str, actor: Viewer, at: datetime) -> Notice:
    """Return a notice under lock, in the state that ``act`` of the actor leads to; not yet saved.

    Raises:
        Notice.DoesNotExist: it is not the actor's business, so it is not there.
        Refused: it is not in such a state.
    """
    notice = locked_notice(pk)
    if not (roles := roles_towards(actor, notice, at)):
        raise Notice.DoesNotExist
    notice.state = state_after(NOTICES, notice.state, act, roles)
    return notice


def objection_in_hand(pk: UUID, act: str, actor: Viewer, at: datetime) -> Objection:
    """Return an objection under lock, in the state that ``act`` of the actor leads to; as :func:`notice_in_hand`."""
    objection = locked_objection(pk)
    if not (roles := roles_towards(actor, objection, at)):
        raise Objection.DoesNotExist
    objection.state = state_after(OBJECTIONS, objection.state, act, roles)
    return objection


def state_after(table: Table[Any], state: str, act: str, roles: Collection[str]) -> str:
    """Return the state that ``act`` leads to. Raises Refused: the life of such cases does not allow it."""
    states: Any = type(next(iter(table.ends)))
    try:
        return table.after(states(state), act, roles).value  # type: ignore[no-any-return]
    except NotAllowed as refused:
        raise refusal(f"{table.case}.wrong_state", state=f"word.{table.case}_{state}") from refused


def reason_given(words: str) -> str:
    """Return a reason without blanks round it. Raises Refused: there is none, or it is too long."""
    words = words.strip()
    if not words:
        raise refusal("public_notice.reason_missing")
    if len(words) > LONGEST_REASON:
        raise refusal("public_notice.words_too_long", most=LONGEST_REASON)
    return words


def note(act: str, row: models.Model, by: By, *, reason: str = "", **data: Any) -> None:
    """Write the event of an act."""
    record(act, row, actor=by.actor, role=by.role, at=by.at, data=data, reason=reason)
