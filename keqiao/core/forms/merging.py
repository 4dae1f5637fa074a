"""Two people changed the same draft: their changes are joined, and what both changed is named.

Fields are joined one by one; blocks part by part; lists row by row, where rows have one identity (a file, a target, a
budget item) or stand between rows that nobody changed; long texts paragraph by paragraph.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from keqiao.core.forms.answers import Answers
from keqiao.core.forms.pieces import aligned

IDENTITIES = ("file", "target", "field", "id", "item")
"""Keys that tell one row of a list from the others, where every row has it and no two have the same."""

AT_ONCE = frozenset({"version", "digest"})
"""Records with one of these stand or fall as a whole: a pledge, a file."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both changed the same thing, to different values. ``at`` is its place in the merged answers, as that of a fault.

    ``base`` is what it was, ``mine`` and ``theirs`` what it became; None: nothing stands there. The merged answers
    hold ``mine``; nothing is lost, as both are named.
    """

    at: tuple[str | int, ...]
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The joined answers, and what a person has to decide."""

    answers: dict[str, Any]
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class _Joined:
    """A joined value (None: nothing), with its conflicts; their places are within the value."""

    value: Any
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class _Three:
    """One value three times: as it was, as I have it, as they have it. None: it is not there."""

    base: Any
    mine: Any
    theirs: Any

    def all_are(self, kind: type | tuple[type, ...]) -> bool:
        """Are all three of this kind?"""
        return all(isinstance(each, kind) for each in (self.base, self.mine, self.theirs))

    def each(self, of: Callable[[Any], Any]) -> "_Three":
        """The same part of all three."""
        return _Three(of(self.base), of(self.mine), of(self.theirs))


def merge(base: Answers, mine: Answers, theirs: Answers) -> Merged:
    """Join two sets of changes to ``base``. Where only one side changed something, that stands; equal changes too."""
    joined = _records(_Three(base, mine, theirs))
    return Merged(joined.value, joined.conflicts)


def _join(three: _Three) -> _Joined:
    if _same(three.mine, three.theirs) or _same(three.theirs, three.base):
        return _Joined(three.mine)
    if _same(three.mine, three.base):
        return _Joined(three.theirs)
    for kind, join in _BY_KIND:
        if three.each(_or_empty(kind)).all_are(kind) and (joined := join(three)) is not None:
            return joined
    return _conflict(three)


def _or_empty(kind: Any) -> Callable[[Any], Any]:
    """What is not there counts as empty where it can be joined: two people begin the same table."""
    return lambda value: kind() if value is None and kind is list else value


