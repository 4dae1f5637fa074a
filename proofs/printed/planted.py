"""Faults to plant in the judging of targets: where, and what stands there instead."""

import operator
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from keqiao.core.targets import bounds, conditions, counting, groups, judging, sifting, totals
from keqiao.core.targets.setting import DAY, Term

COMPARE = conditions.COMPARE
FAULTS: dict[str, tuple[Any, str, Any]] = {
    "at-least-is-above": (bounds, "COMPARE", {**COMPARE, ">=": operator.gt}),
    "a-bare-number-is-exact": (bounds, "COMPARE", {**COMPARE, "==": operator.eq}),
    "each-is-all-together": (judging, "in_each", lambda question, _by: totals.in_total(question)),
    "one-alternative-is-not-enough": (judging, "best", judging.worst),
    "unverified-counts": (
        sifting,
        "_admission",
        lambda record, window, setting, right=sifting._admission: (
            check for check in right(record, window, setting) if check[1].code != "target_record.not_verified"
        ),
    ),
    "a-day-late-counts": (
        sifting,
        "_in_time",
        lambda record, window, right=sifting._in_time: (
            check
            for check in right(record, window)
            if check[1].code != "target_record.too_late" or record.last - window.days.end > DAY
        ),
    ),
    "what-is-there-twice-counts-twice": (
        counting,
        "_WAYS",
        {**counting._WAYS, "distinct": counting._WAYS["count"]},
    ),
    "the-rest-of-the-term-is-a-period": (
        groups,
        "periods",
        lambda kind, days, right=groups.periods: _with_the_rest(right(kind, days), days),
    ),
    "the-cap-is-forgotten": (counting, "_kept", lambda outside, under, _cap, in_pieces: outside + under),  # noqa: ARG005
    "unknown-is-no": (
        bounds.Bound,
        "reached",
        lambda bound, span, right=bounds.Bound.reached: bool(right(bound, span)),
    ),
}


def _with_the_rest(complete: tuple[Term, ...], days: Term) -> tuple[Term, ...]:
    last = complete[-1].end
    return complete if last >= days.end else (*complete, Term(last + DAY, days.end))


@contextmanager
def planted(name: str | None) -> Iterator[None]:
    """The core with the fault ``name`` in it, or as it is."""
    if name is None:
        yield
        return
    where, what, instead = FAULTS[name]
    right = getattr(where, what)
    setattr(where, what, instead)
    try:
        yield
    finally:
        setattr(where, what, right)
