"""What is proposed: for everybody in, out or open, with the amount, the reason and what would change it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from keqiao.core.allocation.terms import Scope
from keqiao.core.findings import Finding, Source, Value
from keqiao.core.money import exact_amount


def said(**amounts_fen: int | None) -> dict[str, Value]:
    """Amounts for a sentence, in words: ``10万元``. None stays None."""
    return {name: None if fen is None else exact_amount(fen) for name, fen in amounts_fen.items()}


class Status(StrEnum):
    """What becomes of an application."""

    IN = "in"
    OUT = "out"
    ABSORBED = "absorbed"
    """A sub-project of a pilot that was selected: without a place and money of its own."""
    OPEN = "open"
    """A person has to decide or to find out something first."""


class Reason(StrEnum):
    """Why. Each has its sentence, ``allocation.<reason>``."""

    SELECTED = "selected"
    ABSORBED_BY_PILOT = "absorbed_by_pilot"
    PLACES_FULL = "places_full"
    SUM_SPENT = "sum_spent"
    UNDERTAKING_LIMIT = "undertaking_limit"
    SCOPE_REACHED = "scope_reached"
    KEPT_FOR_LEAST = "kept_for_least"
    """Its place goes where the call states a least number or scope that is not reached otherwise."""
    PASS_MARK = "pass_mark"  # noqa: S105  no password
    ASKS_BELOW_LEAST = "asks_below_least"
    FELL_WITH_PILOT = "fell_with_pilot"
    NO_CONTINUED_SUPPORT = "no_continued_support"
    DEBARRED = "debarred"
    FORMAL = "formal"
    WITHDRAWN = "withdrawn"
    VETOED = "vetoed"
    DECIDED_AGAINST = "decided_against"
    """A pilot against which the office has decided."""
    EQUALS_AT_THE_LINE = "equals_at_the_line"
    NOT_RANKED = "not_ranked"
    NOT_CHECKED = "not_checked"
    """Nobody knows yet whether something keeps it out."""
    WAITS_FOR_PILOT = "waits_for_pilot"
    BUNDLE_UNCLEAR = "bundle_unclear"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is proposed for one application, and why.

    ``place`` is the place in its list among those who can be selected, None where it did not come into it.
    ``amount_fen`` is None unless it is in, and while an open tie leaves the sum undivided. ``shares`` are the parts of
    the whole that its scope is. ``values`` fill the sentence of the reason, ``source`` is the clause behind it.
    """

    candidate: str
    status: Status
    reason: Reason
    place: int | None = None
    amount_fen: int | None = None
    scope: Scope = field(default_factory=dict)
    shares: Mapping[str, Fraction] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The money line of one list: the last ones above it and the first below, and what keeps those out.

    ``full`` are the nodes whose places are taken, ``caps`` the limits that are filled, ``missing_fen`` what is missing
    to the least amount for one more (0: nothing).
    """

    ranking: str
    last_in: tuple[str, ...] = ()
    next_in: tuple[str, ...] = ()
    full: tuple[str, ...] = ()
    caps: tuple[str, ...] = ()
    missing_fen: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """What of a node is taken: places and money in fen, each with what is left to the most (None: no bound)."""

    node: str
    places: int
    places_left: int | None
    amount_fen: int | None
    left_fen: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The answer for a case. ``findings`` tell what contradicts, what is not reached and what has to be asked."""

    verdicts: Mapping[str, Verdict]
    lines: tuple[Line, ...]
    taken: tuple[Taken, ...]
    findings: tuple[Finding, ...]

    @property
    def is_settled(self) -> bool:
        """Is nothing left open?"""
        return all(each.status is not Status.OPEN for each in self.verdicts.values())

    def of(self, status: Status) -> tuple[str, ...]:
        """The applications with this status."""
        return tuple(each.candidate for each in self.verdicts.values() if each.status is status)
