"""One record: what it says, its evidence, what the office said of it, what may be done next."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keqiao.core.lifecycle.activity import TABLE, ActivityState
from keqiao.core.lifecycle.roles import APPLICANT, OFFICER
from keqiao.web.access import opens_to
from keqiao.web.accounts.queries import names_of
from keqiao.web.activities import queries
from keqiao.web.activities.certificates import holds_on
from keqiao.web.activities.models import Activity
from keqiao.web.activities.permissions import EVERYBODY, associations_in_charge, roles_towards
from keqiao.web.activities.projects import Project
from keqiao.web.activities.second_person import UNLOCK
from keqiao.web.activities.shown import (
    STATE_KINDS,
    act_words,
    event_words,
    evidence_shown,
    kind_words,
    state_words,
    values_shown,
)
from keqiao.web.approvals.queries import open_for_subject
from keqiao.web.audit.queries import timeline

FIRST = ("report", "verify", "hold", "file", "plan_again")
"""Acts that carry a record on; the others stand beside them."""


@opens_to(*EVERYBODY, scope="the unit of the project, or its association")
@require_safe
def record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One record."""
    who: Any = request
    row, project = queries.record_for(who.user, pk, who.arrived_at)
    return render(request, "activities/record.html", page_of(request, row, project))


def page_of(request: HttpRequest, row: Activity, project: Project) -> dict[str, Any]:
    """What the page of a record needs."""
    who: Any = request
    at = who.arrived_at
    evidence = queries.shown_evidence(row)
    is_office = row.association_id in associations_in_charge(who.user, at)
    roles = roles_towards(who.user, project, at)
    acts = acts_of(row, project, roles, who.user)
    return {
        "record": row,
        "project": project,
        "kind": kind_words(row.kind),
        "state": state_words(row.state),
        "state_kind": STATE_KINDS[ActivityState(row.state)],
        "values": values_shown(row),
        "evidence": evidence_shown(row, evidence, queries.also_used(row, evidence, of_any_unit=is_office)),
        "is_office": is_office,
        "may_edit": "edit" in acts,
        "acts": [(act, act_words(act), act in FIRST) for act in acts if act != "edit"],
        "own_report": who.user.pk in (row.reported_by_id, row.entered_by_id),
        "certificate": _certificate(row),
        "waiting": open_for_subject(UNLOCK, (Activity._meta.label_lower, str(row.pk)), at),
        "events": events_of(row, is_office=is_office),
    }


def acts_of(row: Activity, project: Project, roles: frozenset[str], user: Any) -> list[str]:
    """Return the acts that a viewer with these roles may do now."""
    held = roles if project.is_open else roles - {APPLICANT}
    acts = TABLE.acts_in(ActivityState(row.state), held & {APPLICANT, OFFICER})
    own = user.pk in (row.reported_by_id, row.entered_by_id)
    return [act for act in acts if not (act == "verify" and own)]


def events_of(row: Activity, *, is_office: bool) -> list[dict[str, Any]]:
    """Return what happened to a record, newest first; a unit does not read who in the office did it."""
    events = list(timeline(row))
    names: Any = names_of({event.actor_id for event in events if event.actor_id})
    found = [
        {
            "at": event.at,
            "words": event_words(event.act),
            "who": names.get(event.actor_id, "") if is_office or event.role == APPLICANT else "",
            "reason": getattr(getattr(event, "reason", None), "text", ""),
        }
        for event in events
    ]
    return found[::-1]


def _certificate(row: Activity) -> str:
    """How the certificate stands: ``unknown`` to the register, ``over`` on the day, ``good``, or nothing asked."""
    if not row.certificate:
        return ""
    if row.qualification is None:
        return "unknown"
    return "good" if holds_on(row.qualification, row.end or row.start) else "over"
