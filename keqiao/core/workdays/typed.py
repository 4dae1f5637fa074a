"""Days as people type them into a cell or a search box: ``2023-4-30``, ``2023年4月30日``, ``2023.4``, ``20230430``."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

_SPELLINGS = (
    re.compile(r"(?P<year>[0-9]{4})[-./](?P<month>[0-9]{1,2})(?:[-./](?P<day>[0-9]{1,2}))?"),
    re.compile(r"(?P<year>[0-9]{4})年(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})[日号])?)?"),
    re.compile(r"(?P<year>[0-9]{4})(?:(?P<month>[0-9]{2})(?P<day>[0-9]{2}))?"),
)


class NotADay(ValueError):
    """The text is no day, month or year of the calendar. ``value`` is what was given."""

    def __init__(self, value: str) -> None:
        super().__init__(f"not a day: {value}")
        self.value = value


def parse_days(text: str) -> tuple[date, date]:
    """The first and the last day of what was typed: a day, a month or a year.

    Raises:
        NotADay: it is something else, or a day that the calendar does not have (2023-02-30).
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    for spelling in _SPELLINGS:
        if found := spelling.fullmatch(plain):
            parts = {name: int(value) for name, value in found.groupdict().items() if value is not None}
            return _span(text, parts)
    raise NotADay(text)


def parse_day(text: str) -> date:
    """The one day that was typed.

    Raises:
        NotADay: it is no day, or a whole month or year.
    """
    first, last = parse_days(text)
    if first != last:
        raise NotADay(text)
    return first


def _span(text: str, parts: dict[str, int]) -> tuple[date, date]:
    year, month, day = parts["year"], parts.get("month"), parts.get("day")
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError as error:
        raise NotADay(text) from error
