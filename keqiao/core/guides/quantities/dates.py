"""Dates, hours, ranges of dates, periods; years that are left out come from the date of issue."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from keqiao.core.guides.numerals import number

_YEAR = r"(?P<year>\d{4}|[二一零〇○三四五六七八九]{4})"
_DATE = re.compile(
    rf"(?:{_YEAR}年)?(?P<month>\d{{1,2}}|十[一二]?|[一二三四五六七八九])月"
    r"(?:(?P<day>\d{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]|(?P<part>上旬|中旬|下旬|底|末|初|份)?)"
    r"(?P<before>之?前|以前)?"
    r"(?:\([^()]{1,6}\))?(?P<noon>上午|中午|下午|晚上?)?(?:(?P<hour>\d{1,2})(?:[:时点](?P<minute>\d{2})?)(?:整|分|时)?)?"
)
_DOTTED = re.compile(r"(?<![\d.])(?P<year>\d{4})[./-](?P<month>\d{1,2})[./-](?P<day>\d{1,2})(?![\d.])")
_PLACEHOLDER = re.compile(r"(?P<year>\d{4})年[xX×*_]{1,2}月[xX×*_]{1,2}[日号]")
_PARTS = {"上旬": 10, "中旬": 20, "初": 5}
_NOON = {"下午": 12, "晚": 12, "晚上": 12}
_TERM = re.compile(
    r"(?<!\d)(?P<n>\d{1,4}(?:\.\d{1,2})?|[一二两三四五六七八九十半]{1,6})(?P<unit>个月|年|周年|个工作日|个自然日|天|日(?!前|内|至|-)|个?学期)"
)
_PAST = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date at ``text[start:end]``; ``day`` is None for a placeholder such as ``1988年x月x日``.

    ``hour``/``minute`` are None where no hour is stated (the end of that day). ``inferred_year`` says that the year
    was not written; ``words`` keeps a placeholder as printed, in the form ``1988-xx-xx``.
    """

    start: int
    end: int
    day: date | None
    hour: int | None = None
    minute: int | None = None
    inferred_year: bool = False
    words: str = ""

    def iso(self) -> str:
        """Return ``YYYY-MM-DD``, with ``THH:MM`` where an hour is stated, or the placeholder."""
        if self.day is None:
            return self.words
        clock = "" if self.hour is None else f"T{self.hour:02}:{self.minute or 0:02}"
        return self.day.isoformat() + clock


def read_dates(text: str, *, issued: date | None = None, year: int | None = None) -> list[Moment]:
    """Return the dates in ``text`` in order.

    A missing year is taken from the date before it in the same text, else from ``issued`` (rolled to the next year
    where the result would lie more than 30 days before it), else from ``year``; without any of these the date is
    left out.
    """
    found: list[Moment] = [
        Moment(m.start(), m.end(), None, words=f"{m['year']}-xx-xx") for m in _PLACEHOLDER.finditer(text)
    ]
    found += [
        moment for m in _DOTTED.finditer(text) if (moment := _moment(m, int(m["year"]), year_written=True))
    ]
    known = year
    for match in _DATE.finditer(text):
        written = number(match["year"]) if match["year"] else None
        if written is not None:
            known = int(written)
            moment = _moment(match, known, year_written=True)
        else:
            moment = _without_year(match, issued, known)
        if moment is not None:
            found.append(moment)
    return sorted(found, key=lambda moment: moment.start)


def _without_year(match: re.Match[str], issued: date | None, known: int | None) -> Moment | None:
    if issued is None:
        return None if known is None else _moment(match, known, year_written=False)
    moment = _moment(match, issued.year, year_written=False)
    if moment is None or moment.day is None or moment.day >= issued - _PAST:
        return moment
    return replace(moment, day=moment.day.replace(year=issued.year + 1))


def _moment(match: re.Match[str], year: int, *, year_written: bool) -> Moment | None:
    groups = match.groupdict()
    month = int(number(match["month"]) or 0)
    if not 1 <= month <= 12:
        return None
    day = int(number(match["day"]) or 0) if groups.get("day") else _PARTS.get(groups.get("part") or "", 0)
    last = _last_day(year, month)
    if day > last:
        return None
    hour, minute, stated = _clock(groups)
    on = date(year, month, day or last)
    if hour == 24:  # 24:00 is the end of that day, which is what a deadline without an hour means
        hour, stated = None, False
    if hour is not None and hour > 24:
        return None
    return Moment(match.start(), match.end(), on, hour if stated else None, minute, not year_written)


def _clock(groups: dict[str, str | None]) -> tuple[int | None, int | None, bool]:
    if not groups.get("hour"):
        return None, None, False
    hour = int(groups["hour"] or 0)
    shift = _NOON.get(groups.get("noon") or "", 0)
    return (hour + shift if shift and hour < 12 else hour), int(groups.get("minute") or 0), True


def _last_day(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time at ``text[start:end]``: ``2年``, ``18个月``, ``5个工作日``."""

    start: int
    end: int
    amount: float
    unit: str


def read_terms(text: str) -> list[Term]:
    """Return the lengths of time in ``text``; ``2023年`` is a year, not a length, and is left out."""
    found = []
    for match in _TERM.finditer(text):
        value = 0.5 if match["n"] == "半" else number(match["n"])
        if value is None or (match["unit"] == "年" and float(value) > 60):
            continue
        found.append(Term(match.start(), match.end(), float(value), match["unit"]))
    return found
