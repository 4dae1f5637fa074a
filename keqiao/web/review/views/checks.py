"""One formal check: its points beside the form, the result, taking a result back."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.core.findings import Finding
from keqiao.core.lifecycle.formal_check import DECIDED, FormalCheckState
from keqiao.core.rules.formal_check import NEEDS_REASON
from keqiao.web.access import opens_to
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.filling.fields import made
from keqiao.web.applications.filling.shown import Page, Situation, parts_of_page
from keqiao.web.applications.queries import submitted_answers
from keqiao.web.applications.refusals import Refused
from keqiao.web.review import actions, queries
from keqiao.web.review.forms import ReasonForm, answers_in, the_rest
from keqiao.web.review.models import FormalCheck
from keqiao.web.review.models.checks import LONGEST_REASON
from keqiao.web.review.permissions import IN_CHARGE, OFFICER, is_officer
from keqiao.web.review.queries import Looked
from keqiao.web.review.shown import STATE_KINDS, groups_of, phrases_for, rows_of, state_words


@opens_to(*IN_CHARGE, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The points of one application beside its form; officers answer them and let it pass."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.check_for(request.user, pk, at)  # type: ignore[arg-type]
    if request.method != "POST":
        return render(request, "review/check.html", _page(request, found))
    if not is_officer(request.user, found.association_id, at):  # type: ignore[arg-type]
        raise Http404
    looked = queries.looked_at(found, at)
    try:
        _answer(request, looked)
        if request.POST.get("act") == "pass":
            actions.pass_check(pk, _digest(request), actor=request.user, at=at)  # type: ignore[arg-type]
            return _on(request, found)
    except Refused as refused:
        page = _page(request, found, refused.findings, request.POST)
        return render(request, "review/check.html", page, status=409)
    messages.success(request, _("已保存。"))
    return redirect("review:check", pk)


def _answer(request: HttpRequest, looked: Looked) -> None:
    """Write down what the form says anew; with "the rest meets", also of points that nobody has answered."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    points = [seen.point for seen in looked.points]
    standing = {seen.point.key: (seen.said, seen.reason) for seen in looked.points if seen.said}
    said = answers_in(request.POST, points, standing)
    if request.POST.get("act") == "rest":
        said += the_rest(points, [*standing, *(each.key for each in said)])
    if said:
        actions.answer(looked.check.pk, _digest(request), said, actor=request.user, at=at)  # type: ignore[arg-type]


def _on(request: HttpRequest, found: FormalCheck) -> HttpResponse:
    """After a result: to the next one that waits, or back to the list."""
    messages.success(request, _("已判为合格，并通知申报单位。"))
    later = queries.next_open(found)
    return redirect("review:check", later.pk) if later else redirect("review:call", found.call_id)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Refuse an application for the points found wanting; the page names them with their clauses."""

    def act(found: FormalCheck, reason: str) -> str:
        at: Any = request.arrived_at  # type: ignore[attr-defined]
        actions.refuse(found.pk, found.digest, reason, actor=request.user, at=at)  # type: ignore[arg-type]
        return _("已判为不合格，并把依据和理由告知申报单位。")

    return _with_reason(request, pk, "review/refuse.html", act, phrases_for("refuse"))


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a result back, for a reason."""

    def act(found: FormalCheck, reason: str) -> str:
        at: Any = request.arrived_at  # type: ignore[attr-defined]
        actions.reopen(found.pk, reason, actor=request.user, at=at)  # type: ignore[arg-type]
        return _("结论已收回，可以重新审查。")

    return _with_reason(request, pk, "review/reopen.html", act, ())


def _with_reason(
    request: HttpRequest,
    pk: UUID,
    template: str,
    act: Callable[[FormalCheck, str], str],
    phrases: Iterable[str],
) -> HttpResponse:
    found = queries.check_for(request.user, pk, request.arrived_at)  # type: ignore[arg-type, attr-defined]
    form, findings = ReasonForm(request.POST or None), ()
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(found, form.cleaned_data["reason"]))
        except Refused as refused:
            findings = refused.findings
        else:
            return redirect("review:check", pk)
    page = _page(request, found) | {"form": form, "findings": findings, "phrases": list(phrases)}
    return render(request, template, page, status=409 if findings else 422 if form.errors else 200)


def _page(
    request: HttpRequest,
    found: FormalCheck,
    findings: Iterable[Finding] = (),
    typed: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    looked = queries.looked_at(found, at)
    submission, application = looked.submission, found.application
    specification = asked_at(submission.revision_id, application.node).specification
    answers = submitted_answers(submission)
    parts = ()
    if specification is not None:
        parts = parts_of_page(Page(specification, answers, Situation(is_editable=False)), made)
    state = FormalCheckState(found.state)
    faults = {str(each.at[0]): each for each in findings if each.at}
    rows = rows_of(looked, typed, faults)
    return {
        "check": found,
        "application": application,
        "submission": submission,
        "specification": specification,
        "parts": parts,
        "answers": answers,
        "groups": groups_of(rows),
        "answered": looked.answered,
        "in_all": len(looked.points),
        "wanting": [row for row in rows if row.is_wanting],
        "state": state_words(state),
        "state_kind": STATE_KINDS[state],
        "may_act": is_officer(request.user, found.association_id, at),  # type: ignore[arg-type]
        "is_open": state is FormalCheckState.OPEN,
        "is_decided": state in DECIDED,
        "faults": faults,
        "findings": [each for each in findings if not each.at],
        "phrases": [words for said in sorted(NEEDS_REASON) for words in phrases_for(said)],
        "longest": LONGEST_REASON,
    }


def _digest(request: HttpRequest) -> str:
    return request.POST.get("digest", "")[:64]
