"""Which person a row means: by number in the system, by identity number, else by name with phone; a name alone never
tells namesakes apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from keqiao.web.imports.columns import Reference
from keqiao.web.imports.sheet_kinds import NEW, Fault, Row
from keqiao.web.parties.finding import identifier_in
from keqiao.web.parties.lookups import AT_ONCE
from keqiao.web.parties.models import Person

PERSON = "person"
"""The key of the column that names a person by the number in the system."""

IDENTITY = Person._meta.get_field("identity_key")


@dataclass(frozen=True, slots=True)
class Known:
    """The people whom the rows of a table may mean."""

    by_id: Mapping[UUID, Person]
    by_name: Mapping[str, Sequence[Person]]
    by_key: Mapping[str, Person]


def known_people(rows: Iterable[Row]) -> Known:
    """Return the people whom ``rows`` may mean: one query for each 500 rows."""
    wanted = [row for row in rows if row.get("name")]
    people: dict[UUID, Person] = {}
    for start in range(0, len(wanted), AT_ONCE):
        piece = wanted[start : start + AT_ONCE]
        names = {row.values["name"] for row in piece}
        keys = {key_of(row) for row in piece} - {None}
        ids = {identifier_in(row.get(PERSON, "")) for row in piece} - {None}
        found = Person.objects.filter(Q(name__in=names) | Q(identity_key__in=keys) | Q(pk__in=ids))
        people |= {person.pk: person for person in found.filter(merged_into__isnull=True)}
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people.values():
        by_name[person.name].append(person)
    return Known(people, by_name, {each.identity_key: each for each in people.values() if each.identity_key})


def key_of(row: Row) -> str | None:
    """Return the digest of the identity number of a row, to search with."""
    number = row.get("identity_number")
    return IDENTITY.digest_of(number) if number else None  # type: ignore[union-attr]


def person_meant(row: Row, known: Known, at_home: frozenset[UUID]) -> Person | Fault | None:
    """Return the person a row means, a fault where that is not certain, or None for a new one.

    ``at_home`` are the ids of people who stand in this roll of this unit already.
    """
    number = row.get(PERSON)
    if number and number != NEW:
        chosen = known.by_id.get(identifier_in(number))  # type: ignore[arg-type]
        return chosen or Fault("table.unknown_id", PERSON, {"value": number})
    holder = known.by_key.get(key_of(row) or "")
    if holder is not None:
        return _holder(row, holder)
    candidates = [each for each in known.by_name.get(row.values["name"], ()) if _may_be(row, each)]
    certain = [each for each in candidates if each.pk in at_home or _same_phone(row, each)]
    if len(certain) == 1:
        return certain[0]
    if number == NEW or not candidates:
        return None
    choices = tuple(Reference(str(each.pk), each.name, str(each.pk), _told_by(each)) for each in candidates)
    return Fault("parties.several_people", PERSON, {"count": len(candidates)}, choices=choices)


def _holder(row: Row, holder: Person) -> Person | Fault:
    if holder.name == row.values["name"]:
        return holder
    return Fault("parties.identity_of_another", "identity_number", {"name": holder.name})


def _may_be(row: Row, person: Person) -> bool:
    """Could it be this namesake? Not if both have an identity number, and not if both have a phone that differs."""
    if row.get("identity_number") and person.identity_key:
        return False
    return not (row.get("phone") and person.phone and row.get("phone") != person.phone)


def _same_phone(row: Row, person: Person) -> bool:
    return bool(person.phone) and row.get("phone") == person.phone


def _told_by(person: Person) -> str:
    """What tells namesakes apart: the year of birth and the end of the phone number."""
    born: Any = person.birth_date.year if person.birth_date else ""
    return " ".join(filter(None, (f"{born}", f"…{person.phone[-4:]}" if person.phone else "")))
