"""What a call says about its public notice: how long, by which days, and in which clause; and what it chooses."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from keqiao.core.programme import Programme, effective, leaves
from keqiao.core.programme.rules import Publicity
from keqiao.core.workdays import DayKind
from keqiao.web.eligibility.calls import ready_call
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.queries import revision_in_force

TOPIC, COLLECTION = "topic", "solicitation"
CATEGORIES_KEPT = 512
LONGEST_TITLE = 200


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


def is_topic(application: Any) -> bool:
    """Is what is asked for a topic that goes into a catalogue (选题目录), rather than a project?"""
    return _gains(application.revision_id, application.node).kind == TOPIC


def title_of(application: Any) -> str:
    """Return the title that the call confers on whoever is chosen in this category, or nothing."""
    return _gains(application.revision_id, application.node).title


@dataclass(frozen=True, slots=True)
class _Gains:
    kind: str
    title: str


@lru_cache(maxsize=CATEGORIES_KEPT)
def _gains(revision_id: UUID, node: str) -> _Gains:
    """What those who are chosen in a category get. A call that collects topics lists them where it says no more."""
    ready = ready_call(revision_id)
    outcome = effective(ready.programme, ready.path(node)).outcome
    if outcome is None:
        return _Gains(TOPIC if ready.programme.kind == COLLECTION else "", "")
    return _Gains(outcome.fact.kind, (outcome.fact.title or "")[:LONGEST_TITLE])
