"""The bodies round a unit: who recommended it, the associations of the places it sits in, its host, its treasury."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from keqiao.web.parties.models import Organisation, Region, RegionLevel, Tie, TieKind
from keqiao.web.parties.periods import on_day

BY_TIE = {
    TieKind.RECOMMENDER.value: "recommenders",
    TieKind.HOST.value: "hosts",
    TieKind.SUPERVISOR.value: "supervisors",
}
BY_LEVEL = {
    RegionLevel.COUNTY.value: "county_associations",
    RegionLevel.PREFECTURE.value: "city_associations",
    RegionLevel.PROVINCE.value: "province_associations",
}
ASSOCIATION = "association"
GOVERNMENT_BODY = "government_body"
ABOVE = "parent__parent__parent__parent"


def bodies_round(unit_id: UUID, day: date, finance_names: Collection[str]) -> Mapping[str, tuple[UUID, ...]]:
    """Return the ids of the bodies round a unit on ``day``, each list whole.

    ``recommenders``, ``hosts``, ``supervisors`` by their ties; ``county_associations``, ``city_associations`` and
    ``province_associations`` of the regions in which it sits; ``finance_bureaus`` of its own region and level. A body
    whose name ends in one of ``finance_names`` is one.
    """
    unit = Organisation.objects.select_related(f"region__{ABOVE}").get(pk=unit_id)
    found: dict[str, list[UUID]] = {}
    ties = Tie.objects.filter(on_day(day), party_id=unit_id, kind__in=BY_TIE).order_by("valid_from", "pk")
    for kind, body in ties.values_list("kind", "organisation_id"):
        found.setdefault(BY_TIE[kind], []).append(body)
    codes = [region.code for region in _upwards(unit.region)]
    there = Organisation.objects.filter(region__code__in=codes, merged_into__isnull=True)
    associations = there.filter(kind=ASSOCIATION, level__in=BY_LEVEL).order_by("name", "pk")
    for pk, level, of in associations.values_list("pk", "level", "region__level"):
        if level == of:  # a county's association, not one that merely sits in the county
            found.setdefault(BY_LEVEL[level], []).append(pk)
    found["finance_bureaus"] = list(_finance_bureaus(unit, finance_names))
    return {name: tuple(dict.fromkeys(bodies)) for name, bodies in found.items()}


def _finance_bureaus(unit: Organisation, names: Collection[str]) -> Collection[UUID]:
    if unit.region is None or not names:
        return ()
    called = Q(pk__in=[])
    for name in names:
        called |= Q(name__endswith=name)
    there = Organisation.objects.filter(
        called, region__code=unit.region.code, kind=GOVERNMENT_BODY, merged_into__isnull=True
    )
    return tuple(there.order_by("name", "pk").values_list("pk", flat=True))


def _upwards(region: Region | None) -> Collection[Region]:
    found = []
    while region is not None:
        found.append(region)
        region = region.parent
    return found


def units_within(organisation_id: UUID) -> QuerySet[Organisation]:
    """Return the other units in the region of an organisation and below it; none where it has no region."""
    region = Region.objects.filter(organisations__pk=organisation_id).values_list("code", flat=True).first()
    if region is None:
        return Organisation.objects.none()
    below = Q(pk__in=[])
    for way in ("", "parent__", "parent__parent__", "parent__parent__parent__"):
        below |= Q(**{f"region__{way}code": region})
    rows = Organisation.objects.filter(below, merged_into__isnull=True).exclude(pk=organisation_id)
    return rows.order_by("name", "pk")


def units_recommended_by(organisation_id: UUID, day: date) -> QuerySet[Organisation]:
    """Return the units that an organisation has recommended, as their ties say on ``day``."""
    ties = Tie.objects.filter(
        on_day(day), organisation_id=organisation_id, kind=TieKind.RECOMMENDER.value
    ).values("party_id")
    return Organisation.objects.filter(pk__in=ties, merged_into__isnull=True).order_by("name", "pk")


def bodies_named(unit_ids: Collection[UUID]) -> Mapping[UUID, tuple[Organisation, ...]]:
    """Return the associations in whose regions each unit sits, nearest first: whom an officer most likely means.

    Two queries, however many units there are.
    """
    units = Organisation.objects.filter(pk__in=unit_ids).select_related(f"region__{ABOVE}")
    codes = {unit.pk: {region.code for region in _upwards(unit.region)} for unit in units}
    everywhere = set[str]().union(*codes.values())
    there = Organisation.objects.filter(
        region__code__in=everywhere, kind=ASSOCIATION, merged_into__isnull=True
    )
    bodies = list(there.select_related("region").order_by("-region__code", "name"))
    return {
        pk: tuple(body for body in bodies if body.region and body.region.code in mine)
        for pk, mine in codes.items()
    }
