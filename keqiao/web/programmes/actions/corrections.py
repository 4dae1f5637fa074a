"""Correct a draft. A change made on an older version goes on top if its part still says the same; else both
officers' values have to be brought together, and nothing is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.web.programmes import tree_edits
from keqiao.web.programmes.actions.drafting import (
    AUTOSAVED,
    locked_draft,
    part_gone,
    require_version,
    save,
    seen_on,
    sound,
    stale,
)
from keqiao.web.programmes.definitions import Values, values_of
from keqiao.web.programmes.models import Draft
from keqiao.web.programmes.parts import (
    AT,
    OF_A_FORM,
    NotThere,
    Part,
    value_at,
    with_new_entry,
    with_value,
)
from keqiao.web.programmes.permissions import Viewer
from keqiao.web.programmes.references import without_references
from keqiao.web.programmes.refusals import Conflict, Sides
from keqiao.web.programmes.versions import Links, Saving, step_of, step_that_stands

ONE_STEP = timedelta(minutes=10)
"""Autosaves of one part by one officer that follow each other this closely are one step for undo."""


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part says another thing: on which version this was decided, which part, what it says now.

    ``value`` None takes the statement or entry away; then ``reason`` says why. ``words``, if given, ties the
    part to words of the document (``readers.reading.words.Words.as_values()``); an empty mapping unties it.
    ``autosaved``: nobody pressed a button.
    """

    version: int
    part: Part
    value: Any
    reason: str = ""
    words: Mapping[str, Any] | None = None
    autosaved: bool = False


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One more entry in the list ``part`` (its ``entry`` is empty): behind the entry ``behind``, else the last."""

    version: int
    part: Part
    value: Values
    words: Mapping[str, Any] | None = None
    behind: str = ""


@transaction.atomic
def change_part(call_id: UUID, change: PartChange, *, actor: Viewer, at: datetime) -> Draft:
    """Have one part of the draft of a call say another thing, and return the draft.

    A change that changes nothing saves no version. ``queries.merged_with`` tells what others saved meanwhile.

    Raises:
        Conflict: another officer changed the same part since that version.
        StaleDraft: that version was not kept, and is not the one that stands.
        Refused: the call is not a draft any more, there is no such part, or the outcome is no definition.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    part = _part_now(draft, change)
    if change.value is None and _stated(draft.definition, part) is None:
        return draft  # both took it away
    definition = _changed(draft.definition, part, change.value)
    words = _tied(draft.words, part, {} if _says_nothing(definition, part, change) else change.words)
    if (definition, words) == (draft.definition, draft.words):
        return draft
    draft.definition, draft.words = definition, words
    saving = Saving(AUTOSAVED if change.autosaved else "corrected", actor, at, part)
    what = ("removed",) if change.value is None else (part.slot,)
    return save(draft, saving, _links(draft, saving), what=what, reason=change.reason)


@transaction.atomic
def add_entry(call_id: UUID, entry: NewEntry, *, actor: Viewer, at: datetime) -> tuple[Draft, Part]:
    """Add an entry to a list of the draft of a call; return the draft and the address of the entry.

    Entries that others added meanwhile stay where they are.

    Raises:
        Refused: the call is not a draft any more, the node is gone, or the outcome is no definition.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    try:
        definition, part = with_new_entry(draft.definition, entry.part, entry.value, entry.behind)
    except NotThere as gone:
        raise part_gone(gone) from gone
    draft.definition, draft.words = definition, _tied(draft.words, part, entry.words)
    return save(draft, Saving("added", actor, at, part)), part


@transaction.atomic
def put_back(call_id: UUID, change: PartChange, seen: int, *, actor: Viewer, at: datetime) -> Draft:
    """Put back a part that somebody took away, as it was in the version ``seen``, and have it say ``change``.

    Raises:
        StaleDraft: ``change.version`` does not stand any more.
        Refused: the call is not a draft any more, the part was not there either, or the outcome is no definition.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    require_version(draft, change.version)
    try:
        values, part = tree_edits.put_back(draft.definition, seen_on(draft, seen), change.part)
    except NotThere as gone:
        raise part_gone(gone) from gone
    draft.definition = _changed(values, part, change.value)
    older = step_of(draft.pk, seen)
    draft.words = _tied(draft.words, part, change.words or (older.words.get(part.key) if older else None))
    return save(draft, Saving("put_back", actor, at, part))


def _says_nothing(values: Values, part: Part, change: PartChange) -> bool:
    """Is there nothing left that the words of the part are behind? Entries without ids share those of their list."""
    if part.entry.startswith(AT):
        return not _stated(values, replace(part, entry=""))
    return change.value is None


def _part_now(draft: Draft, change: PartChange) -> Part:
    """Return where the part of ``change`` stands now, after it has been seen that nobody else changed it.

    Raises:
        Conflict: somebody did.
    """
    if change.version == draft.version:
        return change.part
    seen = seen_on(draft, change.version)
    changed = _changed(seen, change.part, change.value)
    mine = None if change.value is None else _stated(changed, change.part)
    base = _stated(seen, change.part)
    part = _found_again(draft.definition, change.part, base)
    try:
        theirs, is_gone = value_at(draft.definition, part), False
    except NotThere:
        theirs, is_gone = None, mine is not None
    if not is_gone and theirs in (base, mine) and not _tied_elsewhere(draft, change):
        return part
    sides = Sides(change.part, base, theirs, mine, is_gone, change.words, change.reason)
    raise Conflict(stale(draft, change.version), sides)


def _changed(values: Values, part: Part, value: Any) -> Values:
    """The values with the change, in the one spelling of definitions; where an entry goes, what names it too.

    Raises:
        Refused: there is no such part, or the outcome is no definition.
    """
    try:
        changed = with_value(values, part, value)
    except NotThere as gone:
        raise part_gone(gone) from gone
    if value is None and part.entry and part.slot not in OF_A_FORM:  # their ids are names in their form only
        changed = without_references(changed, {part.entry})
    return values_of(sound(changed))


def _stated(values: Values, part: Part) -> Any:
    try:
        return value_at(values, part)
    except NotThere:
        return None


def _tied_elsewhere(draft: Draft, change: PartChange) -> bool:
    """Did somebody else tie the part to other words since, which ``change`` would tie once more?"""
    if change.words is None:
        return False
    seen = step_of(draft.pk, change.version)
    before, now = seen and seen.words.get(change.part.key), draft.words.get(change.part.key)
    return now not in (before, dict(change.words) or None)


def _found_again(values: Values, part: Part, base: Any) -> Part:
    """An entry without an id is known by what it said: return where it stands now, if that can be told."""
    if not part.entry.startswith(AT):
        return part
    try:
        entries = value_at(values, replace(part, entry="")) or []
    except NotThere:
        return part
    places = [position for position, entry in enumerate(entries) if entry == base]
    return replace(part, entry=f"{AT}{places[0]}") if len(places) == 1 else part


def _tied(words: Values, part: Part, tied: Mapping[str, Any] | None) -> Values:
    if tied is None:
        return words
    others = {key: value for key, value in words.items() if key != part.key}
    return {**others, part.key: dict(tied)} if tied else others


def _links(draft: Draft, saving: Saving) -> Links:
    """Undo leads past the autosaves that this version goes on from."""
    standing = step_that_stands(draft)
    goes_on = (
        standing.act == AUTOSAVED
        and standing.part == saving.part.as_list()
        and standing.saved_by_id == saving.actor_id
        and saving.at - standing.saved_at <= ONE_STEP
    )
    return Links(standing.back if goes_on else draft.version)
