"""What a closed round came to, and one task with its sheet: seen by the office alone."""

from fractions import Fraction
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.findings import Finding
from keqiao.core.lifecycle.review_task import TABLE
from keqiao.core.lifecycle.review_task import ReviewTaskState as T
from keqiao.core.programme.selection import Scorecard
from keqiao.core.scoring.totals import shown
from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.queries import open_for_subject
from keqiao.web.approvals.refusals import AlreadyProposed
from keqiao.web.audit.exports import note_export
from keqiao.web.review import actions, queries
from keqiao.web.review.models import RoundState
from keqiao.web.review.outcomes_table import CODE, FORMS, columns_of, rows_of
from keqiao.web.review.permissions import IN_CHARGE, OFFICER, is_officer
from keqiao.web.review.round_forms import ReopenForm, WhyForm
from keqiao.web.review.scorecards import name_of
from keqiao.web.review.shown_rounds import (
    most_points,
    plain_total,
    sheet_seen,
    strip,
    task_words,
    total_of,
    verdict_words,
)
from keqiao.web.ui.lists import table_file
from keqiao.web.ui.templatetags.shell import say

TAKEN_BACK = ("cancel", "recuse")


@opens_to(*IN_CHARGE, scope="the association of the call")
@require_safe
def outcomes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The outcomes of a closed round by category and rank, each with the totals of its sheets drawn on a line; as a
    table without the names of experts with ``?export=``.
    """
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.round_for(request.user, pk, at)  # type: ignore[arg-type]
    if found.state != RoundState.CLOSED.value:
        raise Http404
    seen = queries.outcomes_of_round(pk)
    entries = {each.entry.application_id: each.entry for each in queries.entries_of(found)}
    sheets = queries.sheets_of_round(pk)
    card = Scorecard.model_validate(found.card)
    if (form := request.GET.get("export", "")) in FORMS:
        note_export(request, CODE, len(seen), form)
        return table_file(
            columns_of(card), rows_of(seen, entries, card, found.revision_id), _("评审结果"), form
        )
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in seen:
        row = _row(each, entries.get(each.application_id), sheets, card)
        groups.setdefault(name_of(found.revision_id, each.node), []).append(row)
    told = list(dict.fromkeys(_key(one, entries) for each in seen for one in each.findings))
    page = {"round": found, "groups": groups, "card": card, "most": most_points(card), "findings": told}
    return render(request, "review/outcomes.html", page)


def _key(finding: Finding, entries: Any) -> str:
    """What a finding of the order says, with titles in the place of ids."""
    titles = {str(pk): entry.application.title or entry.mark for pk, entry in entries.items()}
    values = {name: _titled(value, titles) for name, value in finding.values.items()}
    return say(Finding(finding.code, finding.weight, values))


def _titled(value: Any, titles: dict[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(titles.get(each, each) for each in value)
    return titles.get(str(value), value)


def _row(each: Any, entry: Any, sheets: Any, card: Scorecard) -> dict[str, Any]:
    of_it = [sheets[name] for name in each.result.sheets if name in sheets]
    totals = [total for total in (total_of(card, sheet.answers) for sheet in of_it) if total is not None]
    mark, word = verdict_words(each.verdict)
    return {
        "seen": each,
        "entry": entry,
        "mark": mark,
        "word": word,
        "sheets": [(sheet, plain_total(total_of(card, sheet.answers))) for sheet in of_it],
        "strip": strip(totals, each.result.left_out, most_points(card)),
        "mean": float(100 * each.total / Fraction(most_points(card))) if each.total is not None else None,
        "points": [
            (one.name, shown(card, each.result.by_criterion[one.id]))
            for one in card.criteria
            if each.result.by_criterion
        ],
        "tied": bool(each.ranked and each.ranked.tied),
    }


@opens_to(*IN_CHARGE, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def task_seen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One task as the office sees it: its sheet after closing; taken back, reopened or allowed late with a reason."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.task_for_office(request.user, pk, at)  # type: ignore[arg-type]
    act = request.POST.get("act", "")
    form = ReopenForm(request.POST or None) if act in actions.REOPENING else WhyForm(request.POST or None)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        if not is_officer(request.user, found.association_id, at):  # type: ignore[arg-type]
            raise Http404
        if form.is_valid():
            try:
                return _acted(request, found, act, form)
            except Refused as refused:
                findings = refused.findings
            except (AlreadyProposed, ValidationError):
                messages.warning(request, _("这项申请已在等待另一人审批。"))
                return redirect("review:task_seen", pk)
    page = _page(request, found) | {"form": form, "findings": findings, "act": act}
    return render(
        request, "review/task_seen.html", page, status=409 if findings else 422 if form.errors else 200
    )


def _acted(request: HttpRequest, found: Any, act: str, form: Any) -> HttpResponse:
    by: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    reason = form.cleaned_data["reason"]
    if act in TAKEN_BACK:
        actions.take_back(found.pk, act, reason, **by)
        messages.success(request, _("任务已收回，并通知专家。"))
    elif act in actions.REOPENING:
        actions.ask_to_reopen(found.pk, actions.Reopening(act, form.until_at, reason), **by)
        messages.success(request, _("已提交，等待另一人审批。"))
    else:
        raise Http404
    return redirect("review:task_seen", found.pk)


def _page(request: HttpRequest, found: Any) -> dict[str, Any]:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    may_act = is_officer(request.user, found.association_id, at)  # type: ignore[arg-type]
    is_closed = found.round.state == RoundState.CLOSED.value
    sheet = queries.sheet_of(found) if is_closed and T(found.state) is T.SEALED else None
    card = Scorecard.model_validate(found.round.card) if found.round.card else None
    subject = ("review.task", str(found.pk))
    waiting = [open_for_subject(code, subject, at) for code in actions.REOPENING.values()]
    open_acts = TABLE.acts_in(T(found.state), {OFFICER}) if may_act else ()
    live = found.round.state in (RoundState.PLANNED.value, RoundState.OPEN.value)
    opened = found.round.state in (RoundState.OPEN.value, RoundState.CLOSED.value)
    mark, word = task_words(found.state)
    return {
        "task": found,
        "round": found.round,
        "mark": mark,
        "word": word,
        "sheet": sheet,
        "seen": sheet_seen(card, sheet.answers) if card and sheet else None,
        "card": card,
        "total": plain_total(total_of(card, sheet.answers)) if card and sheet else "—",
        "most": most_points(card) if card else 0,
        "waiting": next((each for each in waiting if each), None),
        "taken_back": [each for each in open_acts if each in TAKEN_BACK and live],
        "reopening": [each for each in open_acts if each in actions.REOPENING and opened],
        "why": WhyForm(),
        "reopen": ReopenForm(),
    }
