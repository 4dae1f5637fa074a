"""What all acts of the room share: the lock, whether an act is allowed, refusals, the event."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.table import Table
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import record
from keqiao.web.grants.models import Grant
from keqiao.web.grants.models.grants import LONGEST_WORDS
from keqiao.web.grants.permissions import APPLICANT, FINANCE, LEADER, OFFICER, Viewer, roles_towards

ORDER = (OFFICER, FINANCE, LEADER, APPLICANT)
"""In which role somebody acts who holds several."""


def refusal(code: str, **values: Any) -> Refused:
    """Return the refusal with one finding."""
    return Refused(Finding(code, Weight.REFUSE, values))


def locked(grant_id: UUID, actor: Viewer | None, at: datetime) -> tuple[Grant, frozenset[str]]:
    """Return a grant under lock, with the roles that the actor has in it.

    Raises:
        Grant.DoesNotExist: it is not the actor's business, so it is not there.
    """
    rows = Grant.objects.select_for_update(of=("self",)).select_related("call", "unit")
    grant = rows.get(pk=grant_id)
    roles = roles_towards(actor, grant, at)
    if not roles:
        raise grant.DoesNotExist
    return grant, roles


def moved(table: Table[Any], state: str, act: str, roles: Collection[str]) -> tuple[str, str]:
    """Return the state that ``act`` leads to, and the role in which it is done.

    Raises:
        Refused: the life of the case does not allow it in this state, or not for these roles.
    """
    states = type(next(iter(table.ends)))
    held = [role for role in (*ORDER, *sorted(set(roles) - set(ORDER))) if role in roles]
    for role in held:
        try:
            return table.after(states(state), act, {role}).value, role
        except NotAllowed:
            continue
    raise refusal("grant.wrong_state", case=f"word.case.{table.case}", state=f"word.{table.case}.{state}")


def needed(words: str) -> str:
    """Return a reason without blanks round it. Raises Refused: it is missing, or too long."""
    if not (words := tidy(words)):
        raise refusal("grant.reason_missing")
    return words


def tidy(words: str) -> str:
    """Return words without blanks round them. Raises Refused: they are too long."""
    words = words.strip()
    if len(words) > LONGEST_WORDS:
        raise refusal("grant.words_too_long", most=LONGEST_WORDS)
    return words


def note(act: str, row: Any, by: tuple[Any, str, datetime], *, reason: str = "", **data: Any) -> None:
    """Write the event of an act: ``by`` is who, in which role, when."""
    actor, role, at = by
    record(act, row, actor=actor, role=role, at=at, data=data, reason=reason)
