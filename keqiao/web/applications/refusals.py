"""Why an act on an application is refused."""

from collections.abc import Mapping, Sequence
from typing import Any

from keqiao.core.findings import Finding


class Refused(Exception):
    """The rules do not allow an act; ``findings`` are all that stand against it. Nothing was written."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings


class Conflict(Exception):
    """Somebody else changed the same answers since ``seen``, the version that was edited. Nothing was written.

    ``version`` stands now and says ``theirs``; ``base`` is what both began with, ``mine`` what was to be saved.
    ``fields`` are the ids of the fields in which the two differ; ``merged`` is everything else brought together.
    """

    def __init__(
        self, seen: int, version: int, sides: Mapping[str, Mapping[str, Any]], fields: Sequence[str]
    ):
        super().__init__(f"edited on version {seen}, version {version} stands: {', '.join(fields)}")
        self.seen = seen
        self.version = version
        self.base, self.mine, self.theirs = sides["base"], sides["mine"], sides["theirs"]
        self.merged = sides["merged"]
        self.fields = tuple(fields)
