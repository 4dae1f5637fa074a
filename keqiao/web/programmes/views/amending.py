"""Correction and extension notices: upload one, watch it being read, settle its changes, merge them into the draft."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.lifecycle.call import OFFICER
from keqiao.core.query import Field, Kind
from keqiao.web.access import opens_to
from keqiao.web.programmes import actions, queries
from keqiao.web.programmes.amendments import queries as amendment_queries
from keqiao.web.programmes.amendments.page import amendment_page
from keqiao.web.programmes.amendments.shown import ProposalShown, shown
from keqiao.web.programmes.forms.amending import MergeForm, NoticeForm, TieForm, VerdictForm
from keqiao.web.programmes.models import UNPUBLISHED, Amendment, Call
from keqiao.web.programmes.permissions import WORK_ON_CALLS, associations_as_officer
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.programmes.views.starting import KINDS_IN_WORDS
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, column_condition, list_page
from keqiao.web.ui.templatetags.shell import say

NOTICES = ListKind(
    columns=(
        Column("title", gettext_lazy("标题"), ("title",)),
        Column("state", gettext_lazy("状态"), ("applied_at", "-uploaded_at")),
        Column("call", gettext_lazy("所改通知"), ("call__title",)),
        Column("uploaded", gettext_lazy("上传时间"), ("uploaded_at",)),
    ),
    default_sort="-uploaded",
    search=amendment_queries.named,
    filters=(
        Filter(
            "state",
            gettext_lazy("状态"),
            [
                ("waiting", gettext_lazy("待处理")),
                ("merged", gettext_lazy("已并入草稿")),
                ("published", gettext_lazy("已发布")),
                ("failed", gettext_lazy("未能识读")),
            ],
            amendment_queries.in_state,
        ),
    ),
    keys=(
        Key(
            Field("uploaded", ("上传时间", "上传", "Uploaded"), Kind.DAY),
            column_condition("uploaded_at", is_moment=True),
        ),
    ),
    hint=gettext_lazy("标题、文件名或所改通知"),
    code="programmes.amendments",
)


@opens_to(*WORK_ON_CALLS)
@require_safe
def amendments(request: HttpRequest) -> HttpResponse:
    """All notices of one's associations, newest first."""
    rows = amendment_queries.amendments_for(request.user, request.arrived_at)
    return render(request, "programmes/amendments.html", {"list": list_page(rows, NOTICES, request.GET)})


