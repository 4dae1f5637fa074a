"""Pages of awards in the office, and the letter that a unit gets."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.workdays import shanghai_day
from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.public_notice import actions, approving, queries
from keqiao.web.public_notice.actions.awarding import lines_now
from keqiao.web.public_notice.forms import AwardForm
from keqiao.web.public_notice.forms.awards import initial_of
from keqiao.web.public_notice.numbers import next_number
from keqiao.web.public_notice.papers import RESULT_TITLE, blocks_of, letter_to_unit, paper_of_award
from keqiao.web.public_notice.permissions import IN_CHARGE, OFFICER, is_officer
from keqiao.web.public_notice.shown import download, result_words
from keqiao.web.public_notice.starting import start_of_award, titles_of
from keqiao.web.public_notice.views.acts import ask_leader
from keqiao.web.registers.queries.lines import schemes_of

HERE = "the association of the call"
READS_LETTERS = ("applicant", "unit_admin", *IN_CHARGE)


@opens_to(OFFICER, scope=HERE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_award(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft the notice of an award about what is confirmed in a call."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    call = queries.call_to_notice(request.user, pk, at)  # type: ignore[arg-type]
    if not is_officer(request.user, call.association_id, at):  # type: ignore[arg-type]
        raise Http404
    day = shanghai_day(at)
    number = next_number(call.association, day.year)
    start = start_of_award(call, number=number)
    offered = {"schemes": schemes_of(call.association_id, day), "titles": titles_of(call)}
    form = AwardForm(request.POST or None, initial=start, **offered)

    def write() -> Any:
        return actions.draft_award(pk, form.wording(), actor=request.user, at=at)  # type: ignore[arg-type]

    return _form_page(request, form, {"call": call}, write)


@opens_to(OFFICER, scope=HERE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_award(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the notice of an award that is not issued."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.award_for(request.user, pk, at)  # type: ignore[arg-type]
    if found.issued_at is not None:
        return redirect("public_notice:award", pk)
    schemes, titles = schemes_of(found.association_id, shanghai_day(at)), titles_of(found.call)
    start = initial_of(found, titles)
    form = AwardForm(request.POST or None, schemes=schemes, titles=titles, initial=start)

    def write() -> Any:
        version = form.cleaned_data["version"] or 0
        return actions.edit_award(pk, version, form.wording(), actor=request.user, at=at)  # type: ignore[arg-type]

    return _form_page(request, form, {"call": found.call, "award": found}, write)


def _form_page(
    request: HttpRequest, form: AwardForm, page: dict[str, Any], write: Callable[[], Any]
) -> HttpResponse:
    findings: Any = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = write()
        except Refused as refused:
            findings = refused.findings
        else:
            return redirect("public_notice:award", made.pk)
    status = 409 if findings else 422 if form.errors else 200
    shown = {**page, "form": form, "findings": findings}
    return render(request, "public_notice/award_form.html", shown, status=status)


@opens_to(*IN_CHARGE, scope=HERE)
@require_safe
def award(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One award: how it looks, its letters, what can be done."""
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    found = queries.award_for(request.user, pk, at)  # type: ignore[arg-type]
    lines = _lines(found)
    page = {
        "award": found,
        "items": queries.lines_of_award(found),
        "blocks": blocks_of(paper_of_award(found, lines)) if lines else [],
        "letters": [(each, result_words(each)) for each in queries.letters_of(found)],
        "waiting": approving.waiting((approving.ISSUE,), found, at),
        "may_act": is_officer(request.user, found.association_id, at),  # type: ignore[arg-type]
    }
    return render(request, "public_notice/award.html", page)


@opens_to(OFFICER, scope=HERE)
@require_POST
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lay an award before a leader to be issued."""
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    found = queries.award_for(request.user, pk, at)  # type: ignore[arg-type]
    if not is_officer(request.user, found.association_id, at):  # type: ignore[arg-type]
        raise Http404
    return ask_leader(request, approving.ISSUE, found, {}, _("请签发"))


@opens_to(*IN_CHARGE, scope=HERE)
@require_safe
def award_paper(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The notice of an award as Word or PDF; a draft until it is issued."""
    found = queries.award_for(request.user, pk, request.arrived_at)  # type: ignore[arg-type, attr-defined]
    lines = _lines(found)
    return download(lambda: paper_of_award(found, lines), form, (found.title, found.number))


@opens_to(*READS_LETTERS, scope="the unit it is about, and the association of the call")
@require_safe
def letter(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The letter that tells a unit how its application came out, as Word or PDF."""
    found = queries.letter_for(request.user, pk, request.arrived_at)  # type: ignore[arg-type, attr-defined]
    return download(lambda: letter_to_unit(found), form, (RESULT_TITLE, found.application.number))


def _lines(found: Any) -> list[dict[str, Any]]:
    if found.issued_at is None:
        return lines_now(found)[1]
    return [item.listed for item in queries.lines_of_award(found)]
