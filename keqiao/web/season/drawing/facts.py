"""Draws what a project has done, by what is asked of it: records that come to its targets, to less or to more.

The targets are judged again after each step by ``core.targets``; what is missing is drawn. Nothing here reads a clock
or a database.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import count

from keqiao.core.programme.fact_words import FactWords
from keqiao.core.programme.targets import Measure, Target
from keqiao.core.targets import Index, Judgement, Progress, Record, Result, Setting, judge
from keqiao.core.targets.records import Exact, Given
from keqiao.core.targets.windows import window_of
from keqiao.web.season.drawing.fact_fields import filled, where_of
from keqiao.web.season.world import Aim

Places = Mapping[str, Mapping[str, str]]
"""The areas round each region in which records may lie, by its code: levels and codes as ``core.targets`` has them."""

Wanted = tuple[Target, Measure, Result]
"""A target that is not met, how it is measured, and how far it has come."""
ROUNDS = 3
"""So often all targets are gone through: what is drawn for one may turn another."""
EXCEEDS = Fraction(11, 10)
"""A sum that is exceeded comes to a tenth more."""
FEW = 3  # of a project that hardly began: so many records
WHO = "drawn"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a project, in what case, where its records may lie (its own region first), and how many
    records are drawn for one target at most.
    """

    targets: Sequence[Target]
    setting: Setting
    words: FactWords
    places: Places
    most: int


@dataclass(slots=True)
class _Drawn:
    """Records so far."""

    asked: Asked
    records: list[Record] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def judged(self) -> Judgement:
        return judge(self.asked.targets, Index(self.records, self.asked.words), self.asked.setting)

    def of(self, target: Target) -> Result:
        return self.judged().of(target.id)


def draw_facts(asked: Asked, aim: Aim) -> tuple[Record, ...]:
    """Return records that come to what is asked: all of it, a little less of one target, or more of each.

    What no record can show, and what is more than ``asked.most`` records, stays missing.
    """
    drawn = _Drawn(asked)
    for _ in range(ROUNDS):
        for target in asked.targets:
            _reach(drawn, target)
    return tuple(AIMS[aim](drawn))


def _reach(drawn: _Drawn, target: Target) -> None:
    measure = target.measure
    if measure is None or _has_another(drawn, target):
        return
    result = drawn.of(target)
    if result.progress is Progress.MET:
        return
    for missing, day, place in _missing(drawn, target, measure, result):
        _add(drawn, (target, measure, result), missing, (day, place))


def _has_another(drawn: _Drawn, target: Target) -> bool:
    """One of alternatives is enough: the first one is drawn."""
    name = target.alternative_group
    return (
        bool(name) and next(each for each in drawn.asked.targets if each.alternative_group == name) != target
    )


def _missing(
    drawn: _Drawn, target: Target, measure: Measure, result: Result
) -> Iterator[tuple[Exact, date, str]]:
    """How much is missing, and the day and the place where it lies: in all, or in each period and area."""
    days = _days(drawn, target)
    if days is None:
        return
    places = list(drawn.asked.places)
    group = drawn.asked.words.groups.get(measure.each or "")
    if group is not None and group.of == "item":
        return
    of_groups = [each for each in result.groups if each.progress is not Progress.MET]
    if group is None and (missing := result.shortfall):
        yield _whole(drawn, target, measure, missing), days[len(drawn.records) % len(days)], places[0]
    floor = measure.group_floor.floor if measure.group_floor else result.threshold
    for turn, each in enumerate(of_groups):
        short = Fraction(floor) - Fraction(each.value or 0)
        place = each.key if each.key in places else places[(turn + 1) % len(places)]
        if group is not None and group.of == "period":
            inside = [day for day in days if day >= date.fromisoformat(each.key)]
            if inside and (each.until is None or inside[0] <= each.until):
                yield short, inside[0], places[0]
        else:
            yield short, days[turn % len(days)], place


def _days(drawn: _Drawn, target: Target) -> list[date] | None:
    """The days on which a record counts and which are past."""
    days = window_of(target, drawn.asked.setting, drawn.asked.words).days
    last = min(days.end, drawn.asked.setting.on) if days else None
    if days is None or last is None or last < days.start:
        return None
    return [days.start + timedelta(days=each) for each in range((last - days.start).days + 1)]


