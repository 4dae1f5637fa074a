"""Change the tree of a draft. What others changed meanwhile stays; an act is refused where the very categories it
names were moved or taken away since the version it was decided on.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme.merging import Undecided, merged
from keqiao.web.programmes import tree_edits
from keqiao.web.programmes.actions.drafting import (
    locked_draft,
    part_gone,
    require_unchanged,
    save,
    seen_on,
    stale,
)
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.models import Draft
from keqiao.web.programmes.parts import NotThere, Part, node_at, value_at, with_new_entry, with_value
from keqiao.web.programmes.permissions import Viewer
from keqiao.web.programmes.refusals import Refused
from keqiao.web.programmes.tree_edits import Place, UnderItself
from keqiao.web.programmes.versions import Saving


@dataclass(frozen=True, slots=True)
class NewNode:
    """A category with these statements of its head, at ``place``; or a track, which has none (``place`` None)."""

    version: int
    head: Values
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class NodeAct:
    """Move or copy the category ``node`` to ``place``; ``name`` is that of the copy."""

    version: int
    node: str
    place: Place
    name: str = ""


@dataclass(frozen=True, slots=True)
class NodeRemoval:
    """Take a category with all below it, or a track, away, and say why."""

    version: int
    node: str
    reason: str


@dataclass(frozen=True, slots=True)
class Order:
    """The entries of the list ``part`` in the order of ``keys``: their ids, or ``@n`` where they have none."""

    version: int
    part: Part
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartCopy:
    """Have the nodes ``to`` state what ``part`` states."""

    version: int
    part: Part
    to: tuple[str, ...]


@transaction.atomic
def add_node(call_id: UUID, new: NewNode, *, actor: Viewer, at: datetime) -> tuple[Draft, str]:
    """Add a category or a track to the draft of a call; return the draft and the id of the new one.

    Raises:
        StaleDraft: its place was moved or taken away since.
        Refused: the call is not a draft any more, there is no such place, or the outcome is no definition.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    if new.place is None:
        draft.definition, part = with_new_entry(draft.definition, Part("", "tracks"), new.head)
        node = part.entry
    else:
        place = new.place
        require_unchanged(draft, new.version, lambda values: _spot(values, place))
        draft.definition, node = _done(lambda: tree_edits.with_category(draft.definition, place, new.head))
    return save(draft, Saving("node_added", actor, at, Part(node)), what=()), node


@transaction.atomic
def move_node(call_id: UUID, move: NodeAct, *, actor: Viewer, at: datetime) -> Draft:
    """Move a category; its id stays, and with it words of the document and references.

    A move to where it stands saves no version.

    Raises:
        StaleDraft: the category or its new place was moved or taken away since.
        Refused: the call is not a draft any more, the place is below the category, or one of both is not there.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    require_unchanged(
        draft,
        move.version,
        lambda values: (tree_edits.parent_of(values, move.node), _spot(values, move.place)),
    )
    changed = _done(lambda: tree_edits.moved(draft.definition, move.node, move.place))
    if changed == draft.definition:
        return draft
    draft.definition = changed
    return save(draft, Saving("moved", actor, at, Part(move.node)), what=(), data={"to": move.place.parent})


@transaction.atomic
def copy_node(call_id: UUID, copy: NodeAct, *, actor: Viewer, at: datetime) -> tuple[Draft, str]:
    """Copy a category with all below it, as it stands now; return the draft and the id of the copy.

    The copies rest on the same words of the document.

    Raises:
        StaleDraft: the category or the place of the copy was moved or taken away since.
        Refused: the call is not a draft any more, or one of both is not there.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    require_unchanged(
        draft, copy.version, lambda values: (node_at(values, copy.node)["id"], _spot(values, copy.place))
    )
    draft.definition, new_ids = _done(
        lambda: tree_edits.copied(draft.definition, copy.node, copy.place, copy.name)
    )
    draft.words = {**draft.words, **_words_of_copies(draft.words, new_ids)}
    node = new_ids[copy.node]
    return save(draft, Saving("node_copied", actor, at, Part(node)), what=(), data={"from": copy.node}), node


