"""Joint applications: what one's unit is asked to join, its answer, and asking the units of an application."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.lifecycle.joining import JoiningState
from keqiao.web.access import opens_to
from keqiao.web.applications import actions, queries
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.filling.fields import made
from keqiao.web.applications.filling.shown import Page, Part, Situation, parts_of_page
from keqiao.web.applications.forms import AnswerForm
from keqiao.web.applications.models import JOINING_WORDS, Application, Joining
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.applications.refusals import Refused
from keqiao.web.applications.shown_to_partners import ShownToPartners, shown_to_partners
from keqiao.web.applications.views.standing import not_done
from keqiao.web.audit.exports import exported
from keqiao.web.programmes.queries import offer_of
from keqiao.web.ui.lists import Column, Filter, ListKind, list_page

CHIPS = {
    JoiningState.ASKED: "warn",
    JoiningState.ACCEPTED: "done",
    JoiningState.DECLINED: "refuse",
    JoiningState.LAPSED: "",
}

LIST = ListKind(
    columns=(
        Column("title", gettext_lazy("项目名称"), ("title",), value=lambda row: row.title),
        Column("lead", gettext_lazy("牵头单位"), ("lead__name",), value=lambda row: row.lead.name),
        Column("call", gettext_lazy("通知"), ("call__title",), value=lambda row: row.call.title),
        Column("unit", gettext_lazy("联合单位"), ("unit__name",), value=lambda row: row.unit.name),
        Column("state", gettext_lazy("状态"), ("state",), value=lambda row: str(row.get_state_display())),
        Column("asked", gettext_lazy("邀请时间"), ("asked_at",), value=lambda row: row.asked_at),
    ),
    default_sort="-asked",
    search=lambda word: (
        Q(title__icontains=word) | Q(lead__name__icontains=word) | Q(call__title__icontains=word)
    ),
    filters=(
        Filter(
            "state",
            gettext_lazy("状态"),
            [(state.value, words) for state, words in JOINING_WORDS.items()],
            lambda value: Q(state=value),
        ),
    ),
    hint=gettext_lazy("项目名称、牵头单位或通知"),
    code="applications.joinings",
    file_name=gettext_lazy("联合申报邀请"),
)


@opens_to(*OF_A_UNIT, scope="the units of the viewer")
@require_safe
def joinings(request: HttpRequest) -> HttpResponse:
    """Everything that the viewer's units were asked to join."""
    rows = queries.own_joinings(request.user, request.arrived_at)  # type: ignore[attr-defined,arg-type]
    shown = list_page(rows, LIST, request.GET)
    if (file := exported(shown, request)) is not None:
        return file
    page = {"list": shown, "rows": [(row, CHIPS[JoiningState(row.state)]) for row in shown.page]}
    return render(request, "applications/joinings.html", page)


@opens_to(*OF_A_UNIT, scope="the unit that is asked to join")
@require_http_methods(["GET", "HEAD", "POST"])
def joining(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What one's unit is asked to join, to be read, and its answer."""
    asked = queries.own_joining(request.user, pk, request.arrived_at)  # type: ignore[attr-defined,arg-type]
    form = AnswerForm(request.POST or None)
    findings = ()
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request, asked, form.cleaned_data)
        except Refused as refused:
            findings = refused.findings
        else:
            return redirect("applications:joining", pk)
    page = {**_page(asked), "form": form, "findings": findings}
    status = 409 if findings else 422 if form.is_bound else 200
    return render(request, "applications/joining.html", page, status=status)


def _answer(request: HttpRequest, asked: Joining, said: dict[str, Any]) -> None:
    who: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    if said["answer"] == "accept":
        actions.accept(asked.pk, said["seen"], **who)
        messages.success(request, _("已同意联合申报，并通知牵头单位。"))
    else:
        actions.decline(asked.pk, said["seen"], said["reason"], **who)
        messages.success(request, _("已答复不同意，并通知牵头单位。"))


def _page(asked: Joining) -> dict[str, Any]:
    application = Application.objects.filter(pk=asked.application_id).first() if asked.is_open else None
    shown = shown_to_partners(application) if application is not None else None
    page: dict[str, Any] = {"asked": asked, "chip": CHIPS[JoiningState(asked.state)], "shown": shown}
    if application is None or shown is None:
        return page
    outdated = queries.is_outdated(asked, shown)
    return page | {
        "application": application,
        "parts": _parts(application, shown),
        "partners": (partners := queries.partners_shown(application)),
        "applicant_leads": not any(each.leads for each in partners),
        "offer": offer_of(application.call_id, application.node),
        "is_outdated": outdated,
        "changed": queries.fields_changed(asked, application, shown) if outdated else (),
    }


def _parts(application: Application, shown: ShownToPartners) -> tuple[Part, ...]:
    specification = asked_at(shown.revision_id, application.node).specification
    if specification is None:
        return ()
    return parts_of_page(Page(specification, shown.answers, Situation(is_editable=False)), made)


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_POST
def ask_partners(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the units that an application names whether they join."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    application = queries.own_application(request.user, pk, at)  # type: ignore[arg-type]
    try:
        asked = actions.ask_partners(pk, actor=request.user, at=at)  # type: ignore[arg-type]
    except Application.DoesNotExist as nothing:
        raise Http404 from nothing
    except Refused as refused:
        return not_done(request, application, refused)
    words = ngettext("已邀请 %(n)s 家单位确认。", "已邀请 %(n)s 家单位确认。", len(asked))
    messages.success(request, words % {"n": len(asked)})
    return redirect("applications:detail", pk)
