"""One value of a fact with which a condition comes out as wanted, and the case with that value in place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from keqiao.core.rules.engine.building import Built
from keqiao.core.rules.engine.paths import Variables, items_of, place
from keqiao.core.rules.engine.tree import Among, Attest, Compare, Fact, Scalar, Span, Term
from keqiao.core.rules.facts import UNKNOWN, Case

APPROVED = Fact(("approved",))
OPPOSITE = {">=": "<", "<=": ">", ">": "<=", "<": ">=", "==": "other", "~": "far"}
STEP: dict[str, int] = {">": 1, "<": -1, "other": 1}
FEBRUARY = 2


class NoWitness(Exception):
    """No value is known with which the condition comes out as wanted."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A fact of the case and a value of it."""

    fact: Fact
    value: Any


def witness(built: Built, case: Case, *, to: bool) -> Witness:
    """A value of the fact that a condition is about, with which it comes out as ``to``.

    Raises:
        NoWitness: there is none, or none is known (a list of records cannot be made up).
    """
    node = built.node
    if isinstance(node, Compare):
        return _of_comparison(node, {fact.path: get(case) for fact, get in built.facts}, to=to)
    if isinstance(node, Among):
        return _of_membership(node, built.facts[0][1](case), to=to)
    if isinstance(node, Attest) and to:
        return Witness(APPROVED, case.approved | {node.key})
    raise NoWitness


def with_value(case: Case, found: Witness) -> Case:
    """The case with this value in place.

    Raises:
        NoWitness: what the fact belongs to is itself unknown or not there.
    """
    changed: Case = _replaced(case, found.fact.path, found.value)
    return changed


def _replaced(base: Any, path: tuple[str, ...], value: Any) -> Any:
    if not path:
        return value
    if base is UNKNOWN or base is None:
        raise NoWitness
    step, rest = path[0], path[1:]
    if isinstance(base, Mapping):
        return {**base, step: _replaced(base.get(step, UNKNOWN), rest, value)}
    return replace(base, **{step: _replaced(getattr(base, step), rest, value)})


def _of_comparison(node: Compare, values: Mapping[tuple[str, ...], Any], *, to: bool) -> Witness:
    bound = _value(node.right, values)
    if bound is UNKNOWN or bound is None:
        raise NoWitness
    op = node.op if to else OPPOSITE[node.op]
    if op == "far":
        raise NoWitness
    wanted = _moved(bound, STEP.get(op, 0))
    if isinstance(node.left, Fact):
        return Witness(node.left, wanted)
    if isinstance(node.left, Span):
        return Witness(node.left.since, _since(node.left, wanted, values))
    raise NoWitness


def _value(term: Term, values: Mapping[tuple[str, ...], Any]) -> Any:
    if isinstance(term, Span):
        raise NoWitness
    return values[term.path] if isinstance(term, Fact) else term


def _moved(value: Any, by: int) -> Any:
    """A value somewhat above or below; for a text, a yes or no, another one."""
    if by == 0:
        return value
    if isinstance(value, bool):
        return not value
    if isinstance(value, date):
        return value + timedelta(days=by)
    return value + "*" if isinstance(value, str) else value + by


def _since(span: Span, length: int | Decimal, values: Mapping[tuple[str, ...], Any]) -> date:
    """A first day from which ``length`` whole years or months lie before the last one."""
    until = _value(span.until, values)
    if not isinstance(until, date) or length != int(length):
        raise NoWitness
    months = until.year * 12 + until.month - 1 - int(length) * (12 if span.unit == "years" else 1)
    return _day(months // 12, months % 12 + 1, until.day)


def _day(year: int, month: int, day: int) -> date:
    """This day, or the last one of its month where it is shorter.

    Raises:
        NoWitness: calendars do not have that year.
    """
    if not date.min.year <= year <= date.max.year:
        raise NoWitness
    for last in range(day, 0, -1):
        try:
            return date(year, month, last)
        except ValueError:  # 31 April, 29 February: one day earlier
            continue
    raise NoWitness


def _of_membership(node: Among, current: Any, *, to: bool) -> Witness:
    if any(isinstance(each, Fact | Span) for each in node.values):
        raise NoWitness
    values = [each for each in node.values if not isinstance(each, Fact | Span)]
    if not place(node.fact.path, Variables()).is_only_list:
        return Witness(node.fact, _single(node, values, to=to))
    return Witness(node.fact, _listed(node, values, current, to=to))


def _single(node: Among, values: list[Scalar], *, to: bool) -> Scalar:
    if to and node.least <= 1 and values:
        return values[0]
    if to or node.least == 0:
        raise NoWitness
    return _outside(values)


def _outside(values: list[Scalar]) -> Scalar:
    """A value of the same kind that is none of these."""
    same = [each for each in values if type(each) is type(values[0])] if values else []
    if not same or same[0] is None or {True, False} <= set(values):
        raise NoWitness
    farthest: Scalar = _moved(max(same), 1)  # type: ignore[type-var]  # all of one kind
    return farthest


def _listed(node: Among, values: list[Scalar], current: Any, *, to: bool) -> frozenset[Any]:
    """The list as it is, with as many of the values as are wanted."""
    having = frozenset() if current is UNKNOWN else frozenset(items_of(current))
    named = [each for each in dict.fromkeys(values) if each is not None]
    kept = [each for each in named if each in having]
    missing = [each for each in named if each not in having]
    if to:
        most = len(named) if node.most is None else node.most
        chosen = (kept + missing)[: max(node.least, min(len(kept), most))]
    elif node.least > 0:
        chosen = (kept + missing)[: node.least - 1]
    else:
        chosen = (kept + missing)[: len(named) if node.most is None else node.most + 1]
    return (having - frozenset(named)) | frozenset(chosen)
