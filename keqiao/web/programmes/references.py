"""Where the parts of a definition name each other by id: find the places that name one, let go of what is gone,
and follow ids that changed. Works on plain values.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.parts import HEAD, HEADS, Part, nodes

NAMING = frozenset(
    {
        *("form", "track", "office", "part_of", "relative_to", "chain", "regulation", "category"),
        *("offices", "across", "categories"),
    }
)
"""Fields that hold the id of another part, or a list of ids. The tree's own ``categories`` hold mappings."""

Renamed = Callable[[str], str | None]


def places_naming(values: Values, identifiers: Collection[str]) -> list[Part]:
    """Return the statements and entries that name one of these parts, in the order of the definition."""
    return [part for node, stated in nodes(values) for part in _in_node(node, stated, identifiers)]


def without_references(values: Values, identifiers: Collection[str]) -> Values:
    """Return values in which nothing names these parts any more; every field that names one may be left out."""
    return with_renamed(values, lambda identifier: None if identifier in identifiers else identifier)


def with_renamed(value: Any, renamed: Renamed) -> Any:
    """Return ``value`` in which each id that another part is named by is what ``renamed`` makes of it."""
    if isinstance(value, list):
        return [with_renamed(each, renamed) for each in value]
    if not isinstance(value, Mapping):
        return value
    changed = {name: _named(name, each, renamed) for name, each in value.items()}
    return {name: each for name, each in changed.items() if each is not None or value[name] is None}


def _named(name: str, value: Any, renamed: Renamed) -> Any:
    if name not in NAMING:
        return with_renamed(value, renamed)
    if isinstance(value, str):
        return renamed(value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return [new for each in value if (new := renamed(each)) is not None] or None
    return with_renamed(value, renamed)


def _in_node(node: str, stated: Values, identifiers: Collection[str]) -> Iterator[Part]:
    for slot, value in stated.items():
        if slot in ("tracks", "categories"):
            continue
        entries = value if isinstance(value, list) else [value]
        for entry in entries:
            if _names_one({slot: entry}, identifiers):
                identifier = entry.get("id", "") if isinstance(entry, Mapping) else ""
                yield Part(node, HEAD if slot in HEADS["category"] else slot, identifier)


def _names_one(value: Any, identifiers: Collection[str]) -> bool:
    if isinstance(value, list):
        return any(_names_one(each, identifiers) for each in value)
    if not isinstance(value, Mapping):
        return False
    for name, each in value.items():
        ids = each if isinstance(each, list) else [each]
        if name in NAMING and any(isinstance(i, str) and i in identifiers for i in ids):
            return True
        if _names_one(each, identifiers):
            return True
    return False
