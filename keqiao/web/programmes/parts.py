"""The parts of a definition, each with an address: read what a part says, give values in which it says another thing.

Works on plain values (``definitions.Values``) and judges nothing: whoever stores the outcome makes a
programme of it first.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from keqiao.web.programmes.definitions import Values

HEAD = "head"
_MARKS = ("source", "reading", "needs_answer", "invented")
HEADS = {
    "programme": (
        *("title", "kind", "year", "region", "issuers", "addressees", "document_number", "issue_date"),
        *("themes", "open_to_applicants", *_MARKS),
    ),
    "track": ("name", "guide", "themes", "open_to_applicants", *_MARKS),
    "category": (
        *("name", "code", "content", "named_event", "track", "themes", "open_to_applicants", *_MARKS),
    ),
}
"""What the slot ``head`` of each kind of node is made of, with what the node says about itself as a fact."""

AT = "@"  # an entry without an id is named by its position: @0 is the first
NEW = f"{AT}new"  # the entry of a list that is being made and does not stand there yet


class NotThere(LookupError):
    """The definition holds no such node or entry (any more)."""


@dataclass(frozen=True, slots=True)
class Part:
    """The address of a part.

    ``node``: "" for the whole call, else the id of a track or category. ``slot``: the name of a statement of
    that node (``funding``, ``rules``), or ``head``. ``entry``: in a list, the id of one entry, or ``@n`` where
    entries have none; "" means the whole statement.
    """

    node: str = ""
    slot: str = ""
    entry: str = ""

    def as_list(self) -> list[str]:
        """The same as plain values."""
        return [self.node, self.slot, self.entry]

    @property
    def key(self) -> str:
        """The key under which the words of the document are tied to it (see ``readers.reading.words_of``)."""
        if self.entry and not self.entry.startswith(AT):
            return self.entry
        return self.node if self.slot in ("", HEAD) else f"{self.node}:{self.slot}"


def kind_of_node(values: Values, node: str) -> str:
    """Return ``programme``, ``track`` or ``category``.

    Raises:
        NotThere: no node has this id.
    """
    if not node:
        return "programme"
    if any(track["id"] == node for track in values.get("tracks", ())):
        return "track"
    node_at(values, node)
    return "category"


def nodes(values: Values) -> Iterator[tuple[str, Values]]:
    """Yield every node with its id: the programme (id ""), its tracks, its categories from the top."""
    yield "", values
    for track in values.get("tracks", ()):
        yield track["id"], track
    yield from _below(values)


def node_at(values: Values, node: str) -> Values:
    """Return the node with this id.

    Raises:
        NotThere: no node has it.
    """
    for identifier, found in nodes(values):
        if identifier == node:
            return found
    raise NotThere(node)


def value_at(values: Values, part: Part) -> Any:
    """Return what ``part`` says, None where it says nothing. A head is a mapping of what it states.

    Raises:
        NotThere: the node is gone, or the list has no such entry.
    """
    node = node_at(values, part.node)
    if part.slot == HEAD:
        return {name: node[name] for name in HEADS[kind_of_node(values, part.node)] if name in node}
    stated = node.get(part.slot)
    if not part.entry:
        return stated
    entries = stated or []
    return entries[_position(entries, part)]


def with_value(values: Values, part: Part, value: Any) -> Values:
    """Return values in which ``part`` says ``value``; None (or nothing) takes the statement or entry away.

    Raises:
        NotThere: the node is gone, or the list has no such entry.
    """
    changed = deepcopy(values)
    node = node_at(changed, part.node)
    if part.slot == HEAD:
        for name in HEADS[kind_of_node(changed, part.node)]:
            _set(node, name, value.get(name))
    elif part.entry:
        entries = node.get(part.slot) or []
        position = _position(entries, part)
        entries[position : position + 1] = [value] if _is_stated(value) else []
        _set(node, part.slot, entries)
    else:
        _set(node, part.slot, value)
    return changed


def with_new_entry(values: Values, part: Part, value: Values) -> tuple[Values, Part]:
    """Return values with one more entry at the end of the list ``part``, and the address of the new entry.

    Where the entries of that list have ids, the new one gets a free one unless it states its own.
    """
    changed = deepcopy(values)
    entries = node_at(changed, part.node).setdefault(part.slot, [])
    if part.slot in ID_LETTERS and "id" not in value:
        value = {"id": free_id(changed, part.node, part.slot), **value}
    entries.append(value)
    entry = value.get("id") or f"{AT}{len(entries) - 1}"
    return changed, Part(part.node, part.slot, entry)


ID_LETTERS = {
    "targets": "t",
    "rules": "r",
    "endorsement": "e",
    "office_list": "office-",
    "forms": "form-",
    "regulations": "regulation-",
    "base_figures": "figure-",
    "tracks": "track-",
    "categories": "c",
    "documents": "document-",
}
"""The lists whose entries have ids, with the letter that a new id begins with."""
OF_THE_WHOLE = frozenset({"office_list", "forms", "regulations", "base_figures", "tracks", "documents"})


def free_id(values: Values, node: str, slot: str) -> str:
    """Return an id that nothing in the definition has yet, made from the node's."""
    letter = ID_LETTERS[slot]
    prefix = f"{node}.{letter}" if node and slot not in OF_THE_WHOLE else letter
    taken = set(ids_in(values))
    number = 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


def _below(values: Values) -> Iterator[tuple[str, Values]]:
    for category in values.get("categories", ()):
        yield category["id"], category
        yield from _below(category)


def _position(entries: list[Any], part: Part) -> int:
    if part.entry.startswith(AT):
        number = part.entry[len(AT) :]
        if number.isdecimal() and int(number) < len(entries):
            return int(number)
    else:
        for position, entry in enumerate(entries):
            if isinstance(entry, dict) and entry.get("id") == part.entry:
                return position
    raise NotThere(part.entry)


def _is_stated(value: Any) -> bool:
    return value not in (None, "", [], {}, ())


def _set(node: Values, name: str, value: Any) -> None:
    if _is_stated(value):
        node[name] = value
    else:
        node.pop(name, None)


def ids_in(value: Any) -> Iterator[str]:
    """Every id in these values, at any depth."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        for inner in value.values():
            yield from ids_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from ids_in(inner)
