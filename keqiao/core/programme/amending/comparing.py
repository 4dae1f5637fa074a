"""Comparing what a notice says with what stands, and saying both in words."""

import calendar
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from keqiao.core.programme.amending.asked import Later, Moment, Money, Number, Said, Words

AddWorkingDays = Callable[[date, int], date]
"""Gives the day so many working days after another; raises LookupError for a year whose holidays nobody knows yet."""

_COUNTED = frozenset({"", *"项个名人家件篇支位所题部组户种", "课题", "项目"})
_LIKE = {"项": "项", "个": "项", "课题": "项", "家": "家", "场次": "场", "次": "场", "场": "场"}


def says_same(stated: Said, standing: Said) -> bool:
    """Does a notice that says ``stated`` speak of the value ``standing``? A missing year or unit is no difference."""
    if isinstance(stated, Moment) and isinstance(standing, Moment):
        same_day = (stated.on.month, stated.on.day) == (standing.on.month, standing.on.day)
        same_year = not stated.wrote_year or stated.on.year == standing.on.year
        return same_day and same_year and (stated.at is None or stated.at == standing.at)
    if isinstance(stated, Money) and isinstance(standing, Money):
        return (stated.low_fen, stated.high_fen) == (standing.low_fen, standing.high_fen)
    if isinstance(stated, Number) and isinstance(standing, Number):
        return (stated.value, stated.high) == (standing.value, standing.high) and same_unit(stated, standing)
    if isinstance(stated, Words) and isinstance(standing, Words):
        return stated.text.replace(" ", "") == standing.text.replace(" ", "")
    return False


def is_equal(after: Said, standing: Said) -> bool:
    """Would ``after`` change nothing? Unlike ``says_same``, an hour that is left out makes a difference."""
    if isinstance(after, Moment) and isinstance(standing, Moment):
        return (after.on, after.at) == (standing.on, standing.at)
    return says_same(after, standing)


def same_unit(one: Number, other: Number) -> bool:
    """Do both count the same kind of thing, as far as the words tell? What has no unit counts projects or people."""
    if not one.unit or not other.unit:
        return (one.unit or other.unit) in _COUNTED
    return _like(one.unit) == _like(other.unit)


def _like(unit: str) -> str:
    plain = unit.partition("(")[0].partition("（")[0].partition("/")[0]
    return _LIKE.get(plain, plain)


def later_by(later: Later, standing: Moment, working: AddWorkingDays | None) -> Moment | None:
    """Return the day that lies so much later, with the same hour; None where it cannot be told exactly."""
    if later.working:
        if working is None:
            return None
        try:
            return replace(standing, on=working(standing.on, later.days))
        except LookupError:
            return None
    if later.months:
        return replace(standing, on=_months_later(standing.on, later.months))
    return replace(standing, on=standing.on + timedelta(days=later.days))


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def in_words(said: Said | None) -> str:
    """Return a value as an office writes it; empty where there is none."""
    if isinstance(said, Moment):
        clock = "" if said.at is None else said.at.strftime("%H:%M")
        return f"{said.on.year}年{said.on.month}月{said.on.day}日{clock}"
    if isinstance(said, Money):
        return _money_in_words(said)
    if isinstance(said, Number):
        high = "" if said.high is None else f"-{_plain(said.high)}"
        return f"{_plain(said.value)}{high}{said.unit}"
    if isinstance(said, Later):
        return f"{said.months}个月" if said.months else f"{said.days}{'个工作日' if said.working else '天'}"
    return said.text if said else ""


def _money_in_words(said: Money) -> str:
    low, high = _yuan(said.low_fen), _yuan(said.high_fen)
    prefix = "不超过" if said.ceiling else ""
    return prefix + (high if low == high else f"{low}至{high}")


def _yuan(fen: int) -> str:
    yuan = Decimal(fen) / 100
    if yuan >= 10_000 and not yuan % 100:
        return f"{_plain(yuan / 10_000)}万元"
    return f"{_plain(yuan)}元"


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
