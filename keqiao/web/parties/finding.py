"""Find parties and regions by what people call them, and the areas a party stands in; for the rooms above."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from keqiao.core.identifiers import fold
from keqiao.web.parties.models import Organisation, Party, PartyName, Person, Region
from keqiao.web.parties.periods import on_day

LEVELS_UP = "parent__parent__parent__parent"  # a township stands four levels below the nation
ORGANISATION, PERSON = "organisation", "person"
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


def areas_of(party_ids: Collection[UUID]) -> Mapping[UUID, frozenset[int]]:
    """Return the ids of the regions that each organisation stands in: its own and those above it."""
    placed = Organisation.objects.filter(pk__in=party_ids, region__isnull=False)
    bodies = placed.select_related(f"region__{LEVELS_UP}")
    return {body.pk: frozenset(_upwards(body.region)) for body in bodies}


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
