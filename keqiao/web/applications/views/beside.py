"""What stands beside the form: dates with what is left in working days, money, limits, the last check, the versions."""

from typing import Any

from django.http import HttpRequest

from keqiao.core.findings import Finding, Weight
from keqiao.core.forms.migrating import LEFT_OVER
from keqiao.core.workdays import working_days_left
from keqiao.web.applications import queries
from keqiao.web.applications.bundles import faults_of_bundle
from keqiao.web.applications.filling.shown import Page
from keqiao.web.applications.limits import limit_findings
from keqiao.web.applications.models import Application
from keqiao.web.applications.revised import moves_ahead, moves_made
from keqiao.web.applications.timeliness import time_findings
from keqiao.web.calendars.queries import calendar_for
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.queries import offer_of


def beside(request: HttpRequest, application: Application, page: Page) -> dict[str, Any]:
    """Return the right side of the page, and everything that stands against submitting where it was checked."""
    at = request.arrived_at  # type: ignore[attr-defined]
    limits = limit_findings(application, at)
    times = time_findings(application, at)
    partners = queries.partner_findings(application)
    standing = queries.version_of(application)
    bundle = faults_of_bundle(application, at)
    found = (*page.now.faults, *limits, *times, *bundle, *partners) if page.now.is_checked else ()
    ours = tuple(each for each in found if each.weight is not Weight.ASK)
    return {
        "offer": offer_of(application.call_id, application.node),
        "work_left": work_left(application, at),
        "limits": limits,
        "times": times,
        "checked": placed(page, ours),
        "asks": placed(page, tuple(each for each in found if each.weight is Weight.ASK)),
        "number_of_faults": len(ours),
        "standing": standing,
        "returned": queries.open_return(application),
        "funding": page.specification.funding,
        "left_over": page.answers.get(LEFT_OVER) or (),
        "opinions": page.specification.form.opinions,
        **_revised(application, page),
    }


def _revised(application: Application, page: Page) -> dict[str, Any]:
    """What a revision of the call moves when the draft is saved next, and what the last one moved."""
    ahead, made = moves_ahead(application), moves_made(application)
    return {
        "ahead": ahead,
        "to_move": placed(page, ahead.moves) if ahead else (),
        "moved": made,
        "has_moved": placed(page, made.moves) if made else (),
    }


def work_left(application: Application, at: Any) -> int | None:
    """Return the working days after today until the deadline; nothing where it is over, or a year is not announced."""
    offer = offer_of(application.call_id, application.node)
    if offer is None or offer.deadline_at is None:
        return None
    today, last = local_day(at), local_day(offer.deadline_at)
    return working_days_left(today, last, calendar_for(application.association_id))


def placed(page: Page, found: tuple[Finding, ...]) -> list[tuple[Finding, str, str]]:
    """Return each finding with the words and the anchor of its place: that of its blank, or of its field."""
    labels = {each.id: each.label for each in page.specification.fields}
    return [(finding, labels.get(_field(finding), ""), _anchor(finding, labels)) for finding in found]


def _field(finding: Finding) -> str:
    return str(finding.at[0]) if finding.at else ""


def _anchor(finding: Finding, labels: dict[str, str]) -> str:
    field = _field(finding)
    return f"f.{field}" if field in labels else ""
