"""A roll of dated roles: which tie a row means, what importing it does, what the roll holds now."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from keqiao.web.imports.columns import Context, Reference
from keqiao.web.imports.sheet_kinds import ID, Fault, Row, Standing
from keqiao.web.parties.actions import (
    NewTie,
    PersonDetails,
    describe_person,
    end_tie,
    register_person,
    tie,
)
from keqiao.web.parties.finding import identifier_in
from keqiao.web.parties.lookups import AT_ONCE, reference_to
from keqiao.web.parties.models import Organisation, Party, Person, Tie, TieKind
from keqiao.web.parties.periods import reaching
from keqiao.web.parties.permissions import OFFICER
from keqiao.web.parties.queries import local_day, units_tied_to
from keqiao.web.parties.rolls.finding_people import PERSON, Known, known_people, person_meant
from keqiao.web.parties.rolls.finding_units import kept_units
from keqiao.web.parties.rolls.writing_units import SOURCE

MEMBER_UNIT = "member_unit"
"""The key of the column with a unit that is a member, in place of a person."""

ABOUT_PERSON = ("phone", "birth_date")


@dataclass(frozen=True, slots=True)
class RoleRoll:
    """The roll of the ties of some kinds. With several of them a column ``kind`` says which."""

    kinds: tuple[TieKind, ...]

    def kind_of(self, row: Row) -> TieKind:
        """Return the kind of tie that a row is about."""
        return TieKind(row.get("kind", self.kinds[0].value))

    def match(self, rows: Sequence[Row], context: Context) -> dict[int, Standing | Fault]:
        """Return by line the tie that a row means, or why that is not certain; a new one has no entry."""
        ties = self._ties_of(rows, context)
        known = known_people(rows)
        kept = kept_units({UUID(row.values["unit"].id) for row in rows}, context)
        found: dict[int, Standing | Fault] = {}
        for row in rows:
            unit = row.values["unit"]
            is_ours = UUID(unit.id) in kept
            meant = self._meant(row, ties, known) if is_ours else _of_others(unit)
            if isinstance(meant, Tie):
                found[row.number] = Standing(str(meant.pk), self.values_of(meant))
            elif meant is not None:
                found[row.number] = meant
        return found

    def check(self, rows: Sequence[Row], _context: Context) -> Iterable[tuple[int, Fault]]:
        """Yield the rows that name neither a person nor a unit, or both, repeat another, or end before they begin."""
        first: dict[tuple[Any, ...], int] = {}
        for row in rows:
            line = first.setdefault(self._said_of_whom(row), row.number)
            if line != row.number:
                yield row.number, Fault("parties.person_repeated", "name", {"line": line})
            if bool(row.get("name")) == bool(row.get(MEMBER_UNIT)):
                yield row.number, Fault("parties.person_or_unit", "name")
            since, until = row.get("valid_from"), row.get("valid_until")
            if since and until and until < since:
                yield row.number, Fault("parties.ends_before_it_begins", "valid_until")

    def _said_of_whom(self, row: Row) -> tuple[Any, ...]:
        """What tells a row from others of the same unit; namesakes need a number or a phone of their own."""
        member = row.get(MEMBER_UNIT)
        told_by = (row.get("identity_number"), row.get("phone"), row.get(PERSON), row.get("post"))
        return (
            row.values["unit"].id,
            self.kind_of(row),
            row.get("name"),
            member.id if member else "",
            *told_by,
            row.get("valid_from"),
        )

    def apply(self, row: Row, standing: Standing | None, context: Context) -> str:
        """Write the role of a row down, or change its end and what is known of the person; returns the tie's id."""
        if standing is None:
            return self._begin(row, context)
        made = Tie.objects.select_related("party").get(pk=UUID(standing.id))
        if row.get("name"):
            _describe(Person.objects.get(pk=made.party_id), row, context)
        until = row.get("valid_until")
        if until is not None and until != made.valid_until:
            end_tie(made, until, actor=context.actor, role=OFFICER, at=context.at)
        return standing.id

    def export(self, context: Context) -> Iterable[dict[str, Any]]:
        """Yield the roles that hold or are still to come, in the units of the association."""
        units = units_tied_to([context.association_id], context.at) | {context.association_id}
        rows = self._ties().filter(reaching(local_day(context.at)), organisation_id__in=units)
        for made in rows.order_by("organisation__name", "party__name", "pk"):
            yield {ID: str(made.pk), **self.values_of(made), "identity_number": None}

    def values_of(self, made: Tie) -> dict[str, Any]:
        """Return what a tie says by the keys of the columns. Identity numbers stay locked."""
        person = getattr(made.party, "person", None)
        values: dict[str, Any] = {
            "unit": reference_to(made.organisation),
            "kind": made.kind,
            "post": made.post or None,
            "valid_from": made.valid_from,
            "valid_until": made.valid_until,
        }
        if person is None:
            return {**values, MEMBER_UNIT: reference_to(made.party.organisation)}
        about = {"name": person.name, "phone": person.phone or None, "birth_date": person.birth_date}
        return {**values, **about, PERSON: str(person.pk), "identity_number": _number_of(person)}

    def _ties(self) -> Any:
        rows = Tie.objects.filter(kind__in=[kind.value for kind in self.kinds])
        return rows.select_related("organisation__region", "party__person", "party__organisation__region")

    def _ties_of(self, rows: Sequence[Row], context: Context) -> dict[tuple[UUID, UUID], list[Tie]]:
        """The ties in the units of the rows that hold or are to come, by unit and party; and those named by number."""
        units = list({UUID(row.values["unit"].id) for row in rows})
        found: dict[tuple[UUID, UUID], list[Tie]] = defaultdict(list)
        for start in range(0, len(units), AT_ONCE):
            wanted = self._ties().filter(organisation_id__in=units[start : start + AT_ONCE])
            for made in wanted.filter(reaching(local_day(context.at))):
                found[made.organisation_id, made.party_id].append(made)
        return found

    def _meant(
        self, row: Row, ties: Mapping[tuple[UUID, UUID], list[Tie]], known: Known
    ) -> Tie | Fault | None:
        unit = UUID(row.values["unit"].id)
        number = identifier_in(row.get(ID, ""))
        if number is not None:
            here = (made for (organisation, _), rows in ties.items() if organisation == unit for made in rows)
            return next((made for made in here if made.pk == number), None)
        party = _party_meant(row, known, frozenset(pk for organisation, pk in ties if organisation == unit))
        if party is None or isinstance(party, Fault):
            return party
        same = [made for made in ties.get((unit, party), ()) if self._is_same(made, row)]
        since = row.get("valid_from")
        exact = [made for made in same if since in (None, made.valid_from)]
        if same and not exact:
            return Fault("parties.role_overlaps", "valid_from", {"since": same[0].valid_from.isoformat()})
        return exact[0] if exact else None

    def _is_same(self, made: Tie, row: Row) -> bool:
        return made.kind == self.kind_of(row).value and made.post == row.get("post", made.post)

    def _begin(self, row: Row, context: Context) -> str:
        unit = Organisation.objects.get(pk=UUID(row.values["unit"].id))
        wanted = NewTie(
            party=_party(row, unit, self.kind_of(row), context),
            organisation=unit,
            kind=self.kind_of(row),
            valid_from=row.get("valid_from", local_day(context.at)),
            source=SOURCE,
            post=row.get("post", ""),
            valid_until=row.get("valid_until"),
        )
        return str(tie(wanted, actor=context.actor, role=OFFICER, at=context.at).pk)


