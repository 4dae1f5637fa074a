"""Where a fact stands: a path is checked against the shapes of its world once, then read fast.

A path that nothing in its world can have is a mistake of whoever wrote the tree, never an unknown fact.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any, get_args, get_origin

from keqiao.core.rules.engine.worlds import (
    ABSENT,
    Fields,
    Members,
    World,
    fields_of,
    is_list,
    item_shapes,
    members_of,
)
from keqiao.core.rules.facts import UNKNOWN, Unknown

Scope = Any
"""What a condition is asked about: the case itself, or inside a list the pair of the item and the scope round it."""

Getter = Callable[[Scope], Any]


class BadTree(ValueError):
    """The tree asks for something that nothing in its world can have, or that says nothing."""


@dataclass(frozen=True, slots=True)
class Variables:
    """What a condition may speak of: its world, and by name each item round it, the nearest first, with its shape."""

    world: World[Any]
    names: tuple[str, ...] = ()
    shapes: tuple[Members, ...] = ()

    def within(self, name: str, shape: Members) -> "Variables":
        """These and the item of one more list. Raises BadTree where the name already means something."""
        if name in self.names or name in fields_of(self.world.shape):
            raise BadTree(f"the name {name!r} already means something")
        return Variables(self.world, (name, *self.names), (shape, *self.shapes))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact is read, and what shapes it may have (members of its type, without unknown and none)."""

    get: Getter
    shapes: Members

    @property
    def is_list(self) -> bool:
        """May it be a list of values or records?"""
        return any(map(is_list, self.shapes))

    @property
    def is_only_list(self) -> bool:
        """Is it always a list, where it is known?"""
        return bool(self.shapes) and all(map(is_list, self.shapes))

    @property
    def item_shapes(self) -> Members:
        """What shapes its items may have; a value that is no list is its own only item."""
        return tuple(member for shape in self.shapes for member in item_shapes(shape))


def place(path: tuple[str, ...], variables: Variables) -> Place:
    """Where the fact with this path stands.

    Raises:
        BadTree: nothing has such a fact, or the path leads into the items of a list.
    """
    if not path:
        raise BadTree("a path needs a step")
    depth = len(variables.names)
    start: Getter | None = None
    if path[0] in variables.names:
        level, steps = variables.names.index(path[0]), path[1:]
        shapes, start = variables.shapes[level], _through([1] * level + [0])
    else:
        shapes, steps = (variables.world.shape,), path
        start = _through([1] * depth) if depth else None
    kinds: list[str] = []
    for step in steps:
        kind, shapes = _step(path, step, shapes)
        kinds.append(kind)
    known = tuple(shape for shape in shapes if shape not in ABSENT)
    return Place(_reader(start, steps, kinds), known)


def items_of(value: Any) -> Collection[Any]:
    """The items of a list; nothing for ``None``; a value that is no list is its own only item."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, frozenset):
        return sorted(value)
    return () if value is None else (value,)


def _through(positions: list[int]) -> Getter:
    """Read these positions of nested pairs: 1 leads out of an item's scope, 0 to the item itself."""
    if len(positions) == 1:
        return itemgetter(positions[0])
    steps = [itemgetter(position) for position in positions]

    def get(scope: Scope) -> Any:
        for step in steps:
            scope = step(scope)
        return scope

    return get


def _step(path: tuple[str, ...], step: str, shapes: Members) -> tuple[str, Members]:
    """How one step is made, and the shapes behind it. ``kind`` is ``field``, ``key`` or ``doubtful``.

    A step is doubtful where what it starts from may be unknown or none.
    """
    known = [shape for shape in shapes if shape not in ABSENT]
    if len(known) == 1 and step in fields_of(known[0]):
        kind = "key" if isinstance(known[0], Fields) else "field"
        behind = fields_of(known[0])[step]
    elif len(known) == 1 and get_origin(known[0]) is Mapping:
        kind, behind = "key", (*members_of(get_args(known[0])[1]), Unknown)
    else:
        raise BadTree(f"nothing has {'.'.join(path)}: {step!r} is no part of {shapes}")
    return (f"doubtful {kind}" if len(known) < len(shapes) else kind), behind


def _reader(start: Getter | None, steps: tuple[str, ...], kinds: list[str]) -> Getter:
    """The fastest way of reading these steps."""
    if start is None and all(kind == "field" for kind in kinds):
        return attrgetter(".".join(steps))
    if start is None and kinds == ["key"]:
        return _of_mapping(_itself, steps[0])
    if start is None and kinds[-1] == "key" and all(kind == "field" for kind in kinds[:-1]):
        return _of_mapping(attrgetter(".".join(steps[:-1])), steps[-1])
    if not steps:
        return start or _itself
    return _walk(start, [_reading(step, kind) for step, kind in zip(steps, kinds, strict=True)])


def _itself(scope: Scope) -> Any:
    return scope


def _of_mapping(mapping: Getter, key: str) -> Getter:
    return lambda scope: mapping(scope).get(key, UNKNOWN)


def _reading(step: str, kind: str) -> Getter:
    return attrgetter(step) if kind.endswith("field") else lambda mapping: mapping.get(step, UNKNOWN)


def _walk(start: Getter | None, readings: list[Getter]) -> Getter:
    """Step by step; what is unknown or none stays so."""

    def get(scope: Scope) -> Any:
        value = scope if start is None else start(scope)
        for read in readings:
            if value is UNKNOWN or value is None:
                return value
            value = read(value)
        return value

    return get
