"""A short counter that goes by the printed words of a target: number, unit, per, scope, metric.

It knows rows with a day, an amount and what is printed on them; it knows no measure, no field, no vocabulary.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

LIMITS = {
    "a4.t1": (("hours", 4, None), ("beneficiaries", 200, None)),
    "ikepu.t4": (("minutes", 1, 3),),
    "shouxi.t4": (("minutes", 1, 3),),
    "yinpin.t1": (("minutes", 30, None),),
    "shipin.t2": (("minutes", 3, None),),
    "xhgz002.t1": (("participants", 50, None),),
    "xhgz003.t1": (("participants", 50, None),),
    "shxljk004.t1": (("participants", 200, None),),
}
"""What the documents ask of each item that counts, where they say so in another clause than the number itself."""
EVERY_ONE = ("每场", "每场次", "每次", "每部", "每期", "每篇", "每份")
AREAS = ("每县市区", "市域、试点县（市、区）域分别")
WITHIN_THE_PROJECT = {"kczg002.t1"}  # 每年, but the project ends in October
FLOOR_PER_COUNTY = {"shxljk001.t4": 20}  # 120份（每县市区20份）
PLATFORM_BEFORE = {"zhongxin.t1": "科创中国", "kczg003.t7": "科创中国"}  # named in the sentence before
HALF = {"shxljk002.t1": "咨询"}  # 咨询不高于50%
LEVELS = {"市级": ("市级", "省级", "国家级"), "省级": ("省级", "国家级")}


@dataclass(frozen=True)
class Printed:
    """A target as it is printed."""

    id: str
    metric: str
    comparator: str
    value: Fraction
    unit: str
    per: str | None
    scope: str | None


@dataclass(frozen=True)
class Row:
    """Something done, as a line in a list; ``place`` is the area in which it lies, as the document divides it."""

    day: date
    amount: Fraction
    name: str
    place: str = "内"
    level: str = "国家级"
    platform: str = ""
    tag: str = ""
    limits: dict[str, Fraction] = field(default_factory=dict)
    is_verified: bool = True
    has_evidence: bool = True
    is_ours: bool = True


@dataclass(frozen=True)
class Ask:
    """The project's days, today, the base of percentages, which areas there are, the tolerance of 左右 in per cent."""

    start: date
    end: date
    today: date
    base: Fraction | None = None
    places: tuple[str, ...] = ()
    tolerance: int | None = None
    year: int = 0


def answer(printed: Printed, rows: Iterable[Row], ask: Ask) -> str:
    """met, behind, missed or person."""
    good = [row for row in rows if _counts(printed, row, ask)]
    if printed.per in EVERY_ONE:
        return _said(ask.end, ask, reached=all(_reaches(printed, row.amount) for row in good))
    if printed.per in AREAS:
        return _worst(
            [_of(printed, [row for row in good if row.place == at], ask.end, ask) for at in ask.places]
        )
    if printed.per and printed.id not in WITHIN_THE_PROJECT:
        return _worst([_of(printed, _within(good, span), span[-1], ask) for span in _spans(printed.per, ask)])
    floor = FLOOR_PER_COUNTY.get(printed.id)
    if floor and any(_number([row for row in good if row.place == at]) < floor for at in ask.places):
        return _said(ask.end, ask, reached=False)
    until = min(ask.end, date(ask.year, 12, 31)) if printed.scope == "年内" else ask.end
    return _of(printed, good, until, ask)


def number(printed: Printed, rows: Iterable[Row], ask: Ask) -> Fraction:
    """What all that counts comes to, without the base of a percentage."""
    good = [row for row in rows if _counts(printed, row, ask)]
    return _halved(printed, good) if printed.id in HALF else _number(good)


