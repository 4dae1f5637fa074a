"""What changed between two revisions of a definition, fact by fact."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from keqiao.core.programme.tree import Path
from keqiao.core.programme.types import Programme

NAMED_BY = ("id", "name", "title", "words", "question", "label", "who", "of")
"""The fields by which entries of a list can be told apart, the first that is stated."""


class Change(StrEnum):
    """``moved`` is another order of the same entries."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """One change of one fact.

    ``path`` is the category it is in (``()``: the programme), ``fact`` the names that lead to it from
    there, with ids of list entries (``("targets", "c1.t2", "value")``). ``before`` and ``after`` are the
    two values: None where the fact did not stand before, or does not stand after; the keys in order where
    entries ``moved``.
    """

    change: Change
    path: Path
    fact: tuple[str, ...]
    before: Any
    after: Any


def differences(old: Programme, new: Programme) -> list[Difference]:
    """All changes from ``old`` to ``new``, in the order of the definition; none if and only if they are
    equal.
    """
    return list(_of_models(old, new, (), ()))


def _of_models(old: BaseModel, new: BaseModel, path: Path, fact: tuple[str, ...]) -> Iterator[Difference]:
    for name in type(new).model_fields:
        yield from _of_values(getattr(old, name), getattr(new, name), path, (*fact, name))


def _of_values(old: Any, new: Any, path: Path, fact: tuple[str, ...]) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, BaseModel) and type(old) is type(new):
        yield from _of_models(old, new, path, fact)
    elif _are_lists_of_entries(old, new):
        yield from _of_entries(old, new, path, fact)
    else:
        yield Difference(_change(old, new), path, fact, _or_none(old), _or_none(new))


def _change(old: Any, new: Any) -> Change:
    if _or_none(old) is None:
        return Change.ADDED
    return Change.REMOVED if _or_none(new) is None else Change.CHANGED


def _or_none(value: Any) -> Any:
    """Nothing stated is None, also where a list or a mapping is empty."""
    return None if value in ((), {}) else value


def _are_lists_of_entries(old: Any, new: Any) -> bool:
    """Are both lists of statements whose entries can be told apart by their keys?"""
    if not (isinstance(old, tuple) and isinstance(new, tuple)):
        return False
    entries = (*old, *new)
    keyed = all(isinstance(entry, BaseModel) for entry in entries)
    return keyed and all(len({entry_key(e) for e in entries}) == len(entries) for entries in (old, new))


def entry_key(entry: BaseModel) -> str:
    """Return what tells an entry of a list from the others: its id, else its name or words, else all it says."""
    for name in NAMED_BY:
        value = getattr(entry, name, None)
        if isinstance(value, str):
            return value
    return repr(entry)


def _of_entries(
    old: tuple[BaseModel, ...], new: tuple[BaseModel, ...], path: Path, fact: tuple[str, ...]
) -> Iterator[Difference]:
    before = {entry_key(entry): entry for entry in old}
    after = {entry_key(entry): entry for entry in new}
    for key, entry in before.items():
        if key not in after:
            yield Difference(Change.REMOVED, *_place(path, fact, key), entry, None)
    for key, entry in after.items():
        if key not in before:
            yield Difference(Change.ADDED, *_place(path, fact, key), None, entry)
        else:
            yield from _of_values(before[key], entry, *_place(path, fact, key))
    stayed = (tuple(k for k in before if k in after), tuple(k for k in after if k in before))
    if stayed[0] != stayed[1]:
        yield Difference(Change.MOVED, path, fact, *stayed)


def _place(path: Path, fact: tuple[str, ...], key: str) -> tuple[Path, tuple[str, ...]]:
    """Where an entry stands: categories lengthen the path, everything else the names."""
    return ((*path, key), ()) if fact == ("categories",) else (path, (*fact, key))
