"""Why an act on a call is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keqiao.core.findings import Finding
from keqiao.web.programmes.parts import Part


class Refused(Exception):
    """The rules do not allow an act; ``findings`` are all that stand against it. Nothing was written."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What somebody else changed: who, when, by which act, in which part of the draft."""

    who: str
    at: datetime
    act: str
    part: Part


class StaleDraft(Exception):
    """Something was done on an older version of the draft, and what it is about has changed since.

    ``seen`` is the version it was done on, ``version`` the one that stands, ``changes`` were made since, oldest
    first. Nothing was written.
    """

    def __init__(self, seen: int, version: int, changes: Sequence[Meanwhile]) -> None:
        super().__init__(f"done on version {seen}, the draft is at version {version}")
        self.seen = seen
        self.version = version
        self.changes = tuple(changes)


@dataclass(frozen=True, slots=True)
class Sides:
    """What a part said before two officers changed it, and what each of them has it say.

    None: it says nothing (any more). ``is_gone``: the entry or its category was removed by the other one.
    ``words`` are those of the document that were to be tied to it, None if none were chosen; ``reason`` says why
    it was to be taken away.
    """

    part: Part
    base: Any
    theirs: Any
    mine: Any
    is_gone: bool = False
    words: Mapping[str, Any] | None = None
    reason: str = ""


class Conflict(StaleDraft):
    """Two officers changed the same part; ``sides`` are what has to be brought together."""

    def __init__(self, stale: StaleDraft, sides: Sides) -> None:
        super().__init__(stale.seen, stale.version, stale.changes)
        self.sides = sides
