"""Calls with projects to close, the acceptances of one call, opening them, and those of one's own unit."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from keqiao.core.lifecycle.acceptance import AcceptanceState
from keqiao.web.acceptance import actions, queries
from keqiao.web.acceptance.owed import day_of
from keqiao.web.acceptance.permissions import FINANCE, IN_CHARGE, OF_A_UNIT, OFFICER, is_officer
from keqiao.web.acceptance.shown import chip
from keqiao.web.access import opens_to
from keqiao.web.audit.exports import exported
from keqiao.web.ui.lists import Column, Filter, ListKind, list_page


def _word(state: str) -> str:
    return chip("acceptance", state)[1]


_lazy_word = lazy(_word, str)
STATE = Filter(
    "state",
    gettext_lazy("状态"),
    [(state.value, _lazy_word(state.value)) for state in AcceptanceState],
    lambda state: Q(state=state),
)


def _found(word: str) -> Q:
    return (
        Q(grant__number__icontains=word)
        | Q(grant__title__icontains=word)
        | Q(grant__unit__name__icontains=word)
    )


COLUMNS = (
    Column("number", gettext_lazy("项目编号"), ("grant__number",), value=lambda row: row.grant.number),
    Column("title", gettext_lazy("项目名称"), ("grant__title",), value=lambda row: row.grant.title),
    Column("unit", gettext_lazy("承担单位"), ("grant__unit__name",), value=lambda row: row.grant.unit.name),
    Column("due", gettext_lazy("提交期限"), ("due_on",), value=day_of),
    Column("state", gettext_lazy("状态"), ("state",), value=lambda row: _word(row.state)),
)


def _kind(code: str, file_name: Any) -> ListKind:
    return ListKind(
        columns=COLUMNS,
        default_sort="number",
        search=_found,
        filters=(STATE,),
        hint=gettext_lazy("编号、名称或单位"),
        code=code,
        file_name=file_name,
    )


LIST = _kind("acceptance.of_call", gettext_lazy("结项验收表"))
OWN = _kind("acceptance.own", gettext_lazy("本单位结项表"))


@opens_to(
    *IN_CHARGE, FINANCE, scope="the associations of the viewer, calls that the viewer's bureau supervises"
)
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The calls with projects to close: how many stand where."""
    rows = queries.calls_to_close(request.user, request.arrived_at)  # type: ignore[arg-type, attr-defined]
    return render(request, "acceptance/calls.html", {"rows": rows})


@opens_to(*IN_CHARGE, FINANCE, scope="the association of the call, the finance bureau that supervises it")
@require_safe
def call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The acceptances of one call."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    seen = queries.call_seen(request.user, pk, at)  # type: ignore[arg-type]
    shown = list_page(queries.acceptances_of_call(request.user, pk, at), LIST, request.GET)  # type: ignore[arg-type]
    if (file := exported(shown, request)) is not None:
        return file
    page = {
        "seen": seen,
        "call": seen.call,
        "list": shown,
        "rows": [(row, day_of(row), *chip("acceptance", row.state)) for row in shown.page],
        "may_act": is_officer(request.user, seen.call.association_id, at),  # type: ignore[arg-type]
    }
    return render(request, "acceptance/call.html", page)


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def open_call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open the acceptance of every project of a call that is under way."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    seen = queries.call_seen(request.user, pk, at)  # type: ignore[arg-type]
    opened = actions.open_for_call(pk, seen.call.association_id, actor=request.user, at=at)  # type: ignore[arg-type]
    words = ngettext("已开始 {n} 项验收，并通知承担单位。", "已开始 {n} 项验收，并通知承担单位。", opened)
    messages.success(request, words.format(n=opened))
    return redirect("acceptance:call", pk)


@opens_to(*OF_A_UNIT, scope="the units of the viewer")
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The acceptances of the viewer's units, and credit entries about them."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    shown = list_page(queries.own_acceptances(request.user, at), OWN, request.GET)  # type: ignore[arg-type]
    if (file := exported(shown, request)) is not None:
        return file
    page = {
        "list": shown,
        "rows": [(row, day_of(row), *chip("acceptance", row.state)) for row in shown.page],
        "entries": [(row, *chip("credit", row.state)) for row in queries.own_entries(request.user, at)],  # type: ignore[arg-type]
    }
    return render(request, "acceptance/own.html", page)