def _conflict(three: _Three) -> _Joined:
    return _Joined(three.mine, (Conflict((), three.base, three.mine, three.theirs),))


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON: True is not 1."""
    return one == other and (not isinstance(one, bool | int) or type(one) is type(other))


def _blocks(three: _Three) -> _Joined | None:
    return None if any(AT_ONCE & each.keys() for each in _sides(three)) else _records(three)


def _records(three: _Three) -> _Joined:
    value: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for key in dict.fromkeys((*three.mine, *three.theirs, *three.base)):
        joined = _join(_Three(*(each.get(key) for each in _sides(three))))
        if joined.value is not None:
            value[key] = joined.value
        conflicts += _within(joined, key)
    return _Joined(value, tuple(conflicts))


def _lists(three: _Three) -> _Joined | None:
    three = three.each(lambda value: value if value is not None else [])
    everything = (*three.base, *three.mine, *three.theirs)
    if all(isinstance(each, Mapping) for each in everything):
        name = next((name for name in IDENTITIES if all(_tells(name, rows) for rows in _sides(three))), None)
        return _by_identity(three, name) if name else _by_place(three)
    if all(isinstance(each, str) for each in everything) and max(map(len, _sides(three))) > 1:
        return _picks(three)
    return None


def _sides(three: _Three) -> tuple[Any, Any, Any]:
    return three.base, three.mine, three.theirs


def _tells(name: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    keys = [row.get(name) for row in rows]
    return all(isinstance(key, str) and key for key in keys) and len(set(keys)) == len(keys)


def _by_identity(three: _Three, name: str) -> _Joined:
    """Rows with one key are one row: those of mine in their order, then what they added."""
    rows = three.each(lambda listed: {row[name]: row for row in listed})
    value: list[Any] = []
    conflicts: list[Conflict] = []
    for key in dict.fromkeys((*rows.mine, *rows.theirs, *rows.base)):
        joined = _join(_Three(*(each.get(key) for each in _sides(rows))))
        conflicts += _within(joined, len(value))
        if joined.value is not None:
            value.append(joined.value)
    return _Joined(value, tuple(conflicts))


def _by_place(three: _Three) -> _Joined | None:
    """Rows between rows that nobody changed: added by both they follow each other, changed by both they are joined."""
    pieces = aligned(*(list(map(_spelt, rows)) for rows in _sides(three)))
    if pieces is None:
        return None
    value: list[Any] = []
    conflicts: list[Conflict] = []
    for piece in pieces:
        part = _Three(
            three.base[slice(*piece.base)], three.mine[slice(*piece.mine)], three.theirs[slice(*piece.theirs)]
        )
        joined = _rows(part)
        conflicts += (replace(each, at=_moved(each.at, len(value))) for each in joined.conflicts)
        value += joined.value
    return _Joined(value, tuple(conflicts))


def _rows(three: _Three) -> _Joined:
    if _same(three.mine, three.theirs) or _same(three.theirs, three.base):
        return _Joined(three.mine)
    if _same(three.mine, three.base):
        return _Joined(three.theirs)
    if not three.base:
        return _Joined([*three.mine, *three.theirs])
    if len(three.base) == len(three.mine) == len(three.theirs):
        joined = [_join(_Three(*rows)) for rows in zip(*_sides(three), strict=True)]
        conflicts = (each for number, one in enumerate(joined) for each in _within(one, number))
        return _Joined([each.value for each in joined], tuple(conflicts))
    return _Joined(three.mine, (Conflict((0,), three.base, three.mine, three.theirs),))


def _picks(three: _Three) -> _Joined:
    """Several choices: what either side added is there, what either side took away is not."""
    gone = (set(three.base) - set(three.mine)) | (set(three.base) - set(three.theirs))
    return _Joined([each for each in dict.fromkeys((*three.mine, *three.theirs)) if each not in gone])


def _texts(three: _Three) -> _Joined | None:
    """Long texts by paragraph; one that both changed makes a conflict of the whole, with all the rest joined."""
    if not any("\n" in each for each in _sides(three)):
        return None
    lines = three.each(lambda text: text.split("\n"))
    pieces = aligned(*_sides(lines))
    if pieces is None:
        return None
    value: list[str] = []
    is_clean = True
    for piece in pieces:
        was, here, there = (
            rows[slice(*span)]
            for rows, span in zip(_sides(lines), (piece.base, piece.mine, piece.theirs), strict=True)
        )
        value += there if here == was else here
        is_clean &= here in (was, there) or there == was
    conflicts = () if is_clean else (Conflict((), three.base, three.mine, three.theirs),)
    return _Joined("\n".join(value), conflicts)


def _spelt(row: Any) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def _within(joined: _Joined, above: str | int) -> Iterable[Conflict]:
    return (replace(each, at=(above, *each.at)) for each in joined.conflicts)


def _moved(at: tuple[str | int, ...], by: int) -> tuple[str | int, ...]:
    first = at[0] if at else 0
    return (int(first) + by, *at[1:])


_BY_KIND: tuple[tuple[Any, Callable[[_Three], _Joined | None]], ...] = (
    (Mapping, _blocks),
    (list, _lists),
    (str, _texts),
)