@transaction.atomic
def remove_node(call_id: UUID, removal: NodeRemoval, *, actor: Viewer, at: datetime) -> Draft:
    """Take a category with all below it, or a track, away, with its words and with what names it.

    Raises:
        StaleDraft: somebody changed it, or something below it, since.
        Refused: the call is not a draft any more, there is no such node, or the outcome is no definition.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    require_unchanged(draft, removal.version, lambda values: node_at(values, removal.node))
    gone = _done(lambda: tree_edits.ids_in(node_at(draft.definition, removal.node)))
    draft.definition = _done(lambda: tree_edits.without_node(draft.definition, removal.node))
    draft.words = {key: tied for key, tied in draft.words.items() if key.partition(":")[0] not in gone}
    saving = Saving("node_removed", actor, at, Part(removal.node))
    return save(draft, saving, what=("removed",), reason=removal.reason)


@transaction.atomic
def reorder(call_id: UUID, order: Order, *, actor: Viewer, at: datetime) -> Draft:
    """Put the entries of a list into another order; entries with ids that others added or changed stay.

    Raises:
        StaleDraft: somebody else changed the order since, or a list whose entries have no ids.
        Refused: the call is not a draft any more, or there is no such list.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    base = _done(lambda: value_at(seen_on(draft, order.version), order.part)) or []
    theirs = _done(lambda: value_at(draft.definition, order.part)) or []
    try:
        entries = merged(base, theirs, tree_edits.reordered(base, order.keys))
    except Undecided as both:
        raise stale(draft, order.version) from both
    if entries == theirs:
        return draft
    draft.definition = with_value(draft.definition, order.part, entries)
    return save(draft, Saving("reordered", actor, at, order.part))


@transaction.atomic
def copy_part(call_id: UUID, copy: PartCopy, *, actor: Viewer, at: datetime) -> tuple[Draft, tuple[str, ...]]:
    """Copy a statement or an entry to other nodes; return the draft and the nodes that stated it already.

    The clause stays; the copies rest on the same words of the document.

    Raises:
        StaleDraft: the part, or what stands in its place in one of the nodes, was changed since.
        Refused: the call is not a draft any more, the part or a node is not there, or the outcome is no
            definition.
    """
    draft, part = locked_draft(call_id, "correct", actor, at), copy.part
    touched = [part] if part.entry else [part, *(replace(part, node=node) for node in copy.to)]
    require_unchanged(draft, copy.version, lambda values: [value_at(values, each) for each in touched])
    definition, made = _done(lambda: tree_edits.with_copies(draft.definition, part, copy.to))
    passed_over = tuple(node for node in copy.to if node not in made)
    if not made:
        return draft, passed_over
    draft.definition = definition
    if tied := draft.words.get(part.key):
        draft.words = {**draft.words, **{there.key: tied for there in made.values()}}
    saving = Saving("part_copied", actor, at, part)
    return save(draft, saving, data={"to": list(made)}), passed_over


def _spot(values: Values, place: Place) -> tuple[str, str]:
    """What a place rests on: its category is there, and the one behind it stands under that."""
    above = node_at(values, place.parent)
    return above["id"], tree_edits.parent_of(values, place.before) if place.before else ""


def _done(edit: Callable[[], Any]) -> Any:
    """Return what ``edit`` gives.

    Raises:
        Refused: what it is about is not there, or a category would stand below itself.
    """
    try:
        return edit()
    except NotThere as gone:
        raise part_gone(gone) from gone
    except UnderItself as wrong:
        raise Refused(Finding("draft.under_itself", Weight.REFUSE)) from wrong


def _words_of_copies(words: Values, new_ids: dict[str, str]) -> Values:
    found = {}
    for key, tied in words.items():
        identifier, colon, statement = key.partition(":")
        if identifier in new_ids:
            found[f"{new_ids[identifier]}{colon}{statement}"] = tied
    return found
