"""Faults to plant in the allocation: where, and what stands there instead."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from keqiao.core.allocation import amounts, order, proposing, selecting, sifting, solving
from keqiao.core.allocation.room import Room
from keqiao.core.allocation.terms import Cap, Case, Lift

FAULTS: Mapping[str, tuple[Any, str, Any]] = {
    "one-place-too-many": (
        Room,
        "full_places",
        lambda room, candidate, chosen, right=Room.full_places: right(
            room, candidate, chosen - {min(chosen, default="")}
        ),
    ),
    "floors-are-free": (Room, "short_sums", lambda *_: iter(())),
    "limits-forget-what-is-held": (Cap, "room", property(lambda cap: cap.most + cap.extra)),
    "nobody-is-superfluous": (Room, "is_needed", lambda *_: True),
    "the-least-does-not-count": (Room, "places_missing", lambda *_: 0),
    "scope-does-not-count": (solving._Model, "scope_missing", lambda _model: 0),
    "ties-are-not-broken": (
        order,
        "_level",
        lambda candidate, policy, by_rank, right=order._level: right(
            replace(candidate, lifts=candidate.lifts - {Lift.TIE_BREAK}), policy, by_rank=by_rank
        ),
    ),
    "preferences-do-not-lift": (
        order,
        "_level",
        lambda candidate, policy, by_rank, right=order._level: right(
            replace(candidate, lifts=candidate.lifts & {Lift.TIE_BREAK}), policy, by_rank=by_rank
        ),
    ),
    "equals-are-drawn": (
        selecting,
        "solved",
        lambda *about, right=selecting.solved: (right(*about)[0], frozenset()),
    ),
    "the-first-is-taken-of-equals": (selecting, "_fit_together", lambda *_: True),
    "requests-are-no-ceilings": (
        Case,
        "span",
        lambda case, candidate, right=Case.span: right(case, replace(candidate, requested_fen=None)),
    ),
    "bars-are-open": (
        sifting,
        "_stopped",
        lambda case, candidate, right=sifting._stopped: right(case, replace(candidate, bars=())),
    ),
    "steps-are-lost": (
        amounts,
        "_in_whole_steps",
        lambda exact, *_: {each: int(of) for each, of in exact.items()},
    ),
    "shares-are-equal": (
        amounts,
        "_paces",
        lambda _sharing, selected, right=amounts._paces: right(amounts.Sharing.EQUAL, selected),
    ),
    "everybody-gets-the-most": (
        proposing,
        "divided",
        lambda _case, selected, spans: {each.id: spans[each.id].most for each in selected},
    ),
}


@contextmanager
def planted(fault: tuple[Any, str, Any] | None) -> Iterator[None]:
    """Put the fault in its place while the block runs."""
    if fault is None:
        yield
        return
    where, name, instead = fault
    right = vars(where)[name]
    setattr(where, name, instead)
    try:
        yield
    finally:
        setattr(where, name, right)
