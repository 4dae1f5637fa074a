"""Who was asked to join which application, what was answered, and what that means for it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from keqiao.core.findings import Finding, Weight
from keqiao.core.forms.stating import stated
from keqiao.core.lifecycle.joining import JoiningState
from keqiao.core.rules.joining import Confirmation, Moment, check_partners
from keqiao.core.rules.joining import Partner as Answered
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.models import Application, Joining, Partner, Version
from keqiao.web.applications.permissions import Viewer, own_units
from keqiao.web.applications.queries.contents import specification_of
from keqiao.web.applications.shown_to_partners import ShownToPartners, shown_to_partners
from keqiao.web.scope import crossing

ASKABLE = frozenset({JoiningState.LAPSED, JoiningState.DECLINED})
WHY_COMPARED = "a unit that joins is told what changed in the form since it accepted"


def own_joinings(viewer: Viewer, at: datetime) -> QuerySet[Joining]:
    """Return what the viewer's units were asked to join, the last asked first."""
    rows = Joining.objects.filter(unit_id__in=own_units(viewer, at))
    return rows.select_related("lead", "unit", "call", "association").order_by("-asked_at", "pk")


def own_joining(viewer: Viewer, pk: UUID, at: datetime) -> Joining:
    """Return one question to the viewer's units; otherwise 404."""
    return get_object_or_404(own_joinings(viewer, at), pk=pk)


def joinings_waiting(viewer: Viewer, at: datetime) -> int:
    """Return how many questions wait for an answer of the viewer's units."""
    waiting = Joining.objects.filter(unit_id__in=own_units(viewer, at), state=JoiningState.ASKED.value)
    return waiting.count()


@dataclass(frozen=True, slots=True)
class PartnerShown:
    """A unit that an application names: what it was asked and answered (None: nothing yet).

    ``is_outdated``: what it answered has changed since. ``leads``: the form names this unit as the lead, not the one
    that applies.
    """

    name: str
    joining: Joining | None
    is_outdated: bool = False
    leads: bool = False

    @property
    def is_to_ask(self) -> bool:
        """May it be asked, for the first time or again?"""
        return self.joining is None or JoiningState(self.joining.state) in ASKABLE


def partners_shown(application: Application) -> list[PartnerShown]:
    """Return the units that an application names, in the order of the form, with their answers."""
    partners = list(application.partners.select_related("unit"))
    if not partners:
        return []
    rows = {row.unit_id: row for row in Joining.objects.filter(application=application)}
    shown = shown_to_partners(application)
    lead = _lead_named(application, shown)
    return [
        PartnerShown(
            each.unit.name,
            rows.get(each.unit_id),
            is_outdated(rows.get(each.unit_id), shown),
            each.unit.name == lead,
        )
        for each in partners
    ]


def _lead_named(application: Application, shown: ShownToPartners | None) -> str:
    """The name of the unit that the form names as the lead; "" where it names none."""
    specification = specification_of(application)
    if specification is None or shown is None:
        return ""
    leads = stated(specification, shown.answers).leads.values()
    return next((str(block.get("name") or "").strip() for block in leads), "")


def is_outdated(joining: Joining | None, shown: ShownToPartners | None) -> bool:
    """Was something changed since that concerns the unit that accepted?"""
    accepted = joining is not None and joining.state == JoiningState.ACCEPTED.value
    return accepted and shown is not None and joining is not None and joining.digest != shown.digest


def fields_changed(joining: Joining, application: Application, shown: ShownToPartners) -> list[str]:
    """Return the labels of the fields that the unit was shown otherwise when it answered.

    Empty where the version that it answered is not kept.
    """
    with crossing(WHY_COMPARED):
        answered = Version.objects.filter(application=application, number=joining.version).first()
    if answered is None:
        return []
    specification = specification_of(application)
    fields = specification.fields if specification else ()
    return [each.label for each in fields if answered.answers.get(each.id) != shown.answers.get(each.id)]


def partner_findings(application: Application, moment: Moment = "submitting") -> tuple[Finding, ...]:
    """Return what the answers of the units that join say about submitting an application, or forwarding it."""
    return partners_in_the_way([application], moment).get(application.pk, ())


def partner_refusals(application_id: UUID, confirmation: Confirmation | None) -> list[Finding]:
    """Return what refuses to submit: asked in the act, of an application with partners. Two queries."""
    found = _findings_of(application_id, confirmation, "submitting", _named([application_id]))
    return [each for each in found if each.weight is Weight.REFUSE]


def partners_in_the_way(
    applications: Collection[Application], moment: Moment = "forwarding"
) -> dict[UUID, tuple[Finding, ...]]:
    """Return the same for many applications at once, by id; in two queries."""
    named = _named([application.pk for application in applications])
    return {
        each.pk: _findings_of(each.pk, asked_at(each.revision_id, each.node).confirmation, moment, named)
        for each in applications
        if each.pk in named
    }


Named = Mapping[UUID, list[Answered]]


def _named(applications: list[UUID]) -> Named:
    """The units that applications name, each with what it answered."""
    answers = Joining.objects.filter(application_id__in=applications)
    states = {
        (pk, unit): state for pk, unit, state in answers.values_list("application_id", "unit_id", "state")
    }
    partners = Partner.objects.filter(application_id__in=applications).order_by("application_id", "position")
    named: dict[UUID, list[Answered]] = defaultdict(list)
    for pk, unit, name in partners.values_list("application_id", "unit_id", "unit__name"):
        state = states.get((pk, unit))
        named[pk].append(Answered(name, JoiningState(state) if state else None))
    return named


def _findings_of(
    pk: UUID, confirmation: Confirmation | None, moment: Moment, named: Named
) -> tuple[Finding, ...]:
    return tuple(check_partners(named.get(pk, ()), confirmation, moment))
