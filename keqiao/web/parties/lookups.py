"""What words in tables mean: regions, organisations, people, for the columns of every importable sheet."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.web.imports.columns import Context, Lookup, Reference
from keqiao.web.parties.finding import identifier_in
from keqiao.web.parties.models import Organisation, Person, Region, RegionLevel
from keqiao.web.parties.names import match_organisations
from keqiao.web.parties.periods import on_day
from keqiao.web.parties.permissions import Viewer
from keqiao.web.parties.queries import associations_kept_by, local_day

AT_ONCE = 500
"""Values given to one query."""

References = Mapping[str, Collection[Reference]]


def officers_associations(viewer: Viewer, at: datetime) -> dict[UUID, str]:
    """Return the associations that ``viewer`` is an officer of, by id and name."""
    return {each.pk: each.site_name for each in associations_kept_by(viewer, at)}


def find_regions(words: Collection[str], context: Context) -> References:
    """Return the regions in force that each word means: by code, by name, or by name behind those above it.

    ``金水区`` may mean one of several, ``郑州市金水区`` and ``河南省郑州市金水区`` say which.
    """
    rows = Region.objects.filter(on_day(local_day(context.at)))
    by_id = {row.pk: row for row in rows.only("code", "name", "level", "parent_id")}
    found: dict[str, list[Reference]] = defaultdict(list)
    for row in by_id.values():
        above = _names_above(by_id, row)
        meant = {row.code, row.name, *("".join([*above[start:], row.name]) for start in range(len(above)))}
        for word in meant & set(words):
            found[word].append(Reference(str(row.pk), row.name, row.code, "".join(above)))
    return found


def region_reference(region: Region) -> Reference:
    """Return a region as tables name it."""
    return Reference(str(region.pk), region.name, region.code)


def _names_above(by_id: Mapping[int, Region], row: Region) -> list[str]:
    """The names of the regions above, the highest first; nobody writes the nation before a place."""
    names: list[str] = []
    above = by_id.get(row.parent_id or 0)
    while above is not None and above.level != RegionLevel.NATION:
        names.insert(0, above.name)
        above = by_id.get(above.parent_id or 0)
    return names


def find_organisations(words: Collection[str], context: Context) -> References:
    """Return the organisations that each word means: by id, by credit code, else by full, short or former name."""
    named = match_organisations([word for word in words if not identifier_in(word)], local_day(context.at))
    ids = {pk for match in named.values() for pk in match.found}
    ids |= {identifier for word in words if (identifier := identifier_in(word))}
    by_id = _organisations(ids)
    found: dict[str, list[Reference]] = {}
    for word in words:
        identifier = identifier_in(word)
        meant = named[word].found if identifier is None else (identifier,)
        found[word] = [reference_to(by_id[pk]) for pk in meant if pk in by_id]
    return found


def _organisations(ids: Iterable[UUID]) -> dict[UUID, Organisation]:
    wanted = list(ids)
    rows: dict[UUID, Organisation] = {}
    for start in range(0, len(wanted), AT_ONCE):
        piece = wanted[start : start + AT_ONCE]
        found = Organisation.objects.filter(pk__in=piece, merged_into__isnull=True)
        rows |= {row.pk: row for row in found.select_related("region")}
    return rows


def reference_to(organisation: Organisation) -> Reference:
    """Return an organisation as tables name it; its region must be there without a query."""
    kind = organisation_kinds().get(organisation.kind)
    label = kind.label(get_language() or "zh-hans") if kind else ""
    region = organisation.region.name if organisation.region else ""
    more = "，".join(filter(None, (organisation.credit_code, label, region)))
    return Reference(
        str(organisation.pk), organisation.name, organisation.credit_code or str(organisation.pk), more
    )


def find_people(words: Collection[str], _context: Context) -> References:
    """Return the people that each word means: by id or by name; namesakes are told apart by the last digits of
    their phone.
    """
    identifiers = [identifier for word in words if (identifier := identifier_in(word))]
    wanted = Q(pk__in=identifiers) | Q(name__in=list(words))
    found: dict[str, list[Reference]] = defaultdict(list)
    for person in Person.objects.filter(wanted, merged_into__isnull=True):
        reference = Reference(str(person.pk), person.name, str(person.pk), person.phone[-4:])
        for word in {person.name, str(person.pk)} & set(words):
            found[word].append(reference)
    return found


REGION = Lookup(find_regions)
ORGANISATION = Lookup(find_organisations)
PERSON = Lookup(find_people)
