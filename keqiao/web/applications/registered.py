"""Whom a form names, as the registers know them: picked from a register, else the only unit of that full name, the
only person of that name and day of birth.

Names are looked up so that nobody gets round a limit or a debarment by typing instead of picking. One that no register
has, or that several have, stays a name: what rules ask of it is for a person. A name alone is no person: where it
leaves a doubt, somebody looks.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from keqiao.core.forms.case import PARTNER, Register
from keqiao.core.forms.personal import born_on
from keqiao.core.forms.stating import Stated
from keqiao.core.rules.facts import Case
from keqiao.web.parties.facts import areas_on, humans_on, units_on
from keqiao.web.parties.finding import (
    Born,
    birth_dates_of,
    organisations_named,
    people_born,
    regions_with_codes,
)
from keqiao.web.registers.queries.records import records_of_regions, records_on, together
from keqiao.web.scope import crossing

WHY = "whoever is named in an application is looked up, so that limits and debarments find them"
BESIDE = (PARTNER, "host")
"""Roles of the units that rules ask about beside the applicant."""
Blocks = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Named:
    """Names that belong to exactly one body, names with days of birth that belong to one person, with the ids."""

    units: Mapping[str, UUID]
    people: Mapping[Born, UUID]


def named_in(said: Stated, day: date) -> Named:
    """Look up the names that were typed and not picked; nothing is asked where there are none."""
    born = (_born(block) for block in _people(said) if _id(block) is None)
    with crossing(WHY):
        return Named(
            organisations_named(_typed(_units(said)), day), people_born({each for each in born if each}, day)
        )


def ids_of(blocks: Blocks, names: Mapping[str, UUID]) -> list[UUID]:
    """Return the ids in blocks: those picked, else those of their names. What somebody made up is left out."""
    return _without_none(_id(block) or names.get(_name(block)) for block in blocks)


def person_ids_of(blocks: Blocks, people: Mapping[Born, UUID]) -> list[UUID]:
    """Return the ids in blocks about people: those picked, else those of name and day of birth."""
    keys = ((_id(block), _born(block)) for block in blocks)
    return _without_none(pk or (people.get(born) if born else None) for pk, born in keys)


def unsure_people(said: Stated, unit_id: UUID, day: date) -> tuple[str, ...]:
    """Return the names that were typed of which nobody can say whether they are the unit's people of that name.

    Somebody of the unit is called so, and a day of birth is not known on one side, or several share it.
    """
    typed = [(_name(block), _born(block)) for block in _people(said) if _id(block) is None and _name(block)]
    if not typed:
        return ()
    with crossing(WHY):
        known = birth_dates_of({name for name, _stated in typed}, unit_id, day)
        sure = people_born({born for _name, born in typed if born and born[0] in known}, day)
    unsure = (
        name for name, born in typed if name in known and born not in sure and _may_be_one(born, known[name])
    )
    return tuple(dict.fromkeys(unsure))


def _may_be_one(born: Born | None, known: frozenset[date | None]) -> bool:
    return born is None or bool({None, born[1]} & known)


def register_of(case: Case, said: Stated, named: Named) -> Register:
    """Return what the registers know of everybody in a form."""
    units = units_on(case.on, ids_of(_units(said), named.units))
    people = humans_on(case.on, person_ids_of(_people(said), named.people))
    return Register(
        units={str(pk): unit for pk, unit in units.items()},
        people={str(pk): human for pk, human in people.items()},
        unit_ids={name: str(pk) for name, pk in named.units.items()},
        person_ids={born: str(pk) for born, pk in named.people.items()},
        areas=areas_on(case.on, said.codes) if said.codes else {},
    )


def with_records(case: Case, association_id: UUID, register: Register, said: Stated) -> Case:
    """Return the case with all that the association of the call has on record of those whom the form names."""
    parties = [UUID(pk) for pk in (*register.units, *register.people)]
    regions = regions_with_codes(frozenset(said.territories.values()), case.on)
    codes = frozenset[int]().union(*regions.values())
    of_parties = records_on(case.on, parties, [association_id]) if parties else {}
    of_regions = records_of_regions(case.on, codes, [association_id])
    records = together([case.records, *of_parties.values(), *of_regions.values()])
    return replace(case, records=records)


def _units(said: Stated) -> list[Mapping[str, Any]]:
    beside = (block for role in BESIDE for block in said.units.get(role, ()))
    return [*beside, *_all(said.bodies), *said.leads.values()]


def _people(said: Stated) -> list[Mapping[str, Any]]:
    return [*_all(said.people), *_all(said.named)]


def _born(block: Mapping[str, Any]) -> Born | None:
    born = born_on(block)
    return (_name(block), born) if born and _name(block) else None


def _without_none(ids: Iterable[UUID | None]) -> list[UUID]:
    return list(dict.fromkeys(pk for pk in ids if pk is not None))


def _all(groups: Mapping[str, tuple[Mapping[str, Any], ...]]) -> Iterator[Mapping[str, Any]]:
    return (block for blocks in groups.values() for block in blocks)


def _typed(blocks: Blocks) -> frozenset[str]:
    return frozenset(_name(block) for block in blocks if _id(block) is None) - {""}


def _name(block: Mapping[str, Any]) -> str:
    return str(block.get("name") or "").strip()


def _id(block: Mapping[str, Any]) -> UUID | None:
    try:
        return UUID(str(block.get("id")))
    except ValueError:
        return None
