"""One move of one selection by the table of its life: under lock, with its event and its reason."""

from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import transaction

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.selection import TABLE, SelectionState
from keqiao.web.allocation.models import Selection
from keqiao.web.allocation.models.selections import LONGEST_REASON
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import record


class Moved(TypedDict):
    """Who moves a selection and when. ``values`` are columns that change with the state, ``data`` goes to the event."""

    role: str
    actor: Any
    at: datetime
    reason: NotRequired[str]
    values: NotRequired[dict[str, Any]]
    data: NotRequired[dict[str, Any]]


def refusal(code: str, **values: Any) -> Refused:
    """Return the refusal with one finding."""
    return Refused(Finding(code, Weight.REFUSE, values))


@transaction.atomic
def move(selection: Selection, act: str, **moved: Unpack[Moved]) -> Selection:
    """Move a selection and return it as it stands then; whether ``actor`` may, and a second person, was asked before.

    A reason replaces the one that stood; acts without one leave it. One notice, one grant follows whatever happens
    here by its own room: nothing is told.

    Raises:
        Refused: its life does not allow it, or the reason is missing or too long.
    """
    row = Selection.objects.select_for_update(of=("self",)).select_related("application").get(pk=selection.pk)
    reason = tidy_reason(moved.get("reason", ""))
    if act in TABLE.reasons and not reason:
        raise refusal("decision.reason_missing")
    row.state = _state_after(row.state, act, moved["role"]).value
    row.reason, row.decided_at = reason or row.reason, moved["at"]
    for name, value in moved.get("values", {}).items():
        setattr(row, name, value)
    row.save()
    record(
        TABLE.events[act],
        row,
        actor=moved["actor"],
        role=moved["role"],
        at=moved["at"],
        data=moved.get("data", {}),
        reason=reason,
    )
    return row


def tidy_reason(words: str) -> str:
    """Return a reason without blanks round it. Raises Refused: it is too long."""
    words = words.strip()
    if len(words) > LONGEST_REASON:
        raise refusal("decision.words_too_long", most=LONGEST_REASON)
    return words


def _state_after(state: str, act: str, role: str) -> SelectionState:
    try:
        return TABLE.after(SelectionState(state), act, {role})
    except NotAllowed as refused:
        raise refusal("decision.wrong_state", state=f"word.selection_{state}") from refused
