"""Why an act on a call is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from keqiao.core.findings import Finding


class Refused(Exception):
    """The rules do not allow an act; ``findings`` are all that stand against it. Nothing was written."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What somebody else changed: who, when, in which part of the draft."""

    who: str
    at: datetime
    node: str
    what: tuple[str, ...]


class StaleDraft(Exception):
    """A form was filled in on an older version of the draft. ``changes`` were made since, oldest first."""

    def __init__(self, version: int, changes: Sequence[Meanwhile]) -> None:
        super().__init__(f"the draft is at version {version}")
        self.version = version
        self.changes = tuple(changes)
