"""The endorser's pages: the queues of its units, one of them in order, who has not filed yet; moving and deciding."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.endorsement import actions, queries
from keqiao.web.endorsement.forms import WordsForm
from keqiao.web.endorsement.models import Queue
from keqiao.web.endorsement.permissions import CO_SIGNS, ENDORSER, OPENS_TO, TAKES
from keqiao.web.endorsement.phrases import phrases_for
from keqiao.web.endorsement.queries import LineShown
from keqiao.web.endorsement.views.calling import to_call
from keqiao.web.endorsement.views.lists import batch_shown
from keqiao.web.endorsement.views.shown import (
    Seen,
    head_of,
    heads_of,
    lines_shown,
    row_of,
    state_here,
)

MOST_AT_ONCE = 500
FITTING = {
    "recommend": (PassageState.WAITING,),
    "decline": (PassageState.WAITING,),
    "reconsider": (PassageState.RECOMMENDED, PassageState.DECLINED),
}
"""In which states what is done to several at once can be done."""
TOLD_EARLY = frozenset({"endorsement.late", "endorsement.over_quota", "endorsement.opinion_outdated"})
"""What is told on the page of a queue already, before anybody tries to forward."""


@opens_to(*CO_SIGNS, scope="the units of the viewer")
@require_safe
def queues(request: HttpRequest) -> HttpResponse:
    """All queues of the viewer's units, and lists that wait for their agreement."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = list(queries.queues_for(request.user, at))  # type: ignore[arg-type]
    mine = [queue for queue in found if queries.role_in(queue, request.user, at) == ENDORSER]  # type: ignore[arg-type]
    signed = [batch_shown(batch) for batch in queries.lists_to_sign(request.user, at)]  # type: ignore[arg-type]
    page = {"rows": heads_of(mine, at), "signed": signed}
    return render(request, "endorsement/queues.html", page)


@opens_to(*OPENS_TO, scope="the unit that takes the queue; its co-signer; the association of the call")
@require_safe
def queue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One queue: quota and deadline, the lines in order, what stands against forwarding, its lists."""
    return render(request, "endorsement/queue.html", page_of(request, pk))


def page_of(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Return what the page of a queue shows."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    row = queries.queue_for(request.user, pk, at)  # type: ignore[arg-type]
    found = queries.lines_of(row)
    seen = Seen(
        row,
        queries.role_in(row, request.user, at),
        queries.findings_of_many([each.passage for each in found]),
    )  # type: ignore[arg-type]
    lines = lines_shown(found, seen, queries.terms_of(row).free)
    missing = queries.missing_of(row, at)
    against = queries.against_forwarding(row, at)
    may_act = seen.role == ENDORSER
    return {
        "page": head_of(row, at),
        "lines": lines,
        "received": len(lines.above) + len(lines.below),
        "missing": len(missing.drafting) + len(missing.not_begun),
        "findings": [each for each in against if each.code in TOLD_EARLY],
        "batches": [batch_shown(batch) for batch in queries.batches_of(row)],
        "may_act": may_act,
        "to_forward": lines.recommended,
        "columns": 8 if may_act else 6,
    }


@opens_to(*OPENS_TO, scope="the unit that takes the queue; its co-signer; the association of the call")
@require_safe
def missing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who has not filed yet, to be telephoned: those with a draft, those that have not begun."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    row = queries.queue_for(request.user, pk, at)
    found = queries.missing_of(row, at)
    groups = [
        (_("正在填写，尚未提交"), to_call(found.drafting, at), _("没有正在填写的单位。")),
        (_("还没有开始"), to_call(found.not_begun, at), _("没有这样的单位，或者通知没有限定申报单位。")),
    ]
    return render(request, "endorsement/missing.html", {"page": head_of(row, at), "groups": groups})


@opens_to(*TAKES, scope="the unit that takes the queue")
@require_POST
def rank(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move one line: up, down, before or behind another one. Nothing happens where it cannot go."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    row = queries.queue_for(request.user, pk, at)
    order = [line.passage.pk for line in queries.lines_of(row) if line.rank is not None]
    wanted = moved(order, request.POST.get("move", ""))
    if wanted != order:
        try:
            actions.rank(row.pk, wanted, actor=request.user, at=at)  # type: ignore[arg-type]
        except Refused as refused:
            return render(
                request,
                "endorsement/queue.html",
                page_of(request, pk) | {"findings": refused.findings},
                status=409,
            )
    return redirect("endorsement:queue", pk)


def moved(order: Sequence[UUID], move: str) -> list[UUID]:
    """Return the order after a move: ``up:<id>``, ``down:<id>``, ``before:<id>:<other>`` or ``after:<id>:<other>``."""
    act, _colon, rest = move.partition(":")
    ids = [each for said in rest.split(":") for each in order if str(each) == said]
    if not ids:
        return list(order)
    at = order.index(ids[0])
    others = [each for each in order if each != ids[0]]
    places = {"up": at - 1, "down": at + 1}
    if len(ids) > 1:
        beside = others.index(ids[1]) if ids[1] in others else at
        places |= {"before": beside, "after": beside + 1}
    place = max(0, places.get(act, at))
    return [*others[:place], ids[0], *others[place:]]


def _fits(line: LineShown, queue: Queue, act: str) -> bool:
    """Can this be done with a line as it stands? What cannot is left out, and the page that asks names the others."""
    return state_here(line.passage, queue) in FITTING.get(act, ())


@opens_to(*TAKES, scope="the unit that takes the queue")
@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Several at once: recommended or not, with one opinion that is asked for on a page of its own; or taken back."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    row = queries.queue_for(request.user, pk, at)
    act = request.POST.get("act", "")
    ticked = set(request.POST.getlist("row")[:MOST_AT_ONCE])
    lines = [
        line for line in queries.lines_of(row) if str(line.passage.pk) in ticked and _fits(line, row, act)
    ]
    form = WordsForm(request.POST if "words" in request.POST else None, act=act)
    if not lines:
        messages.warning(request, _("请先勾选要办理的申报。"))
        return redirect("endorsement:queue", pk)
    findings = ()
    if act == "reconsider" or (form.is_bound and form.is_valid()):
        words = form.cleaned_data["words"] if act != "reconsider" else ""
        try:
            actions.decide_together(
                [line.passage.pk for line in lines], act, words, actor=request.user, at=at
            )
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(
                request, ngettext("已办理 %(n)s 项。", "已办理 %(n)s 项。", len(lines)) % {"n": len(lines)}
            )
            return redirect("endorsement:queue", pk)
    page = {
        "page": head_of(row, at),
        "rows": [row_of(line, Seen(row, "")) for line in lines],
        "act": act,
        "form": form,
        "findings": findings,
        "phrases": phrases_for(act),
    }
    return render(
        request, "endorsement/decide.html", page, status=409 if findings else 422 if form.errors else 200
    )
