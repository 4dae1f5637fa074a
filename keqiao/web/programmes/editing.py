"""Changes of a definition as plain values: find a node or an entry, set what it states, give new values.

Nothing here judges the outcome: whoever stores it makes a programme of it first.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.parts import NotThere, node_at, nodes

ENTRY_LISTS = ("rules", "targets", "open_questions")
MARKS = ("needs_answer", "invented", "reading")
"""What stops holding for a statement once a person has corrected it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an entry with an id stands: in which list of which node, and what it says."""

    node: str
    list_name: str
    values: Values


def entry_at(values: Values, identifier: str) -> Entry:
    """Return the rule, target or office with this id."""
    for node, statements in nodes(values):
        for name in (*ENTRY_LISTS, "office_list"):
            for entry in statements.get(name, ()):
                if entry.get("id") == identifier:
                    return Entry(node, name, entry)
    raise NotThere(identifier)


def with_statements(values: Values, node: str, changes: Mapping[str, Any]) -> Values:
    """Return values in which ``node`` states ``changes``; None takes a statement away.

    A changed statement keeps its clause and loses the marks of an unsettled one.
    """
    changed = deepcopy(values)
    _set(node_at(changed, node), changes)
    return changed


def with_entry(values: Values, identifier: str, changes: Mapping[str, Any]) -> Values:
    """Return values in which the entry with this id says ``changes`` and is settled."""
    changed = deepcopy(values)
    entry = entry_at(changed, identifier).values
    _set(entry, changes)
    for mark in MARKS:
        entry.pop(mark, None)
    return changed


def with_new_entry(values: Values, node: str, list_name: str, entry: Values) -> tuple[Values, str]:
    """Return values with one more entry in a list of ``node``, and the id it got."""
    changed = deepcopy(values)
    entries = node_at(changed, node).setdefault(list_name, [])
    identifier = _free_id(changed, node, list_name)
    entries.append({"id": identifier, **_stated(entry)})
    return changed, identifier


def without_entry(values: Values, identifier: str) -> Values:
    """Return values without the entry with this id, and without references to it."""
    changed = deepcopy(values)
    found = entry_at(changed, identifier)
    statements = node_at(changed, found.node)
    statements[found.list_name] = [e for e in statements[found.list_name] if e.get("id") != identifier]
    for _node, other in nodes(changed):
        _forget(other, found.list_name, identifier)
    return changed


def settled(values: Values, at: Iterable[str | int]) -> Values:
    """Return values in which the statement at these keys and positions needs no answer any more."""
    changed = deepcopy(values)
    stated: Any = changed
    try:
        for step in at:
            stated = stated[step]
    except (LookupError, TypeError) as error:
        raise NotThere(".".join(map(str, at))) from error
    if not isinstance(stated, dict):
        raise NotThere(".".join(map(str, at)))
    stated.pop("needs_answer", None)
    return changed


def _set(statements: Values, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        if value in (None, "", [], {}):
            statements.pop(name, None)
            continue
        known = statements.get(name)
        clause = {"source": known["source"]} if isinstance(known, dict) and "source" in known else {}
        statements[name] = {**_stated(value), **clause} if isinstance(value, dict) else value


def _stated(values: Mapping[str, Any]) -> Values:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _free_id(values: Values, node: str, list_name: str) -> str:
    letter = {"targets": "t", "rules": "r", "office_list": "office-"}[list_name]
    prefix = f"{node}.{letter}" if node and list_name != "office_list" else letter
    taken = {
        e.get("id")
        for _n, s in nodes(values)
        for name in (*ENTRY_LISTS, "office_list")
        for e in s.get(name, ())
    }
    taken |= {identifier for identifier, _statements in nodes(values)}
    number = 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


def _forget(statements: Values, list_name: str, identifier: str) -> None:
    if list_name == "office_list" and identifier in statements.get("offices", ()):
        statements["offices"] = [office for office in statements["offices"] if office != identifier]
    for target in statements.get("targets", ()):
        for reference in ("part_of", "relative_to"):
            if target.get(reference) == identifier:
                del target[reference]
