"""What officers find out and state: open facts of one application, pilots, ranks where nobody scores."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.web.access import opens_to
from keqiao.web.allocation import actions, queries
from keqiao.web.allocation.bundled import bundle_at
from keqiao.web.allocation.forms import ReasonForm, found_in, pilots_in, ranks_in, wrong_ranks
from keqiao.web.allocation.open_facts import asked_about
from keqiao.web.allocation.permissions import OFFICER
from keqiao.web.allocation.pilots_shown import pilots_of
from keqiao.web.allocation.shown import sections_of
from keqiao.web.allocation.views.pages import Open, decision_opened, opened, require_officer, version_in
from keqiao.web.applications.refusals import Refused


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the facts left open about one application: what keeps it out, which preferences it meets, its part."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    row = queries.selection_in(request.user, pk, at)  # type: ignore[arg-type]
    found = opened(request, row.decision)  # type: ignore[arg-type]
    require_officer(request, found.decision)
    asked = asked_about(found.decision, found.frozen, row, found.names)

    def act() -> str:
        known = found_in(request.POST, asked.bar_kinds, asked.numbers, asked.part_ids)
        seen = (found.decision.pk, version_in(request))
        reason = request.POST.get("reason", "")
        actions.find_out(seen, {row.pk: known}, actor=request.user, at=at, reason=reason)  # type: ignore[arg-type]
        return _("核实情况已保存，建议已重新生成。")

    return _answer(
        request,
        found,
        act,
        "allocation/facts.html",
        {"row": row, "asked": asked, "application": row.application},
    )


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def pilots(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Applications that bring others with them: decided before all others, with what becomes of their children."""
    found = decision_opened(request, pk)
    require_officer(request, found.decision)
    leading = [row for row in found.rows if bundle_at(found.decision, row) is not None]

    def act() -> str:
        decided = pilots_in(request.POST, leading)
        at: Any = request.arrived_at  # type: ignore[attr-defined]
        actions.decide_pilots(pk, version_in(request), decided, actor=request.user, at=at)  # type: ignore[arg-type]
        return _("试点决定已保存，建议已重新生成。")

    page = {"pilots": pilots_of(found.decision, found.rows, found.frozen, found.names)}
    return _answer(request, found, act, "allocation/pilots.html", page)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def ranks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The order that people state: where no expert scores, or where equals have to be parted."""
    found = decision_opened(request, pk)
    require_officer(request, found.decision)

    def act() -> str:
        at: Any = request.arrived_at  # type: ignore[attr-defined]
        seen, said = (pk, version_in(request)), ranks_in(request.POST, found.rows)
        actions.state_ranks(seen, said, actor=request.user, at=at, reason=request.POST.get("reason", ""))  # type: ignore[arg-type]
        return _("名次已保存，建议已重新生成。")

    wrong = wrong_ranks(request.POST, found.rows) if request.method == "POST" else []
    page = {
        "sections": sections_of(found.rows, found.frozen, found.names),
        "wrong": wrong,
        "typed": request.POST,
    }
    if wrong:
        form = ReasonForm(request.POST)
        return render(request, "allocation/ranks.html", found.head() | page | {"form": form}, status=422)
    return _answer(request, found, act, "allocation/ranks.html", page)


def _answer(request: HttpRequest, found: Open, act: Any, template: str, more: dict[str, Any]) -> HttpResponse:
    """Do what was sent, or show the page; what was refused is told above what was typed."""
    against: list[Any] = []
    if request.method == "POST":
        try:
            messages.success(request, act())
        except Refused as refused:
            against = found.told(refused)
        else:
            return redirect("allocation:decision", found.decision.pk)
    form = ReasonForm(request.POST or None, initial={"version": found.decision.version})
    page = found.head() | more | {"form": form, "against": against}
    return render(request, template, page, status=409 if against else 200)
