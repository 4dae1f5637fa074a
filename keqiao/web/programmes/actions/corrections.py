"""Correct a draft. Whoever filled in a form on an older version is told what changed, and nothing is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from pydantic import ValidationError

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.call import OFFICER, CallState, call_after
from keqiao.core.programme.types import Programme
from keqiao.web.accounts.queries import user_with_id
from keqiao.web.audit import log
from keqiao.web.audit.queries import timeline
from keqiao.web.programmes.definitions import Values, programme_of
from keqiao.web.programmes.models import Call, Draft
from keqiao.web.programmes.parts import NotThere
from keqiao.web.programmes.permissions import Viewer, roles_towards
from keqiao.web.programmes.refusals import Meanwhile, Refused, StaleDraft

WHEN_PUBLISHED = {"correct": "prepare_revision", "publish": "revise"}

Edit = Callable[[Values], Values]


@dataclass(frozen=True, slots=True)
class Change:
    """One correction: on which version it was made, what it does, which part it touches (for the event).

    ``node`` is the id of the part, ``what`` names its statements, ``reason`` says why something is taken away.
    """

    version: int
    edit: Edit
    node: str
    what: tuple[str, ...]
    reason: str = ""


@transaction.atomic
def correct(call_id: UUID, change: Change, *, actor: Viewer, at: datetime) -> Draft:
    """Make one correction of the draft of a call and return the draft.

    Raises:
        StaleDraft: somebody else changed the draft since that version.
        Refused: the call is not a draft any more, the part is gone, or the outcome is no definition.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    require_version(draft, change.version)
    try:
        values = change.edit(draft.definition)
        programme = programme_of(values)
    except NotThere as gone:
        raise Refused(Finding("draft.part_gone", Weight.REFUSE, {"part": str(gone)})) from gone
    except ValidationError as unsound:
        raise Refused(*_faults(unsound)) from unsound
    draft.definition = values
    store(draft, actor, at)
    if draft.call.slug is None:  # what lists show of a published call is what its revision says
        name_after(draft.call, programme)
        draft.call.save(update_fields=["title", "year", "region"])
    data = {"version": draft.version, "node": change.node, "what": list(change.what)}
    log.record("corrected", draft.call, actor=actor, role=OFFICER, at=at, data=data, reason=change.reason)
    return draft


def name_after(call: Call, programme: Programme) -> None:
    """Repeat on a call what lists show of its definition."""
    call.title, call.year, call.region = programme.title[:300], programme.year, (programme.region or "")[:60]


def locked_draft(call_id: UUID, act: str, actor: Viewer, at: datetime) -> Draft:
    """Return the draft under lock, after the life of the call has been asked whether ``act`` is allowed.

    Once a call is published, the same work makes its next revision.
    """
    call = Call.objects.select_for_update().get(pk=call_id)
    act = WHEN_PUBLISHED[act] if call.slug else act
    try:
        call_after(CallState(call.state), act, roles_towards(actor, call.association_id, at))
    except NotAllowed as refused:
        code = "call.wrong_state" if refused.wrong_state else "call.not_your_role"
        raise Refused(Finding(code, Weight.REFUSE, {"state": call.get_state_display()})) from refused
    draft = Draft.objects.select_for_update().get(call=call)
    draft.call = call
    return draft


def require_version(draft: Draft, version: int) -> None:
    """Refuse a form that was filled in on another version than the one that stands."""
    if draft.version == version:
        return
    raise StaleDraft(draft.version, [_meanwhile(event) for event in _since(draft, version)])


def store(draft: Draft, actor: Viewer, at: datetime) -> None:
    """Write a changed draft under its next version."""
    draft.version, draft.edited_by_id, draft.edited_at = draft.version + 1, actor.pk, at
    draft.save(update_fields=["definition", "words", "answers", "version", "edited_by", "edited_at"])


def _since(draft: Draft, version: int) -> list:
    events = timeline(draft.call).filter(act__in=["corrected", "answered", "dismissed"])
    return [event for event in events if event.data.get("version", 0) > version]


def _meanwhile(event) -> Meanwhile:
    actor = user_with_id(event.actor_id) if event.actor_id else None
    what = tuple(str(name) for name in event.data.get("what", ()))
    return Meanwhile(str(actor or ""), event.at, str(event.data.get("node", "")), what)


def _faults(error: ValidationError) -> list[Finding]:
    return [
        Finding(
            "draft.value_unfit",
            Weight.REFUSE,
            {"name": ".".join(str(step) for step in fault["loc"][-2:]), "detail": str(fault["msg"])},
        )
        for fault in error.errors(include_url=False)[:5]
    ]
