"""Draws who goes the whole way and who judges them (``keqiao/data/season/reviewing.yaml``)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from random import Random
from typing import Any

from keqiao.web.season.numbers import (
    bureau_address,
    credit_code,
    expert_address,
    investigator_address,
    leader_address,
)
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import (
    ASSOCIATION,
    ApplicationDrawn,
    ExpertDrawn,
    Ground,
    Life,
    LogIn,
    UnitDrawn,
)

YEARS_OLD = 9


@dataclass(frozen=True, slots=True)
class Whole:
    """What the stages after the formal check need: ``units`` that apply, ``homes`` of the experts, one each.

    ``rows`` are category and course by the units.
    """

    units: tuple[UnitDrawn, ...] = ()
    homes: tuple[UnitDrawn, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


def draw_whole(ground: Ground, day: date, seed: str) -> Whole:
    """Return the units that go the whole way at a ground, and the bodies in which experts work."""
    said = words("reviewing")
    rows = tuple(
        (row["category"], each) for row in said["contenders"][ground.slug] for each in row["courses"]
    )
    chance = Random(f"{seed}/whole")  # noqa: S311  invented data, not a secret
    moulds = [said["contender"]] * len(rows)
    units = tuple(_unit(ground, day, number, mould, chance) for number, mould in enumerate(moulds))
    homes = zip(range(len(rows), len(rows) + said["experts"]), cycle(said["homes"]), strict=False)
    return Whole(units, tuple(_unit(ground, day, *home, chance) for home in homes), rows)


def whole_applications(
    whole: Whole, leads: Mapping[str, str], turn: int, seed: str
) -> Iterator[ApplicationDrawn]:
    """Yield an application of each unit that goes the whole way; ``turn`` is the first that is free."""
    said = words("endorsing")["titles"]
    titles = Random(f"{seed}/whole/titles").sample(said, len(said))  # noqa: S311  invented data, not a secret
    for number, (unit, (category, course)) in enumerate(zip(whole.units, whole.rows, strict=True)):
        title = f"{titles[number % len(titles)]}{number + 1}"
        yield ApplicationDrawn(
            unit.key, leads[unit.key], title, Life.SUBMITTED, turn + number, category, course=course
        )


def draw_experts(
    whole: Whole, leads: Mapping[str, str], ground: Ground, seed: str
) -> tuple[ExpertDrawn, ...]:
    """Return the experts of a ground: the heads of their bodies."""
    said = words("reviewing")
    chance = Random(f"{seed}/experts")  # noqa: S311  invented data, not a secret
    return tuple(
        ExpertDrawn(
            leads[home.key],
            expert_address(number, ground.slug),
            chance.choice(said["titles"]),
            tuple(chance.sample(said["fields"], 2)),
            relation=(relation := said["ties"].get(number, "")),
            tied=whole.units[number % len(whole.units)].key if relation else "",
        )
        for number, home in enumerate(whole.homes)
    )


def whole_log_ins(
    ground: Ground, experts: tuple[ExpertDrawn, ...], names: Mapping[str, str]
) -> Iterator[LogIn]:
    """Yield the accounts of the leader, of the finance bureau and of the experts, who get their role later."""
    said, slug = words("reviewing")["staff"], ground.slug
    yield LogIn((ASSOCIATION,), leader_address(slug), said["leader"], "leader")
    yield LogIn((ASSOCIATION,), bureau_address(slug), said["treasury"], "finance")
    yield LogIn((ASSOCIATION,), investigator_address(slug), said["investigator"], "officer")
    for expert in experts:
        yield LogIn((), expert.mail, names[expert.person], "expert")


def _unit(ground: Ground, day: date, number: int, mould: Mapping[str, Any], chance: Random) -> UnitDrawn:
    vocabulary = words("reviewing")["words"]
    turn, place = divmod(number, len(vocabulary))
    word = vocabulary[place] + (vocabulary[turn - 1] if turn else "")
    return UnitDrawn(
        key=f"{ground.slug}-w{number}",
        mould=mould["kind"],
        name=mould["name"].format(place=ground.place.name, word=word, mark=words("people")["mark"]),
        kind=mould["kind"],
        area=ground.place,
        registered_on=date(day.year - YEARS_OLD, 1 + number % 12, 1),
        level=ground.level,
        credit_code=credit_code(mould["kind"], chance),
        legal=True,
        account="normal",
        affiliated=ASSOCIATION if mould["kind"] == "society" else "",
    )