def _whole(drawn: _Drawn, target: Target, measure: Measure, missing: Exact) -> Exact:
    """What is missing as a number of things: of a share, by its base."""
    if measure.kind != "ratio":
        return missing
    other = next((each for each in drawn.asked.targets if each.id == target.relative_to), None)
    figure = drawn.asked.setting.figures.get(measure.denominator or "", 0)
    base = Fraction(other.value if other else figure)
    return math.ceil(Fraction(missing) * base / 100)


def _add(drawn: _Drawn, what: Wanted, missing: Exact, where: tuple[date, str]) -> None:
    target, measure, _result = what
    if missing <= 0:
        return
    if _sums(drawn, measure):
        _grow(drawn, what, missing, where)
        return
    for _ in range(min(math.ceil(missing), drawn.asked.most)):
        drawn.records.append(_record(drawn, target, measure, where, {}))


def _sums(drawn: _Drawn, measure: Measure) -> bool:
    stated = drawn.asked.words.fields.get(measure.field or "")
    return measure.kind in ("sum", "ratio") and stated is not None and stated.is_number


def _grow(drawn: _Drawn, what: Wanted, missing: Exact, where: tuple[date, str]) -> None:
    """A record that counts already and lies there takes more; where there is none, one is made."""
    target, measure, result = what
    name, (day, place) = measure.field or "", where
    areas = dict(drawn.asked.places[place])
    for number, record in enumerate(drawn.records):
        lies = dict(record.areas) == areas and (not measure.each or record.start == day)
        if record.id in result.counting and lies:
            more = Fraction(record.number(name) or 0) + Fraction(missing)
            drawn.records[number] = replace(record, values={**record.values, name: _plain(more)})
            return
    drawn.records.append(_record(drawn, target, measure, where, {name: _plain(Fraction(missing))}))


def _record(
    drawn: _Drawn, target: Target, measure: Measure, where: tuple[date, str], given: Mapping[str, Given]
) -> Record:
    asked, number, (day, place) = drawn.asked, next(drawn.numbers), where
    wanted = where_of(target, asked.targets)
    return Record(
        id=f"{number:06}",
        kind=measure.facts,
        project=asked.setting.project,
        start=day,
        values=filled((measure, wanted), number, given, asked.targets, asked.words),
        areas=dict(asked.places[place]),
        payer=asked.setting.payer,
        verified_by=WHO,
        has_evidence=True,
    )


def _plain(number: Fraction) -> Exact:
    return int(number) if number.denominator == 1 else number


def _met(drawn: _Drawn) -> Sequence[Record]:
    return drawn.records


def _narrow(drawn: _Drawn) -> Sequence[Record]:
    """One record less, so that a target is missed by as little as can be."""
    met = [each for each in drawn.judged().results if each.progress is Progress.MET and _decides(each.target)]
    for number in reversed(range(len(drawn.records))):
        fewer = [*drawn.records[:number], *drawn.records[number + 1 :]]
        judged = judge(drawn.asked.targets, Index(fewer, drawn.asked.words), drawn.asked.setting)
        short = [judged.of(each.target.id) for each in met]
        if any(each.progress is not Progress.MET and (each.value or 0) > 0 for each in short):
            return fewer
    return drawn.records[: len(drawn.records) // 2]


def _decides(target: Target) -> bool:
    return not (target.soft or target.optional or target.alternative_group)


def _exceeded(drawn: _Drawn) -> Sequence[Record]:
    """One more of what is counted, a tenth more of what is summed."""
    for result in drawn.judged().results:
        target, measure, days = result.target, result.target.measure, _days(drawn, result.target)
        bound = target.comparator in ("<=", "<", "~")
        if measure is None or bound or not days or measure.each or result.progress is not Progress.MET:
            continue
        more = math.ceil(Fraction(target.value) * (EXCEEDS - 1)) if _sums(drawn, measure) else 1
        _add(drawn, (target, measure, result), more, (days[-1], next(iter(drawn.asked.places))))
    return drawn.records


def _begun(drawn: _Drawn) -> Sequence[Record]:
    return drawn.records[:FEW]


AIMS: Mapping[Aim, Callable[[_Drawn], Sequence[Record]]] = {
    Aim.MET: _met,
    Aim.NARROW: _narrow,
    Aim.EXCEEDED: _exceeded,
    Aim.BEGUN: _begun,
}
"""What comes of the records that reach everything."""
