"""Faults to plant in the engine, the limits and the bundles: where, and what stands there instead."""

import operator
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from keqiao.core.rules import bundles, quotas
from keqiao.core.rules.bundles import Fate
from keqiao.core.rules.engine import building, closures, explaining, sums, terms
from keqiao.core.rules.facts import UNKNOWN, Stage

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
    "missing-is-not-told": (
        explaining.Look,
        "missing",
        property(lambda look: look.value is UNKNOWN and bool(look.at)),
    ),
}
SUMS: dict[str, tuple[Any, str, Any]] = {
    "an-empty-number-is-unknown": (
        terms,
        "total",
        lambda items, where, value, right=sums.total: right(
            items, where, lambda scope: UNKNOWN if value(scope) is None else value(scope)
        ),
    ),
    "a-total-counts-its-rows": (
        terms,
        "total",
        lambda items, where, _value, right=sums.total: right(items, where, lambda _scope: 1),
    ),
    "totals-take-what-may-not-count": (
        terms,
        "total",
        lambda items, _where, value, right=sums.total: right(items, lambda _scope: True, value),
    ),
}
QUOTAS: dict[str, tuple[Any, str, Any]] = {
    "partners-count-as-leaders": (
        quotas,
        "_is_of",
        lambda holding, _limit, asking: asking.unit in (holding.unit, holding.lead),
    ),
    "kinds-have-limits-of-their-own": (
        quotas.Limit,
        "covers",
        lambda limit, path: not limit.within or path[-1] in limit.within,
    ),
    "hosts-have-limits-of-their-own": (
        quotas,
        "_is_of",
        lambda holding, limit, asking, right=quotas._is_of: right(
            holding, limit, replace(asking, also=frozenset())
        ),
    ),
    "holdings-are-always-complete": (quotas, "_is_complete", lambda *_: True),
    "what-is-applied-for-is-undertaken": (
        quotas,
        "_counts",
        lambda holding, limit, asking, right=quotas._counts: right(
            replace(holding, stage=Stage.UNDERTAKEN), limit, asking
        ),
    ),
    "other-calls-count": (
        quotas,
        "_counts",
        lambda holding, limit, asking, right=quotas._counts: right(
            replace(holding, call=asking.call), limit, asking
        ),
    ),
    "hedged-limits-refuse": (quotas, "_asking_weight", lambda _limit: quotas.Weight.ASK),
}
BUNDLES: dict[str, tuple[Any, str, Any]] = {
    "partners-children-count": (bundles, "_leader", lambda holding: holding.unit),
    "all-are-absorbed": (bundles._Place, "chosen", property(lambda place: place.candidates)),
    "marks-elsewhere-are-taken": (bundles, "_marked_elsewhere", lambda *_: []),
    "the-pilot-need-not-be-decided": (
        bundles,
        "_fate_of_those_going",
        lambda _bundle, *, selected: Fate.ABSORBED if selected else Fate.REVIEWED,
    ),
    "missing-children-are-passed": (
        bundles,
        "_faults",
        lambda bundle, place, right=bundles._faults: right(bundle, place) if place.candidates else iter(()),
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
