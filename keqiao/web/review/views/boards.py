"""The board of a round: experts beside applications, the proposal, invitations by tick, doubts to settle."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from keqiao.core.assignment.values import Pair
from keqiao.core.findings import Finding, Verdict
from keqiao.core.lifecycle.review_round import LIVE, ReviewRoundState
from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.review import actions, queries
from keqiao.web.review.actions import Doubt
from keqiao.web.review.permissions import IN_CHARGE, is_officer
from keqiao.web.review.queries.barring import told_of
from keqiao.web.review.queries.board import Board
from keqiao.web.review.round_forms import SettleForm
from keqiao.web.review.shown_rounds import round_words, task_words


@dataclass(frozen=True, slots=True)
class Cell:
    """One expert and one application. ``reasons`` are findings of conflicts; ``is_doubt``: somebody has to look."""

    pair: str
    expert: Any
    mark: str = ""
    word: str = ""
    is_ticked: bool = False
    is_barred: bool = False
    is_doubt: bool = False
    reasons: tuple[Finding, ...] = ()


@opens_to(*IN_CHARGE, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who judges what; with ``propose`` the balanced proposal is ticked. Sent, those that are ticked are invited."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.round_for(request.user, pk, at)  # type: ignore[arg-type]
    if request.method != "POST":
        return render(request, "review/board.html", _page(request, found))
    if not is_officer(request.user, found.association_id, at):  # type: ignore[arg-type]
        raise Http404
    pairs = pairs_in(request.POST.getlist("pair"))
    try:
        made = actions.invite(pk, pairs, actor=request.user, at=at)  # type: ignore[arg-type]
    except Refused as refused:
        page = _page(request, found, pairs, refused.findings)
        return render(request, "review/board.html", page, status=409)
    said = ngettext("已发出 %(n)s 份评审邀请。", "已发出 %(n)s 份评审邀请。", len(made)) % {"n": len(made)}
    messages.success(request, said)
    return redirect("review:board", pk)


def pairs_in(sent: Collection[str]) -> set[Pair]:
    """Return the pairs that are ticked; what is none is left out."""
    found = set()
    for each in sent:
        expert, _colon, application = each.partition(":")
        if _is_id(expert) and _is_id(application):
            found.add((expert, application))
    return found


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _page(
    request: HttpRequest, found: Any, ticked: Collection[Pair] | None = None, findings: Any = ()
) -> dict[str, Any]:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    seen = queries.board_of(found, at)
    is_live = ReviewRoundState(found.state) in LIVE
    proposed, told, loads = set(ticked or ()), tuple(findings), {}
    if ticked is None and "propose" in request.GET and is_live:
        proposal = queries.proposal_of(seen)
        proposed = {(each.expert, each.application) for each in proposal.given if not each.fixed}
        told = tuple(_named(each, seen) for each in proposal.findings)
    loads = {
        str(each.pk): seen.load(str(each.pk)) + sum(pair[0] == str(each.pk) for pair in proposed)
        for each in seen.experts
    }
    return {
        "round": found,
        "rows": [_row(seen, entry, proposed) for entry in seen.entries],
        "experts": [(each, loads[str(each.pk)], seen.room[str(each.pk)]) for each in seen.experts],
        "most": max([*loads.values(), 1]),
        "proposed": len(proposed),
        "findings": told,
        "mark": round_words(found.state)[0],
        "word": round_words(found.state)[1],
        "may_act": is_live and is_officer(request.user, found.association_id, at),  # type: ignore[arg-type]
    }


def _named(finding: Finding, seen: Board) -> Finding:
    """The finding of a proposal with titles and names in the place of ids."""
    names = {str(each.application_id): each.application.title or each.mark for each in seen.entries}
    names |= {str(each.pk): str(each) for each in seen.experts}
    values = {key: names.get(str(value), value) for key, value in finding.values.items()}
    return Finding(finding.code, finding.weight, values, finding.source, finding.at)


def _row(seen: Board, entry: Any, proposed: Collection[Pair]) -> tuple[Any, int, list[Cell]]:
    application = str(entry.application_id)
    cells = [_cell(seen, each, application, proposed) for each in seen.experts]
    judging = seen.judging(application) + sum(cell.is_ticked for cell in cells)
    return entry, judging, cells


def _cell(seen: Board, expert: Any, application: str, proposed: Collection[Pair]) -> Cell:
    pair = (str(expert.pk), application)
    task = seen.tasks.get(pair)
    verdict = seen.verdict(pair)
    mark, word = task_words(task.state) if task else ("", "")
    return Cell(
        pair=":".join(pair),
        expert=expert,
        mark=mark,
        word=word,
        is_ticked=task is None and pair in proposed,
        is_barred=verdict is not Verdict.PASSES,
        is_doubt=verdict is Verdict.PERSON,
        reasons=told_of(seen.conflicts.between(*pair), {}) if verdict is not Verdict.PASSES else (),
    )


@opens_to(*IN_CHARGE, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, pk: UUID, expert: UUID, application: UUID) -> HttpResponse:
    """Why an expert must not judge an application, or may not; a doubt is settled here, with a reason."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.round_for(request.user, pk, at)  # type: ignore[arg-type]
    findings: tuple[Finding, ...] = ()
    form = SettleForm(request.POST or None)
    may_act = is_officer(request.user, found.association_id, at)  # type: ignore[arg-type]
    if request.method == "POST":
        if not may_act:
            raise Http404
        if form.is_valid():
            try:
                _settle(request, found, (expert, application), form.cleaned_data)
            except Refused as refused:
                findings = refused.findings
            else:
                return redirect("review:pair", pk, expert, application)
    page = _pair(found, queries.board_of(found, at), (expert, application))
    page |= {"form": form, "findings": findings, "may_act": may_act}
    return render(request, "review/pair.html", page, status=409 if findings else 422 if form.errors else 200)


def _settle(request: HttpRequest, found: Any, of: tuple[UUID, UUID], said: dict[str, Any]) -> None:
    by: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    doubt = Doubt(*of, said["rule"], said["about"])
    actions.settle(found.pk, doubt, (said["is_same"] == "yes", said["reason"]), **by)
    messages.success(request, _("核实结果已记录。"))


def _pair(found: Any, seen: Board, of: tuple[UUID, UUID]) -> dict[str, Any]:
    expert = next((each for each in seen.experts if each.pk == of[0]), None)
    entry = next((each for each in seen.entries if each.application_id == of[1]), None)
    if expert is None or entry is None:
        raise Http404
    names = queries.names_for(seen.conflicts, seen.experts, [each.application for each in seen.entries])
    reasons = seen.conflicts.between(str(of[0]), str(of[1]))
    told = told_of(reasons, names)
    rows = [(one, said, one.verdict is Verdict.PERSON) for one, said in zip(reasons, told, strict=True)]
    return {
        "round": found,
        "expert": expert,
        "entry": entry,
        "reasons": rows,
        "settled": queries.settled_between(*of),
    }
