"""Calls moved in time: all their days, and the years in their words, some years later or earlier."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from keqiao.core.programme import Programme
from keqiao.web.season.drawing.timetable import CallDays

OPEN_FOR = timedelta(days=30)
"""It takes applications at least so long after it is published."""
MARK = "（演示）"
YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")


def running(programme: Programme, day: date) -> Programme:
    """Return a call that is open on ``day``: all its days, and the years in its words, some years later.

    It opens on ``day``, if it says when it opens.
    """
    values = programme.model_dump()
    first_closing = min(_closings(values))
    years = 0 if programme.title.endswith(MARK) else 1
    while _later(first_closing, years) < day + OPEN_FOR:
        years += 1
    return moved(programme, years, day)


def moved(programme: Programme, years: int, opens: date) -> Programme:
    """Return a call with all its days ``years`` later (earlier below 0), that opens on a day."""
    values = programme.model_dump()
    found: dict[str, Any] = _opened(_moved(values, years), opens)
    said = programme.id.partition("-")[0]
    year = min(_closings(values)).year + years
    title = found["title"].removesuffix(MARK)
    return Programme.model_validate(
        {**found, "id": f"{said}-{year}-running", "year": year, "title": title + MARK}
    )


def last_closing(programme: Programme) -> date:
    """Return the last day for applications of a call."""
    return max(_closings(programme.model_dump()))


def days_of(programme: Programme) -> CallDays:
    """Return the days from which the moments of its season are counted."""
    values = programme.model_dump()
    return CallDays(set(_closings(values)), set(_stated(values, "completion")))


def _closings(value: Any) -> Iterator[date]:
    """The last days for applications, wherever in the tree they stand."""
    return _stated(value, "deadline")


def _stated(value: Any, name: str) -> Iterator[date]:
    if isinstance(value, dict):
        last = value.get(name)
        if isinstance(last, dict) and isinstance(last.get("on"), date):
            yield last["on"]
        for each in value.values():
            yield from _stated(each, name)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _stated(each, name)


def _moved(value: Any, years: int) -> Any:
    if isinstance(value, dict):
        return {name: _moved(each, years) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_moved(each, years) for each in value)
    if isinstance(value, date):
        return _later(value, years)
    if isinstance(value, str):
        return YEAR.sub(lambda found: str(int(found[0]) + years), value)
    return value


def _opened(value: Any, day: date) -> Any:
    if isinstance(value, dict):
        said = {name: _opened(each, day) for name, each in value.items()}
        return said | {"opens": {"on": day}} if said.get("opens") else said
    if isinstance(value, list | tuple):
        return type(value)(_opened(each, day) for each in value)
    return value


def _later(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)
