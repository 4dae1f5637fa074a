"""The rows of a performance table: one for each target that counts, and those that every project has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from keqiao.core.performance.levels import LevelWords, Sublevel, sublevel_of
from keqiao.core.programme.facts import Comparator
from keqiao.core.targets.conditions import AT_MOST
from keqiao.core.targets.records import Exact
from keqiao.core.targets.results import Judgement, Progress, Result

TIMELINESS, COST, EXECUTION = "timeliness", "cost", "execution"
"""Keys of the rows that every project has."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a project went, beside its targets. Money in fen; None: not known.

    ``due`` is the day by which it had to be done (a project without one has no such row), ``finished_on`` the one on
    which it was. ``granted_fen`` is 0 for a project without money, which has no rows about money either. ``spent_fen``
    is what was admitted of it.
    """

    due: date | None
    finished_on: date | None
    granted_fen: int
    spent_fen: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``share`` is how much of what was asked was reached, at most 1; None: a person has to say.

    ``asked`` and ``reached`` are numbers in ``unit``, ``day`` and ``done_on`` days; sums of money are in fen.
    ``reached_percent`` may be above 100. ``members`` are the targets that the row stands for: several for alternatives.
    """

    key: str
    sublevel: Sublevel
    name: str
    share: Fraction | None
    comparator: Comparator = ">="
    unit: str | None = None
    asked: Exact | None = None
    reached: Exact | None = None
    day: date | None = None
    done_on: date | None = None
    reached_percent: Fraction | None = None
    members: tuple[str, ...] = ()


def rows_of(
    judgement: Judgement, course: Course, words: LevelWords, places: Mapping[str, Sublevel] | None = None
) -> tuple[Row, ...]:
    """Return the rows in their order: the money first, then the targets, then the day and the cost.

    Targets that only warn (原则上) or are not asked for have none. Alternatives (或) share one: that of the member that
    was reached best. ``places`` are sublevels that the office chose, by the key of a row.
    """
    rows = (
        *_execution(course),
        *_targets(judgement, words),
        *_timeliness(course),
        *_cost(course),
    )
    return tuple(_placed(row, places or {}) for row in rows)


def _placed(row: Row, places: Mapping[str, Sublevel]) -> Row:
    if row.key == EXECUTION or row.key not in places:
        return row
    return replace(row, sublevel=places[row.key])


def _execution(course: Course) -> Iterator[Row]:
    """执行率: how much of the grant was spent as admitted."""
    if course.granted_fen:
        share = None if course.spent_fen is None else Fraction(course.spent_fen, course.granted_fen)
        yield _by_share(EXECUTION, Sublevel.EXECUTION, share, course.granted_fen, course.spent_fen)


def _cost(course: Course) -> Iterator[Row]:
    """成本: the grant was not exceeded."""
    if not course.granted_fen:
        return
    share = None
    if course.spent_fen is not None:
        over = course.spent_fen > course.granted_fen
        share = Fraction(course.granted_fen, course.spent_fen) if over else Fraction(1)
    yield Row(
        COST, Sublevel.COST, "", share, "<=", None, course.granted_fen, course.spent_fen, reached_percent=None
    )


def _by_share(
    key: str, sublevel: Sublevel, share: Fraction | None, asked: Exact, reached: Exact | None
) -> Row:
    percent = None if share is None else share * 100
    kept = None if share is None else min(share, Fraction(1))
    return Row(key, sublevel, "", kept, ">=", None, asked, reached, reached_percent=percent)


def _timeliness(course: Course) -> Iterator[Row]:
    """时效: done by the day; whoever is late has nothing for it."""
    if course.due is None:
        return
    on_time = None if course.finished_on is None else course.finished_on <= course.due
    share = None if on_time is None else Fraction(int(on_time))
    yield Row(TIMELINESS, Sublevel.TIMELINESS, "", share, "<=", day=course.due, done_on=course.finished_on)


def _targets(judgement: Judgement, words: LevelWords) -> Iterator[Row]:
    told: set[str] = set()
    for result in judgement.results:
        group = result.target.alternative_group
        if result.target.soft or result.target.optional or (group and group in told):
            continue
        if group:
            told.add(group)
            yield _alternatives(judgement, group, words)
        else:
            yield _row(result, words)


def _alternatives(judgement: Judgement, group: str, words: LevelWords) -> Row:
    members = [each for each in judgement.results if each.target.alternative_group == group]
    rows = [_row(each, words) for each in members]
    met = [row for row in rows if row.share == 1]
    unknown = [row for row in rows if row.share is None]
    best = met[0] if met else unknown[0] if unknown else max(rows, key=lambda row: row.share or Fraction(0))
    return replace(best, members=tuple(row.key for row in rows))


def _row(result: Result, words: LevelWords) -> Row:
    target = result.target
    share = _share(result)
    return Row(
        target.id,
        sublevel_of(target, words),
        target.metric,
        share,
        target.comparator,
        target.unit,
        result.threshold,
        result.value,
        reached_percent=_percent(result),
        members=(target.id,),
    )


def _share(result: Result) -> Fraction | None:
    """How much of it was reached: whole where it is met; of groups the share of those that reached it.

    Numbers that reach the threshold and still do not meet the target (more than, a floor elsewhere) need a person. So
    does what has no number: of each video where there is none nothing falls short, and nothing was reached either.
    """
    if result.progress is Progress.PERSON or result.value is None:
        return None
    if result.progress is Progress.MET:
        return Fraction(1)
    if any(group.progress is Progress.PERSON for group in result.groups):
        return None
    share = _of_groups(result) if result.groups else _of_number(result)
    return share if share < 1 else None


def _of_groups(result: Result) -> Fraction:
    return Fraction(sum(group.progress is Progress.MET for group in result.groups), len(result.groups))


def _of_number(result: Result) -> Fraction:
    value, asked = Fraction(result.value or 0), Fraction(result.threshold)
    above, below = (asked, value) if result.target.comparator in AT_MOST else (value, asked)
    return above / below if below else Fraction(1)


def _percent(result: Result) -> Fraction | None:
    """The value in percent of the threshold, for those of which more is better."""
    if result.value is None or not result.threshold or result.target.comparator in AT_MOST:
        return None
    return Fraction(result.value) / Fraction(result.threshold) * 100
