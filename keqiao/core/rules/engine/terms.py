"""Values in a tree: how they are read, and which of them can be compared at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from keqiao.core.rules.engine.closures import Closure, span
from keqiao.core.rules.engine.paths import BadTree, Getter, Scope, Variables, place
from keqiao.core.rules.engine.sums import total
from keqiao.core.rules.engine.tree import (
    HOLDS,
    Condition,
    Fact,
    Scalar,
    Span,
    Term,
    Total,
    label_of,
)
from keqiao.core.rules.engine.worlds import Fields, World
from keqiao.core.rules.facts import UNKNOWN

Kind = Literal["number", "date", "text", "truth", "nothing"]

KINDS: tuple[tuple[type, Kind], ...] = (
    (bool, "truth"),
    (int, "number"),
    (Decimal, "number"),
    (date, "date"),
    (str, "text"),
    (type(None), "nothing"),
)
"""The kind of a value by its type, the narrower type first."""

Maker = Callable[[Condition, Variables], Closure]
"""Makes the function of a condition that stands inside a term."""

ALONE: World[Any] = World(Fields({}))
"""The world of what speaks of one item and of nothing round it."""


@dataclass(frozen=True, slots=True)
class Value:
    """A term made ready: how it is read, which kinds it may be, and the facts that it looks at.

    ``worked_out`` are the named numbers within it that are made of facts. ``constant`` is true where it stands in the
    tree itself and not in the case.
    """

    term: Term
    get: Getter
    kinds: frozenset[Kind]
    facts: tuple[tuple[Fact, Getter], ...] = ()
    worked_out: tuple[tuple[str, Getter], ...] = ()
    constant: bool = False


def value(term: Term, variables: Variables, make: Maker) -> Value:
    """Make a term ready that has one value; ``make`` serves the conditions inside it.

    Raises:
        BadTree: a path that nothing has, a list, a span between what are no dates, a sum of what are no numbers.
    """
    if isinstance(term, Fact):
        at = place(term.path, variables)
        if at.is_only_list:
            raise BadTree(f"{term.label} is a list, and one value is needed")
        return Value(term, at.get, kinds_of(at.item_shapes), ((term, at.get),))
    if isinstance(term, Span):
        return _span(term, variables, make)
    if isinstance(term, Total):
        return _total(term, variables, make)
    return Value(term, _always(term), frozenset({_kind_of(type(term))}), constant=True)


def _always(term: Scalar) -> Getter:
    def get(_scope: Scope) -> Scalar:
        return term

    return get


def _span(term: Span, variables: Variables, make: Maker) -> Value:
    since, until = value(term.since, variables, make), value(term.until, variables, make)
    if "date" not in since.kinds or "date" not in until.kinds:
        raise BadTree(f"{term.label} counts between what are no dates")
    return Value(
        term, span(since.get, until.get, term.unit), frozenset({"number"}), (*since.facts, *until.facts)
    )


def _total(term: Total, variables: Variables, make: Maker) -> Value:
    """The list is the one fact it looks at: unknown where the total is, since what its items hold belongs to it."""
    at = place(term.of.path, variables)
    if not at.is_list:
        raise BadTree(f"{term.of.label} is no list")
    if term.of.path[0] in variables.world.registers:
        raise BadTree(f"{term.of.label} is a register, which may hold more than is listed: it has no total")
    within = Variables(ALONE).within(term.each, at.item_shapes)
    where = make(HOLDS if term.where is None else term.where, within)
    get = total(at.get, where, _number(term.value, within, make).get)

    def listed(scope: Scope) -> Any:
        return UNKNOWN if get(scope) is UNKNOWN else at.get(scope)

    return Value(term, get, frozenset({"number"}), ((term.of, listed),), _named(term, get))


def _number(term: Term, variables: Variables, make: Maker) -> Value:
    found = value(term, variables, make)
    if not found.kinds & {"number"}:
        raise BadTree(f"{label_of(term)} is no number")
    return found


def _named(term: Total, get: Getter) -> tuple[tuple[str, Getter], ...]:
    return ((term.name, get),) if term.name else ()


def refuse_what_cannot_be_compared(op: str, left: Value, right: Value) -> None:
    """Raises BadTree where no values of these two could ever be compared with ``op``."""
    comparable = (left.kinds & right.kinds) | ({"nothing"} & (left.kinds | right.kinds))
    if op != "==":
        comparable = left.kinds & right.kinds & ({"number"} if op == "~" else {"number", "date"})
    if not comparable:
        raise BadTree(f"{label_of(left.term)} {op} {label_of(right.term)}: these cannot be compared")


def kinds_of(shapes: tuple[Any, ...]) -> frozenset[Kind]:
    """The kinds of value that these shapes are; records have none."""
    return frozenset(_kind_of(type(get_args(shape)[0]) if get_origin(shape) is Literal else shape) for shape in shapes
                     if _is_value(shape))  # fmt: skip


def _is_value(shape: Any) -> bool:
    return get_origin(shape) is Literal or (
        isinstance(shape, type) and issubclass(shape, tuple(t for t, _ in KINDS))
    )


def _kind_of(shape: type) -> Kind:
    return next(kind for type_, kind in KINDS if issubclass(shape, type_))


def constants(values: tuple[Value, ...]) -> frozenset[Scalar] | None:
    """The values themselves where all of them stand in the tree; else None."""
    if not all(each.constant for each in values):
        return None
    return frozenset(each.term for each in values if not isinstance(each.term, Fact | Span | Total))