@opens_to(OFFICER, scope="the associations of the officer")
@require_http_methods(["GET", "HEAD", "POST"])
def amendment_new(request: HttpRequest) -> HttpResponse:
    """Upload a notice; the call it is about may be known (``?call=``)."""
    call = _call_asked_for(request)
    associations = queries.associations_for_new_calls(request.user, request.arrived_at)
    if call is not None:
        associations = associations.filter(pk=call.association_id)
    form = NoticeForm(request.POST or None, request.FILES or None, associations=associations)
    if request.method == "POST" and form.is_valid():
        association = form.cleaned_data["association"]
        try:
            file = form.store(actor=request.user, association_id=association.pk, at=request.arrived_at)
        except ValidationError as refused:
            form.add_error("file", refused)
        else:
            original = actions.Original(file.pk, file.name)
            made = actions.take_in(association.pk, original, call, actor=request.user, at=request.arrived_at)
            return redirect("programmes:amendment", made.pk)
    page = {"form": form, "call": call, "kinds": KINDS_IN_WORDS}
    return render(request, "programmes/amendment_new.html", page, status=422 if form.errors else 200)


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def amendment_instead(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take what was uploaded as a call as a notice."""
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    try:
        made = actions.take_in_instead(call.pk, actor=request.user, at=request.arrived_at)
    except Refused as refused:
        page = {"call": call, "findings": refused.findings}
        return render(request, "programmes/refused.html", page, status=409)
    return redirect("programmes:amendment", made.pk)


@opens_to(*WORK_ON_CALLS, scope="the association of the notice")
@require_safe
def amendment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A notice: its reading while that goes on, then its changes beside the draft of its call."""
    notice = amendment_queries.amendment_for(request.user, pk, request.arrived_at)
    return _page(request, notice)


@opens_to(*WORK_ON_CALLS, scope="the association of the notice")
@require_safe
def amendment_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The part of the page that asks again while the notice is being read."""
    notice = amendment_queries.amendment_for(request.user, pk, request.arrived_at)
    page = amendment_page(notice)
    answer = render(request, "programmes/amendment.html#progress", {"page": page, "amendment": notice})
    if not page.is_under_way:
        answer.headers["HX-Refresh"] = "true"
    return answer


@opens_to(OFFICER, scope="the association of the notice")
@require_POST
def amendment_call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which call a notice is about."""
    notice = amendment_queries.amendment_kept_by(request.user, pk, request.arrived_at)
    form = TieForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择所改的通知。"))
        return redirect("programmes:amendment", pk)
    try:
        actions.tie_to_call(notice.pk, form.cleaned_data["call"], actor=request.user, at=request.arrived_at)
    except Refused as refused:
        return _refused(request, notice, refused)
    messages.success(request, _("已对应到所选通知。"))
    return redirect("programmes:amendment", pk)


@opens_to(OFFICER, scope="the association of the notice")
@require_POST
def amendment_settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept one proposal, set it aside, take it over by hand; or take back what was said."""
    notice = amendment_queries.amendment_kept_by(request.user, pk, request.arrived_at)
    key = request.POST.get("key", "")
    try:
        if "again" in request.POST:
            actions.open_again(notice.pk, key, actor=request.user, at=request.arrived_at)
            return _back(pk, key)
        form = VerdictForm(request.POST, proposal=_proposal(notice, key))
        if not form.is_valid():
            return _page(request, notice, faulty=form, status=422)
        actions.settle(notice.pk, form.said(), actor=request.user, at=request.arrived_at)
    except Refused as refused:
        return _refused(request, notice, refused)
    return _back(pk, key)


@opens_to(OFFICER, scope="the association of the notice")
@require_POST
def amendment_plain(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept everything that needs no decision."""
    notice = amendment_queries.amendment_kept_by(request.user, pk, request.arrived_at)
    try:
        count = actions.accept_plain(notice.pk, actor=request.user, at=request.arrived_at)
    except Refused as refused:
        return _refused(request, notice, refused)
    messages.success(request, ngettext("已采纳 %(n)s 项。", "已采纳 %(n)s 项。", count) % {"n": count})
    return redirect("programmes:amendment", pk)


@opens_to(OFFICER, scope="the association of the notice")
@require_POST
def amendment_merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Merge what was accepted into the draft of the call."""
    notice = amendment_queries.amendment_kept_by(request.user, pk, request.arrived_at)
    form = MergeForm(request.POST)
    if not form.is_valid():
        return _page(request, notice, status=422)
    try:
        actions.merge_notice(
            notice.pk, form.cleaned_data["version"], actor=request.user, at=request.arrived_at
        )
    except StaleDraft:
        messages.warning(request, _("草稿刚被他人修改，没有并入。请核对下列各项后再并入。"))
    except Refused as refused:
        return _refused(request, notice, refused)
    else:
        messages.success(request, _("已并入草稿。请核对后发布新版本。"))
    return redirect("programmes:amendment", pk)


def _call_asked_for(request: HttpRequest) -> Call | None:
    """The published call that a notice is uploaded for, if one is named; 404 where it may not be changed."""
    named = request.GET.get("call", "")
    if not named:
        return None
    try:
        call = queries.call_kept_by(request.user, UUID(named), request.arrived_at)
    except ValueError as no_id:
        raise Http404 from no_id
    if call.state in UNPUBLISHED:
        raise Http404
    return call


def _proposal(notice: Amendment, key: str) -> ProposalShown | None:
    """The proposal that is settled, as it stands beside the draft."""
    draft = queries.draft_of(notice.call) if notice.call else None
    return shown(notice, draft).proposal(key)


def _back(pk: UUID, key: str) -> HttpResponse:
    """Back to the page, at the change that was settled."""
    answer = redirect("programmes:amendment", pk)
    answer["Location"] += f"#change-{quote(key.partition(':')[0])}"
    return answer


def _refused(request: HttpRequest, notice: Amendment, refused: Refused) -> HttpResponse:
    for finding in refused.findings:
        messages.error(request, say(finding))
    return _page(
        request, amendment_queries.amendment_for(request.user, notice.pk, request.arrived_at), status=409
    )


def _page(
    request: HttpRequest, notice: Amendment, faulty: VerdictForm | None = None, status: int = 200
) -> HttpResponse:
    page = amendment_page(notice)
    mine = associations_as_officer(request.user, request.arrived_at)
    values = {
        "amendment": notice,
        "page": page,
        "faulty": faulty,
        "may_settle": not page.is_merged and notice.association_id in mine,
    }
    return render(request, "programmes/amendment.html", values, status=status)
