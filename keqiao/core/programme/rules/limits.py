"""Rules of time, number and consequence: deadlines, periods, quotas, sanctions, continuation."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from keqiao.core.programme.facts import Identifier, PossibleDate, Text, Texts
from keqiao.core.programme.rules.base import Rule

Hour = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
"""A time of day as HH:MM; 24:00 is the end of the day."""


class DeadlineRule(Rule):
    """A last day stated as a rule; the day counts in full unless ``hour`` is stated. Late papers: ``late``.

    ``month`` and ``day`` alone are a date whose year the document leaves to the reader.
    ``receipt`` says what proves the day (postmark, arrival).
    """

    type: Literal["deadline"]
    date: PossibleDate | None = None
    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)
    hour: Hour | None = None
    receipt: Text | None = None
    scope: Text | None = None
    late: Text | None = None


class Period(Rule):
    """How long a project runs (``years``, ``months``), from when, and its last day."""

    type: Literal["period"]
    years: int | None = Field(default=None, ge=1)
    months: int | None = Field(default=None, ge=1)
    start: PossibleDate | None = None
    finish_by: PossibleDate | None = None
    milestone: Text | None = None


class Quota(Rule):
    """How many one unit may apply for or undertake. ``max`` left out states that there is no limit.

    ``per`` names what is counted within (单位, 年度); ``across`` the categories counted together (ids; the
    category that states the rule and those below it where empty). ``extra`` is what some may have on top.
    """

    type: Literal["quota"]
    at: Literal["apply", "undertake", "recommend"] = "apply"
    max: int | None = Field(default=None, ge=0)
    min: int | None = Field(default=None, ge=0)
    extra: int | None = Field(default=None, ge=0)
    unit: Text | None = None
    per: Texts = ()
    across: tuple[Identifier, ...] = ()


class Sanction(Rule):
    """What follows a failure or breach: ``ban`` for ``years`` (or ``rounds`` of the call), ``revoke`` what
    was given.

    ``subjects`` are who is hit (单位, 项目主持人), ``counted_from`` the day the years run from, ``what`` is
    lost.
    """

    type: Literal["sanction"]
    trigger: Texts = ()
    effect: Literal["ban", "revoke", "repay", "no_support", "criticise"] | None = None
    years: int | None = Field(default=None, ge=1)
    rounds: int | None = Field(default=None, ge=1)
    value: int | None = None
    subjects: Texts = ()
    what: Text | None = None
    counted_from: Text | None = None


class Continuation(Rule):
    """Support goes on only after the earlier project went well."""

    type: Literal["continuation"]
    previous: Text | None = None
    requires: Texts = ()
    on_poor: Text | None = None
