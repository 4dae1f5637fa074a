"""What a call says about its public notice: how long, by which days, and in which clause."""

from dataclasses import dataclass
from typing import Any

from keqiao.core.programme import Programme, effective, leaves
from keqiao.core.programme.rules import Publicity
from keqiao.core.workdays import DayKind
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.queries import revision_in_force


@dataclass(frozen=True, slots=True)
class Length:
    """The least length that a call states; ``clause`` is empty where nothing says where it stands."""

    days: int
    kind: DayKind
    first_day_counts: bool
    clause: str


def programme_in_force(call: Any) -> Programme | None:
    """Return what a call says now; nothing before it is published."""
    revision = revision_in_force(call)
    return programme_of(revision.definition) if revision else None


def length_of(call: Any) -> Length | None:
    """Return how long a notice of this call lasts at least, as it says now; nothing where it gives no days."""
    programme = programme_in_force(call)
    return length_stated(programme) if programme else None


def length_stated(programme: Programme) -> Length | None:
    """Return the longest notice that any category asks for; nothing where the call gives no number of days.

    Days whose kind the call leaves open are natural days, as its pages show them. The first day counts unless it is
    said that it does not.
    """
    paths = [path for path, _category in leaves(programme)] or [()]
    rules = [stated.fact for path in paths for stated in effective(programme, path).rules]
    lengths = [_length(rule) for rule in rules if isinstance(rule, Publicity) and rule.days]
    return max(lengths, key=lambda each: (each.days, each.kind is DayKind.WORKING), default=None)


def _length(rule: Publicity) -> Length:
    kind = DayKind(rule.day_kind) if rule.day_kind else DayKind.CALENDAR
    clause = rule.source.clause if rule.source else ""
    return Length(rule.days or 1, kind, rule.first_day_counts is not False, clause or "")
