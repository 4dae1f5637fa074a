"""Calls with their grants, letting the grants of a call begin, and the grants of one's own unit."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.lifecycle.grant import GrantState
from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.exports import exported
from keqiao.web.grants import queries
from keqiao.web.grants.actions.beginning import begin_grants
from keqiao.web.grants.forms import BeginForm
from keqiao.web.grants.permissions import OF_A_UNIT, OFFICER, STAFF
from keqiao.web.grants.shown import chip
from keqiao.web.ui.lists import Column, Filter, ListKind, list_page


def _word(state: str) -> str:
    return chip("grant", state)[1]


_lazy_word = lazy(_word, str)
STATE = Filter(
    "state",
    gettext_lazy("状态"),
    [(state.value, _lazy_word(state.value)) for state in GrantState],
    lambda state: Q(state=state),
)


def _found(word: str) -> Q:
    return Q(number__icontains=word) | Q(title__icontains=word) | Q(unit__name__icontains=word)


COLUMNS = (
    Column("number", gettext_lazy("项目编号"), ("number",), value=lambda row: row.number),
    Column("title", gettext_lazy("项目名称"), ("title",), value=lambda row: row.title),
    Column("unit", gettext_lazy("承担单位"), ("unit__name",), value=lambda row: row.unit.name),
    Column(
        "amount",
        gettext_lazy("金额"),
        ("amount_fen",),
        number=True,
        value=lambda row: row.amount_fen,
        is_money=True,
    ),
    Column("ends", gettext_lazy("结束日期"), ("ends_on",), value=lambda row: row.ends_on),
    Column("state", gettext_lazy("状态"), ("state",), value=lambda row: _word(row.state)),
)
LIST = ListKind(
    columns=COLUMNS,
    default_sort="number",
    search=_found,
    filters=(STATE,),
    hint=gettext_lazy("编号、名称或单位"),
    code="grants.of_call",
    file_name=gettext_lazy("立项项目表"),
)
OWN = ListKind(
    columns=COLUMNS,
    default_sort="-number",
    search=_found,
    filters=(STATE,),
    hint=gettext_lazy("编号、名称或单位"),
    code="grants.own",
    file_name=gettext_lazy("承担项目表"),
)


@opens_to(*STAFF, scope="the associations of the viewer, calls that the viewer's bureau supervises")
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The calls with grants, or with something awarded that has none yet."""
    rows = queries.calls_with_grants(request.user, request.arrived_at)  # type: ignore[arg-type, attr-defined]
    return render(request, "grants/calls.html", {"rows": rows})


@opens_to(*STAFF, scope="the association of the call, the finance bureau that supervises it")
@require_safe
def call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The grants of one call."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    seen = queries.call_seen(request.user, pk, at)  # type: ignore[arg-type]
    shown = list_page(queries.grants_of_call(request.user, pk, at), LIST, request.GET)  # type: ignore[arg-type]
    if (file := exported(shown, request)) is not None:
        return file
    page = {
        "seen": seen,
        "call": seen.call,
        "list": shown,
        "rows": [(row, *chip("grant", row.state)) for row in shown.page],
        "may_begin": queries.may_begin(request.user, seen.call, at),  # type: ignore[arg-type]
    }
    return render(request, "grants/call.html", page)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the grants of a call begin: which ones is shown before."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    seen = queries.call_seen(request.user, pk, at)  # type: ignore[arg-type]
    if not queries.may_begin(request.user, seen.call, at):  # type: ignore[arg-type]
        raise Http404
    waiting, findings = list(queries.waiting_of(pk)), ()
    form = BeginForm(request.POST or None, initial={"expected": len(waiting)})
    if request.method == "POST" and form.is_valid():
        try:
            begun = begin_grants(pk, form.how(), form.cleaned_data["expected"], actor=request.user, at=at)  # type: ignore[arg-type]
        except Refused as refused:
            findings = refused.findings
        else:
            words = ngettext(
                "已立项 %(n)s 项，请逐项发出任务书。", "已立项 %(n)s 项，请逐项发出任务书。", len(begun)
            )
            messages.success(request, words % {"n": len(begun)})
            return redirect("grants:call", pk)
    amount = sum(row.amount_fen or 0 for row in waiting)
    page = {"call": seen.call, "waiting": waiting, "form": form, "findings": findings, "amount": amount}
    return render(request, "grants/begin.html", page, status=409 if findings else 422 if form.errors else 200)


@opens_to(*OF_A_UNIT, scope="the units of the viewer")
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The grants of the viewer's units."""
    rows = queries.own_grants(request.user, request.arrived_at)  # type: ignore[arg-type, attr-defined]
    shown = list_page(rows, OWN, request.GET)
    if (file := exported(shown, request)) is not None:
        return file
    listed = [(row, *chip("grant", row.state)) for row in shown.page]
    return render(request, "grants/own.html", {"list": shown, "rows": listed})
