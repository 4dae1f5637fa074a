"""Days and periods of a call."""

from datetime import time

from pydantic import Field

from keqiao.core.programme.facts import Fact, PossibleDate, Text


class Deadline(Fact):
    """The last day for applicants. Without ``at`` the whole day counts (Asia/Shanghai)."""

    on: PossibleDate
    at: time | None = None


class Day(Fact):
    """One day: the opening of applications, the last day of the project."""

    on: PossibleDate


class Term(Fact):
    """How long a project runs, in months; ``words`` where the document's words give no number of months."""

    months: int | None = Field(default=None, ge=1)
    words: Text | None = None
