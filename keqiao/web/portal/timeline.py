"""The dates of a call in their order, with what is left until each in natural and in working days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from keqiao.core.programme import Programme, effective, leaves
from keqiao.core.programme.milestones import Milestone, milestones
from keqiao.core.programme.rules.decide import Publicity
from keqiao.core.programme.tree import Path
from keqiao.core.workdays import (
    Calendar,
    YearNotPublished,
    last_moment,
    shanghai_day,
    working_days,
)
from keqiao.web.programmes.wording.facts import MILESTONE_WORDS

DAY_KINDS = {
    "working": gettext_lazy("公示 %(n)s 个工作日"),
    "calendar": gettext_lazy("公示 %(n)s 天"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline. ``day`` is None where the call states no day; ``names``: for which categories.

    ``until`` is set on deadlines that are still ahead, ``work_left`` are the working days after today up to the
    day, None where it is over or a year is not announced.
    """

    kind: str
    words: str
    day: date | None
    hour: time | None = None
    names: tuple[str, ...] = ()
    is_over: bool = False
    until: datetime | None = None
    work_left: int | None = None
    invented: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dates of a call or a category; ``unknown`` are the years without an announced calendar that they need."""

    moments: list[Moment]
    unknown: tuple[int, ...] = field(default=())

    @property
    def deadline(self) -> Moment | None:
        """The next deadline, or else the last one."""
        deadlines = [each for each in self.moments if each.kind == "deadline"]
        return next((each for each in deadlines if each.until), deadlines[-1] if deadlines else None)


class Clock:
    """What is left at one moment by one calendar; remembers the years that it could not count."""

    def __init__(self, at: datetime, calendar: Calendar) -> None:
        self.at, self._calendar = at, calendar
        self.today = shanghai_day(at)
        self.unknown: set[int] = set()

    def work_left(self, day: date) -> int | None:
        """Working days after today up to ``day``, itself counted; None: it is over, or a year is not announced."""
        if day <= self.today:
            return None
        return self.work_between(date.fromordinal(self.today.toordinal() + 1), day)

    def work_between(self, first: date, last: date) -> int | None:
        """Working days from ``first`` to ``last``, both counted; None where a year is not announced."""
        try:
            return working_days(first, last, self._calendar)
        except YearNotPublished as missing:
            self.unknown.add(missing.year)
            return None


def timeline_of_call(programme: Programme, at: datetime, calendar: Calendar) -> Timeline:
    """Return the dates of a call: those of several categories on one day stand together."""
    clock = Clock(at, calendar)
    found = list(_stated(milestones(programme), clock))
    return _timeline(found, list(_public_notices(programme)), clock)


def timeline_of_category(programme: Programme, path: Path, at: datetime, calendar: Calendar) -> Timeline:
    """Return the dates that hold for one category."""
    clock = Clock(at, calendar)
    alone = _only(milestones(programme), programme, path)
    return _timeline(list(_stated(alone, clock)), list(_public_notices(programme, path)), clock)


def _only(found: Iterable[Milestone], programme: Programme, path: Path) -> Iterator[Milestone]:
    """The dates in force at ``path``, without names: all are about the one category."""
    facts = effective(programme, path)
    stated = {"opens": facts.opens, "deadline": facts.deadline, "completion": facts.completion}
    for each in found:
        fact = stated[each.kind]
        if fact is not None and each.node == (fact.track or (fact.path[-1] if fact.path else "")):
            yield Milestone("", each.kind, "", each.on, each.at, each.invented)


def _stated(found: Iterable[Milestone], clock: Clock) -> Iterator[Moment]:
    together: dict[tuple[str, date, time | None], list[Milestone]] = {}
    for each in found:
        together.setdefault((each.kind, each.on, each.at), []).append(each)
    opened = min((day for kind, day, _hour in together if kind == "opens"), default=None)
    for (kind, day, hour), those in sorted(together.items(), key=lambda entry: entry[0][1]):
        until = last_moment(day, hour) if kind == "deadline" else None
        is_over = clock.at > (until or last_moment(day))
        yield Moment(
            kind=kind,
            words=str(MILESTONE_WORDS[kind]),
            day=day,
            hour=hour,
            names=tuple(name for each in those if (name := each.name)),
            is_over=is_over,
            until=None if is_over else until,
            work_left=clock.work_left(day),
            invented=any(each.invented for each in those),
            note=_length(opened, day, clock) if kind == "deadline" else "",
        )


def _length(opened: date | None, closes: date, clock: Clock) -> str:
    """How long applications are taken, both days counted."""
    if opened is None or opened > closes:
        return ""
    days = (closes - opened).days + 1
    said = ngettext("申报期 %(n)s 天", "申报期 %(n)s 天", days) % {"n": days}
    if (work := clock.work_between(opened, closes)) is None:
        return said
    return said + _("（%(n)s 个工作日）") % {"n": work}


def _public_notices(programme: Programme, path: Path | None = None) -> Iterator[Moment]:
    """Public notices (公示) that rules state, those of one length together: the length is known, the day is not."""
    paths = [path] if path is not None else [leaf for leaf, _category in leaves(programme)] or [()]
    rules = [stated.fact for each in paths for stated in effective(programme, each).rules]
    stated = [rule for rule in rules if isinstance(rule, Publicity) and rule.days]
    for kind, days in dict.fromkeys((rule.day_kind or "calendar", rule.days) for rule in stated):
        alike = [rule for rule in stated if (rule.day_kind or "calendar", rule.days) == (kind, days)]
        yield Moment(
            kind="notice",
            words=DAY_KINDS[kind] % {"n": days},
            day=None,
            invented=all(rule.invented for rule in alike),
            note=_("日期以公示通知为准"),
        )


def _timeline(found: list[Moment], undated: list[Moment], clock: Clock) -> Timeline:
    """Public notices stand before the day by which projects are done, where there is one."""
    done = [each for each in found if each.kind == "completion"]
    before = [each for each in found if each.kind != "completion"]
    return Timeline([*before, *undated, *done], tuple(sorted(clock.unknown)))