def _of_others(unit: Reference) -> Fault:
    return Fault("parties.unit_of_others", "unit", {"name": unit.name})


def functions_of(roll: RoleRoll) -> dict[str, Callable[..., Any]]:
    """Return what a kind of sheet asks of a roll."""
    return {"match": roll.match, "check": roll.check, "apply": roll.apply, "export": roll.export}


def _party_meant(row: Row, known: Known, at_home: frozenset[UUID]) -> UUID | Fault | None:
    if row.get(MEMBER_UNIT):
        return UUID(row.values[MEMBER_UNIT].id)
    if not row.get("name"):
        return None
    meant = person_meant(row, known, at_home)
    return meant.pk if isinstance(meant, Person) else meant


def _party(row: Row, unit: Organisation, kind: TieKind, context: Context) -> Party:
    """The member unit or the person of a new row; a person who is not known yet is registered."""
    if row.get(MEMBER_UNIT):
        return Party.objects.get(pk=UUID(row.values[MEMBER_UNIT].id))
    at_home = Tie.objects.filter(organisation=unit, kind=kind.value).values_list("party_id", flat=True)
    person = person_meant(row, known_people([row]), frozenset(at_home))
    if isinstance(person, Person):
        _describe(person, row, context)
        return person
    wanted = PersonDetails(
        row.values["name"], row.get("birth_date"), row.get("phone", ""), row.get("identity_number")
    )
    return register_person(wanted, actor=context.actor, role=OFFICER, at=context.at)


def _describe(person: Person, row: Row, context: Context) -> None:
    """Save what the row knows otherwise of a person; what it does not say stays."""
    number = row.get("identity_number")
    is_new_number = number is not None and number != _number_of(person)
    if not is_new_number and all(row.get(key) in (None, getattr(person, key)) for key in ABOUT_PERSON):
        return
    born: date | None = row.get("birth_date", None if is_new_number else person.birth_date)
    wanted = PersonDetails(
        person.name, born, row.get("phone", person.phone), number if is_new_number else None
    )
    describe_person(person, wanted, actor=context.actor, role=OFFICER, at=context.at)


def _number_of(person: Person) -> str | None:
    """The number itself, to be compared with the row's; it leaves the importer neither in a page nor in a file."""
    return person.identity_number.plain() if person.identity_number else None
