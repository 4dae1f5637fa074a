"""The form of an application as its pages show it: the answers, the faults, what is open, who can be picked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest

from keqiao.core.findings import Finding
from keqiao.core.forms.answers import Answers
from keqiao.core.forms.checking import faults
from keqiao.core.forms.specification import Specification
from keqiao.core.lifecycle.application import EDITABLE, ApplicationState
from keqiao.core.programme.forms.fields import PersonField, RegionField, UnitField
from keqiao.web.applications import queries
from keqiao.web.applications.bringing import brought_in
from keqiao.web.applications.filling.posted import Typing
from keqiao.web.applications.filling.shown import Page, Situation
from keqiao.web.applications.models import Application
from keqiao.web.parties.queries import local_day


@dataclass(frozen=True, slots=True)
class Asked:
    """How a page was asked for: ``is_checked`` shows everything that is wrong, ``rows`` how many rows tables show."""

    is_checked: bool = False
    rows: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def form_of(application: Application) -> Specification:
    """Return the form that an application fills in; 404 where the call states none."""
    specification = queries.specification_of(application)
    if specification is None:
        raise Http404
    return specification


def is_editable(application: Application) -> bool:
    """Does the unit write in it now?"""
    return ApplicationState(application.state) in EDITABLE


def page_of(request: HttpRequest, application: Application, answers: Answers, asked: Asked) -> Page:
    """Return the form with these answers, for somebody of the unit."""
    specification = form_of(application)
    returned = queries.open_return(application) if is_editable(application) else None
    found = asked.findings if asked.is_checked else faults(specification, answers)
    situation = Situation(
        faults=found,
        is_checked=asked.is_checked,
        open=frozenset(returned.fields) if returned else None,
        reasons=returned.reasons if returned else {},
        rows=asked.rows,
        is_editable=is_editable(application),
        brought=brought_in(request, application, answers) if is_editable(application) else {},
        **_to_pick(request, application, specification),
    )
    return Page(specification, answers, situation)


def _to_pick(request: HttpRequest, application: Application, specification: Specification) -> dict[str, Any]:
    at = request.arrived_at  # type: ignore[attr-defined]
    asks_people = any(isinstance(each, PersonField) for each in specification.fields)
    people = queries.people_of(request.user, application.unit_id, at) if asks_people else ()
    asks_units = any(isinstance(each, UnitField) for each in specification.fields)
    asks_regions = any(isinstance(each, RegionField) for each in specification.fields)
    return {
        "people": tuple((str(person.pk), person.name) for person in people),
        "units": ((str(application.unit_id), application.unit.name),) if asks_units else (),
        "regions": queries.regions_offered(at) if asks_regions else (),
    }


def typing_of(request: HttpRequest, page: Page) -> Typing:
    """Return who fills in today, and whom the register knows."""
    at = request.arrived_at  # type: ignore[attr-defined]
    by: Any = request.user
    return Typing(by.display_name, local_day(at), dict((*page.now.people, *page.now.units)))
