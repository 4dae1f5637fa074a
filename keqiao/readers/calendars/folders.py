"""The calendars that ship and an installation's own, as one."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from keqiao.core.workdays import Calendar
from keqiao.readers.calendars.contradictions import STATUTORY
from keqiao.readers.calendars.stated import AnnouncedYear
from keqiao.readers.calendars.year_file import announced_year


@cache
def shipped_calendar() -> Calendar:
    """The calendar of the years that ship with the product, read once."""
    return read_calendar()


def read_calendar(own: Path | None = None) -> Calendar:
    """The calendar of the shipped years and of the files in ``own``, which win where both have a year.

    Raises:
        UnsoundCalendar: a file is not sound.
        FileNotFoundError: there is no folder ``own``.
    """
    return calendar_of(announced_years(own))


def announced_years(own: Path | None = None) -> Mapping[int, AnnouncedYear]:
    """The announced years in their order, with their notices; for ``own`` and errors see ``read_calendar``."""
    folders: list[Traversable] = [_shipped()] if own is None else [_shipped(), own]
    named = {file.name: file for folder in folders for file in folder.iterdir() if _is_year_file(file)}
    years = (announced_year(name, file.read_bytes()) for name, file in sorted(named.items()))
    return {each.year: each for each in years}


def calendar_of(years: Mapping[int, AnnouncedYear]) -> Calendar:
    """One calendar of these years. A later year's notice wins over an earlier one's (days in December)."""
    off: dict[date, str] = {}
    worked: set[date] = set()
    for _, each in sorted(years.items()):
        off = {day: name for day, name in off.items() if day not in each.worked} | dict(each.holidays)
        worked = (worked - set(each.holidays)) | each.worked
    calendar = Calendar(frozenset(years), off, frozenset(worked))
    return calendar.with_overrides(override for each in years.values() for override in each.overrides)


def _shipped() -> Traversable:
    return files("keqiao.data").joinpath("calendars")


def _is_year_file(file: Traversable) -> bool:
    return file.is_file() and file.name.endswith((".yaml", ".yml")) and file.name != STATUTORY
