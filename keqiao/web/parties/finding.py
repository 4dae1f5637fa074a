"""Find parties and regions by what people call them, and the areas a party stands in; for the rooms above."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from keqiao.core.identifiers import fold
from keqiao.web.parties.models import NameKind, Organisation, Party, PartyName, Person, Region, Tie, TieKind
from keqiao.web.parties.periods import on_day

LEVELS_UP = "parent__parent__parent__parent"  # a township stands four levels below the nation
ORGANISATION, PERSON = "organisation", "person"
Born = tuple[str, date]
"""A name and a day of birth."""
MOST = 10  # candidates that are worth showing


def parties_called(words: str, kind: str = "") -> list[Party]:
    """Return the parties (at most ten) that have just this name, now or formerly, credit code or id.

    Names are the same in their compared form (``folded``): width, blanks and kinds of brackets do not matter. Unlike
    ``names.match_organisations``, nothing else is: no other place before it, and a former name counts as the full one.
    ``kind`` narrows to organisations or to people. One that was merged away gives the one that is kept.
    """
    words = words.strip()
    wanted = Q(pk__in=PartyName.objects.filter(folded=fold(words)).exclude(folded="").values("party_id")) | Q(
        name=words
    )
    wanted |= Q(pk__in=Organisation.objects.filter(credit_code__iexact=words).values("pk"))
    if (identifier := identifier_in(words)) is not None:
        wanted |= Q(pk=identifier)
    tables = {ORGANISATION: Organisation, PERSON: Person}
    rows = Party.objects.filter(wanted)
    if kind:
        rows = rows.filter(pk__in=tables[kind].objects.values("pk"))
    found = rows.select_related("merged_into").order_by("name", "pk")[:MOST]
    return list({(party.merged_into or party).pk: party.merged_into or party for party in found}.values())


def party_with_id(pk: UUID) -> Party | None:
    """Return the party with this id, or nothing; of one that was merged away, the one that is kept."""
    party = Party.objects.select_related("merged_into").filter(pk=pk).first()
    return (party.merged_into or party) if party else None


def regions_called(words: str, day: date) -> list[Region]:
    """Return the regions (at most ten) of this name or code on ``day``, the highest first."""
    words = words.strip()
    return list(Region.objects.filter(on_day(day), Q(name=words) | Q(code=words)).order_by("code")[:MOST])


def names_of(party_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the names of parties by id."""
    return dict(Party.objects.filter(pk__in=party_ids).values_list("pk", "name"))


def people_in(unit_id: UUID) -> Mapping[str, UUID]:
    """Return the people that were ever tied to a unit: their ids by name, of those of one name the last."""
    tied = Person.objects.filter(ties__organisation_id=unit_id).order_by("pk")
    return dict(tied.values_list("name", "pk"))


def organisations_named(names: Collection[str], day: date) -> Mapping[str, UUID]:
    """Return of each of these names the one organisation whose full name it is on ``day``.

    Names are compared as in ``parties_called``. One that nobody has, or more than one, is left out.
    """
    folded = {name: fold(name) for name in names if name.strip()}
    if not folded:
        return {}
    bodies = Organisation.objects.filter(merged_into__isnull=True).values("pk")
    rows = PartyName.objects.filter(
        on_day(day), kind=NameKind.FULL, folded__in=set(folded.values()) - {""}, party_id__in=bodies
    )
    return _the_only_ones(folded, rows.values_list("folded", "party_id"))


def people_named(names: Collection[str], unit_id: UUID, day: date) -> Mapping[str, UUID]:
    """Return of each of these names the one person of that name tied to a unit on ``day``; others are left out."""
    folded = {name: fold(name) for name in names if name.strip()}
    if not folded:
        return {}
    tied = Tie.objects.filter(on_day(day), organisation_id=unit_id).values("party_id")
    rows = Person.objects.filter(pk__in=tied, merged_into__isnull=True)
    return _the_only_ones(folded, ((fold(name), pk) for name, pk in rows.values_list("name", "pk")))


def people_born(wanted: Collection[Born], day: date) -> Mapping[Born, UUID]:
    """Return of each name and day of birth the one person who was born then and has that name on ``day``.

    Names are compared as in ``parties_called``. A pair that nobody has, or more than one, is left out.
    """
    folded = {(name, born): (fold(name), born) for name, born in wanted}
    rows = _bearers({name for name, _born in wanted}, day).filter(
        party__person__birth_date__in={born for _name, born in wanted}
    )
    found: dict[Born, set[UUID]] = {}
    for name, born, pk in rows.values_list("folded", "party__person__birth_date", "party_id"):
        found.setdefault((name, born), set()).add(pk)
    alone = {key: next(iter(pks)) for key, pks in found.items() if len(pks) == 1}
    return {typed: alone[key] for typed, key in folded.items() if key in alone}


