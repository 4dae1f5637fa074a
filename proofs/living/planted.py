"""Faults that the proof of the whole life cycle must notice, each planted in a room, and by which words it is told."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from keqiao.core.lifecycle.activity import ActivityState
from keqiao.web.activities.actions import writing as records
from keqiao.web.grants.actions import instalments
from keqiao.web.review.actions import writing as checks

MOST_ACTS = 200
"""So many acts of that kind of case, and whatever was planted should have shown."""


@dataclass(frozen=True)
class Fault:
    """What stands in which place of a room instead; which kind of case it spoils, how far on; what tells of it."""

    kind: str
    room: ModuleType
    name: str
    instead: Any
    depth: int
    reason: re.Pattern[str]


def _nothing_is_written(*_said: Any, **_more: Any) -> None:
    """Leave no trace."""


def _reported_from_any_state(state: str, act: str, roles: Any) -> ActivityState:
    """Only reporting: of a record that nobody reported or verified, the table itself says no to the rest."""
    return ActivityState.REPORTED if act == "report" else state_after(state, act, roles)


def _anybody(*_asked: Any) -> bool:
    return True


state_after = records.state_after

FAULTS: Mapping[str, Fault] = {
    "silent": Fault(  # what becomes of an instalment leaves no event
        "instalment",
        instalments,
        "note",
        _nothing_is_written,
        27,
        re.compile(r"a instalment stands \w+, its events say \w+: \[\]"),
    ),
    "unbooked": Fault(  # payments do not reach the ledger
        "instalment",
        instalments,
        "enter",
        _nothing_is_written,
        27,
        re.compile("the ledger holds as paid what was paid"),
    ),
    "out-of-turn": Fault(  # a record can be reported from any state
        "activity",
        records,
        "state_after",
        _reported_from_any_state,
        33,
        re.compile(r"activity\.\w+ went from \w+, against the rule"),
    ),
    "anybody": Fault(  # whoever asks may check the form
        "formal_check",
        checks,
        "may_check",
        _anybody,
        6,
        re.compile(r"formal_check\.\w+ went from \w+, against the rule"),
    ),
}


@contextmanager
def planted(fault: Fault) -> Iterator[None]:
    """Let the room be wrong for a while."""
    right = getattr(fault.room, fault.name)
    setattr(fault.room, fault.name, fault.instead)
    try:
        yield
    finally:
        setattr(fault.room, fault.name, right)
