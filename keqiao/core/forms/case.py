"""The case of an application: what is on record of the applicant, and what the form states beside it.

What the registers know goes before what the form says of the same; what neither says stays unknown. A body or person
that was typed and is in no register has an empty id: rules that look something up about it are for a person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from keqiao.core.forms.naming import also_by_role
from keqiao.core.forms.personal import Around, Block, born_on, human_stated
from keqiao.core.forms.stating import Stated
from keqiao.core.rules.evaluators.records import platform_names
from keqiao.core.rules.facts import Answer, Case, Human, Platform, Records, Unit
from keqiao.core.rules.words import Words

PARTNER = "partner"
IN_FULL = "platforms"
"""Beginning of the words in ``Records.kept`` for accounts on outside platforms."""


@dataclass(frozen=True, slots=True)
class Register:
    """What the registers know of everybody whom a form names.

    ``units`` and ``people`` by id; ``unit_ids`` by full name and ``person_ids`` by full name and day of birth, where
    exactly one has it: a name alone is no person. ``areas`` are the names of the areas of a region, the widest first,
    by its code.
    """

    units: Mapping[str, Unit] = field(default_factory=dict)
    people: Mapping[str, Human] = field(default_factory=dict)
    unit_ids: Mapping[str, str] = field(default_factory=dict)
    person_ids: Mapping[tuple[str, date], str] = field(default_factory=dict)
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def unit_of(self, block: Block) -> Unit:
        """The unit that was picked, else the one of that name; one without id where the register has none."""
        name = _name(block)
        return self.units.get(str(block.get("id") or self.unit_ids.get(name))) or Unit("", name)

    def person_of(self, block: Block) -> Human | None:
        """The person who was picked, else the one of that name who was born on the day that is stated."""
        picked = self.people.get(str(block.get("id")))
        born = born_on(block)
        if picked is not None or born is None:
            return picked
        return self.people.get(self.person_ids.get((_name(block), born), ""))


def case_of(case: Case, said: Stated, register: Register, words: Words) -> Case:
    """The case of the applicant with everything that the form states of partners, bodies, people and answers."""
    own = frozenset(words.applicants.applicant)
    said = replace(
        said,
        named=also_by_role(said.named, said.people, words.roles),
        bodies=also_by_role(said.bodies, said.units, words.roles),
    )
    bodies = {**_areas(said, register), **_bodies(said, register), **_known_by_account(said, own)}
    leads = {rule: _lead(block, case.applicant, register) for rule, block in said.leads.items()}
    full = replace(
        case,
        partners=tuple(_partners(case.applicant, said, register)),
        subjects={**case.subjects, **bodies},
        answers={**case.answers, **said.answers, **_places(said, register), **_without_none(leads)},
        cases={**case.cases, **said.cases},
        records=_with_accounts(case, said, bodies, words),
    )
    return replace(full, people={**case.people, **_people(full, said, register, own)})


def not_in_register(case: Case) -> tuple[str, ...]:
    """The names of the partners and bodies in a case of which no register knows anything."""
    typed = [unit.name for unit in (*case.partners, *case.subjects.values()) if not unit.id]
    return tuple(dict.fromkeys(name for name in typed if name))


def _name(block: Block) -> str:
    return str(block.get("name") or "").strip()


def _partners(applicant: Unit, said: Stated, register: Register) -> Iterator[Unit]:
    seen = {("", applicant.name), (applicant.id, "")}
    for unit in map(register.unit_of, said.units.get(PARTNER, ())):
        key = (unit.id, "" if unit.id else unit.name)
        if key not in seen and any(key):
            seen.add(key)
            yield unit


def _bodies(said: Stated, register: Register) -> dict[str, Unit]:
    """The bodies that the call names; of several, what is asked is of each, so that nobody can be put for all."""
    return {word: register.unit_of(blocks[0]) for word, blocks in said.bodies.items() if len(blocks) == 1}


def _areas(said: Stated, register: Register) -> dict[str, Unit]:
    """The region that a rule is about, under its name, as registers keep it."""
    found = ((word, register.areas.get(code, ())) for word, code in said.territories.items())
    return {word: Unit(areas[-1], areas[-1], areas=areas) for word, areas in found if areas}


def _known_by_account(said: Stated, own: frozenset[str]) -> dict[str, Unit]:
    """Bodies of which the form says the number of their account and nothing else (科技志愿服务团队)."""
    others = (each for each in said.accounts if each.subject is not None and each.subject not in own)
    return {each.subject or "": Unit("", each.number) for each in others if each.subject not in said.bodies}


def _places(said: Stated, register: Register) -> Mapping[str, Answer]:
    found = {rule: register.areas.get(code) for rule, code in said.regions.items()}
    return {rule: areas for rule, areas in found.items() if areas}


def _lead(block: Block, applicant: Unit, register: Register) -> str | None:
    """The id of the unit that leads; None where nobody knows which it is."""
    if _name(block) == applicant.name:
        return applicant.id
    return register.unit_of(block).id or None


def _without_none(answers: Mapping[str, str | None]) -> dict[str, Answer]:
    return {key: answer for key, answer in answers.items() if answer is not None}


def _with_accounts(case: Case, said: Stated, bodies: Mapping[str, Unit], words: Words) -> Records:
    """The records with the accounts that the form states. Where all accounts are on record, the form adds none."""
    added = []
    for each in said.accounts:
        names = platform_names(each.platform, words)
        body = bodies.get(each.subject or "", case.applicant)
        if not {IN_FULL, *(f"{IN_FULL}:{name}" for name in names)} & case.records.kept:
            added.append(Platform(body.id or body.name, names[0], number=each.number))
    return replace(case.records, platforms=(*case.records.platforms, *added))


def _people(
    case: Case, said: Stated, register: Register, own: frozenset[str]
) -> Mapping[str, tuple[Human, ...]]:
    units: dict[str | None, str] = {None: case.applicant.id, **dict.fromkeys(own, case.applicant.id)}
    units |= {word: unit.id for word, unit in case.subjects.items() if unit.id}
    around = Around(units, register.areas)
    return {
        role: tuple(
            human_stated(
                register.person_of(block) or Human("", _name(block)),
                block,
                said.about_people.get(role, ()),
                around,
            )
            for block in blocks
        )
        for role, blocks in said.named.items()
    }
