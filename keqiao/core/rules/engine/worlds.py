"""What trees can be asked about: the shape of a case, of a form, of any record with named values.

A world is known before any value is: its paths are checked when a tree is compiled. The world of eligibility is
``CASE``; a form makes its own from its fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from keqiao.core.rules.facts import Case, Unknown

Asked = TypeVar("Asked")
Members = tuple[Any, ...]
"""The shapes that a value may have: the members of a union of types."""

ABSENT = (Unknown, type(None))


@dataclass(frozen=True, slots=True)
class Fields:
    """A record whose fields are known only when it is made, as those of a form; its values are a mapping by name.

    ``types`` are Python types by name: ``int`` (also fen), ``Decimal``, ``date``, ``str``, ``bool``,
    ``frozenset[str]`` or ``tuple[str, ...]`` for several choices, ``Rows`` for a table, ``Fields`` for a group, a union
    where it may be one or the other. A name without a value is unknown; ``None`` is a field left empty.
    """

    types: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: a tuple of mappings, each with values for ``of``."""

    of: Fields


@dataclass(frozen=True, slots=True)
class World(Generic[Asked]):
    """What trees may speak of.

    ``shape`` is that of what is asked about: a dataclass, or ``Fields`` for a mapping. Lists below a first step in
    ``registers`` may be incomplete: a ``HowMany`` of them has to say when one is all there is, and no ``Total`` adds
    them up. Where people judge (``Attest``), ``approved`` is a set of keys.
    """

    shape: Any
    registers: frozenset[str] = field(default_factory=frozenset)


CASE: World[Case] = World(Case, frozenset({"records"}))
"""Somebody who asks whether they may apply."""


def members_of(annotation: Any) -> Members:
    """The members of a union; any other type is its own only member."""
    if get_origin(annotation) in (Union, UnionType):
        return tuple(member for part in get_args(annotation) for member in members_of(part))
    return (annotation,)


def fields_of(shape: Any) -> Mapping[str, Members]:
    """The fields of a record and what each may be; nothing for another shape."""
    if isinstance(shape, Fields):
        return {name: (*members_of(annotation), *ABSENT) for name, annotation in shape.types.items()}
    return _fields_of_dataclass(shape) if is_dataclass(shape) and isinstance(shape, type) else {}


@cache
def _fields_of_dataclass(shape: type) -> Mapping[str, Members]:
    return {name: members_of(annotation) for name, annotation in get_type_hints(shape).items()}


def is_list(shape: Any) -> bool:
    """Is it a list of values or records?"""
    return isinstance(shape, Rows) or get_origin(shape) in (tuple, frozenset)


def item_shapes(shape: Any) -> Members:
    """What the items of a list may be; a value that is no list is its own only item."""
    if isinstance(shape, Rows):
        return (shape.of,)
    return members_of(get_args(shape)[0]) if is_list(shape) else (shape,)
