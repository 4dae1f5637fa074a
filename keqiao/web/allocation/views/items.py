"""One application of a decision: its reason and clause, deciding it otherwise, joining it to another."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.access import opens_to
from keqiao.web.allocation import actions, queries
from keqiao.web.allocation.actions import Departure
from keqiao.web.allocation.actions.merging import MAY_TAKE
from keqiao.web.allocation.forms import FEN_PER_WAN, ItemForm, MergeForm, scope_in
from keqiao.web.allocation.models import Selection
from keqiao.web.allocation.naming import called
from keqiao.web.allocation.parts import parts_of
from keqiao.web.allocation.permissions import OFFICER, READERS
from keqiao.web.allocation.shown import shown_row
from keqiao.web.allocation.targets import target_of
from keqiao.web.allocation.views.pages import Open, opened, require_officer, version_in
from keqiao.web.applications.refusals import Refused


@opens_to(*READERS, scope="the association of the call; the finance bureau where the call wants its word")
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is proposed of one application and why; an officer decides otherwise, with a reason."""
    found, row = _opened(request, pk)
    form = ItemForm(request.POST or None, initial=_standing(found, row))
    against: list[Any] = []
    if request.method == "POST":
        require_officer(request, found.decision)
        try:
            if (said := _decide(request, found, row, form)) is not None:
                messages.success(request, said)
                return redirect("allocation:decision", found.decision.pk)
        except Refused as refused:
            against = found.told(refused)
    status = 409 if against else 422 if form.errors else 200
    page = found.head() | {
        "row": shown_row(row, found.frozen, found.names),
        "application": row.application,
        "node": found.names.nodes.get(row.application.node, ""),  # type: ignore[attr-defined]
        "form": form,
        "against": against,
        "parts": parts_of(found.frozen, row, found.names),
        "joined": [each for each in found.rows if each.merged_into_id == row.pk],
        "is_merged": row.state == SelectionState.MERGED.value,
    }
    return render(request, "allocation/item.html", page, status=status)


def _opened(request: HttpRequest, pk: UUID) -> tuple[Open, Selection]:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    row = queries.selection_in(request.user, pk, at)  # type: ignore[arg-type]
    return opened(request, row.decision), row  # type: ignore[arg-type]


def _standing(found: Open, row: Selection) -> dict[str, Any]:
    amount = row.amount_fen
    state = row.state
    if state == SelectionState.RANKED.value and found.frozen is not None:
        target = target_of(found.frozen, row)
        amount, state = target.amount_fen, target.state.value
    shown = None if amount is None else f"{amount / FEN_PER_WAN:g}"
    return {"state": state, "amount": shown, "reason": row.reason, "version": found.decision.version}


def _decide(request: HttpRequest, found: Open, row: Selection, form: ItemForm) -> str | None:
    by: Any = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    act, version = request.POST.get("act", ""), version_in(request)
    if act == "part":
        actions.part_again(found.decision.pk, version, row.pk, **by)
        return _("已撤销合并，建议已重新生成。")
    if act == "follow":
        actions.follow_proposal(found.decision.pk, version, row.pk, **by)
        return _("已恢复为建议。")
    if not form.is_valid():
        return None
    said = form.cleaned_data
    scope = scope_in(request.POST, [part.id for part in parts_of(found.frozen, row, found.names)])
    wanted = Departure(row.pk, SelectionState(said["state"]), form.amount_fen(), scope, said["reason"])
    actions.depart(found.decision.pk, version, [wanted], **by)
    return _("已保存。")


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Join an application to another one of its decision."""
    found, row = _opened(request, pk)
    require_officer(request, found.decision)
    others = [each for each in found.rows if each.pk != row.pk and each.state in MAY_TAKE]
    choices = [(str(each.pk), _label(each)) for each in others]
    form = MergeForm(request.POST or None, others=choices, initial={"version": found.decision.version})
    against: list[Any] = []
    if request.method == "POST" and form.is_valid():
        at: Any = request.arrived_at  # type: ignore[attr-defined]
        try:
            joining = form.joining(row.pk)
            actions.merge(found.decision.pk, version_in(request), joining, actor=request.user, at=at)  # type: ignore[arg-type]
        except Refused as refused:
            against = found.told(refused)
        else:
            messages.success(request, _("已合并，建议已重新生成。"))
            return redirect("allocation:decision", found.decision.pk)
    page = found.head() | {"row": row, "application": row.application, "form": form, "against": against}
    return render(
        request, "allocation/merge.html", page, status=409 if against else 422 if form.errors else 200
    )


def _label(row: Selection) -> str:
    application: Any = row.application
    return f"{application.number} {called(application)}（{application.unit.name}）"
