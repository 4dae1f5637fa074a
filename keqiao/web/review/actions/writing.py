"""What all acts on formal checks share: the lock, whether an act is allowed, refusals, the event."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.formal_check import TABLE, FormalCheckState
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By, record
from keqiao.web.review.models import FormalCheck
from keqiao.web.review.models.checks import LONGEST_REASON
from keqiao.web.review.permissions import may_check


def refusal(code: str, **values: Any) -> Refused:
    """Return the refusal with one finding."""
    return Refused(Finding(code, Weight.REFUSE, values))


def taken_in_hand(check_id: UUID, act: str, actor: Viewer, at: datetime) -> FormalCheck:
    """Return a formal check under lock, in the state that ``act`` of an officer leads to; not yet saved.

    Raises:
        FormalCheck.DoesNotExist: it is not the actor's business, so it is not there.
        Refused: it is not in such a state.
    """
    rows = FormalCheck.objects.select_for_update(of=("self",)).select_related("application")
    check = rows.get(pk=check_id)
    if not may_check(check, actor, at):
        raise FormalCheck.DoesNotExist
    check.state = state_after(check.state, act, {OFFICER}).value
    return check


def state_after(state: str, act: str, roles: Collection[str]) -> FormalCheckState:
    """Return the state that ``act`` leads to. Raises Refused: the life of formal checks does not allow it."""
    try:
        return TABLE.after(FormalCheckState(state), act, roles)
    except NotAllowed as refused:
        raise refusal("formal_check.wrong_state", state=state) from refused


def tidy_reason(words: str) -> str:
    """Return a reason without blanks round it. Raises Refused: it is too long."""
    words = words.strip()
    if len(words) > LONGEST_REASON:
        raise refusal("formal_check.words_too_long", most=LONGEST_REASON)
    return words


def note(act: str, check: FormalCheck, by: By, *, reason: str = "", **data: Any) -> None:
    """Write the event of an act."""
    record(act, check, actor=by.actor, role=by.role, at=by.at, data=data, reason=reason)