def birth_dates_of(names: Collection[str], unit_id: UUID, day: date) -> Mapping[str, frozenset[date | None]]:
    """Return for each name when the people tied to a unit on ``day`` were born who have it; None: nobody knows.

    A name that nobody of the unit has is left out.
    """
    tied = Tie.objects.filter(on_day(day), organisation_id=unit_id).values("party_id")
    rows = _bearers(names, day).filter(party_id__in=tied)
    found: dict[str, set[date | None]] = {}
    for name, born in rows.values_list("folded", "party__person__birth_date"):
        found.setdefault(name, set()).add(born)
    return {name: frozenset(found[fold(name)]) for name in names if fold(name) in found}


def _bearers(names: Collection[str], day: date) -> QuerySet[PartyName]:
    """The names in force on ``day`` that are the same as one of these, of people who are not merged away."""
    return PartyName.objects.filter(
        on_day(day),
        kind=NameKind.FULL,
        folded__in={fold(name) for name in names} - {""},
        party__person__isnull=False,
        party__merged_into__isnull=True,
    )


def people_meant(words: str) -> list[Person]:
    """Return the people (at most ten) who have just this name, now or formerly, mobile number or identity number."""
    words = words.strip()
    named = PartyName.objects.filter(folded=fold(words)).exclude(folded="").values("party_id")
    number: Any = Person._meta.get_field("identity_key")
    wanted = Q(pk__in=named) | Q(phone=words) | Q(identity_key=number.digest_of(words))
    rows = Person.objects.filter(wanted, merged_into__isnull=True).exclude(name="")
    return list(rows.order_by("name", "pk")[:MOST]) if words else []


def person_known(pk: UUID) -> Person | None:
    """Return the person with this id, or nothing."""
    return Person.objects.filter(pk=pk).first()


def legal_representative_of(unit_id: UUID, day: date) -> str:
    """Return the name of the one legal representative of a unit on ``day``; empty where none is known."""
    kind = TieKind.LEGAL_REPRESENTATIVE.value
    ties = Tie.objects.filter(on_day(day), organisation_id=unit_id, kind=kind)
    names = list(ties.values_list("party__name", flat=True)[:2])
    return names[0] if len(names) == 1 else ""


def _the_only_ones(folded: Mapping[str, str], rows: Iterable[tuple[str, UUID]]) -> Mapping[str, UUID]:
    bearers: dict[str, set[UUID]] = {}
    for name, pk in rows:
        bearers.setdefault(name, set()).add(pk)
    return {
        name: next(iter(found))
        for name, word in folded.items()
        if len(found := bearers.get(word, set())) == 1
    }


def areas_of(party_ids: Collection[UUID]) -> Mapping[UUID, frozenset[int]]:
    """Return the ids of the regions that each organisation stands in: its own and those above it."""
    placed = Organisation.objects.filter(pk__in=party_ids, region__isnull=False)
    bodies = placed.select_related(f"region__{LEVELS_UP}")
    return {body.pk: frozenset(_upwards(body.region)) for body in bodies}


def regions_with_codes(codes: Collection[str], day: date) -> Mapping[str, frozenset[int]]:
    """Return of each region code on ``day`` the ids of the region and of those above it."""
    regions = Region.objects.filter(on_day(day), code__in=codes).select_related(LEVELS_UP)
    return {region.code: frozenset(_upwards(region)) for region in regions} if codes else {}


def with_name(word: str, to: str = "party") -> Q:
    """Return what picks rows whose party (over the relation ``to``) is called so, in part, now or formerly, or has
    this credit code.
    """
    bearers = PartyName.objects.filter(text__icontains=word).values("party_id")
    coded = Organisation.objects.filter(credit_code__iexact=word).values("pk")
    return Q(**{f"{to}__name__icontains": word}) | Q(**{f"{to}__in": bearers}) | Q(**{f"{to}__in": coded})


def _upwards(region: Region | None) -> Iterator[int]:
    while region is not None:
        yield region.pk
        region = region.parent if region.parent_id else None


def identifier_in(words: str) -> UUID | None:
    """Return the id that words are, or nothing."""
    try:
        return UUID(words)
    except ValueError:
        return None


def people_known(ids: Collection[UUID]) -> frozenset[UUID]:
    """Return those of the ids that are people of the register."""
    return frozenset(Person.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else frozenset()
