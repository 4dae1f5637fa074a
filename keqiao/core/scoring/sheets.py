"""A sheet that an expert fills in for one application (评分表), and the lines of a scorecard that take points."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from keqiao.core.programme.selection import Criterion, Scorecard


@dataclass(frozen=True, slots=True)
class Mark:
    """What was given for one line: points, and the name of the band (优) where the expert chose one."""

    points: Decimal | int | None = None
    band: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``id`` says which for explanations. None: not answered yet.

    ``marks`` by the id of a criterion, ``vetoes`` by the id of a veto (True: the expert states it). ``fraud`` answers
    the question of integrity.
    """

    id: str
    marks: Mapping[str, Mark] = field(default_factory=dict)
    fraud: bool | None = None
    vetoes: Mapping[str, bool | None] = field(default_factory=dict)
    comment: str = ""
    recommends: bool | None = None


def lines(card: Scorecard) -> tuple[Criterion, ...]:
    """Return the criteria that take points themselves, in the order of the card."""
    return tuple(each for criterion in card.criteria for each in lines_of(criterion))


def lines_of(criterion: Criterion) -> Iterator[Criterion]:
    """Give the parts of a criterion that take points; itself where it has no parts."""
    if not criterion.parts:
        yield criterion
    for part in criterion.parts:
        yield from lines_of(part)
