"""Acts on a whole application: look at what is submitted, withdraw, take up again, throw a draft away."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.findings import Finding, Weight
from keqiao.web.access import opens_to
from keqiao.web.applications import actions, queries
from keqiao.web.applications.bundles import faults_of_bundle
from keqiao.web.applications.forms import ReasonForm
from keqiao.web.applications.limits import limit_findings
from keqiao.web.applications.models import Application
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.applications.refusals import Refused
from keqiao.web.applications.timeliness import time_findings
from keqiao.web.applications.views.beside import placed
from keqiao.web.applications.views.own import page_about
from keqiao.web.applications.views.pages import Asked, is_editable, page_of


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_safe
def last_look(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What would be submitted: its digest, what stands against it, the limits, the deadline; the button."""
    at = request.arrived_at  # type: ignore[attr-defined]
    application = queries.own_application(request.user, pk, at)  # type: ignore[arg-type]
    if not is_editable(application):
        return redirect("applications:detail", pk)
    prepared = queries.prepared_of(application)
    is_ready = prepared is not None and prepared.version == application.version
    limits, times = limit_findings(application, at), time_findings(application, at)
    partners = queries.partner_findings(application)
    bundle = faults_of_bundle(application, at)
    found = (*queries.findings_of(application), *times, *limits, *bundle, *_refusing(partners))
    page = page_of(
        request, application, queries.answers_of(application), Asked(is_checked=True, findings=found)
    )
    stops = tuple(each for each in found if each.weight is Weight.REFUSE)
    context = {
        **page_about(request, application),
        "digest": prepared.digest if prepared and is_ready else "",
        "is_ready": is_ready,
        "stops": placed(page, stops),
        "warnings": placed(page, tuple(each for each in found if each.weight is Weight.WARN)),
        "asks": placed(page, tuple(each for each in found if each.weight is Weight.ASK)),
        "hints": placed(page, tuple(each for each in partners if each.weight is Weight.WARN)),
        "limits": limits,
        "pledges": [each for each in page.specification.fields if each.kind == "pledge"],
        "key": queries.new_key(application),
    }
    return render(request, "applications/submitting.html", context)


def _refusing(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that refuse: a unit that has not answered needs no reason to submit, it is only told."""
    return tuple(each for each in found if each.weight is Weight.REFUSE)


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_safe
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form as it reads on paper."""
    application = queries.own_application(request.user, pk, request.arrived_at)  # type: ignore[attr-defined,arg-type]
    return render(request, "applications/preview.html", page_about(request, application))


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an application back, with a reason; the page says what becomes free."""
    at = request.arrived_at  # type: ignore[attr-defined]
    application = queries.own_application(request.user, pk, at)  # type: ignore[arg-type]
    form = ReasonForm(request.POST or None)
    findings = ()
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(pk, actor=request.user, at=at, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已撤回，名额已释放。"))
            return redirect("applications:detail", pk)
    page = {**page_about(request, application), "form": form, "findings": findings}
    status = 409 if findings else 422 if form.is_bound else 200
    return render(request, "applications/withdraw.html", page, status=status)


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_POST
def take_up_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a draft of what was withdrawn."""
    at = request.arrived_at  # type: ignore[attr-defined]
    application = queries.own_application(request.user, pk, at)  # type: ignore[arg-type]
    try:
        actions.take_up_again(pk, actor=request.user, at=at)  # type: ignore[arg-type]
    except Refused as refused:
        return not_done(request, application, refused)
    return redirect("applications:fill", pk)


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away."""
    at = request.arrived_at  # type: ignore[attr-defined]
    application = queries.own_application(request.user, pk, at)  # type: ignore[arg-type]
    try:
        actions.discard(pk, actor=request.user, at=at)  # type: ignore[arg-type]
    except Refused as refused:
        return not_done(request, application, refused)
    messages.success(request, _("草稿已删除。"))
    return redirect("applications:own")


def not_done(request: HttpRequest, application: Application, refused: Refused) -> HttpResponse:
    """Say why something was not done."""
    page = {"application": application, "findings": refused.findings, "is_submission": False}
    return render(request, "applications/refused.html", page, status=409)
