"""The office's side: where everything lies, who takes what nobody took, quota and time, taking in what was filed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.lifecycle.endorsement import OFFICER
from keqiao.core.workdays import last_moment
from keqiao.web.access import opens_to
from keqiao.web.applications.permissions import IN_CHARGE
from keqiao.web.applications.refusals import Refused
from keqiao.web.endorsement import actions, queries
from keqiao.web.endorsement.forms import AssignForm, PaperForm, SettleForm
from keqiao.web.endorsement.models import Passage
from keqiao.web.endorsement.permissions import units_as
from keqiao.web.endorsement.queries import OnTheWay, QueueSeen
from keqiao.web.endorsement.views.shown import STAMPED, Head, heads_of
from keqiao.web.filing.queries import stamped_of
from keqiao.web.parties.queries import local_day

APPLICATION = "applications.application"
MOST_AT_ONCE = 500


@opens_to(*IN_CHARGE, scope="the associations of the viewer")
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The calls whose applications go through somebody: how much lies where."""
    rows = queries.calls_overseen(request.user, request.arrived_at)  # type: ignore[arg-type, attr-defined]
    return render(request, "endorsement/calls.html", {"rows": rows})


@opens_to(*IN_CHARGE, scope="the association of the call")
@require_safe
def office(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All queues of a call, what needs a person, what is on paper, what waits to be taken in."""
    return render(request, "endorsement/office.html", _overview(request, pk))


def _overview(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    call = queries.call_overseen(request.user, pk, at)  # type: ignore[arg-type]
    found = queries.office_overview(request.user, pk, at)  # type: ignore[arg-type]
    heads = heads_of([seen.queue for seen in found.queues], at)
    bars = [_bar(head) for head in heads]
    return {
        "call": call,
        "may_act": call.association_id in units_as(request.user, (OFFICER,), at),  # type: ignore[arg-type]
        "queues": list(zip(heads, found.queues, strict=True)),
        "unassigned": [_outside(each) for each in found.unassigned],
        "on_paper": [_outside(each) for each in found.on_paper],
        "arrived": _arrived(found.filed, found.queues),
        "bars": bars,
        "most": max((head.quota or head.filed for head in heads), default=0) or 1,
    }


def _bar(head: Head) -> tuple[str, int, str]:
    """A queue as a bar: how many it has forwarded, of how many."""
    said = f"{head.filed} / {head.quota}" if head.quota else str(head.filed)
    return f"{head.taker} · {head.category}", head.filed, said


def _outside(found: OnTheWay) -> dict[str, Any]:
    application = found.passage.application
    return {
        "pk": found.passage.pk,
        "title": application.title or application.number,
        "unit": application.unit.name,
        "number": application.number,
        "taker": found.passage.taker.name if found.passage.taker else "",
        "words": "、".join(found.steps) or _("不能确定适用哪条上报链"),
    }


def _arrived(rows: Sequence[Passage], queues: Sequence[QueueSeen]) -> list[dict[str, Any]]:
    """What waits to be taken in, those of one endorser together and in its order."""
    takers = {seen.queue.pk: seen.queue.taker.name for seen in queues}
    papers = stamped_of({(APPLICATION, row.application_id): row.digest for row in rows})
    ranks = queries.ranks_of(rows)
    shown = []
    for row in rows:
        kind, words = STAMPED[papers[APPLICATION, row.application_id].state]
        shown.append(
            {
                "pk": row.pk,
                "number": row.application.number,
                "title": row.application.title or row.application.number,
                "unit": row.application.unit.name,
                "address": reverse("applications:reading", args=[row.application_id]),
                "taker": takers.get(row.queue_id) or (row.taker.name if row.taker else "—"),
                "place": ranks.get(row.pk),
                "stamped": str(words),
                "stamped_kind": kind,
            }
        )
    return sorted(shown, key=lambda each: (each["taker"], each["place"] or 0, each["number"]))


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def receive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take in what was ticked: all of it, or nothing."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    queries.call_overseen(request.user, pk, at)  # type: ignore[arg-type]
    ticked = set(request.POST.getlist("row")[:MOST_AT_ONCE])
    overview = queries.office_overview(request.user, pk, at)  # type: ignore[arg-type]
    rows = [row.pk for row in overview.filed if str(row.pk) in ticked]
    if not rows:
        messages.warning(request, _("请先勾选要办理的申报。"))
        return redirect("endorsement:office", pk)
    try:
        actions.receive(rows, actor=request.user, at=at)  # type: ignore[arg-type]
    except Refused as refused:
        page = _overview(request, pk) | {"findings": refused.findings}
        return render(request, "endorsement/office.html", page, status=409)
    messages.success(
        request, ngettext("已受理 %(n)s 项。", "已受理 %(n)s 项。", len(rows)) % {"n": len(rows)}
    )
    return redirect("endorsement:office", pk)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Quota and deadline of one queue, with why."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    queue = queries.queue_for(request.user, pk, at)  # type: ignore[arg-type]
    if queue.association_id not in units_as(request.user, (OFFICER,), at):  # type: ignore[arg-type]
        raise Http404
    (head,) = heads_of([queue], at)
    first = {"quota": queue.quota, "deadline": local_day(queue.deadline_at) if queue.deadline_at else None}
    form, findings = SettleForm(request.POST or None, initial=first), ()
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        until = last_moment(said["deadline"]) if said["deadline"] else None
        try:
            settled = actions.Settled(said["quota"], until, said["reason"])
            actions.settle_queue(pk, settled, actor=request.user, at=at)  # type: ignore[arg-type]
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已保存，并记入日志。"))
            return redirect("endorsement:office", queue.call_id)
    page = {"page": head, "form": form, "findings": findings}
    return render(request, "endorsement/settle.html", page, status=_status(form, findings))


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which chain holds for an application and which unit takes its stage."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = _in_the_office(request, pk)
    form = AssignForm(
        request.POST or None,
        day=local_day(at),
        chains=[(way.chain.id, _chain_words(way)) for way in found.ways],
        candidates=[(str(unit.pk), unit.name) for unit in found.candidates],
    )
    findings: tuple[Any, ...] = ()
    doubts = queries.chain_doubt(found.passage, at)
    if request.method == "POST" and form.is_valid():
        try:
            assigned = actions.Assigned(form.organisation_id, form.cleaned_data.get("chain", ""))
            actions.assign(pk, assigned, actor=request.user, at=at)  # type: ignore[arg-type]
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已指定，并记入日志。"))
            return redirect("endorsement:office", found.passage.call_id)
    page = {
        "row": _outside(found),
        "call": found.passage.application.call,
        "form": form,
        "findings": (*findings, *doubts),
    }
    return render(request, "endorsement/assign.html", page, status=_status(form, findings))


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_on_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that a stage which is taken on paper was done: what was seen."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = _in_the_office(request, pk)
    form, findings = PaperForm(request.POST or None), ()
    if request.method == "POST" and form.is_valid():
        try:
            paper = actions.Paper(form.cleaned_data["note"])
            actions.sign_on_paper(pk, paper, actor=request.user, at=at)  # type: ignore[arg-type]
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已登记纸质办理。"))
            return redirect("endorsement:office", found.passage.call_id)
    page = {
        "row": _outside(found),
        "call": found.passage.application.call,
        "form": form,
        "findings": findings,
    }
    return render(request, "endorsement/on_paper.html", page, status=_status(form, findings))


def _in_the_office(request: HttpRequest, pk: UUID) -> OnTheWay:
    """One passage that lies in nobody's queue, as the office sees it; otherwise 404."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    row = queries.passage_for(request.user, pk, at)  # type: ignore[arg-type]
    if row.association_id not in units_as(request.user, (OFFICER,), at):  # type: ignore[arg-type]
        raise Http404
    overview = queries.office_overview(request.user, row.call_id, at)  # type: ignore[arg-type]
    rows = (*overview.unassigned, *overview.on_paper)
    found = next((each for each in rows if each.passage.pk == row.pk), None)
    return found or OnTheWay(row)


def _chain_words(way: Any) -> str:
    return " → ".join("、".join(stage.words) for stage in way.stages) or _("直接报送")


def _status(form: Any, findings: Any) -> int:
    return 409 if findings else 422 if form.errors else 200
