"""The days of a call in order: opening, steps of endorsement, deadlines, public notice, completion."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keqiao.core.programme import Programme, named_nodes
from keqiao.core.programme.endorsement import EndorsementStep
from keqiao.core.programme.facts import is_placeholder
from keqiao.core.programme.milestones import milestones
from keqiao.core.programme.rules.decide import Publicity
from keqiao.core.workdays import Calendar
from keqiao.web.calendars.counting import remark_on
from keqiao.web.programmes.wording.facts import MILESTONE_WORDS
from keqiao.web.ui.templatetags.shell import cn_date


@dataclass(frozen=True, slots=True)
class DayShown:
    """One line: the day (None where it is not fixed), what happens, for which node ("" for the whole call).

    ``remark``: the day is off, or nobody knows yet whether it is.
    """

    on: date | None
    when: str
    what: str
    node: str
    name: str
    kind: str
    invented: bool = False
    at: time | None = None
    remark: str = ""


def timetable_shown(programme: Programme, calendar: Calendar) -> tuple[DayShown, ...]:
    """Return the days of a call: dated ones in order, then those that the document leaves open.

    ``calendar`` are the working days of the association.
    """
    dated = sorted(
        [*_milestones(programme), *_steps(programme)], key=lambda day: (day.on or date.max, day.kind)
    )
    known = (replace(day, remark=remark_on(day.on, calendar)) if day.on else day for day in dated)
    return (*known, *_unfilled(programme), *_notices(programme))


def _milestones(programme: Programme) -> Iterator[DayShown]:
    for each in milestones(programme):
        hour = f" {each.at:%H:%M}" if each.at else ""
        yield DayShown(
            each.on,
            f"{cn_date(each.on)}{hour}",
            str(MILESTONE_WORDS[each.kind]),
            each.node,
            each.name,
            each.kind,
            each.invented,
            each.at,
        )


def _steps(programme: Programme) -> Iterator[DayShown]:
    for node, name, terms in named_nodes(programme):
        for chain in terms.endorsement:
            for step in chain.steps:
                if isinstance(step.deadline, date):
                    yield _step(step, step.deadline, (node, name), invented=chain.invented)


def _step(step: EndorsementStep, on: date, at: tuple[str, str], *, invented: bool) -> DayShown:
    return DayShown(on, cn_date(on), step.words, *at, "endorsement", invented)


def _unfilled(programme: Programme) -> Iterator[DayShown]:
    for node, name, terms in named_nodes(programme):
        for kind in ("opens", "deadline", "completion"):
            stated = getattr(terms, kind)
            if stated is not None and is_placeholder(stated.on):
                yield DayShown(
                    None, str(stated.on), str(MILESTONE_WORDS[kind]), node, name, kind, stated.invented
                )


def _notices(programme: Programme) -> Iterator[DayShown]:
    for node, name, terms in named_nodes(programme):
        for rule in terms.rules:
            if isinstance(rule, Publicity):
                yield DayShown(None, _length(rule), _("公示"), node, name, "publicity", rule.invented)


def _length(rule: Publicity) -> str:
    if rule.days is None:
        return _("天数未写明")
    said = {
        "working": ngettext("%(n)s 个工作日", "%(n)s 个工作日", rule.days),
        "calendar": ngettext("%(n)s 个自然日", "%(n)s 个自然日", rule.days),
        None: ngettext("%(n)s 天", "%(n)s 天", rule.days),
    }
    return said[rule.day_kind] % {"n": rule.days}
