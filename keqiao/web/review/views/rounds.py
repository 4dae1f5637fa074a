"""Rounds of review in the office: the list, a new one, one with its progress, opening, closing, cancelling."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.review_round import ReviewRoundState as S
from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.queries import revision_in_force
from keqiao.web.review import actions, queries
from keqiao.web.review.blind_copy import files_not_shown
from keqiao.web.review.permissions import IN_CHARGE, OFFICER, is_officer
from keqiao.web.review.round_forms import RoundForm, WhyForm
from keqiao.web.review.scorecards import card_of, experts_stated, name_of
from keqiao.web.review.shown_rounds import round_words, task_words


@opens_to(*IN_CHARGE, scope="the associations of the viewer")
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds with how far they are, and the calls for which one can be made: for the first time, or again."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    rows = [(row, *round_words(row.state)) for row in queries.rounds_for(request.user, at)]  # type: ignore[arg-type]
    calls = queries.calls_to_judge(request.user, at)  # type: ignore[arg-type]
    offices = request.user.organisations_as(OFFICER, at)  # type: ignore[union-attr]
    mine = [each for each in calls if each.call.association_id in offices]
    page = {
        "rows": rows,
        "calls": [each for each in mine if each.waiting],
        "again": [each for each in mine if not each.waiting],
    }
    return render(request, "review/rounds.html", page)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def round_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a round together for categories of a call."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    call = queries.call_to_check(request.user, pk, at).call  # type: ignore[arg-type]
    if not is_officer(request.user, call.association_id, at):  # type: ignore[arg-type]
        raise Http404
    choices, first = _choices(call)
    day = local_day(at)
    given = {"opens_on": day, "experts": first, "name": call.title[:80], "nodes": [c[0] for c in choices[:1]]}
    form = RoundForm(request.POST or None, nodes=choices, initial=given)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_round(pk, _wanted(form), actor=request.user, at=at)  # type: ignore[arg-type]
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("评审轮次已建立。下一步安排专家。"))
            return redirect("review:board", made.pk)
    status = 409 if findings else 422 if form.errors else 200
    page = {"call": call, "form": form, "findings": findings, "choices": choices}
    return render(request, "review/round_new.html", page, status=status)


def _choices(call: Any) -> tuple[list[tuple[str, str]], int]:
    """The categories in which a round would judge something, and how many experts the first of them states."""
    revision = revision_in_force(call)
    counted = queries.nodes_to_judge(call.pk)
    if revision is None:
        return [], experts_stated(None)
    words = {node: name_of(revision.pk, node) for node in counted}
    said = ngettext("%(name)s（%(n)s项）", "%(name)s（%(n)s项）", 1)
    choices = [
        (node, said % {"name": words[node], "n": number})
        for node, number in sorted(counted.items(), key=lambda pair: words[pair[0]])
    ]
    try:
        card = card_of(revision.pk, choices[0][0]) if choices else None
    except KeyError:
        card = None
    return choices, experts_stated(card)


def _wanted(form: RoundForm) -> actions.NewRound:
    said = form.cleaned_data
    return actions.NewRound(
        name=said["name"],
        nodes=said["nodes"],
        experts=said["experts"],
        opens_at=form.opens_at,
        closes_at=form.closes_at,
        most=said["most"],
        blind=said["blind"],
    )


@opens_to(*IN_CHARGE, scope="the association of the call")
@require_safe
def round_seen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One round: what it judges, who is asked, how much is sealed; scores only after it closes, on their own page."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.round_for(request.user, pk, at)  # type: ignore[arg-type]
    entries = queries.entries_of(found)
    return render(request, "review/round.html", _page(request, found, entries, ()))


def _page(
    request: HttpRequest, found: Any, entries: list[Any], findings: tuple[Finding, ...]
) -> dict[str, Any]:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    state = S(found.state)
    wanted = sum(each.wanted for each in entries)
    judging, sealed = sum(each.judging for each in entries), sum(each.sealed for each in entries)
    told = files_not_shown([each.entry for each in entries]) if state in (S.PLANNED, S.OPEN) else ()
    missing = queries.without_account(found.association_id) if state in (S.PLANNED, S.OPEN) else []
    if missing:
        names = {"names": tuple(missing)}
        told = (*told, Finding("review.experts_without_account", Weight.WARN, names))
    return {
        "round": found,
        "nodes": [name_of(found.revision_id, node) for node in found.nodes],
        "rows": [(each, [(task, *task_words(task.state)) for task in each.tasks]) for each in entries],
        "mark": round_words(found.state)[0],
        "word": round_words(found.state)[1],
        "bars": [
            (_("应评审"), wanted, str(wanted)),
            (_("已安排"), judging, str(judging)),
            (_("已封存"), sealed, str(sealed)),
        ],
        "most": max(wanted, judging, 1),
        "may_act": is_officer(request.user, found.association_id, at),  # type: ignore[arg-type]
        "is_planned": state is S.PLANNED,
        "is_open": state is S.OPEN,
        "is_closed": state is S.CLOSED,
        "is_live": state in (S.PLANNED, S.OPEN),
        "findings": (*findings, *told),
    }


def _acted(request: HttpRequest, pk: UUID, act: Callable[[], Any], said: str) -> HttpResponse:
    """Do an act of an officer and go back to the round; refused, its page says why."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.round_for(request.user, pk, at)  # type: ignore[arg-type]
    try:
        act()
    except Refused as refused:
        page = _page(request, found, queries.entries_of(found), refused.findings)
        return render(request, "review/round.html", page, status=409)
    messages.success(request, said)
    return redirect("review:round", pk)


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def round_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a round now."""
    by: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    return _acted(request, pk, lambda: actions.open_round(pk, **by), _("评审已经开始。"))


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def round_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a round; its outcomes are written."""
    by: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    return _acted(request, pk, lambda: actions.close_round(pk, **by), _("评审已经结束，结果已生成。"))


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def round_take_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take in what has passed the formal check since."""
    by: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    return _acted(request, pk, lambda: actions.take_in(pk, **by), _("已列入新合格的申报。"))


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def round_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cancel a round, for a reason."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.round_for(request.user, pk, at)  # type: ignore[arg-type]
    form, findings = WhyForm(request.POST or None), ()
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_round(pk, form.cleaned_data["reason"], actor=request.user, at=at)  # type: ignore[arg-type]
        except Refused as refused:
            findings = refused.findings  # type: ignore[assignment]
        else:
            messages.success(request, _("评审轮次已取消，并通知专家。"))
            return redirect("review:round", pk)
    page = {"round": found, "form": form, "findings": findings}
    return render(request, "review/round_cancel.html", page, status=409 if findings else 200)
