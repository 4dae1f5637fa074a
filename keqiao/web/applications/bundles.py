"""Pilots (试点): what a unit has filed in each child category that goes with one, what is marked, what is wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from keqiao.core.findings import Finding
from keqiao.core.lifecycle.application import EDITABLE, IN_HAND
from keqiao.core.programme.selection import Bundle
from keqiao.core.rules.bundles import check_bundle
from keqiao.core.rules.facts import Holding, Stage
from keqiao.web.applications.definitions import Asked, asked_of
from keqiao.web.applications.limits import WHY_COUNTED, Applying, applying_of
from keqiao.web.applications.models import Application, BundleMark
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.queries import offers_of
from keqiao.web.registers.queries.under_guard import in_hand
from keqiao.web.scope import crossing

LIVING = [state.value for state in EDITABLE | IN_HAND]


@dataclass(frozen=True, slots=True)
class Child:
    """One child of a bundle: what the unit has there. ``offer`` is where one begins; None: the call names no category.

    ``needs_mark``: there are several, and one of them is to be marked.
    """

    name: str
    category: str | None
    offer: int | None
    applications: tuple[Application, ...]
    marked: UUID | None

    @property
    def needs_mark(self) -> bool:
        """Are there several of which one goes into the pilot?"""
        return len(self.applications) > 1


@dataclass(frozen=True, slots=True)
class BundleShown:
    """A pilot of a unit with all that goes with it."""

    pilot: Application
    children: tuple[Child, ...]


def bundle_findings(asked: Asked, applying: Applying, held: Sequence[Holding], day: date) -> list[Finding]:
    """Return what is wrong with the applications filed with a pilot, by what is in hand; nothing of no pilot."""
    if asked.bundle is None:
        return []
    lead = applying.unit_id.hex
    project, year = str(applying.application_id), asked.year or day.year
    pilot = Holding(project, lead, asked.call, asked.path, year, Stage.APPLIED, lead=lead)
    return check_bundle(asked.bundle, pilot, held)


def faults_of_bundle(application: Application, at: datetime) -> tuple[Finding, ...]:
    """Return the same for a page; marks that lead nowhere are named by the title of the application."""
    asked = asked_of(application)
    if asked.bundle is None:
        return ()
    day = local_day(at)
    with crossing(WHY_COUNTED):
        applying = applying_of(application)
        held = in_hand(applying.in_the_books(), on=day)
    found = bundle_findings(asked, applying, held, day)
    return tuple(_with_title(each) for each in found)


def _with_title(finding: Finding) -> Finding:
    project = finding.values.get("project")
    title = (
        Application.objects.filter(pk=project).values_list("title", flat=True).first() if project else None
    )
    return replace(finding, values={**finding.values, "project": title}) if title else finding


def bundles_shown(application: Application) -> list[BundleShown]:
    """Return the pilots that an application is, or goes with, in its call; nothing of most."""
    asked = asked_of(application)
    pilots = [application] if asked.bundle is not None else []
    if asked.pilots:
        pilots += living_of(application).filter(node__in=asked.pilots)
    return [shown for pilot in pilots if (shown := _shown(pilot)) is not None]


def living_of(application: Application) -> QuerySet[Application]:
    """Return what its unit is filling in or has submitted in the same call, the first begun first."""
    rows = Application.objects.filter(
        unit_id=application.unit_id, call_id=application.call_id, state__in=LIVING
    )
    return rows.order_by("created_at", "pk")


def _shown(pilot: Application) -> BundleShown | None:
    bundle = asked_of(pilot).bundle
    if bundle is None:
        return None
    there = list(living_of(pilot).exclude(pk=pilot.pk))
    marks = dict(BundleMark.objects.filter(pilot=pilot).values_list("child", "application_id"))
    offers: dict[str, int] = dict(offers_of({pilot.call_id}).values_list("node", "pk"))
    return BundleShown(pilot, tuple(_children(bundle, there, marks, offers)))


def _children(
    bundle: Bundle, there: Sequence[Application], marks: dict[str, UUID], offers: dict[str, int]
) -> Iterable[Child]:
    for each in bundle.children:
        inside: tuple[Any, ...] = ()
        if each.category is not None:
            inside = tuple(one for one in there if each.category in one.path)
        yield Child(
            each.name, each.category, offers.get(each.category or ""), inside, marks.get(each.category or "")
        )
