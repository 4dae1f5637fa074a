"""When and where a record has to lie to count for a target, and the complete periods of that time."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme.fact_words import FactWords, ScopeWord
from keqiao.core.programme.targets import Target
from keqiao.core.targets.setting import DAY, Setting, Term

_MONTHS = {"half_year": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Window:
    """The days (None: not known) and the area (None: anywhere) of counting; ``lacks`` says what is not known."""

    days: Term | None
    area: str | None = None
    lacks: tuple[str, ...] = ()

    def remarks(self, target: Target) -> tuple[Finding, ...]:
        """What a person has to say before the window is known."""
        values = {"scope": target.scope or ""}
        return tuple(
            Finding(f"target_result.{code}", Weight.ASK, values, target.source) for code in self.lacks
        )


def window_of(target: Target, setting: Setting, words: FactWords) -> Window:
    """The window of ``target``: its scope, cut off by its own last day."""
    scope = words.scopes.get(target.scope) if target.scope else ScopeWord()
    if scope is None:
        return Window(None, None, ("scope_unknown",))
    if setting.term is None:
        return Window(None, scope.area, ("term_unknown",))
    days: Term | None = setting.term
    if scope.window == "year":
        if setting.year is None:
            return Window(None, scope.area, ("year_unknown",))
        days = _overlap(setting.term, Term(date(setting.year, 1, 1), date(setting.year, 12, 31)))
    days = days.until(target.by) if days and target.by else days
    return Window(days, scope.area, () if days else ("window_empty",))


def _overlap(one: Term, other: Term) -> Term | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Term(start, end) if start <= end else None


def periods(kind: str, days: Term) -> tuple[Term, ...]:
    """The complete weeks, months, half-years or years of ``days``.

    Weeks (from Monday) and months are those of the calendar; half-years and years run from the first day of the
    project. Where not one is complete the whole time is one: five sessions every year are five for half a year's work.
    """
    return tuple(_cut(kind, days)) or (days,)


def _cut(kind: str, days: Term) -> Iterator[Term]:
    step = 0
    while True:
        period = _period(kind, days, step)
        if period.end > days.end:
            return
        if period.start >= days.start:
            yield period
        step += 1


def _period(kind: str, days: Term, step: int) -> Term:
    if kind == "week":
        monday = days.start - timedelta(days=days.start.weekday()) + timedelta(weeks=step)
        return Term(monday, monday + timedelta(days=6))
    if kind == "month":
        first = months_later(days.start.replace(day=1), step)
        return Term(first, months_later(first, 1) - DAY)
    length = _MONTHS[kind]
    return Term(months_later(days.start, length * step), months_later(days.start, length * (step + 1)) - DAY)


def months_later(day: date, months: int) -> date:
    """The same day ``months`` later; the last day of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
