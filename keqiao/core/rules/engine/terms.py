"""Values in a tree: how they are read, and which of them can be compared at all."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from keqiao.core.rules.engine.closures import span
from keqiao.core.rules.engine.paths import BadTree, Getter, Scope, Variables, place
from keqiao.core.rules.engine.tree import Fact, Scalar, Span, Term

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


@dataclass(frozen=True, slots=True)
class Value:
    """A term made ready: how it is read, which kinds it may be, and the facts that it looks at.

    ``constant`` is true where it stands in the tree itself and not in the case.
    """

    term: Term
    get: Getter
    kinds: frozenset[Kind]
    facts: tuple[tuple[Fact, Getter], ...] = ()
    constant: bool = False


def value(term: Term, variables: Variables) -> Value:
    """Make a term ready that has one value.

    Raises:
        BadTree: a path that no case has, a list, or a span between what are no dates.
    """
    if isinstance(term, Fact):
        at = place(term.path, variables)
        if at.is_only_list:
            raise BadTree(f"{term.label} is a list, and one value is needed")
        return Value(term, at.get, kinds_of(at.item_shapes), ((term, at.get),))
    if isinstance(term, Span):
        return _span(term, variables)
    return Value(term, _always(term), frozenset({_kind_of(type(term))}), constant=True)


def _always(term: Scalar) -> Getter:
    def get(_scope: Scope) -> Scalar:
        return term

    return get


def _span(term: Span, variables: Variables) -> Value:
    since, until = value(term.since, variables), value(term.until, variables)
    if "date" not in since.kinds or "date" not in until.kinds:
        raise BadTree(f"{term.label} counts between what are no dates")
    return Value(
        term, span(since.get, until.get, term.unit), frozenset({"number"}), (*since.facts, *until.facts)
    )


def refuse_what_cannot_be_compared(op: str, left: Value, right: Value) -> None:
    """Raises BadTree where no values of these two could ever be compared with ``op``."""
    comparable = (left.kinds & right.kinds) | ({"nothing"} & (left.kinds | right.kinds))
    if op != "==":
        comparable = left.kinds & right.kinds & ({"number"} if op == "~" else {"number", "date"})
    if not comparable:
        raise BadTree(f"{named(left.term)} {op} {named(right.term)}: these cannot be compared")


def named(term: Term) -> str:
    """What messages and explanations call a term."""
    return term.label if isinstance(term, Fact | Span) else str(term)


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
    return frozenset(each.term for each in values if not isinstance(each.term, Fact | Span))
