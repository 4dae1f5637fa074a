"""One decision: lists with their line, sums, what has to be asked; accepting it, asking for approval; its rules."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.core.allocation import Policy
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.access import opens_to
from keqiao.web.allocation import actions
from keqiao.web.allocation.approving import sent_back_last
from keqiao.web.allocation.forms import PolicyForm, ReasonForm, policy_values
from keqiao.web.allocation.permissions import OFFICER, READERS
from keqiao.web.allocation.policies import policy_in
from keqiao.web.allocation.previewing import Difference, preview
from keqiao.web.allocation.shown import findings_of, places_of, sections_of, sums_of
from keqiao.web.allocation.views.pages import Open, decision_opened, require_officer, version_in
from keqiao.web.applications.refusals import Refused


@opens_to(*READERS, scope="the association of the call; the finance bureau where the call wants its word")
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The lists of a decision; officers accept what is proposed, make it anew, ask for approval."""
    found = decision_opened(request, pk)
    if request.method != "POST":
        return render(request, "allocation/decision.html", _page(found))
    require_officer(request, found.decision)
    try:
        messages.success(request, _act(request, pk))
    except Refused as refused:
        page = _page(found) | {"against": found.told(refused), "typed": request.POST.get("reason", "")}
        return render(request, "allocation/decision.html", page, status=409)
    return redirect("allocation:decision", pk)


def _act(request: HttpRequest, pk: UUID) -> str:
    by: Any = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    version, act = version_in(request), request.POST.get("act", "")
    if act == "ask":
        actions.ask_for_approval(pk, version, request.POST.get("reason", ""), **by)
        return _("已报领导审定。")
    if act == "again":
        actions.propose_again(pk, version, **by)
        return _("已按现在的事实重新生成建议。您另行决定的各项没有改变。")
    actions.accept(pk, version, **by)
    return _("已按建议办理。您另行决定的各项没有改变。")


def _page(found: Open) -> dict[str, Any]:
    places, idle = places_of(found.rows, found.frozen, found.names)
    return found.head() | {
        "sent_back": sent_back_last(found.decision) if found.may_act else None,
        "sections": sections_of(found.rows, found.frozen, found.names),
        "sums": list(sums_of(found.frozen, found.names)),
        "places": places,
        "idle": idle,
        "undecided": any(row.state == SelectionState.RANKED.value for row in found.rows),
        "findings": findings_of(found.frozen, found.names),
        "has_pilots": bool(found.frozen and found.frozen.case.pilots),
        "policy": policy_in(found.decision.policy),
        "form": ReasonForm(),
        "count": len(found.rows),
    }


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """By which rules is proposed. What is typed is tried first: the page shows what would become otherwise."""
    found = decision_opened(request, pk)
    require_officer(request, found.decision)
    standing = policy_values(policy_in(found.decision.policy))
    sent = request.POST if request.method == "POST" else request.GET if "step" in request.GET else None
    form = PolicyForm(sent, initial=standing)
    tried: list[Difference] | None = None
    against: list[Any] = []
    if sent is not None and form.is_valid():
        try:
            if request.method == "POST":
                return _set(request, pk, form.policy())
            tried = preview(found.decision, found.rows, form.policy(), request.arrived_at)  # type: ignore[attr-defined]
        except Refused as refused:
            against = found.told(refused)
    page = found.head() | {"form": form, "tried": tried, "against": against}
    status = 409 if against else 422 if form.errors else 200
    return render(request, "allocation/policy.html", page, status=status)


def _set(request: HttpRequest, pk: UUID, wanted: Policy) -> HttpResponse:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    actions.set_policy(pk, version_in(request), wanted, actor=request.user, at=at)  # type: ignore[arg-type]
    messages.success(request, _("规则已改，建议已重新生成。"))
    return redirect("allocation:decision", pk)
