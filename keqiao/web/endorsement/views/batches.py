"""The list goes on: looked at before, sent to its co-signer, forwarded as one act, answered, recalled."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.findings import Weight
from keqiao.core.lifecycle.batch import BatchState
from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.endorsement import actions, queries
from keqiao.web.endorsement.definitions import category_of
from keqiao.web.endorsement.forms import AnswerForm, ReasonForm
from keqiao.web.endorsement.models import Batch, Queue
from keqiao.web.endorsement.permissions import CO_SIGNER, CO_SIGNS, ENDORSER, OPENS_TO, TAKES
from keqiao.web.endorsement.phrases import responsibility
from keqiao.web.endorsement.takers import has_co_signing_people
from keqiao.web.endorsement.views.lists import batch_shown
from keqiao.web.endorsement.views.shown import Head, Seen, head_of, lines_shown
from keqiao.web.ui.templatetags.shell import cn_time

NOT_YET = frozenset({"endorsement.co_signer_waits", "endorsement.co_signer_not_asked"})
"""Findings that sending the list to its co-signer answers."""


@opens_to(*TAKES, scope="the unit that takes the queue")
@require_http_methods(["GET", "HEAD", "POST"])
def forward(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How many, which, to whom, and what stands against it; then all at once, or to the co-signer first."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    queue = queries.queue_for(request.user, pk, at)  # type: ignore[arg-type]
    role = queries.role_in(queue, request.user, at)  # type: ignore[arg-type]
    if role != ENDORSER:
        raise Http404
    live = queries.live_list(queue)
    asks = bool(queue.co_signing) and live is None
    refused: tuple[Any, ...] = ()
    if request.method == "POST":
        try:
            batch = _sent(request, queue, asks=asks)
        except Refused as stops:
            refused = stops.findings
        else:
            return redirect("endorsement:batch", batch.pk)
    page = _before(queue, Seen(queue, role), at) | {"asks": asks, "live": live}
    if refused:
        page["findings"] = refused
    stops = [
        each
        for each in page["findings"]
        if each.weight is Weight.REFUSE and not (asks and each.code in NOT_YET)
    ]
    page["may_forward"] = not stops
    page["findings"] = [
        each for each in page["findings"] if each.weight is not Weight.REFUSE or each in stops
    ]
    return render(request, "endorsement/forward.html", page, status=409 if refused else 200)


def _sent(request: HttpRequest, queue: Queue, *, asks: bool) -> Batch:
    by: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    if asks:
        batch = actions.propose(queue.pk, **by)
        messages.success(request, _("名单已送会签。"))
        return batch
    batch = actions.forward(queue.pk, **by)
    count = batch.lines.count()
    messages.success(request, ngettext("已上报 %(n)s 项。", "已上报 %(n)s 项。", count) % {"n": count})
    return batch


def _before(queue: Queue, seen: Seen, at: Any) -> dict[str, Any]:
    rows = lines_shown(queries.lines_of(queue), seen)
    by_state: dict[str, list[Any]] = {}
    for row in (*rows.above, *rows.below):
        by_state.setdefault(row.code, []).append(row)
    return {
        "page": head_of(queue, at),
        "chosen": by_state.get("recommended", []),
        "declined": [row for row in by_state.get("declined", []) if not row.is_told],
        "left": [*by_state.get("waiting", []), *by_state.get("returned", [])],
        "findings": queries.against_forwarding(queue, at),
        "to": queries.next_after(queue),
        "with_whom": (queue.co_signer.name if queue.co_signer else queue.co_signing)
        if queue.co_signing
        else "",
        "responsibility": responsibility(),
    }


@opens_to(*OPENS_TO, scope="the unit that takes the queue; its co-signer; the association of the call")
@require_safe
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One list: what stands on it, how it stands, and what the viewer may do with it."""
    return render(request, "endorsement/batch.html", _page(request, pk))


