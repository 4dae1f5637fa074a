"""What every change of a draft does: lock it, ask the life of the call, see what others did, keep it sound."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.call import OFFICER, CallState, call_after
from keqiao.core.programme.types import Programme
from keqiao.web.audit import log
from keqiao.web.programmes.definitions import Values, programme_of, values_of
from keqiao.web.programmes.models import Call, Draft
from keqiao.web.programmes.parts import AT, NotThere
from keqiao.web.programmes.permissions import Viewer, roles_towards
from keqiao.web.programmes.proofreading.questions import without_answered
from keqiao.web.programmes.queries import saved_since
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.programmes.versions import Links, Saving, step_of, store

WHEN_PUBLISHED = {"correct": "prepare_revision", "publish": "revise"}
FAULTS_TOLD = 5


def locked_draft(call_id: UUID, act: str, actor: Viewer, at: datetime) -> Draft:
    """Return the draft under lock, after the life of the call has been asked whether ``act`` is allowed.

    Once a call is published, the same work makes its next revision.
    """
    call = Call.objects.select_for_update().get(pk=call_id)
    require_act(call, act, roles_towards(actor, call.association_id, at))
    draft = Draft.objects.select_for_update().get(call=call)
    draft.call = call
    return draft


def require_act(call: Call, act: str, roles: Collection[str]) -> None:
    """Refuse what the life of the call does not let these roles do in its state.

    Raises:
        Refused: it is not in such a state, or it is not theirs to do.
    """
    if call.slug:
        act = WHEN_PUBLISHED[act]
    try:
        call_after(CallState(call.state), act, roles)
    except NotAllowed as refused:
        code = "call.wrong_state" if refused.wrong_state else "call.not_your_role"
        raise Refused(Finding(code, Weight.REFUSE, {"state": call.get_state_display()})) from refused


def require_version(draft: Draft, version: int) -> None:
    """Refuse what was decided on another version than the one that stands.

    Raises:
        StaleDraft: it does not stand any more.
    """
    if draft.version != version:
        raise stale(draft, version)


def stale(draft: Draft, version: int) -> StaleDraft:
    """Return the refusal of something that was done on ``version``, with what happened since."""
    return StaleDraft(version, draft.version, saved_since(draft, version))


def seen_on(draft: Draft, version: int) -> Values:
    """Return the definition that whoever acts was looking at.

    Raises:
        StaleDraft: that version was not kept, so nobody can tell what has changed since.
    """
    if version == draft.version:
        return draft.definition
    step = step_of(draft.pk, version)
    if step is None:
        raise stale(draft, version)
    return step.definition


def require_unchanged(draft: Draft, version: int, read: Callable[[Values], Any]) -> None:
    """Refuse an act on ``version`` if what it rests on, as ``read`` gives it, has changed since.

    Raises:
        StaleDraft: it has, or it is gone.
    """
    if version == draft.version:
        return
    try:
        if read(seen_on(draft, version)) == read(draft.definition):
            return
    except NotThere as gone:
        raise stale(draft, version) from gone
    raise stale(draft, version)


def part_gone(gone: NotThere) -> Refused:
    """Return the refusal of an act on something that the draft does not have."""
    return Refused(Finding("draft.part_gone", Weight.REFUSE, {"part": str(gone)}))


def sound(values: Values) -> Programme:
    """Return what ``values`` define.

    Raises:
        Refused: they are no definition; with the first faults.
    """
    try:
        return programme_of(values)
    except ValidationError as unsound:
        raise Refused(*_faults(unsound)) from unsound


def save(draft: Draft, saving: Saving, links: Links | None = None, **said: Any) -> Draft:
    """Write the changed draft as its next version, with one event; ``said`` may hold its ``what``, ``reason``
    and further ``data``.

    Raises:
        Refused: the outcome is no definition; nothing is written.
    """
    programme = sound(draft.definition)
    draft.definition = without_answered(values_of(programme))
    store(draft, saving, links)
    if draft.call.slug is None:  # what lists show of a published call is what its revision says
        name_after(draft.call, programme)
        draft.call.save(update_fields=["title", "year", "region"])
    part = saving.part
    what = list(said.get("what", (part.slot,) if part.slot else ()))
    about = part.node if part.entry.startswith(AT) else part.entry or part.node
    data = {"version": draft.version, "node": about, "what": what, **said.get("data", {})}
    log.record(
        EVENTS.get(saving.act, saving.act),
        draft.call,
        actor=saving.actor,
        role=OFFICER,
        at=saving.at,
        data=data,
        reason=said.get("reason", ""),
    )
    return draft


AUTOSAVED = "autosaved"
EVENTS = {AUTOSAVED: "corrected"}
"""The event of an act where it goes by another name."""


def name_after(call: Call, programme: Programme) -> None:
    """Repeat on a call what lists show of its definition."""
    call.title, call.year, call.region = programme.title[:300], programme.year, (programme.region or "")[:60]


def _faults(error: ValidationError) -> list[Finding]:
    return [
        Finding(
            "draft.value_unfit",
            Weight.REFUSE,
            {"name": ".".join(str(step) for step in fault["loc"][-2:]), "detail": str(fault["msg"])},
        )
        for fault in error.errors(include_url=False)[:FAULTS_TOLD]
    ]
