"""Draws which units apply, with what, and what becomes of it (``keqiao/data/season/applications.yaml``)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle
from random import Random

from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import ApplicationDrawn, Flaw, Life, PersonDrawn, UnitDrawn

NOT_IN_THE_WAY = frozenset({Flaw.NONE, *(flaw for flaw in Flaw if flaw.endswith("_unknown"))})
"""What is not known, a person looks at; it refuses nobody."""


def draw_applications(
    units: Sequence[UnitDrawn], people: Iterable[PersonDrawn], own: Sequence[str], number: int, seed: str
) -> tuple[ApplicationDrawn, ...]:
    """Return ``number`` applications of units, one each, behind those of the units in ``own`` (keys).

    The world may have fewer units that are fit for it.
    """
    if not number:
        return ()
    said = words("applications")
    leads = {person.unit: person.key for person in reversed(list(people))}
    chosen = [(key, life) for key in own for life in said["own"]]
    others = [unit.key for unit in units if _is_fit(unit) and unit.key not in own]
    chosen += zip(_spread(others, number, seed), cycle(said["lives"]), strict=False)
    return tuple(_drawn(chosen, leads, seed))


def _is_fit(unit: UnitDrawn) -> bool:
    return unit.mould in words("applications")["moulds"] and unit.flaw in NOT_IN_THE_WAY


def _spread(keys: Sequence[str], number: int, seed: str) -> Sequence[str]:
    """Some of the units, of all moulds alike."""
    chance = Random(f"{seed}/applying")  # noqa: S311  invented data, not a secret
    return chance.sample(keys, min(number, len(keys)))


def _drawn(chosen: Iterable[tuple[str, str]], leads: dict[str, str], seed: str) -> Iterator[ApplicationDrawn]:
    said = words("applications")["titles"]
    titles = cycle(Random(f"{seed}/titles").sample(said, len(said)))  # noqa: S311  invented data, not a secret
    for turn, (unit, life) in enumerate(chosen):
        yield ApplicationDrawn(unit, leads[unit], next(titles), Life(life), turn)
