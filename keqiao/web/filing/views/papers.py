"""The register of paper: which copies came of those owed; quick entry by number or code."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from keqiao.core.lifecycle.application import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.applications.offices import office_filter
from keqiao.web.applications.permissions import IN_CHARGE
from keqiao.web.audit.exports import exported
from keqiao.web.filing.actions.papers import note_papers, take_back_papers
from keqiao.web.filing.forms.papers import PapersForm, QuickForm, TakeBackForm
from keqiao.web.filing.models import PaperReceipt
from keqiao.web.filing.paper_register import STATES, application_with, registered
from keqiao.web.filing.papers_owed import owed_in
from keqiao.web.parties.queries import local_day
from keqiao.web.ui.faults import add_faults
from keqiao.web.ui.lists import Column, Filter, ListKind, list_page

STATE_WORDS = {
    "lacks": gettext_lazy("未交齐"),
    "complete": gettext_lazy("已交齐"),
    "nothing": gettext_lazy("不须交纸质件"),
    "late": gettext_lazy("有逾期的"),
}


@opens_to(*IN_CHARGE, scope="the associations of the viewer")
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest) -> HttpResponse:
    """All applications with the copies owed and those that came; here copies are noted by number."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    form = QuickForm(request.POST or None, initial=_first(at))
    is_officer = bool(request.user.organisations_as(OFFICER, at))  # type: ignore[union-attr]
    if request.method == "POST":
        if not is_officer:
            raise Http404
        if form.is_valid() and _noted(request, form):
            return redirect("filing:papers")
    rows, owed = registered(request.user, at)
    shown = list_page(rows, _list_kind(rows, owed), request.GET)
    if (file := exported(shown, request)) is not None:
        return file
    page = {
        "list": shown,
        "rows": [(row, *_state(row)) for row in shown.page],
        "form": form,
        "is_officer": is_officer,
    }
    return render(request, "filing/papers.html", page, status=422 if form.errors else 200)


def _first(at: datetime) -> dict[str, Any]:
    return {"came_on": local_day(at), "copies": None, "way": "onsite"}


def _noted(request: HttpRequest, form: QuickForm) -> bool:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    application = application_with(request.user, form.cleaned_data["number"], at)
    if application is None:
        form.add_error("number", _("没有这个编号的申报。请核对，或从下面的列表中查找。"))
        return False
    return _written(request, application, form)


def _written(request: HttpRequest, application: Any, form: PapersForm) -> bool:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    try:
        receipt = note_papers(application.pk, form.came(), actor=request.user, at=at)
    except ValidationError as wrong:
        add_faults(form, wrong)
        return False
    said = {"number": application.number, "title": application.title}
    messages.success(request, _("已登记：%(number)s %(title)s。") % said)
    if receipt.is_late:
        messages.warning(request, _("收到日期晚于截止日期，已记为逾期。"))
    return True


def _state(row: Any) -> tuple[str, str]:
    """The state of the papers of a row: words, and the kind of chip."""
    if not row.copies_owed and not row.proofs_owed:
        return str(STATE_WORDS["nothing"]), ""
    lacks = row.copies_came < row.copies_owed or row.proofs_came < row.proofs_owed
    return (str(STATE_WORDS["lacks"]), "warn") if lacks else (str(STATE_WORDS["complete"]), "done")


def _list_kind(rows: Any, owed: Any) -> ListKind:
    calls = rows.order_by("call__title").values_list("call_id", "call__title").distinct()
    return ListKind(
        columns=(
            Column("number", gettext_lazy("受理编号"), ("number",), value=lambda row: row.number),
            Column("title", gettext_lazy("项目名称"), ("title",), value=lambda row: row.title),
            Column("unit", gettext_lazy("申报单位"), ("unit__name",), value=lambda row: row.unit.name),
            Column("owed", gettext_lazy("应交份数"), number=True, value=lambda row: row.copies_owed),
            Column("came", gettext_lazy("已收份数"), number=True, value=lambda row: row.copies_came),
            Column("proofs_owed", gettext_lazy("应交证明"), number=True, value=lambda row: row.proofs_owed),
            Column("proofs", gettext_lazy("已收证明"), number=True, value=lambda row: row.proofs_came),
            Column("last", gettext_lazy("最近收到"), ("last_came",), value=lambda row: row.last_came),
            Column("late", gettext_lazy("逾期"), value=lambda row: row.has_late),
            Column("state", gettext_lazy("状态"), value=lambda row: _state(row)[0]),
        ),
        default_sort="number",
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
            office_filter(owed),
            Filter("papers", gettext_lazy("纸质件"), list(STATE_WORDS.items()), lambda state: STATES[state]),
        ),
        hint=gettext_lazy("项目名称、编号或单位"),
        code="filing.papers",
        file_name=gettext_lazy("收件台账"),
    )


@opens_to(*IN_CHARGE, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def papers_of(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What came on paper of one application, by whom it was noted; here copies are noted."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    rows, _owed = registered(request.user, at)
    application = rows.filter(pk=pk).first()
    if application is None:
        raise Http404
    form = PapersForm(request.POST or None, initial=_first(at))
    is_officer = application.association_id in request.user.organisations_as(OFFICER, at)  # type: ignore[union-attr]
    if request.method == "POST":
        if not is_officer:
            raise Http404
        if form.is_valid() and _written(request, application, form):
            return redirect("filing:papers_of", pk)
    word, chip = _state(application)
    page = {
        "application": application,
        "owed": owed_in(application.revision_id, application.node),
        "word": word,
        "chip": chip,
        "receipts": application.papers.select_related("noted_by", "taken_back_by"),
        "form": form,
        "take_back": TakeBackForm(),
        "is_officer": is_officer,
    }
    return render(request, "filing/papers_of.html", page, status=422 if form.errors else 200)


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what was noted wrongly."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    offices = request.user.organisations_as(OFFICER, at)  # type: ignore[union-attr]
    receipt = PaperReceipt.objects.filter(pk=pk, association_id__in=offices).first()
    if receipt is None:
        raise Http404
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("撤销须写明理由。"))
        return redirect("filing:papers_of", receipt.application_id)
    try:
        take_back_papers(pk, form.cleaned_data["reason"], actor=request.user, at=at)
    except ValidationError as wrong:
        messages.error(request, "".join(wrong.messages))
    else:
        messages.success(request, _("已撤销这条登记；记录保留。"))
    return redirect("filing:papers_of", receipt.application_id)
