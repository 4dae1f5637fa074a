"""The oracle: a tree is read as it is written, and its truth is the set of what it may turn out to be.

Nothing of the compiler is used. An unknown fact may be anything, so a condition on it may be true or false; a number
of items is a set of possible numbers; parts are combined by taking every combination. One possibility: known.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

from keqiao.core.rules.engine.tree import (
    Among,
    AtLeast,
    Attest,
    Compare,
    Condition,
    Fact,
    HowMany,
    Not,
    Span,
    Term,
    Total,
    Truth,
)
from keqiao.core.rules.facts import UNKNOWN, Case

EITHER = frozenset({True, False})
MANY = 99  # more than any bound of a tree that is tried
MONTHS = 12

Items = Mapping[str, Any]
Asked = Case | Mapping[str, Any]
"""What is asked about: a case, or the values of a form."""


def truth(tree: Condition, case: Asked) -> Truth:
    """True or False where only that is possible, else UNKNOWN."""
    possible = may_be(tree, case, {})
    return next(iter(possible)) if len(possible) == 1 else UNKNOWN


def may_be(tree: Condition, case: Asked, items: Items) -> frozenset[bool]:
    """What the condition may turn out to be."""
    match tree:
        case Compare():
            possible = _compare(tree, case, items)
        case Among():
            possible = _among(tree, case, items)
        case HowMany():
            possible = _how_many(tree, case, items)
        case AtLeast(n=n, parts=parts):
            each = [may_be(part, case, items) for part in parts]
            possible = frozenset(sum(combination) >= n for combination in product(*each))
        case Not(part=part):
            possible = frozenset(not one for one in may_be(part, case, items))
        case Attest(key=key):
            possible = frozenset({True}) if key in case.approved else EITHER
    return possible


def _compare(tree: Compare, case: Asked, items: Items) -> frozenset[bool]:
    left, right = read(tree.left, case, items), read(tree.right, case, items)
    if left is UNKNOWN or right is UNKNOWN:
        return EITHER
    if tree.op == "==" or left is None or right is None:
        return frozenset({left == right if tree.op in ("==", "~") else False})
    if tree.op == "~":
        if left != right and tree.tolerance is None:
            return EITHER
        room = abs(right) * (tree.tolerance or 0)
        return frozenset({right - room <= left <= right + room})
    low, same = left < right, left == right
    return frozenset({{"<": low, "<=": low or same, ">": not (low or same), ">=": not low}[tree.op]})


def _among(tree: Among, case: Asked, items: Items) -> frozenset[bool]:
    fact = read(tree.fact, case, items)
    if fact is UNKNOWN:
        return EITHER
    having = list(fact) if isinstance(fact, tuple | frozenset) else [fact]
    values = [read(value, case, items) for value in tree.values]
    each = [{0, 1} if value is UNKNOWN else {int(any(value == one for one in having))} for value in values]
    return _in_bounds({sum(combination) for combination in product(*each)}, tree)


def _how_many(tree: HowMany, case: Asked, items: Items) -> frozenset[bool]:
    listed = read(tree.of, case, items)
    if listed is UNKNOWN:
        return _in_bounds(set(range(MANY)), tree)
    each = [may_be(tree.where, case, {**items, tree.each: item}) for item in _one_by_one(listed)]
    numbers = {sum(combination) for combination in product(*each)}
    if tree.complete is not None and may_be(tree.complete, case, items) != {True}:
        numbers = set(range(min(numbers), MANY))
    return _in_bounds(numbers, tree)


def _in_bounds(numbers: set[int], tree: Among | HowMany) -> frozenset[bool]:
    most = MANY if tree.most is None else tree.most
    return frozenset(tree.least <= number <= most for number in numbers)


def _one_by_one(listed: Any) -> Iterator[Any]:
    if isinstance(listed, tuple | frozenset):
        yield from listed
    elif listed is not None:
        yield listed


def read(term: Term, case: Asked, items: Items) -> Any:
    """The value of a term; what belongs to what is unknown or not there is so itself."""
    if isinstance(term, Span):
        return _span(term, read(term.since, case, items), read(term.until, case, items))
    if isinstance(term, Total):
        return _total(term, case, items)
    if not isinstance(term, Fact):
        return term
    first, *steps = term.path
    value = items[first] if first in items else _step(case, first)
    for step in steps:
        if value is UNKNOWN or value is None:
            return value
        value = _step(value, step)
    return value


def _step(value: Any, step: str) -> Any:
    return value.get(step, UNKNOWN) if isinstance(value, Mapping) else getattr(value, step)


def _total(term: Total, case: Asked, items: Items) -> Any:
    """What surely counts, where it is sure of every item."""
    listed = read(term.of, case, items)
    if listed is UNKNOWN:
        return UNKNOWN
    counted = []
    for item in _one_by_one(listed):
        within = {**items, term.each: item}
        possible = {True} if term.where is None else may_be(term.where, case, within)
        if True in possible:
            counted.append(UNKNOWN if len(possible) > 1 else read(term.value, case, within))
    return UNKNOWN if UNKNOWN in counted else sum(number for number in counted if number is not None)


def _span(term: Span, since: Any, until: Any) -> Any:
    """Count anniversaries one by one, from a hundred years before the first day."""
    if since is UNKNOWN or until is UNKNOWN:
        return UNKNOWN
    if since is None or until is None:
        return None
    step = MONTHS if term.unit == "years" else 1
    number = -100 * MONTHS // step
    while _months_later(since, (number + 1) * step) <= until:
        number += 1
    return number


def _months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, or the first of the next where that month is too short."""
    month = day.year * MONTHS + day.month - 1 + months
    try:
        return date(month // MONTHS, month % MONTHS + 1, day.day)
    except ValueError:
        return date((month + 1) // MONTHS, (month + 1) % MONTHS + 1, 1)
