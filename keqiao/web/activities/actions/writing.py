"""What all acts on records share: the lock, whether an act is allowed, reasons, the event, what is owed after it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.activity import TABLE, ActivityState
from keqiao.core.lifecycle.roles import APPLICANT
from keqiao.web.activities.models import LONGEST_REASON, Activity
from keqiao.web.activities.owed import follow_record
from keqiao.web.activities.permissions import Viewer, roles_towards, sees_project
from keqiao.web.activities.projects import Project, project_with
from keqiao.web.activities.refusals import refusal
from keqiao.web.audit.log import By, record

UNCHANGED: dict[str, Any] = {"verified_by": None, "verified_at": None}
"""What a record that is not verified says of its verification."""


def taken_in_hand(
    record_id: UUID, act: str, role: str, actor: Viewer, at: datetime
) -> tuple[Activity, Project]:
    """Return a record under lock, in the state that ``act`` in this role leads to, with its project; not yet saved.

    Raises:
        Activity.DoesNotExist: it is not the actor's business, so it is not there.
        Refused: it is not in such a state, or nothing may be recorded for its project any more.
    """
    row = Activity.objects.select_for_update(of=("self",)).get(pk=record_id)
    project = project_seen(row, actor, at)
    roles = roles_towards(actor, project, at) & {role}
    if not roles:
        raise Activity.DoesNotExist
    if role == APPLICANT:
        require_open(project)
    row.state = state_after(row.state, act, roles).value
    return row, project


def project_seen(row: Activity, actor: Viewer, at: datetime) -> Project:
    """Return the project of a record that the actor may see; otherwise the record is not there."""
    project = project_with(row.project_kind, row.project_id)
    if project is None or not sees_project(actor, project, at):
        raise Activity.DoesNotExist
    return project


def require_open(project: Project) -> None:
    """Refuse what a unit wants to record for a project that takes no records any more."""
    if not project.is_open:
        raise refusal("project_closed")


def state_after(state: str, act: str, roles: Collection[str]) -> ActivityState:
    """Return the state that ``act`` leads to. Raises Refused: the life of records does not allow it."""
    try:
        return TABLE.after(ActivityState(state), act, roles)
    except NotAllowed as refused:
        raise refusal("wrong_state", state=state) from refused


def tidy_reason(act: str, words: str) -> str:
    """Return a reason without blanks round it. Raises Refused: it is too long, or the act needs one and has none."""
    words = words.strip()
    if len(words) > LONGEST_REASON:
        raise refusal("words_too_long", most=LONGEST_REASON)
    if act in TABLE.reasons and not words:
        raise refusal("reason_missing")
    return words


def saved(row: Activity, event: str, by: By, *, reason: str = "", **data: Any) -> None:
    """Save a record that has moved, write its event, and bring what is owed up to date."""
    row.changed_at = by.at
    row.save()
    note(row, event, by, reason=reason, **data)
    follow_record(row, by.at, event)


def note(row: Activity, event: str, by: By, *, reason: str = "", **data: Any) -> None:
    """Write the event of an act."""
    record(event, row, actor=by.actor, role=by.role, at=by.at, data=data, reason=reason)
