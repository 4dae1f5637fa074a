"""Where a fact stands: a path is checked against the shapes in ``facts`` once, then read fast.

A path that no case can have is a mistake of whoever wrote the tree, never an unknown fact.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache
from operator import attrgetter, itemgetter
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from keqiao.core.rules.facts import UNKNOWN, Case, Unknown

Scope = Any
"""What a condition is asked about: the case itself, or inside a list the pair of the item and the scope round it."""

Getter = Callable[[Scope], Any]

ABSENT = (Unknown, type(None))


class BadTree(ValueError):
    """The tree asks for something that no case can have, or that says nothing."""


@dataclass(frozen=True, slots=True)
class Variables:
    """The names by which a condition may speak: each item round it, the nearest first, and what shape it has."""

    names: tuple[str, ...] = ()
    shapes: tuple[tuple[Any, ...], ...] = ()

    def within(self, name: str, shape: tuple[Any, ...]) -> "Variables":
        """These and the item of one more list. Raises BadTree where the name already means something."""
        if name in self.names or name in _fields(Case):
            raise BadTree(f"the name {name!r} already means something")
        return Variables((name, *self.names), (shape, *self.shapes))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact is read, and what shapes it may have (members of its type, without unknown and none)."""

    get: Getter
    shapes: tuple[Any, ...]

    @property
    def is_list(self) -> bool:
        """May it be a list of values or records?"""
        return any(get_origin(shape) in (tuple, frozenset) for shape in self.shapes)

    @property
    def is_only_list(self) -> bool:
        """Is it always a list, where it is known?"""
        return bool(self.shapes) and all(get_origin(shape) in (tuple, frozenset) for shape in self.shapes)

    @property
    def item_shapes(self) -> tuple[Any, ...]:
        """What shapes its items may have; a value that is no list is its own only item."""
        lists = [shape for shape in self.shapes if get_origin(shape) in (tuple, frozenset)]
        single = [shape for shape in self.shapes if shape not in lists]
        return tuple(member for shape in lists for member in _members(get_args(shape)[0])) + tuple(single)


def place(path: tuple[str, ...], variables: Variables) -> Place:
    """Where the fact with this path stands.

    Raises:
        BadTree: no case has such a fact, or the path leads into the items of a list.
    """
    if not path:
        raise BadTree("a path needs a step")
    depth = len(variables.names)
    start: Getter | None = None
    if path[0] in variables.names:
        level, steps = variables.names.index(path[0]), path[1:]
        shapes, start = variables.shapes[level], _through([1] * level + [0])
    else:
        shapes, steps = (Case,), path
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


def _step(path: tuple[str, ...], step: str, shapes: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    """How one step is made, and the shapes behind it. ``kind`` is ``field``, ``key`` or ``doubtful``.

    A step is doubtful where what it starts from may be unknown or none.
    """
    known = [shape for shape in shapes if shape not in ABSENT]
    if len(known) == 1 and step in _fields(known[0]):
        kind, behind = "field", _fields(known[0])[step]
    elif len(known) == 1 and get_origin(known[0]) is Mapping:
        kind, behind = "key", (*_members(get_args(known[0])[1]), Unknown)
    else:
        raise BadTree(f"no case has {'.'.join(path)}: {step!r} is no part of {shapes}")
    return (f"doubtful {kind}" if len(known) < len(shapes) else kind), behind


def _reader(start: Getter | None, steps: tuple[str, ...], kinds: list[str]) -> Getter:
    """The fastest way of reading these steps."""
    if start is None and all(kind == "field" for kind in kinds):
        return attrgetter(".".join(steps))
    if start is None and kinds[-1] == "key" and all(kind == "field" for kind in kinds[:-1]):
        return _of_mapping(attrgetter(".".join(steps[:-1])), steps[-1])
    if not steps:
        return start or (lambda scope: scope)
    return _walk(start, [_reading(step, kind) for step, kind in zip(steps, kinds, strict=True)])


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


@cache
def _fields(shape: Any) -> dict[str, tuple[Any, ...]]:
    """The fields of a dataclass and the members of their types; nothing for another shape."""
    if not is_dataclass(shape):
        return {}
    return {name: _members(annotation) for name, annotation in get_type_hints(shape).items()}


def _members(annotation: Any) -> tuple[Any, ...]:
    """The members of a union; any other type is its own only member."""
    if get_origin(annotation) in (Union, UnionType):
        return tuple(member for part in get_args(annotation) for member in _members(part))
    return (annotation,)
