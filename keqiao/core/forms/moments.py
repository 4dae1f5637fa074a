"""Dates of forms: a day, a month or a year, as text (``2026-03-01``, ``2026-03``, ``2026``)."""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from typing import Any

import cn2an

from keqiao.core.programme.forms.fields import Precision
from keqiao.core.workdays.typed import NotADay, parse_days

LENGTHS: dict[Precision, int] = {"year": 4, "month": 7, "day": 10}
"""How much of ``YYYY-MM-DD`` a moment of each precision has."""

EARLIEST, LATEST = 1900, 2199
"""Years that a form may mean; ``0226`` is a slip."""

LONGEST = 80
"""Characters of a date or a period as typed, spaces included; what is longer is none."""

_STORED = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_IN_NUMERALS = re.compile(
    r"(?P<year>[零〇○一二三四五六七八九]{4})年(?:(?P<month>[一二三四五六七八九十]{1,3})月(?:(?P<day>[一二三四五六七八九十]{1,3})[日号])?)?"
)
_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_BETWEEN = re.compile(
    r"(?<=[0-9年月日号])\s*(?:至|到|—+|–|~+|～|－|-{2,}|(?<=[年月日号])-|\s-\s)\s*(?=[0-9零〇○一二])"
)


class NotAMoment(ValueError):
    """The text is no date, or one that says less than is asked (a month where the day is needed)."""


def parse_moment(text: str, precision: Precision) -> str:
    """The date that was typed, cut to what the field asks: a day in a field for months is its month.

    Raises:
        NotAMoment: it is no date of the calendar, or it leaves out the month or the day that is asked for.
    """
    plain = _in_digits(re.sub(r"\s", "", unicodedata.normalize("NFKC", text[:LONGEST])))
    try:
        first, last = parse_days(plain)
    except NotADay as error:
        raise NotAMoment(text) from error
    length = LENGTHS[precision]
    if len(text) > LONGEST or first.isoformat()[:length] != last.isoformat()[:length]:
        raise NotAMoment(text)
    return first.isoformat()[:length]


def parse_period(text: str, precision: Precision) -> tuple[str, str]:
    """The two dates of ``2026年3月—2026年12月`` or ``2026-03 至 2026-12``.

    Raises:
        NotAMoment: there are not two, or one is no date.
    """
    parts = _BETWEEN.split(unicodedata.normalize("NFKC", text[:LONGEST]).strip())
    if len(parts) != 2 or len(text) > LONGEST:
        raise NotAMoment(text)
    return parse_moment(parts[0], precision), parse_moment(parts[1], precision)


def written_moment(moment: str) -> str:
    """The date as printed: ``2026年3月1日``, ``2026年3月``, ``2026年``; what is no date stays as it is."""
    if not is_moment(moment):
        return moment
    units = zip(moment.split("-"), "年月日", strict=False)
    return "".join(f"{int(number)}{unit}" for number, unit in units)


def is_moment(value: Any, precision: Precision | None = None) -> bool:
    """Is it a date of the calendar as answers keep it, of this precision (None: of any)?"""
    if not isinstance(value, str) or not _STORED.fullmatch(value) or not value.isascii():
        return False
    if precision is not None and len(value) != LENGTHS[precision]:
        return False
    try:
        first_day(value)
    except ValueError:
        return False
    return True


def first_day(moment: str) -> date:
    """The first day that a stored date means. Raises ValueError where the calendar has no such day."""
    year, month, day = (*map(int, moment.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(moment: str) -> date:
    """The last day that a stored date means. Raises ValueError where the calendar has no such day."""
    first = first_day(moment)
    if len(moment) == LENGTHS["day"]:
        return first
    month = 12 if len(moment) == LENGTHS["year"] else first.month
    return date(first.year, month, monthrange(first.year, month)[1])


def _in_digits(text: str) -> str:
    """``二〇二六年三月一日`` in digits; anything else as it is."""
    found = _IN_NUMERALS.fullmatch(text)
    if found is None:
        return text
    said = found["year"].translate(_DIGITS) + "年"
    for name, unit in (("month", "月"), ("day", "日")):
        if found[name]:
            said += f"{_small(found[name], text)}{unit}"
    return said


def _small(numeral: str, text: str) -> int:
    try:
        return int(cn2an.cn2an(numeral, "strict"))
    except ValueError as error:
        raise NotAMoment(text) from error
