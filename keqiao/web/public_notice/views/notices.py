"""Pages of notices in the office: what waits, one notice with its list, drafting and changing it, its papers."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.lifecycle.public_notice import PublicNoticeState as S
from keqiao.core.workdays import YearNotPublished, shanghai_day
from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.public_notice import actions, approving, queries
from keqiao.web.public_notice.counting import days_left
from keqiao.web.public_notice.forms import NoticeForm, PostForm
from keqiao.web.public_notice.forms.notices import initial_of
from keqiao.web.public_notice.numbers import next_number
from keqiao.web.public_notice.papers import blocks_of, paper_of_notice, statement_of_notice
from keqiao.web.public_notice.permissions import IN_CHARGE, OFFICER, is_officer
from keqiao.web.public_notice.shown import NOTICE_KINDS, download, notice_words
from keqiao.web.public_notice.starting import start_of_notice
from keqiao.web.public_notice.stated import length_of

HERE = "the association of the call"
BOTH = (approving.SIGN, approving.WITHDRAW)


@opens_to(*IN_CHARGE, scope="the associations of the viewer")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits in the calls, all notices and awards."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    viewer: Any = request.user
    found = queries.notices_for(viewer, at)
    page = {
        "calls": queries.calls_to_notice(viewer, at),
        "rows": [(row, notice_words(row.state), NOTICE_KINDS[S(row.state)]) for row in found[:MOST]],
        "awards": queries.awards_for(viewer, at)[:MOST],
    }
    return render(request, "public_notice/home.html", page)


MOST = 50
"""Notices and awards on the first page, the newest: a handful a year."""


@opens_to(OFFICER, scope=HERE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft a notice about what is approved in a call."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    viewer: Any = request.user
    call = queries.call_to_notice(viewer, pk, at)
    if not is_officer(viewer, call.association_id, at):
        raise Http404
    ready = list(queries.ready_of(pk))
    start = start_of_notice(call, ready, number=next_number(call.association, shanghai_day(at).year))
    form = NoticeForm(request.POST or None, ready=ready, initial=start)

    def write() -> Any:
        chosen = [UUID(each) for each in form.cleaned_data["chosen"]]
        return actions.draft(pk, form.wording(), chosen, actor=viewer, at=at)

    return _form_page(request, form, {"call": call, "stated": length_of(call)}, write)


@opens_to(OFFICER, scope=HERE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a notice that is not signed."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    viewer: Any = request.user
    found = queries.notice_for(viewer, pk, at)
    if found.state != S.DRAFTED.value:
        return redirect("public_notice:notice", pk)
    ready = list(queries.ready_of(found.call_id, beside=found.pk))
    form = NoticeForm(request.POST or None, ready=ready, initial=initial_of(found))

    def write() -> Any:
        chosen = [UUID(each) for each in form.cleaned_data["chosen"]]
        version = form.cleaned_data["version"] or 0
        return actions.edit(pk, version, form.wording(), chosen, by=(viewer, at))

    page = {"call": found.call, "notice": found, "stated": length_of(found.call)}
    return _form_page(request, form, page, write)


def _form_page(request: HttpRequest, form: NoticeForm, page: dict[str, Any], write: Any) -> HttpResponse:
    findings: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = write()
        except Refused as refused:
            findings = refused.findings
        else:
            return redirect("public_notice:notice", made.pk)
    status = 409 if findings else 422 if form.errors else 200
    return render(
        request, "public_notice/form.html", {**page, "form": form, "findings": findings}, status=status
    )


@opens_to(*IN_CHARGE, scope=HERE)
@require_safe
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One notice: how it stands, how it looks, what can be done."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    return render(
        request, "public_notice/notice.html", page_of(request, queries.notice_for(request.user, pk, at))
    )  # type: ignore[arg-type]


def page_of(request: HttpRequest, found: Any, findings: Any = ()) -> dict[str, Any]:
    """Return what the page of a notice needs."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    items = list(queries.items_of(found))
    lines = queries.lines_of(found, items)
    objections = list(queries.objections_to(found))
    try:
        period, unknown = queries.period_shown(found, at), ()
    except YearNotPublished as not_known:
        period, unknown = None, (not_known.finding,)
    return {
        "notice": found,
        "state": notice_words(found.state),
        "state_kind": NOTICE_KINDS[S(found.state)],
        "period": period,
        "left": days_left(found, shanghai_day(at)) if found.state == S.POSTED.value else None,
        "blocks": blocks_of(paper_of_notice(found, lines, period)) if period and lines else [],
        "objections": objections,
        "undecided": [each for each in objections if each.state in queries.UNDECIDED],
        "vacant": [each.selection for each in items if _is_vacant(each.selection)],
        "waiting": approving.waiting(BOTH, found, at),
        "post_form": PostForm(initial={"post_at": found.post_at}),
        "findings": [*findings, *unknown],
        "may_act": is_officer(request.user, found.association_id, at),  # type: ignore[arg-type]
    }


def _is_vacant(selection: Any) -> bool:
    return selection.state in queries.OUT and not hasattr(selection, "substitute")


@opens_to(*IN_CHARGE, scope=HERE)
@require_safe
def paper(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The notice as Word or PDF; a draft until it is posted."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.notice_for(request.user, pk, at)  # type: ignore[arg-type]
    lines = queries.lines_of(found, list(queries.items_of(found)))
    try:
        period = queries.period_shown(found, at)
    except YearNotPublished as unknown:
        raise Http404 from unknown
    return download(lambda: paper_of_notice(found, lines, period), form, (found.title, found.number))


@opens_to(*IN_CHARGE, scope=HERE)
@require_safe
def statement(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The statement on its end as Word or PDF, once it is concluded."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.notice_for(request.user, pk, at)  # type: ignore[arg-type]
    if not found.closing:
        raise Http404
    return download(lambda: statement_of_notice(found), form, (_("公示情况说明"), found.title))
