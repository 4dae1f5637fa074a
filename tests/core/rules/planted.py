"""Faults to plant in the engine: where, and what stands there instead. The properties must notice each one."""

import operator
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from keqiao.core.rules import building, changing, closures, explaining
from keqiao.core.rules.facts import UNKNOWN

ENGINE: dict[str, tuple[Any, str, Any]] = {
    "at-least-is-above": (closures, "ORDER", closures.ORDER | {">=": operator.gt}),
    "latest-is-before": (closures, "ORDER", closures.ORDER | {"<=": operator.lt}),
    "years-are-rounded-up": (closures, "whole_span", lambda since, until, _unit: until.year - since.year),
    "unknown-is-false": (closures, "negation", lambda part: lambda scope: part(scope) is not True),
    "one-is-enough": (closures, "every", closures.some),
    "all-are-needed": (closures, "some", closures.every),
    "at-least-n-forgets-n": (closures, "at_least", lambda _n, parts: closures.some(parts)),
    "every-register-is-full": (
        building.closures,
        "so_many_items",
        lambda items, where, least, most, _complete, right=closures.so_many_items: right(
            items, where, least, most, None
        ),
    ),
    "limits-have-no-top": (
        closures,
        "between",
        lambda sure, possible, least, _most, right=closures.between: right(sure, possible, least, None),
    ),
    "hosts-are-read-as-none": (closures, "one_among", lambda get, values: lambda scope: get(scope) in values),
    "items-are-not-told": (explaining, "_matters", lambda *_, **__: False),
    "facts-outside-are-not-told": (explaining, "_facts_outside", lambda *_: iter(())),
    "true-parts-are-told-for-false": (
        explaining,
        "_deciding",
        lambda parts, _truth, here, **_: (part for part in parts if part.truth(here.scope) is True),
    ),
    "changes-are-not-tried": (changing, "_truth_with", lambda *_: True),
    "missing-is-not-told": (
        explaining.Look,
        "missing",
        property(lambda look: look.value is UNKNOWN and bool(look.at)),
    ),
}


@contextmanager
def planted(fault: tuple[Any, str, Any] | None) -> Iterator[None]:
    """Work with the fault in place; take it out again."""
    if fault is None:
        yield
        return
    where, name, wrong = fault
    right = where.__dict__[name]
    setattr(where, name, wrong)
    try:
        yield
    finally:
        setattr(where, name, right)
