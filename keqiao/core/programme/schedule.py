"""Days and periods of a call."""

from datetime import time
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from keqiao.core.programme.facts import Fact, PossibleDate, Text


def _to_the_minute(value: time) -> time:
    if value.tzinfo is not None or value.second or value.microsecond:
        raise PydanticCustomError("time_form", "write the time as HH:MM")
    return value


TimeOfDay = Annotated[time, AfterValidator(_to_the_minute)]
"""Hours and minutes, Asia/Shanghai."""


class Deadline(Fact):
    """The last day for applicants. Without ``at`` the whole day counts (Asia/Shanghai)."""

    on: PossibleDate
    at: TimeOfDay | None = None


class Day(Fact):
    """One day: the opening of applications, the last day of the project."""

    on: PossibleDate


class Term(Fact):
    """How long a project runs, in months; ``words`` where the document's words give no number of months."""

    months: int | None = Field(default=None, ge=1)
    words: Text | None = None
