"""One year of the calendar from its file.

The file gives the number of the State Council's notice alone where the ``holidays`` library has the year from
that notice, else the days of the notice as well.
"""

import re

import holidays
from pydantic import ValidationError

from keqiao.core.findings import Value
from keqiao.core.workdays import Override, days_from
from keqiao.readers.calendars.contradictions import contradictions
from keqiao.readers.calendars.stated import AnnouncedYear, YearFile
from keqiao.readers.yaml_lines import Fault, YamlText, read_yaml

_FILE = re.compile(r"(20[0-9]{2})\.yaml")


class UnsoundCalendar(ValueError):
    """A file of a calendar folder is not sound. ``file`` is its name, ``faults`` say what is wrong, by line."""

    def __init__(self, file: str, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{file}, line {fault.line}: {fault.finding.code}" for fault in faults))
        self.file = file
        self.faults = faults


def announced_year(file: str, data: bytes) -> AnnouncedYear:
    """The year that the file of this name (``2027.yaml``) announces.

    Raises:
        UnsoundCalendar: with everything that is wrong with it.
    """
    yaml = _yaml(data)
    named = _FILE.fullmatch(file)
    if named is None:
        yaml.fault("workdays.file_name", 1, name=file)
    stated = _stated(yaml) if not yaml.faults else None
    if named is None or stated is None or yaml.faults:
        raise UnsoundCalendar(file, tuple(yaml.faults))
    year = int(named[1])
    found = _listed(year, stated) if stated.holidays else _from_library(year, stated)
    for code, at, values in contradictions(stated, found):
        yaml.fault(f"workdays.{code}", yaml.line_of(at), **values)
    if yaml.faults:
        raise UnsoundCalendar(file, tuple(yaml.faults))
    return found


def _yaml(data: bytes) -> YamlText:
    try:
        return read_yaml(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        unreadable = YamlText()
        unreadable.fault("workdays.not_utf8", 1)
        return unreadable


def _stated(yaml: YamlText) -> YearFile | None:
    try:
        return YearFile.model_validate(yaml.value or {})
    except ValidationError as error:
        for details in error.errors(include_url=False):
            code = {"missing": "missing", "extra_forbidden": "unknown_name"}.get(details["type"], "value")
            name = ".".join(str(step) for step in details["loc"]) or "notice"
            value: dict[str, Value] = {"value": str(details["input"])[:60]} if code == "value" else {}
            yaml.fault(f"workdays.{code}", yaml.line_of(details["loc"]), name=name, **value)
        return None


def _listed(year: int, stated: YearFile) -> AnnouncedYear:
    """The year as its file lists it."""
    off = {day: each.name for each in stated.holidays for day in days_from(each.first, each.last)}
    return AnnouncedYear(year, _notices(stated), off, frozenset(stated.worked), _overrides(stated))


def _from_library(year: int, stated: YearFile) -> AnnouncedYear:
    """The year as the ``holidays`` library has it; with no days at all where it only estimates.

    Swapped days stand in notices only and no notice has been without them, so a year for which the library
    has none is an estimate from the law.
    """
    found = holidays.country_holidays("CN", years=year, language="zh_CN")
    worked = frozenset(day for day in found.weekend_workdays if day.year == year)
    off = {day: str(name) for day, name in found.items() if day.year == year} if worked else {}
    return AnnouncedYear(year, _notices(stated), off, worked, _overrides(stated))


def _notices(stated: YearFile) -> tuple[str, ...]:
    return (stated.notice, *stated.amended_by)


def _overrides(stated: YearFile) -> tuple[Override, ...]:
    return tuple(Override(each.day, each.works, each.reason, each.source) for each in stated.overrides)
