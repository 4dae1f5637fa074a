"""Draws the people of units: posts by the kind of unit, birth dates on both sides of the limits of the calls."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from keqiao.web.season.numbers import identity_number, mobile_number
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import Paper, PersonDrawn, UnitDrawn

OTHERS = "other_kinds"


@dataclass
class _Roll:
    """The people drawn so far: their block of identity numbers, whose turn it is, numbers that are taken."""

    block: int
    turns: Iterator[int] = field(default_factory=count)
    taken: set[str] = field(default_factory=set)


def draw_people(
    units: tuple[UnitDrawn, ...], day: date, seed: str, block: int, first: int = 0
) -> tuple[PersonDrawn, ...]:
    """Return the people of all units, unit by unit. The same name may be borne by people of two units.

    ``first`` is the turn of the first of them within the block of identity numbers.
    """
    roll = _Roll(block, count(first))
    return tuple(person for unit in units for person in _people_of(unit, day, seed, roll))


def _people_of(unit: UnitDrawn, day: date, seed: str, roll: _Roll) -> Iterator[PersonDrawn]:
    chance = Random(f"{seed}/{unit.key}/people")  # noqa: S311  invented data, not a secret
    staff = words("people")["staff"]
    posts = staff.get(unit.kind, staff[OTHERS])
    names = _names(len(posts), chance)
    for number, (post, name) in enumerate(zip(posts, names, strict=True)):
        born, identity = _birth(unit.area.code, day, roll, chance)
        yield PersonDrawn(
            key=f"{unit.key}-p{number}",
            unit=unit.key,
            name=name,
            tie=post["tie"],
            post=post["post"],
            birth_date=born,
            identity_number=identity,
            phone=mobile_number(chance),
            area=unit.area,
            field=chance.choice(words("people")["fields"]),
            papers=tuple(_papers(chance)),
        )


def _names(number: int, chance: Random) -> list[str]:
    """Different names within one unit."""
    said = words("people")
    given = chance.sample(said["given"], number)
    return [f"{chance.choice(said['surnames'])}{each}{said['mark']}" for each in given]


def _birth(region: str, day: date, roll: _Roll, chance: Random) -> tuple[date | None, str]:
    """A birth date and an identity number that nobody else has; neither where the birth date is not known."""
    turn = next(roll.turns)
    if chance.randrange(words("people")["birth_date_unknown"]) == 0:
        return None, ""
    while True:
        born = _birth_date(day, chance)
        number = identity_number(region, born, roll.block, turn)
        if number not in roll.taken:  # a thousand people further on, another day is drawn
            roll.taken.add(number)
            return born, number


def _birth_date(day: date, chance: Random) -> date:
    """A birthday a given number of years before ``day`` or the day beside it; for every other person any day."""
    said = words("people")
    birthday = date(day.year - chance.choice(said["ages"]), day.month, min(day.day, 28))
    beside = chance.choice(said["days_beside"]) if chance.randrange(2) else chance.randrange(365)
    return birthday + timedelta(days=beside)


def _papers(chance: Random) -> Iterator[Paper]:
    said: Mapping[str, Any] = words("people")
    if chance.randrange(said["has_paper"]) == 0:
        paper = chance.choice(said["papers"])
        yield Paper(paper["name"], paper.get("level"))
