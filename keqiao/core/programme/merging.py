"""Bring together what two people made of one value (a three-way merge): field by field where it is a mapping,
entry by entry where it is a list of entries with ids, else as a whole.

Values are plain (text, numbers, mappings, lists); None stands for "says nothing", as does an empty list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

WHOLE = "(whole)"
"""The key of a value that is not divided."""
ORDER = "(order)"
"""The key of the order in which the entries of a list stand; its value is the list of their ids."""


class Side(StrEnum):
    """One of the two people: whose change stands already, and whose change is to be added."""

    THEIRS = "theirs"
    MINE = "mine"


class Undecided(Exception):
    """Both changed the same and nobody has chosen; ``keys`` are the fields that wait."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = tuple(keys)
        super().__init__(", ".join(self.keys))


@dataclass(frozen=True, slots=True)
class Field:
    """One field as it was and as each side has it; ``key`` is its name, the id of an entry, WHOLE or ORDER."""

    key: str
    base: Any
    theirs: Any
    mine: Any

    @property
    def side(self) -> Side | None:
        """Whose value stands without asking: that of the only one who changed it. None: both changed it."""
        if self.mine in (self.base, self.theirs):
            return Side.THEIRS
        return Side.MINE if self.theirs == self.base else None

    @property
    def is_changed(self) -> bool:
        """Does either side have it differ from what it was?"""
        return bool(self.theirs != self.base or self.mine != self.base)

    def of(self, side: Side) -> Any:
        """What one side has it say."""
        return self.theirs if side is Side.THEIRS else self.mine


def fields(base: Any, theirs: Any, mine: Any) -> tuple[Field, ...]:
    """Return the fields that either side changed, in the order in which they first appear."""
    sides = (base, theirs, mine)
    if all(isinstance(side, Mapping) for side in sides):
        found = [Field(key, *(side.get(key) for side in sides)) for key in _keys(sides)]
    elif _are_entries(sides):
        lists = [_by_id(side) for side in sides]
        found = [Field(key, *(entries.get(key) for entries in lists)) for key in _keys(lists)]
        found.append(_order(*(list(entries) for entries in lists)))
    else:
        found = [Field(WHOLE, *sides)]
    return tuple(field for field in found if field.is_changed)


def merged(base: Any, theirs: Any, mine: Any, choices: Mapping[str, Side] | None = None) -> Any:
    """Return the value with the changes of both sides; ``choices`` say whose stands where both changed.

    A choice for a field that only one side changed is followed as well.

    Raises:
        Undecided: with the fields that both changed and ``choices`` does not name.
    """
    choices = choices or {}
    found = fields(base, theirs, mine)
    taken = {field.key: choices.get(field.key, field.side) for field in found}
    if waiting := [key for key, side in taken.items() if side is None]:
        raise Undecided(waiting)
    values = {field.key: field.of(side) for field in found if (side := taken[field.key])}
    if WHOLE in values:
        return values[WHOLE]
    if isinstance(base, Mapping):
        return {key: value for key, value in {**base, **values}.items() if value is not None}
    if not found:
        return base
    return _entries_together((base, theirs, mine), values, taken.get(ORDER))


def _keys(sides: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(key for side in sides for key in side))


def _are_entries(sides: Iterable[Any]) -> bool:
    """Is each side a list of entries with ids of their own (or nothing), and one of them at least a list?"""
    stated = [side for side in sides if side is not None]
    return bool(stated) and all(isinstance(side, list) and _have_own_ids(side) for side in stated)


def _have_own_ids(entries: list[Any]) -> bool:
    ids = [entry.get("id") if isinstance(entry, Mapping) else None for entry in entries]
    return all(isinstance(identifier, str) for identifier in ids) and len(set(ids)) == len(ids)


def _by_id(entries: list[Any] | None) -> dict[str, Any]:
    return {entry["id"]: entry for entry in entries or ()}


def _order(base: list[str], theirs: list[str], mine: list[str]) -> Field:
    """The order as a field: that of the entries which all three have, so that adding one is no change of it."""
    common = set(base) & set(theirs) & set(mine)
    return Field(ORDER, *([key for key in side if key in common] for side in (base, theirs, mine)))


def _entries_together(
    sides: tuple[Any, Any, Any], values: Mapping[str, Any], order: Side | None
) -> list[Any]:
    """The entries in the order of one side; what only the other has stands beside what it stood beside there."""
    base, theirs, mine = (_by_id(side) for side in sides)
    standing = {key: value for key, value in {**base, **theirs, **values}.items() if value is not None}
    first, second = (mine, theirs) if order is Side.MINE else (theirs, mine)
    keys = [key for key in first if key in standing]
    others = [key for key in second if key in standing]
    for position, key in enumerate(others):
        if key not in keys:
            keys.insert(_place_beside(others, position, keys), key)
    return [standing[key] for key in keys]


def _place_beside(others: list[str], position: int, keys: list[str]) -> int:
    """Where the entry at ``position`` of the other side goes: last if it is last there, else after its neighbour."""
    if not any(key in keys for key in others[position + 1 :]):
        return len(keys)
    before = others[position - 1] if position else None
    return keys.index(before) + 1 if before is not None else 0
