"""What cannot be true of the file of a calendar year."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from keqiao.core.findings import Value
from keqiao.core.workdays import days_off_less_worked, is_weekend
from keqiao.readers.calendars.stated import AnnouncedYear, Text, YearFile
from keqiao.readers.yaml_lines import At, read_yaml

STATUTORY = "statutory-days.yaml"

Contradiction = tuple[str, At, dict[str, Value]]


def contradictions(stated: YearFile, found: AnnouncedYear) -> Iterator[Contradiction]:
    """What cannot be true of a year, with the part of the file that says it."""
    if not found.holidays:
        yield "estimated", (), {"year": found.year}
        return
    if stated.worked and not stated.holidays:
        yield "worked_alone", ("worked",), {}
    slips = [*_other_years(stated, found.year), *_wrong_periods(stated), *_wrong_worked(stated, found)]
    yield from slips
    changed = [each.day for each in stated.overrides]
    if len(changed) > len(set(changed)):
        yield "override_repeated", ("overrides",), {}
    if stated.holidays and not slips:
        yield from _wrong_sum(found)


def _other_years(stated: YearFile, year: int) -> Iterator[Contradiction]:
    for at, day in _days(stated):
        if not date(year - 1, 12, 1) <= day <= date(year, 12, 31):
            yield "other_year", at, {"year": year, "day": day.isoformat()}


def _wrong_periods(stated: YearFile) -> Iterator[Contradiction]:
    for number, each in enumerate(stated.holidays):
        if each.last < each.first:
            yield "ends_before", ("holidays", number), {"name": each.name}


def _wrong_worked(stated: YearFile, found: AnnouncedYear) -> Iterator[Contradiction]:
    for number, day in enumerate(stated.worked):
        if not is_weekend(day) or day in found.holidays:
            yield "worked_wrong", ("worked", number), {"day": day.isoformat()}


def _days(stated: YearFile) -> list[tuple[At, date]]:
    found: list[tuple[At, date]] = [(("worked", n), day) for n, day in enumerate(stated.worked)]
    for number, each in enumerate(stated.holidays):
        found += [(("holidays", number), each.first), (("holidays", number), each.last)]
    return found + [(("overrides", n), each.day) for n, each in enumerate(stated.overrides)]


def _wrong_sum(found: AnnouncedYear) -> Iterator[Contradiction]:
    """Days off less days worked is what the law gives; anything else is a slip of the pen."""
    counted = days_off_less_worked(found.holidays, found.worked)
    expected = statutory_days(found.year)
    if expected is not None and counted != expected:
        yield "wrong_sum", ("holidays",), {"year": found.year, "counted": counted, "expected": expected}


class _Statutory(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    since: int = Field(alias="from")
    days: int
    source: Text


def statutory_days(year: int) -> int | None:
    """The number of days off that the law gives in ``year``; None where no law of that time is recorded."""
    return next((each.days for each in _statutory() if each.since <= year), None)


@cache
def _statutory() -> tuple[_Statutory, ...]:
    stated: Any = read_yaml(
        files("keqiao.data").joinpath("calendars", STATUTORY).read_text(encoding="utf-8")
    ).value
    return tuple(sorted((_Statutory.model_validate(each) for each in stated), key=lambda each: -each.since))
