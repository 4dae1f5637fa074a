"""Read calendars: the working days of an association, the announced years, and who overrode which day."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from keqiao.core import workdays
from keqiao.core.workdays import Calendar, days_from
from keqiao.readers.calendars import AnnouncedYear, announced_year, announced_years, calendar_of
from keqiao.web.calendars import permissions
from keqiao.web.calendars.models import CountedDays, Edition, LoadedYear, Override
from keqiao.web.calendars.permissions import Viewer
from keqiao.web.parties.queries import associations

CALENDARS_KEPT = 256  # in the memory of one process, each some tens of kilobytes
IN_FORCE = Q(taken_back_at=None)

YearsKey = tuple[UUID, ...]
Days = tuple[date, date, bool]
"""First and last day of an override, and whether they are worked."""


@dataclass(frozen=True, slots=True)
class YearKnown:
    """An announced year: the numbers of its notices, and whether it was loaded here or ships with the product."""

    year: int
    notices: tuple[str, ...]
    loaded: bool


def calendar_for(association_id: UUID) -> Calendar:
    """Return the working days of an association for everybody: all announced years, with its own overrides.

    Why a day was overridden is not told. Costs two small queries; the calendar itself is kept in memory until an
    override or a year changes.
    """
    edition = Edition.objects.filter(pk=association_id).values_list("version", flat=True).first()
    return _calendar(association_id, edition, _years_key())


def calendars_for(association_ids: Collection[UUID]) -> Mapping[UUID, Calendar]:
    """Return the working days of several associations, as :func:`calendar_for`, in two queries."""
    years = _years_key()
    days: dict[UUID, list[Days]] = {pk: [] for pk in association_ids}
    rows = CountedDays.objects.filter(association_id__in=association_ids)
    for pk, *day in rows.values_list("association_id", "first", "last", "works"):
        days[pk].append(tuple(day))
    return {pk: _with_days(tuple(own), years) for pk, own in days.items()}


def told_calendar_for(association_id: UUID) -> Calendar:
    """Return the working days of an association with the reasons of its overrides, for those who keep it.

    Reads them each time: what the memory of the process keeps is for everybody.
    """
    overrides = Override.objects.filter(IN_FORCE, association_id=association_id)
    reasons = dict(overrides.values_list("pk", "reason"))
    rows = CountedDays.objects.filter(association_id=association_id).values_list(
        "first", "last", "works", "pk"
    )
    overridden = ((*row[:3], reasons.get(row[3])) for row in rows)
    return calendar_of(_years(_years_key())).with_overrides(_overridden(overridden))


def known_years() -> Mapping[int, YearKnown]:
    """Return the announced years in their order."""
    key = _years_key()
    loaded = _loaded_years(key)
    years = _years(key)
    return {year: YearKnown(year, said.notices, loaded=year in loaded) for year, said in years.items()}


def file_name(year: int) -> str:
    """Return what the file of a year is called."""
    return f"{year}.yaml"


def associations_of(viewer: Viewer, at: datetime) -> QuerySet:
    """Return the associations whose calendar ``viewer`` keeps."""
    return associations().filter(pk__in=permissions.associations_of(viewer, at))


def association_for(viewer: Viewer, pk: UUID, at: datetime) -> Any:
    """Return one association whose calendar ``viewer`` keeps; otherwise 404."""
    return get_object_or_404(associations_of(viewer, at), pk=pk)


def overrides_for(viewer: Viewer, at: datetime) -> QuerySet[Override]:
    """Return the overrides that ``viewer`` may see, by day, those taken back included."""
    visible = Override.objects.filter(permissions.visible(viewer, at))
    return visible.select_related("association", "file", "entered_by", "taken_back_by")


def override_for(viewer: Viewer, pk: UUID, at: datetime) -> Override:
    """Return one override if ``viewer`` may see it; otherwise 404."""
    return get_object_or_404(overrides_for(viewer, at), pk=pk)


def in_year(year: int) -> Q:
    """Return what picks overrides of days in ``year``."""
    return Q(first__year__lte=year, last__year__gte=year)


def in_force_between(association_id: UUID, first: workdays.Period) -> QuerySet[Override]:
    """Return the overrides in force of an association that touch a period."""
    return Override.objects.filter(
        IN_FORCE, association_id=association_id, first__lte=first.last, last__gte=first.first
    )


def year_in_force(year: int) -> LoadedYear | None:
    """Return the file of a year as it was loaded last, or nothing."""
    return LoadedYear.objects.filter(year=year).order_by("-number").first()


def _years_key() -> YearsKey:
    return tuple(LoadedYear.objects.order_by("pk").values_list("pk", flat=True))


@lru_cache(maxsize=4)
def _loaded_years(_key: YearsKey) -> Mapping[int, AnnouncedYear]:
    """The loaded years, of each the last; a row was sound when it was stored."""
    rows = LoadedYear.objects.order_by("number")
    last = {row.year: row.content for row in rows}
    return {year: announced_year(file_name(year), content.encode()) for year, content in last.items()}


@lru_cache(maxsize=4)
def _years(key: YearsKey) -> Mapping[int, AnnouncedYear]:
    return dict(sorted({**announced_years(), **_loaded_years(key)}.items()))


@lru_cache(maxsize=CALENDARS_KEPT)
def _calendar(association_id: UUID, _edition: UUID | None, years: YearsKey) -> Calendar:
    rows = CountedDays.objects.filter(association_id=association_id)
    return _with_days(tuple(rows.values_list("first", "last", "works")), years)


@lru_cache(maxsize=CALENDARS_KEPT)
def _with_days(days: tuple[Days, ...], years: YearsKey) -> Calendar:
    """The announced years with these days of one association; most have none, and share one calendar."""
    return calendar_of(_years(years)).with_overrides(_overridden((*each, None) for each in days))


def _overridden(rows: Iterable[tuple[date, date, bool, str | None]]) -> Iterator[workdays.Override]:
    """Give the overridden days of an association, each with its reason where that is told."""
    for first, last, works, reason in rows:
        for day in days_from(first, last):
            yield workdays.Override(day, works, reason)
