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
class Contending:
    """An application that goes the whole way: of which unit (by key), where, how experts find it, who joins.

    ``leads``: it is a pilot, into which the one of the unit goes that is ``marked``.
    """

    unit: str
    category: str
    course: str
    partner: str = ""
    marked: bool = False
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """What the stages after the formal check need: ``units`` that apply, ``homes`` of the experts, one each.

    ``rows`` are the applications; units that apply for one each come first.
    """

    units: tuple[UnitDrawn, ...] = ()
    homes: tuple[UnitDrawn, ...] = ()
    rows: tuple[Contending, ...] = ()


def draw_whole(ground: Ground, units: int, day: date, seed: str) -> Whole:
    """Return the units that go the whole way at a ground, and the bodies in which experts work.

    ``units`` is the size of the world: some go that way only in a large one.
    """
    said = words("reviewing")
    rows = [
        (row["category"], each)
        for row in said["contenders"][ground.slug]
        for each in row["courses"]
        if row.get("units", 0) <= units
    ]
    pilots = [each for each in said["pilots"].get(ground.slug, ()) if each["units"] <= units]
    chance = Random(f"{seed}/whole")  # noqa: S311  invented data, not a secret
    single = [_unit(ground, day, number, said["contender"], chance) for number in range(len(rows))]
    homes = zip(range(len(rows), len(rows) + said["experts"]), cycle(said["homes"]), strict=False)
    bodies = tuple(_unit(ground, day, *home, chance) for home in homes)
    cities = [_city(ground, day, each["area"], chance) for each in pilots]
    contending = [
        Contending(unit.key, category, course) for unit, (category, course) in zip(single, rows, strict=True)
    ]
    for city, pilot in zip(cities, pilots, strict=True):
        contending += _piloting(city, pilot, single[0].key)
    return Whole((*single, *cities), bodies, tuple(contending))


def _piloting(city: UnitDrawn, pilot: Mapping[str, Any], partner: str) -> Iterator[Contending]:
    """What a city files: what goes into the pilot, and the pilot last."""
    for each in pilot["children"]:
        joins = partner if each.get("joint") else ""
        yield Contending(city.key, each["category"], each["course"], joins, marked=each.get("marked", False))
    yield Contending(city.key, pilot["category"], pilot["course"], leads=True)


def whole_applications(
    whole: Whole, leads: Mapping[str, str], turn: int, seed: str
) -> Iterator[ApplicationDrawn]:
    """Yield an application of each unit that goes the whole way; ``turn`` is the first that is free."""
    said = words("endorsing")["titles"]
    titles = Random(f"{seed}/whole/titles").sample(said, len(said))  # noqa: S311  invented data, not a secret
    marked = {row.unit: row.category for row in whole.rows if row.marked}
    for number, row in enumerate(whole.rows):
        yield ApplicationDrawn(
            row.unit,
            leads[row.unit],
            f"{titles[number % len(titles)]}{number + 1}",
            Life.SUBMITTED,
            turn + number,
            row.category,
            partner=row.partner,
            course=row.course,
            marks=marked.get(row.unit, "") if row.leads else "",
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


def _city(ground: Ground, day: date, area: int, chance: Random) -> UnitDrawn:
    """The association of an area, which applies for a pilot."""
    mould, here = words("reviewing")["city"], ground.below[area]
    return UnitDrawn(
        key=f"{ground.slug}-c{area}",
        mould=mould["kind"],
        name=mould["name"].format(below=here.name, mark=words("people")["mark"]),
        kind=mould["kind"],
        area=here,
        registered_on=date(day.year - YEARS_OLD, 1 + area % 12, 1),
        level=ground.level_below,
        credit_code=credit_code(mould["kind"], chance),
        legal=True,
        account="normal",
        affiliated=ASSOCIATION,
    )


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
