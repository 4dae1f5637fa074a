"""Points of a performance table: divided among its rows, given for what was reached, added up, graded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from keqiao.core.findings import Finding, Value, Weight
from keqiao.core.performance.levels import Level, level_of
from keqiao.core.performance.rows import Row
from keqiao.core.programme.closing import Closing, Weights

Points = Decimal


class Grade(StrEnum):
    """优 from 90, 良 from 80, 中 from 60, else 差. Source: 财预〔2020〕10号."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


_GRADES = ((90, Grade.EXCELLENT), (80, Grade.GOOD), (60, Grade.FAIR))


def grade_of(total: Points) -> Grade:
    """Return the grade of a total of 100."""
    return next((grade for least, grade in _GRADES if total >= least), Grade.POOR)


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gives a row in place of what is reckoned, and why."""

    points: Points
    reason: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A row with the ``points`` it can bring and those it brings; None: a person has still to say.

    ``reckoned`` is what the share gives, before anybody gave something else.
    """

    row: Row
    points: Points
    reckoned: Points | None
    score: Points | None
    given: Given | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one first level."""

    level: Level
    points: Points
    rows: tuple[Scored, ...]

    @property
    def score(self) -> Points | None:
        """The sum of its rows; None while one is open."""
        return _sum(each.score for each in self.rows)


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table. Its points add up to 100. ``findings`` say what is wrong with it, or needs a word."""

    parts: tuple[Part, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def total(self) -> Points | None:
        """All points together; None while a row is open."""
        return _sum(part.score for part in self.parts)

    @property
    def grade(self) -> Grade | None:
        """The grade of the total."""
        return None if self.total is None else grade_of(self.total)


def table_of(rows: Sequence[Row], closing: Closing, given: Mapping[str, Given] | None = None) -> Table:
    """Return the table of these rows.

    The points of a part are divided evenly among its rows, in units of the last decimal, the first rows getting what is
    left over. A part without rows leaves its points to another: execution and cost to output, satisfaction to effect,
    effect to output (``domain.md`` C1); that is told. What was given by hand stands where it has a reason and lies
    within the points of its row.

    Raises:
        ValueError: there are points left and no row to take them.
    """
    by_level = _by_level(rows, closing.weights)
    points, moved = _points(by_level, closing.weights)
    parts = tuple(
        Part(level, points[level], tuple(_scored(by_level[level], points[level], closing, given or {})))
        for level in Level
        if by_level[level]
    )
    return Table(parts, (*moved, *_findings(parts, closing), *_foreign(rows, given or {})))


def _by_level(rows: Sequence[Row], weights: Weights) -> dict[Level, list[Row]]:
    by_level: dict[Level, list[Row]] = {level: [] for level in Level}
    for row in rows:
        by_level[level_of(row.sublevel, has_cost=weights.cost > 0)].append(row)
    return by_level


_LEFT_TO = (
    (Level.SATISFACTION, Level.EFFECT),
    (Level.EFFECT, Level.OUTPUT),
    (Level.COST, Level.OUTPUT),
    (Level.EXECUTION, Level.OUTPUT),
)


def _points(
    by_level: Mapping[Level, Sequence[Row]], weights: Weights
) -> tuple[dict[Level, Points], tuple[Finding, ...]]:
    points = {level: Decimal(getattr(weights, level.value)) for level in Level}
    told = []
    for empty, taker in _LEFT_TO:
        if not by_level[empty] and points[empty]:
            values: dict[str, Value] = {"points": str(points[empty])}
            told.append(Finding(f"performance.no_{empty.value}_rows", Weight.WARN, values))
            points[taker] += points[empty]
            points[empty] = Decimal(0)
    if not by_level[Level.OUTPUT]:
        raise ValueError("no row takes the points of output")
    return points, tuple(told)


def _scored(
    rows: Sequence[Row], points: Points, closing: Closing, given: Mapping[str, Given]
) -> Iterator[Scored]:
    for row, most in zip(rows, _divided(points, len(rows), closing.decimals), strict=True):
        reckoned = None if row.share is None else _shown(Fraction(most) * row.share, closing)
        by_hand = given.get(row.key)
        stands = by_hand is not None and bool(by_hand.reason.strip()) and 0 <= by_hand.points <= most
        yield Scored(row, most, reckoned, by_hand.points if by_hand and stands else reckoned, by_hand)


def _divided(points: Points, count: int, decimals: int) -> Iterator[Points]:
    """Parts of ``points`` that differ by one unit of the last decimal at most, the larger ones first."""
    exponent = points.as_tuple().exponent
    digits = max(decimals, -exponent if isinstance(exponent, int) else 0)
    each, left = divmod(int(points.scaleb(digits)), count)
    for number in range(count):
        yield Decimal(each + (number < left)).scaleb(-digits)


def _shown(value: Fraction, closing: Closing) -> Points:
    units = value * 10**closing.decimals
    whole = floor(units + Fraction(1, 2)) if closing.rounding == "half_up" else floor(units)
    return Decimal(whole).scaleb(-closing.decimals)


def _findings(parts: Sequence[Part], closing: Closing) -> Iterator[Finding]:
    for part in parts:
        for scored in part.rows:
            yield from _of_row(scored, closing)


def _of_row(scored: Scored, closing: Closing) -> Iterator[Finding]:
    row, given = scored.row, scored.given
    at = (row.key,)
    if scored.score is None:
        yield Finding("performance.row_open", Weight.ASK, {"name": row.name, "key": row.key}, at=at)
    if given is not None and not 0 <= given.points <= scored.points:
        values: dict[str, Value] = {"given": str(given.points), "points": str(scored.points)}
        yield Finding("performance.given_outside", Weight.REFUSE, values, at=at)
    if given is not None and not given.reason.strip():
        yield Finding("performance.given_without_reason", Weight.REFUSE, {"given": str(given.points)}, at=at)
    if row.reached_percent is not None and row.reached_percent > closing.explain_above:
        far: dict[str, Value] = {
            "name": row.name,
            "percent": str(_shown(row.reached_percent, Closing(decimals=2))),
            "most": str(closing.explain_above),
        }
        yield Finding("performance.far_above", Weight.ASK, far, at=at)


def _foreign(rows: Sequence[Row], given: Mapping[str, Given]) -> Iterator[Finding]:
    known = {row.key for row in rows}
    for key in given:
        if key not in known:
            yield Finding("performance.no_such_row", Weight.REFUSE, {"key": key}, at=(key,))


def _sum(scores: Iterator[Points | None]) -> Points | None:
    total = Decimal(0)
    for score in scores:
        if score is None:
            return None
        total += score
    return total
