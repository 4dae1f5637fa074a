"""Draws units from the moulds of ``keqiao/data/season/units.yaml``."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any

from keqiao.web.season.numbers import credit_code
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import ASSOCIATION, Flaw, Ground, UnitDrawn

OLDEST, YOUNGEST = 25, 6
"""Years since a unit was registered."""

FLAWED: Mapping[Flaw, Callable[[UnitDrawn], UnitDrawn]] = {
    Flaw.ACCOUNT_FROZEN: lambda unit: replace(unit, account="frozen"),
    Flaw.ACCOUNT_UNKNOWN: lambda unit: replace(unit, account=""),
    Flaw.LEGAL_UNKNOWN: lambda unit: replace(unit, legal=None),
    Flaw.LEVEL_UNKNOWN: lambda unit: replace(unit, level=""),
    Flaw.AFFILIATION_UNKNOWN: lambda unit: replace(unit, affiliated=""),
    Flaw.HOST_UNKNOWN: lambda unit: replace(unit, host=""),
    Flaw.SUPERVISOR_UNKNOWN: lambda unit: replace(unit, supervisor=""),
}
"""What a flaw changes in the unit itself; the others stand in the registers."""


@dataclass
class _Drawn:
    """What has been drawn so far, for whatever looks back: hosts, names that are taken.

    ``subjects`` and ``words`` stand in the order in which this seed names units by them.
    """

    ground: Ground
    day: date
    subjects: list[str]
    words: list[str]
    units: list[UnitDrawn] = field(default_factory=list)

    def of(self, mould: str) -> list[UnitDrawn]:
        return [unit for unit in self.units if unit.mould == mould]


def draw_units(ground: Ground, size: int, day: date, seed: str) -> tuple[UnitDrawn, ...]:
    """Return ``size`` units; the first ones are of every mould, as often as it says."""
    drawn = _Drawn(ground, day, _shuffled("subjects", seed), _shuffled("words", seed))
    moulds = _moulds(Random(f"{seed}/moulds"))  # noqa: S311  invented data, not a secret
    for number in range(size):
        mould = next(moulds)
        chance = Random(f"{seed}/{number}")  # noqa: S311  invented data, not a secret
        drawn.units.append(_unit(mould, number, drawn, chance))
    return tuple(drawn.units)


def _shuffled(name: str, seed: str) -> list[str]:
    said: list[str] = words("units")[name]
    return Random(f"{seed}/{name}").sample(said, len(said))  # noqa: S311  invented data, not a secret


def _moulds(chance: Random) -> Iterator[str]:
    moulds = words("units")["moulds"]
    for name, mould in moulds.items():
        yield from [name] * mould["first"]
    weights = [mould["weight"] for mould in moulds.values()]
    while True:
        yield chance.choices(list(moulds), weights)[0]


def _unit(name: str, number: int, drawn: _Drawn, chance: Random) -> UnitDrawn:
    mould = words("units")["moulds"][name]
    ground, nth = drawn.ground, len(drawn.of(name))
    below = ground.below[nth % len(ground.below)]
    unit = UnitDrawn(
        key=f"{ground.slug}-{number}",
        mould=name,
        name=_name(mould, nth, drawn, below.name),
        kind=mould["kind"],
        area=below if mould.get("at") == "below" else ground.place,
        registered_on=_some_day(drawn.day, chance),
        level={"own": ground.level, "below": ground.level_below}.get(
            mould.get("level"), mould.get("level", "")
        ),
        credit_code=credit_code(mould["kind"], chance) if mould.get("legal") else "",
        legal=mould.get("legal"),
        account=mould.get("account", ""),
        traits={trait: said[nth % len(said)] for trait, said in mould.get("traits", {}).items()},
        affiliated=_affiliated(mould, nth, drawn),
        host=_nth_key(mould.get("host"), nth, drawn),
        supervisor=_nth_key(mould.get("supervisor"), nth, drawn),
        recommender=_nth_key("county_association", nth, drawn) if mould.get("at") == "below" else "",
    )
    return _flawed(unit, _flaw(mould, nth))


def _flaw(mould: Mapping[str, Any], nth: int) -> Flaw:
    """The first of a mould is sound, then each flaw has its turn; after them every other one is sound."""
    flaws = [Flaw(flaw) for flaw in mould.get("flaws", ())]
    if nth == 0 or not flaws:
        return Flaw.NONE
    if nth <= len(flaws):
        return flaws[nth - 1]
    return flaws[nth // 2 % len(flaws)] if nth % 2 else Flaw.NONE


def _flawed(unit: UnitDrawn, flaw: Flaw) -> UnitDrawn:
    change = FLAWED.get(flaw)
    return replace(change(unit) if change else unit, flaw=flaw)


def _affiliated(mould: Mapping[str, Any], nth: int, drawn: _Drawn) -> str:
    said = mould.get("affiliated")
    return ASSOCIATION if said is True else _nth_key(said, nth, drawn)


def _nth_key(mould: str | None, nth: int, drawn: _Drawn) -> str:
    found = drawn.of(mould) if mould else []
    return found[nth % len(found)].key if found else ""


def _name(mould: Mapping[str, Any], nth: int, drawn: _Drawn, below: str) -> str:
    """A name nobody bears yet; every one ends in the mark that says that it is invented."""
    mark = words("people")["mark"]
    hosts = drawn.of(mould["host"]) if "host" in mould else []
    values = {
        "place": drawn.ground.place.name,
        "below": below,
        "subject": _nth_word(drawn.subjects, nth, drawn),
        "word": _nth_word(drawn.words, nth, drawn),
        "host": hosts[nth % len(hosts)].name.removesuffix(mark) if hosts else "",
    }
    plain = mould["name"].format(**values)
    taken = {unit.name for unit in drawn.units}
    name, copy = f"{plain}{mark}", 1
    while name in taken:
        copy += 1
        name = f"{plain}第{copy}分会{mark}"
    return name


def _nth_word(vocabulary: list[str], nth: int, drawn: _Drawn) -> str:
    """The n-th word; once all are used, two of them together."""
    turn, place = divmod(nth, len(vocabulary))
    return (drawn.words[(turn - 1) % len(drawn.words)] if turn else "") + vocabulary[place]


def _some_day(day: date, chance: Random) -> date:
    return date(day.year - chance.randint(YOUNGEST, OLDEST), chance.randint(1, 12), chance.randint(1, 28))
