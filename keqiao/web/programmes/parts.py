"""The parts of a definition, each with an address: read what a part says, give values in which it says another thing.

Works on plain values (``definitions.Values``) and judges nothing: whoever stores the outcome makes a
programme of it first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from keqiao.web.programmes.definitions import Values, copy_of

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
    "form": ("title", "purpose", "supplied", "extra_pages", "notes", *_MARKS),
}
"""What the slot ``head`` of each kind of node is made of, with what the node says about itself as a fact."""

AT = "@"  # an entry without an id is named by its position: @0 is the first
NEW = f"{AT}new"  # the entry of a list that is being made and does not stand there yet


class NotThere(LookupError):
    """The definition holds no such node or entry (any more)."""


@dataclass(frozen=True, slots=True)
class Part:
    """The address of a part.

    ``node``: "" for the whole call, else the id of a track, a category or a form. ``slot``: the name of a statement
    of that node (``funding``, ``rules``; of a form ``fields``, ``checks``), or ``head``. ``entry``: in a list, the
    id of one entry, or ``@n`` where entries have none; "" means the whole statement.
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
    """Return ``programme``, ``track``, ``category`` or ``form``.

    Raises:
        NotThere: no node has this id.
    """
    if not node:
        return "programme"
    if any(track["id"] == node for track in values.get("tracks", ())):
        return "track"
    found = node_at(values, node)
    return "form" if any(form is found for form in values.get("forms", ())) else "category"


def nodes(values: Values) -> Iterator[tuple[str, Values]]:
    """Yield every node with its id: the programme (id ""), its tracks, its categories from the top."""
    yield "", values
    for track in values.get("tracks", ()):
        yield track["id"], track
    yield from _below(values)


def node_at(values: Values, node: str) -> Values:
    """Return the node with this id: the call, a track, a category, else a form.

    Raises:
        NotThere: no node has it.
    """
    forms = ((form["id"], form) for form in values.get("forms", ()))
    for identifier, found in chain(nodes(values), forms):
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
    changed = copy_of(values)
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


def with_new_entry(values: Values, part: Part, value: Values, behind: str = "") -> tuple[Values, Part]:
    """Return values with one more entry in the list ``part``, and the address of the new entry.

    It stands behind the entry with the id ``behind``, at the end where there is none such. Where the entries of that
    list have ids, the new one gets a free one unless it states its own.
    """
    changed = copy_of(values)
    entries = node_at(changed, part.node).setdefault(part.slot, [])
    if part.slot in ID_LETTERS and "id" not in value:
        value = {"id": free_id(changed, part.node, part.slot), **value}
    places = [number for number, each in enumerate(entries, 1) if behind and each.get("id") == behind]
    entries.insert(places[0] if places else len(entries), value)
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
    "fields": "f",
    "checks": "check-",
}
"""The lists whose entries have ids, with the letter that a new id begins with."""
OF_THE_WHOLE = frozenset({"office_list", "forms", "regulations", "base_figures", "tracks", "documents"})

OF_A_FORM = frozenset({"fields", "checks"})
"""Lists whose ids are unique in their form only, and without a dot: conditions name the parts of fields by dots."""


def free_id(values: Values, node: str, slot: str) -> str:
    """Return an id that nothing in the definition has yet, made from the node's."""
    letter = ID_LETTERS[slot]
    prefix = f"{node}.{letter}" if node and slot not in OF_THE_WHOLE | OF_A_FORM else letter
    taken = set(ids_in(node_at(values, node) if slot in OF_A_FORM else values))
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