def _page(request: HttpRequest, pk: UUID, form: Any = None, findings: Any = ()) -> dict[str, Any]:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    row = queries.batch_for(request.user, pk, at)  # type: ignore[arg-type]
    queue = queries.queue_for(request.user, row.queue_id, at)  # type: ignore[arg-type]
    role, state = queries.role_in(queue, request.user, at), BatchState(row.state)  # type: ignore[arg-type]
    head = head_of(queue, at)
    on_paper = bool(queue.co_signing) and not has_co_signing_people(queue.co_signer_id, at)
    shown = batch_shown(row)
    return {
        "batch": row,
        "title": shown.words,
        "state": shown.state,
        "state_kind": shown.state_kind,
        "lead": f"{head.taker} · {category_of(queue.revision_id, queue.node) or head.call}",
        "crumbs": _crumbs(role, head),
        "rows": _rows(row),
        "findings": findings,
        "may_answer": role == CO_SIGNER and state is BatchState.PROPOSED,
        "may_note": role == ENDORSER and state is BatchState.PROPOSED and on_paper,
        "may_forward": role == ENDORSER and state is BatchState.AGREED,
        "may_recall": role == ENDORSER and state is BatchState.FORWARDED,
        "stamped": queries.stamped_list(row),
        "stamped_page": reverse("filing:stamped_about", args=[row._meta.label_lower, row.pk]),
        "form": form or (ReasonForm() if role == ENDORSER else AnswerForm()),
        "facts": list(_facts(row)),
    }


def _crumbs(role: str, head: Head) -> list[tuple[str, str]]:
    if role in (ENDORSER, CO_SIGNER):
        home = (_("推荐"), reverse("endorsement:queues"))
    else:
        home = (head.call, reverse("endorsement:office", args=[head.call_id]))
    return [home, (head.category, reverse("endorsement:queue", args=[head.pk]))]


def _rows(batch: Batch) -> list[dict[str, Any]]:
    return [
        {
            "pk": line.passage_id,
            "place": line.rank,
            "title": line.passage.application.title or line.passage.application.number,
            "unit": line.passage.application.unit.name,
            "said": line.endorsement.words,
            "may_open": line.passage.queue_id == batch.queue_id,
        }
        for line in queries.lines_on(batch)
    ]


def _facts(batch: Batch) -> Any:
    yield _("名单指纹"), " ".join(batch.digest[at : at + 4] for at in range(0, 16, 4))
    yield _("提出时间"), cn_time(batch.made_at)
    if batch.decided_at:
        yield _("会签时间"), cn_time(batch.decided_at)
    if batch.decision:
        yield _("会签意见"), batch.decision
    if batch.forwarded_at:
        yield _("上报时间"), cn_time(batch.forwarded_at)
    if batch.declined:
        yield _("同时告知不推荐"), str(batch.declined)
    if batch.recalled_at:
        yield _("撤回时间"), cn_time(batch.recalled_at)


@opens_to(*CO_SIGNS, scope="the co-signer of the queue")
@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree to exactly this list, or not."""
    form = AnswerForm(request.POST)

    def act(said: dict[str, Any], by: dict[str, Any]) -> str:
        if said["act"] == "agree":
            actions.agree(pk, **by)
            return _("已同意，推荐单位可以上报。")
        actions.refuse(pk, said["reason"], **by)
        return _("已回复不同意。")

    return _acted(request, pk, form, act)


@opens_to(*TAKES, scope="the unit that takes the queue")
@require_POST
def note_agreed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down that the co-signer agreed on paper: it has no people in the system."""

    def act(said: dict[str, Any], by: dict[str, Any]) -> str:
        stamped = queries.stamped_list(queries.batch_for(request.user, pk, by["at"]))  # type: ignore[arg-type]
        scan_id = stamped.scan_id if stamped.state == "fits" else None
        actions.agree_on_paper(pk, said["reason"], scan_id=scan_id, **by)
        return _("已登记会签，可以上报。")

    return _acted(request, pk, ReasonForm(request.POST), act)


@opens_to(*TAKES, scope="the unit that takes the queue")
@require_POST
def recall(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a forwarded list back, with a reason."""

    def act(said: dict[str, Any], by: dict[str, Any]) -> str:
        actions.recall(pk, said["reason"], **by)
        return _("已撤回上报，名单回到队列。")

    return _acted(request, pk, ReasonForm(request.POST), act)


def _acted(
    request: HttpRequest, pk: UUID, form: Any, act: Callable[[dict[str, Any], dict[str, Any]], str]
) -> HttpResponse:
    """Do it if the form is in order; else the page again, with all faults."""
    findings: tuple[Any, ...] = ()
    queries.batch_for(request.user, pk, request.arrived_at)  # type: ignore[arg-type, attr-defined]
    if form.is_valid():
        by = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
        try:
            messages.success(request, act(form.cleaned_data, by))
        except Refused as refused:
            findings = refused.findings
        except Batch.DoesNotExist as stranger:
            raise Http404 from stranger
        else:
            return redirect("endorsement:batch", pk)
    page = _page(request, pk, form, findings)
    return render(request, "endorsement/batch.html", page, status=409 if findings else 422)
