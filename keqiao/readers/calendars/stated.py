"""What the file of a calendar year states, and the year that comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from keqiao.core.workdays import Override

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


@dataclass(frozen=True, slots=True)
class AnnouncedYear:
    """One announced year: the numbers of its notices, days off with names, weekend days worked, overrides."""

    year: int
    notices: tuple[str, ...]
    holidays: Mapping[date, str]
    worked: frozenset[date]
    overrides: tuple[Override, ...] = ()


class _Stated(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StatedHoliday(_Stated):
    """A holiday and the days off around it, ``first`` to ``last`` (weekend days among them may be left in)."""

    name: Text
    first: date
    last: date


class StatedOverride(_Stated):
    """One day that is worked or not whatever the notice says, and why."""

    day: date
    works: bool
    reason: Text
    source: Text | None = None


class YearFile(_Stated):
    """What the file of a year may say. ``holidays`` and ``worked`` list the notice in full, or are left out."""

    notice: Text
    amended_by: tuple[Text, ...] = ()
    holidays: tuple[StatedHoliday, ...] = ()
    worked: tuple[date, ...] = ()
    overrides: tuple[StatedOverride, ...] = ()
