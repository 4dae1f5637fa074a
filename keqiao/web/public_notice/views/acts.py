"""What is done to a notice: signed, posted, extended, taken back, withdrawn, concluded; places filled again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.refusals import AlreadyProposed
from keqiao.web.public_notice import actions, approving, queries
from keqiao.web.public_notice.forms import ExtendForm, PostForm, ReasonForm, SubstituteForm
from keqiao.web.public_notice.permissions import IN_CHARGE, OFFICER, is_officer
from keqiao.web.public_notice.views.notices import HERE, page_of


@opens_to(OFFICER, scope=HERE)
@require_POST
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lay a notice before a leader to be signed."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.notice_for(request.user, pk, at)  # type: ignore[arg-type]
    if not is_officer(request.user, found.association_id, at):  # type: ignore[arg-type]
        raise Http404
    return ask_leader(request, approving.SIGN, found, {}, _("请签发"))


def ask_leader(
    request: HttpRequest, code: str, row: Any, arguments: dict[str, Any], reason: str
) -> HttpResponse:
    """Let an act wait for a leader, whatever waits already stays; back to the page of the row."""
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            approving.ask(code, row, arguments, reason, by=(request.user, at))
    except AlreadyProposed:
        messages.warning(request, _("已有一项请示等待领导审批。"))
    else:
        messages.success(request, _("已提交领导审批，批准后即时生效。"))
    return redirect(PAGES[code], row.pk)


PAGES = {
    approving.SIGN: "public_notice:notice",
    approving.WITHDRAW: "public_notice:notice",
    approving.DECIDE: "public_notice:objection",
    approving.SUBSTITUTE: "public_notice:substitute",
    approving.ISSUE: "public_notice:award",
}


@opens_to(OFFICER, scope=HERE)
@require_POST
def act(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Post, plan the posting, conclude, or take the page down: which one the button says."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.notice_for(request.user, pk, at)  # type: ignore[arg-type]
    if not is_officer(request.user, found.association_id, at) or request.POST.get("act") not in ACTS:  # type: ignore[arg-type]
        raise Http404
    does, words = ACTS[request.POST["act"]]
    try:
        does(request, pk, at)
    except Refused as refused:
        page = page_of(request, queries.notice_for(request.user, pk, at), refused.findings)  # type: ignore[arg-type]
        return render(request, "public_notice/notice.html", page, status=409)
    messages.success(request, str(words()))
    return redirect("public_notice:notice", pk)


def _plan(request: HttpRequest, pk: UUID, at: datetime) -> None:
    form = PostForm(request.POST)
    moment = form.moment() if form.is_valid() else None
    actions.plan_posting(pk, moment, actor=request.user, at=at)  # type: ignore[arg-type]


ACTS: dict[str, tuple[Callable[[HttpRequest, UUID, datetime], Any], Callable[[], str]]] = {
    "post": (
        lambda request, pk, at: actions.post(pk, actor=request.user, at=at),
        lambda: _("已发布，公示期从今天算起。"),
    ),  # type: ignore[arg-type]
    "plan": (_plan, lambda: _("已保存发布时间。")),
    "conclude": (
        lambda request, pk, at: actions.conclude(pk, actor=request.user, at=at),  # type: ignore[arg-type]
        lambda: _("已办结：没有异议成立的项目已确认立项，公示情况说明已生成。"),
    ),
    "take_down": (
        lambda request, pk, at: actions.take_down(pk, actor=request.user, at=at),  # type: ignore[arg-type]
        lambda: _("公开页面已下线。"),
    ),
}


@opens_to(OFFICER, scope=HERE)
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let it stand until a later day, for a reason."""

    def does(form: Any, at: datetime) -> None:
        said = form.cleaned_data
        actions.extend(pk, said["until"], said["reason"], actor=request.user, at=at)  # type: ignore[arg-type]
        messages.success(request, _("公示期已延长，公开页面已更新。"))

    return _with_form(request, pk, (ExtendForm, _("延长公示"), _("延长后公开页面显示新的截止日期。")), does)


@opens_to(OFFICER, scope=HERE)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a draft again of a signed notice."""

    def does(form: Any, at: datetime) -> None:
        actions.take_back(pk, form.cleaned_data["reason"], actor=request.user, at=at)  # type: ignore[arg-type]
        messages.success(request, _("已退回拟稿，修改后须重新签发。"))

    return _with_form(request, pk, (ReasonForm, _("退回拟稿"), _("签发作废，修改后须重新签发。")), does)


@opens_to(OFFICER, scope=HERE)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask a leader to let a notice be withdrawn."""

    def does(form: Any, at: datetime) -> None:
        found = queries.notice_for(request.user, pk, at)  # type: ignore[arg-type]
        reason = form.cleaned_data["reason"]
        ask_leader(request, approving.WITHDRAW, found, {"reason": reason}, reason)

    lead = _("须领导批准。撤回后名单中的项目可另行公示，公示期重新计算。")
    return _with_form(request, pk, (ReasonForm, _("撤回公示"), lead), does)


def _with_form(
    request: HttpRequest, pk: UUID, frame: tuple[Any, str, str], does: Callable[[Any, datetime], None]
) -> HttpResponse:
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    found = queries.notice_for(request.user, pk, at)  # type: ignore[arg-type]
    if not is_officer(request.user, found.association_id, at):  # type: ignore[arg-type]
        raise Http404
    kind, title, lead = frame
    form, findings = kind(request.POST or None), ()
    if request.method == "POST" and form.is_valid():
        try:
            does(form, at)
        except Refused as refused:
            findings = refused.findings
        else:
            return redirect("public_notice:notice", pk)
    page = {"notice": found, "form": form, "findings": findings, "title": title, "lead": lead}
    status = 409 if findings else 422 if form.errors else 200
    return render(request, "public_notice/reason.html", page, status=status)


@opens_to(*IN_CHARGE, scope=HERE)
@require_http_methods(["GET", "HEAD", "POST"])
def substitute(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A project that is out, and who in reserve takes its place; a leader agrees."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    viewer: Any = request.user
    out, reserves = queries.place_for(viewer, pk, at)
    may_act = is_officer(viewer, out.association_id, at)
    form = SubstituteForm(request.POST or None, reserves=reserves)
    if request.method == "POST":
        if not may_act:
            raise Http404
        if form.is_valid():
            said = form.cleaned_data
            arguments = {"successor": said["successor"], "reason": said["reason"]}
            return ask_leader(request, approving.SUBSTITUTE, out, arguments, said["reason"])
    waiting = approving.waiting((approving.SUBSTITUTE,), out, at)
    page = {"out": out, "reserves": reserves, "form": form, "may_act": may_act, "waiting": waiting}
    return render(request, "public_notice/substitute.html", page, status=422 if form.errors else 200)
