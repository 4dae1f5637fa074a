"""The office's side: what was submitted, one of them to be read, returning it for correction, the grace of a call."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.lifecycle.application import OFFICER, ApplicationState
from keqiao.core.query import Field, Kind
from keqiao.web.access import opens_to
from keqiao.web.applications import actions, queries
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.filling.fields import made
from keqiao.web.applications.filling.shown import Page, Situation, parts_of_page
from keqiao.web.applications.forms import IntakeForm, ReturnForm
from keqiao.web.applications.offices import categories_in, office_filter
from keqiao.web.applications.permissions import IN_CHARGE
from keqiao.web.applications.queries.intake import Terms
from keqiao.web.applications.refusals import Refused
from keqiao.web.applications.returnable import reasons_in, returnable
from keqiao.web.applications.views.own import chip_of, state_filter
from keqiao.web.audit.exports import exported
from keqiao.web.audit.queries import timeline
from keqiao.web.programmes.queries import call_kept_by
from keqiao.web.ui.faults import add_faults
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, column_condition, list_page

MOST_EVENTS = 30


@opens_to(*IN_CHARGE, scope="the associations of the viewer")
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """Everything that was submitted to the viewer's associations."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    rows = queries.office_applications(request.user, at)  # type: ignore[arg-type]
    shown = list_page(rows, _list_kind(rows), request.GET)
    if (file := exported(shown, request)) is not None:
        return file
    drafts = queries.drafts_counted(request.user, at)  # type: ignore[arg-type]
    page = {
        "list": shown,
        "rows": [(row, chip_of(row)) for row in shown.page],
        "drafts": drafts,
        "drafts_in_all": sum(each.count for each in drafts),
        "calls": queries.calls_still_open(request.user, at),  # type: ignore[arg-type]
    }
    return render(request, "applications/received.html", page)


def _list_kind(rows: Any) -> ListKind:
    calls = rows.order_by("call__title").values_list("call_id", "call__title").distinct()
    return ListKind(
        columns=(
            Column("number", gettext_lazy("受理编号"), ("number",), value=lambda row: row.number),
            Column("title", gettext_lazy("项目名称"), ("title",), value=lambda row: row.title),
            Column("unit", gettext_lazy("申报单位"), ("unit__name",), value=lambda row: row.unit.name),
            Column("call", gettext_lazy("通知"), ("call__title",), value=lambda row: row.call.title),
            Column("state", gettext_lazy("状态"), ("state",), value=lambda row: str(row.get_state_display())),
            Column("at", gettext_lazy("提交时间"), ("submitted_at",), value=lambda row: row.submitted_at),
        ),
        default_sort="-at",
        search=lambda word: (
            Q(title__icontains=word) | Q(number__icontains=word) | Q(unit__name__icontains=word)
        ),
        filters=(
            Filter(
                "call",
                gettext_lazy("通知"),
                [(str(pk), title) for pk, title in calls],
                lambda pk: Q(call_id=pk),
            ),
            state_filter(),
            office_filter(categories_in(rows)),
        ),
        keys=(
            Key(Field("unit", ("申报单位", "单位", "Unit")), column_condition("unit__name")),
            Key(
                Field("submitted", ("提交日期", "提交", "Submitted"), Kind.DAY, optional=True),
                column_condition("submitted_at", is_moment=True),
            ),
        ),
        hint=gettext_lazy("项目名称、编号或单位"),
        code="applications.received",
        file_name=gettext_lazy("收到的申报"),
    )


@opens_to(*IN_CHARGE, scope="the association of the call")
@require_safe
def reading(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One application as it was submitted last. What is sensitive is opened by a reveal, with a reason."""
    return render(request, "applications/office.html", _page(request, pk))


def _page(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    application = queries.office_application(request.user, pk, at)  # type: ignore[arg-type]
    submission = queries.last_submission(application)
    asked = asked_at(submission.revision_id, application.node) if submission else None
    specification = asked.specification if asked else None
    answers = queries.submitted_answers(submission) if submission else {}
    parts = ()
    if specification is not None:
        parts = parts_of_page(Page(specification, answers, Situation(is_editable=False)), made)
    roles = request.user.organisations_as(OFFICER, at)  # type: ignore[union-attr]
    return {
        "application": application,
        "chip": chip_of(application),
        "submission": submission,
        "specification": specification,
        "parts": parts,
        "answers": answers,
        "receipts": queries.receipts_of(application),
        "returned": queries.open_return(application),
        "partners": (partners := queries.partners_shown(application)),
        "applicant_leads": not any(each.leads for each in partners),
        "may_return": application.state == ApplicationState.SUBMITTED.value
        and application.association_id in roles,
        "has_sealed": bool(submission and submission.saved.sealed),
    }


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return an application for correction: which fields, why each, until when."""
    page = _page(request, pk)
    form = ReturnForm(request.POST or None)
    reasons = reasons_in(request.POST)
    findings = ()
    if request.method == "POST" and form.is_valid():
        correction = actions.Correction(reasons, form.cleaned_data["until"], form.cleaned_data["note"])
        try:
            actions.return_for_correction(
                pk,
                correction,
                actor=request.user,  # type: ignore[arg-type]
                at=request.arrived_at,  # type: ignore[attr-defined]
            )
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已退回修改，并通知申报单位。"))
            return redirect("applications:reading", pk)
    page |= {
        "form": form,
        "findings": findings,
        "fields": list(returnable(page["specification"], page["answers"], reasons)),
    }
    return render(request, "applications/return.html", page, status=422 if request.method == "POST" else 200)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How a call takes applications in: the grace after the deadline, the pattern of numbers; each change with why."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    call = call_kept_by(request.user, pk, at)  # type: ignore[arg-type]
    terms = queries.intake_of(call.association_id, call.pk)
    first = {"grace_seconds": terms.grace_seconds, "number_pattern": terms.number_pattern}
    form = IntakeForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid() and _stated(request, call, form):
        messages.success(request, _("已保存，并记入日志。"))
        return redirect("applications:intake", pk)
    row = call.intake if hasattr(call, "intake") else None
    page = {"call": call, "form": form, "events": timeline(row).reverse()[:MOST_EVENTS] if row else ()}
    return render(request, "applications/intake.html", page, status=422 if form.errors else 200)


def _stated(request: HttpRequest, call: Any, form: IntakeForm) -> bool:
    said = form.cleaned_data
    terms = Terms(said["grace_seconds"], said["number_pattern"])
    try:
        by: Any = (request.user, request.arrived_at)  # type: ignore[attr-defined]
        actions.set_intake(call.association_id, call.pk, terms, by=by, reason=said["reason"])
    except ValidationError as wrong:
        add_faults(form, wrong)
        return False
    return True
