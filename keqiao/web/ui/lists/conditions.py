"""Turns the typed tree of a search into a condition on the rows, key by key."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from keqiao.core.query import All, Between, Is, Kind, Missing, Node, Not, Words
from keqiao.core.query import Any as AnyOf
from keqiao.core.workdays import SHANGHAI

Leaf = Is | Between | Missing
Search = Callable[[str], Q]
NOTHING = Q(pk__in=[])


def condition_of(tree: Node, keys: Mapping[str, Callable[[Leaf], Q]], search: Search | None) -> Q:
    """Return the condition of a tree; ``keys`` give that of a leaf by the name of its key."""
    match tree:
        case Words(text):
            return search(text) if search else NOTHING
        case Not(part):
            return ~condition_of(part, keys, search)
        case All(parts):
            condition = Q()
            for part in parts:
                condition &= condition_of(part, keys, search)
            return condition
        case AnyOf(parts):
            condition = NOTHING
            for part in parts:
                condition |= condition_of(part, keys, search)
            return condition
        case Is(field) | Between(field) | Missing(field):
            return keys[field.name](tree)


def column_condition(column: str, *, is_moment: bool = False) -> Callable[[Leaf], Q]:
    """Return the condition of a key that stands in one column, whatever its kind.

    Text is found by a part of it. ``is_moment``: the column holds moments; days are days of Asia/Shanghai.
    """

    def condition(leaf: Leaf) -> Q:
        match leaf:
            case Missing(field):
                empty = Q(**{f"{column}__isnull": True})
                return empty | Q(**{column: ""}) if field.kind in (Kind.TEXT, Kind.CHOICE) else empty
            case Is(field, values):
                return _is(column, field.kind, values)
            case Between(_field, least, most):
                return _between(column, least, most, is_moment=is_moment)

    return condition


def any_of(asked: Callable[[str], Q]) -> Callable[[Leaf], Q]:
    """Return the condition of a key each of whose values means ``asked(value)``; one of them is enough.

    For choices, and for words that are looked for in other rows, such as all names of a unit.
    """

    def condition(leaf: Leaf) -> Q:
        wanted = NOTHING
        for value in getattr(leaf, "values", ()):
            wanted |= asked(str(value))
        return wanted

    return condition


def _is(column: str, kind: Kind, values: tuple[Any, ...]) -> Q:
    if kind is Kind.TRUTH:
        return Q(**{f"{column}__in": [value == "yes" for value in values]})
    if kind is not Kind.TEXT:
        return Q(**{f"{column}__in": list(values)})
    condition = NOTHING
    for value in values:
        condition |= Q(**{f"{column}__icontains": value})
    return condition


def _between(column: str, least: int | date | None, most: int | date | None, *, is_moment: bool) -> Q:
    condition = Q()
    if least is not None:
        condition &= Q(**{f"{column}__gte": _beginning(least) if is_moment else least})
    if most is not None and is_moment:
        condition &= Q(**{f"{column}__lt": _beginning(_day_after(most))})
    elif most is not None:
        condition &= Q(**{f"{column}__lte": most})
    return condition


def _beginning(day: Any) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _day_after(day: Any) -> date:
    return day if day == date.max else day + timedelta(days=1)
