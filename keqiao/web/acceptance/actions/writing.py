"""What all acts of the room share: the lock, whether an act is allowed, refusals, the event."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.acceptance import TABLE
from keqiao.core.lifecycle.roles import APPLICANT, LEADER, OFFICER, SUBJECT
from keqiao.core.lifecycle.table import Table
from keqiao.web.acceptance.models import Acceptance
from keqiao.web.acceptance.models.acceptances import LONGEST_WORDS
from keqiao.web.acceptance.permissions import Viewer, roles_in
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By, record

ORDER = (OFFICER, LEADER, APPLICANT, SUBJECT)
"""In which role somebody acts who holds several."""


def refusal(code: str, **values: Any) -> Refused:
    """Return the refusal with one finding."""
    return Refused(Finding(code, Weight.REFUSE, values))


def taken_in_hand(acceptance_id: UUID, act: str, actor: Viewer, at: datetime) -> tuple[Acceptance, By]:
    """Return an acceptance under lock, in the state that ``act`` leads to and not yet saved, and who acts.

    Raises:
        Acceptance.DoesNotExist: it is not the actor's business, so it is not there.
        Refused: its life does not allow the act now, or not to the actor.
    """
    rows = Acceptance.objects.select_for_update(of=("self",)).select_related(
        "grant__application", "grant__unit"
    )
    acceptance = rows.get(pk=acceptance_id)
    roles = roles_in(actor, acceptance, at)
    if not roles:
        raise acceptance.DoesNotExist
    acceptance.state, role = moved(TABLE, acceptance.state, act, roles)
    return acceptance, By(actor, role, at)


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
    raise refusal(
        "acceptance.wrong_state", case=f"word.case.{table.case}", state=f"word.{table.case}.{state}"
    )


def needed(words: str) -> str:
    """Return a reason without blanks round it. Raises Refused: it is missing, or too long."""
    if not (words := tidy(words)):
        raise refusal("acceptance.reason_missing")
    return words


def tidy(words: str, longest: int = LONGEST_WORDS) -> str:
    """Return words without blanks round them. Raises Refused: they are too long."""
    words = words.strip()
    if len(words) > longest:
        raise refusal("acceptance.words_too_long", most=longest)
    return words


def note(act: str, row: Any, by: By, *, reason: str = "", **data: Any) -> None:
    """Write the event of an act."""
    record(act, row, actor=by.actor, role=by.role, at=by.at, data=data, reason=reason)