def _counts(printed: Printed, row: Row, ask: Ask) -> bool:
    is_proved = row.is_verified and row.has_evidence and row.is_ours
    is_timely = ask.start <= row.day <= ask.end and (printed.scope != "年内" or row.day.year == ask.year)
    limits = [
        (least is None or row.limits[what] >= least) and (most is None or row.limits[what] <= most)
        for what, least, most in LIMITS.get(printed.id, ())
    ]
    is_placed = row.place == "内" or printed.scope not in {"市域", "县（市、区）域"}
    return is_proved and is_timely and all(limits) and is_placed and _is_said(printed, row)


def _is_said(printed: Printed, row: Row) -> bool:
    """Do level and platform of the row agree with what the words of the metric name?"""
    metric = printed.metric + PLATFORM_BEFORE.get(printed.id, "")
    named = [
        levels for word, levels in LEVELS.items() if f"{word}以上" in metric or f"{word}及以上" in metric
    ]
    if "省级媒体" in metric:
        named.append(LEVELS["省级"])
    if named and not (row.level in named[0] or (row.level == "市科协网站" and "含市科协网站" in metric)):
        return False
    platforms = [name for name in ("科创中国", "科普中国") if name in metric]
    if "科技志愿服务平台" in metric:
        platforms.append("科技志愿服务信息平台")
    return not platforms or row.platform in platforms


def _number(rows: Sequence[Row]) -> Fraction:
    """Amounts added up; what bears one name twice is there once."""
    return sum({row.name: row.amount for row in reversed(rows)}.values(), Fraction(0))


def _halved(printed: Printed, rows: Sequence[Row]) -> Fraction:
    under = [row for row in rows if HALF[printed.id] in row.tag]
    others = _number([row for row in rows if row not in under])
    return others + min(_number(under), others)


def _of(printed: Printed, rows: Sequence[Row], until: date, ask: Ask) -> str:
    found = _halved(printed, rows) if printed.id in HALF else _number(rows)
    if printed.unit == "%":
        if ask.base is None and found > 0:
            return "person"
        found = found * 100 / (ask.base or 1)
    if printed.comparator == "~":
        if ask.tolerance is None:
            return "met" if found == printed.value else "person"
        return _said(until, ask, reached=abs(found - printed.value) * 100 <= printed.value * ask.tolerance)
    return _said(until, ask, reached=_reaches(printed, found))


def _reaches(printed: Printed, found: Fraction) -> bool:
    return found <= printed.value if printed.comparator == "<=" else found >= printed.value


def _said(until: date, ask: Ask, *, reached: bool) -> str:
    return "met" if reached else "missed" if ask.today > until else "behind"


def _worst(said: list[str]) -> str:
    return next(word for word in ("missed", "behind", "person", "met") if word in said)


def _within(rows: Sequence[Row], span: Sequence[date]) -> list[Row]:
    return [row for row in rows if span[0] <= row.day <= span[-1]]


def _spans(per: str, ask: Ask) -> list[list[date]]:
    """The complete weeks, months, half-years and years, found day by day; the whole time where there is none."""
    days = [ask.start + timedelta(days=n) for n in range((ask.end - ask.start).days + 1)]
    if per in {"每周", "每月"}:
        together: dict[tuple[int, int], list[date]] = {}
        for day in days:
            key = (day.isocalendar().year, day.isocalendar().week) if per == "每周" else (day.year, day.month)
            together.setdefault(key, []).append(day)
        full = [run for run in together.values() if len(run) == (7 if per == "每周" else _length(run[0]))]
        return full or [days]
    firsts = [
        n for n, day in enumerate(days) if _is_anniversary(day, ask.start, 6 if per == "每半年" else 12)
    ]
    after = ask.end + timedelta(days=1)
    bounds = [
        *firsts,
        *([len(days)] if _is_anniversary(after, ask.start, 6 if per == "每半年" else 12) else []),
    ]
    return [days[a:b] for a, b in pairwise(bounds)] or [days]


def _length(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _is_anniversary(day: date, start: date, months: int) -> bool:
    apart = (day.year - start.year) * 12 + day.month - start.month
    return apart % months == 0 and day.day == min(start.day, _length(day))
