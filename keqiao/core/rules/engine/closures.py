"""One function per condition: asked about a scope, it says true, false or unknown, and nothing else.

This is the path that 100,000 units times 30 rules take: each function keeps what it needs and stops as soon as the
answer stands. Why an answer is what it is, is asked afterwards (``explaining``).
"""

import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from keqiao.core.rules.engine.paths import Getter, Scope, items_of
from keqiao.core.rules.engine.tree import Truth
from keqiao.core.rules.facts import UNKNOWN, Known

Closure = Callable[[Scope], Truth]
Listed = Known[tuple[Any, ...] | frozenset[Any] | None]
Test = Callable[[Any, Any], Truth]

ORDER: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


def whole_span(since: date, until: date, unit: str) -> int:
    """Whole years or months from one day to the other; see ``tree.Span``."""
    months = (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
    return months // 12 if unit == "years" else months


def span(since: Getter, until: Getter, unit: str) -> Getter:
    """The value of a ``Span``: unknown where a day is, none where one is not there."""

    def get(scope: Scope) -> Any:
        first, last = since(scope), until(scope)
        if first is UNKNOWN or last is UNKNOWN:
            return UNKNOWN
        return None if first is None or last is None else whole_span(first, last, unit)

    return get


def compared(op: str, tolerance: Decimal | None) -> Test:
    """The test of two known values with a comparator."""
    if op == "==":
        return operator.eq
    if op == "~":
        return lambda left, right: _near(left, right, tolerance)
    above_or_below = ORDER[op]
    return lambda left, right: left is not None and right is not None and above_or_below(left, right)


def _near(left: Any, right: Any, tolerance: Decimal | None) -> Truth:
    if left is None or right is None or left == right:
        return left == right  # type: ignore[no-any-return]  # of two plain values
    if tolerance is None:
        return UNKNOWN
    return abs(left - right) <= tolerance * abs(right)  # type: ignore[no-any-return]


def ordered_with(get: Getter, op: str, bound: Any) -> Closure:
    """Is the fact above or below a bound that is known and not none?"""
    holds = ORDER[op]

    def closure(scope: Scope) -> Truth:
        value: object = get(scope)
        if value is UNKNOWN:
            return UNKNOWN
        return False if value is None else holds(value, bound)

    return closure


def comparison(left: Getter, right: Getter, test: Test) -> Closure:
    """Two terms, either of which may be unknown."""

    def closure(scope: Scope) -> Truth:
        one, other = left(scope), right(scope)
        return UNKNOWN if one is UNKNOWN or other is UNKNOWN else test(one, other)

    return closure


def one_among(get: Getter, values: frozenset[Any]) -> Closure:
    """Is a fact that is never a list one of these constants?"""

    def closure(scope: Scope) -> Truth:
        value: object = get(scope)
        return UNKNOWN if value is UNKNOWN else value in values

    return closure


def any_among(get: Getter, values: frozenset[Any]) -> Closure:
    """Does a fact that is always a list have one of these constants?"""

    def closure(scope: Scope) -> Truth:
        listed: Listed = get(scope)
        if listed is UNKNOWN:
            return UNKNOWN
        return None in values if listed is None else not values.isdisjoint(listed)

    return closure


def so_many_among(get: Getter, values: tuple[Getter, ...], least: int, most: int | None) -> Closure:
    """How many of the values does the fact have? Works for facts of every shape and for values from the case."""

    def closure(scope: Scope) -> Truth:
        fact: object = get(scope)
        if fact is UNKNOWN:
            return UNKNOWN
        having = (None,) if fact is None else items_of(fact)
        sure = possible = 0
        for value in values:
            one = value(scope)
            sure += one is not UNKNOWN and one in having
            possible += one is UNKNOWN or one in having
        return between(sure, possible, least, most)

    return closure


def so_many_items(
    items: Getter, where: Closure, least: int, most: int | None, complete: Closure | None
) -> Closure:
    """How many items of a list fulfil a condition? Stops where no further item can change the answer."""

    def closure(scope: Scope) -> Truth:
        listed = items(scope)
        sure = possible = 0
        for item in () if listed is UNKNOWN else items_of(listed):
            holds = where((item, scope))
            if holds is not False:
                possible += 1
                sure += holds is True
                if most is None and sure >= least:
                    return True
                if most is not None and sure > most:
                    return False
        if listed is UNKNOWN or (complete is not None and complete(scope) is not True):
            return between(sure, None, least, most)
        return between(sure, possible, least, most)

    return closure


def between(sure: int, possible: int | None, least: int, most: int | None) -> Truth:
    """Does a number that is at least ``sure`` and at most ``possible`` (None: nobody knows) lie in the bounds?"""
    if (possible is not None and possible < least) or (most is not None and sure > most):
        return False
    enough = sure >= least
    not_too_many = most is None or (possible is not None and possible <= most)
    return True if enough and not_too_many else UNKNOWN


def every(parts: tuple[Closure, ...]) -> Closure:
    """All parts hold."""

    def closure(scope: Scope) -> Truth:
        unknown = False
        for part in parts:
            truth = part(scope)
            if truth is False:
                return False
            if truth is UNKNOWN:
                unknown = True
        return UNKNOWN if unknown else True

    return closure


def some(parts: tuple[Closure, ...]) -> Closure:
    """One part is enough."""

    def closure(scope: Scope) -> Truth:
        unknown = False
        for part in parts:
            truth = part(scope)
            if truth is True:
                return True
            if truth is UNKNOWN:
                unknown = True
        return UNKNOWN if unknown else False

    return closure


def at_least(n: int, parts: tuple[Closure, ...]) -> Closure:
    """At least ``n`` parts hold."""

    def closure(scope: Scope) -> Truth:
        sure, possible = 0, len(parts)
        for part in parts:
            truth = part(scope)
            if truth is True:
                sure += 1
            elif truth is False:
                possible -= 1
            if sure >= n or possible < n:
                break
        return between(sure, possible, n, None)

    return closure


def negation(part: Closure) -> Closure:
    """The part does not hold."""

    def closure(scope: Scope) -> Truth:
        truth = part(scope)
        return UNKNOWN if truth is UNKNOWN else not truth

    return closure


def attested(approved: Getter, key: str) -> Closure:
    """Has somebody with the right to do so approved it?"""

    def closure(scope: Scope) -> Truth:
        keys: Known[frozenset[str] | None] = approved(scope)
        return UNKNOWN if keys is UNKNOWN or keys is None or key not in keys else True

    return closure
