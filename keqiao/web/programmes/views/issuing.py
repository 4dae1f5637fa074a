"""Issue a call as the office's notice: look at it, choose its wording and parts, take it as Word or PDF, keep it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keqiao.core.lifecycle.call import OFFICER
from keqiao.core.programme import Programme
from keqiao.web.access import opens_to
from keqiao.web.files.kinds import media_type
from keqiao.web.files.serving import NEVER_SHOWN
from keqiao.web.programmes import actions, queries
from keqiao.web.programmes.issuing import PDF, WORD, Issue, issue_of, kept_notice
from keqiao.web.programmes.parts import HEAD, Part
from keqiao.web.programmes.permissions import WORK_ON_CALLS, is_editable, roles_towards
from keqiao.web.programmes.proofreading.addresses import part_address
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.programmes.views.refusing import refused_page
from keqiao.web.programmes.wording.labels import field_label
from keqiao.writers.pdf import NotSet


@opens_to(*WORK_ON_CALLS, scope="the association of the call")
@require_safe
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The notice as it would be issued, and the ways to issue it."""
    call = queries.call_for(request.user, pk, request.arrived_at)
    found = issue_of(call, request.GET)
    if found is None:
        return redirect("programmes:reading", pk)
    issue, form = found
    is_officer = OFFICER in roles_towards(request.user, call.association_id, request.arrived_at)
    may_edit = is_officer and is_editable(call.state)
    page = {
        "call": call,
        "issue": issue,
        "form": form,
        "lacking": [field_label(Programme, name) for name in issue.lacks],
        "head_address": part_address(call.pk, Part("", HEAD)) if may_edit else "",
        "may_keep": may_edit and issue.can_be_kept(),
    }
    return render(request, "programmes/issue.html", page)


@opens_to(*WORK_ON_CALLS, scope="the association of the call")
@require_safe
def issued(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The notice as a Word file or PDF, to be saved."""
    call = queries.call_for(request.user, pk, request.arrived_at)
    found = issue_of(call, request.GET)
    if found is None or form not in (WORD, PDF):
        raise Http404
    issue, _form = found
    try:
        content = issue.word() if form == WORD else issue.pdf()
    except NotSet as failed:
        if not failed.too_large:
            raise
        messages.error(request, _("内容过多，PDF 没有生成。请少选几个部分，或下载 Word 文件后另存为 PDF。"))
        return redirect(f"{reverse('programmes:issue', args=[pk])}?{request.GET.urlencode()}")
    return _file(content, issue, form)


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def keep_issued(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the notice as the document of its call, so that every fact is tied to its words."""
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    found = issue_of(call, request.POST)
    if found is None:
        return redirect("programmes:reading", pk)
    issue, _form = found
    if not issue.can_be_kept():
        messages.warning(request, _("这份通知已有原文，没有重复存入。"))
        return redirect("programmes:issue", pk)
    try:
        attached = kept_notice(issue, actor=request.user, at=request.arrived_at)
        actions.attach_document(call.pk, attached, actor=request.user, at=request.arrived_at)
    except ValidationError as no_room:
        messages.error(request, " ".join(no_room.messages))
    except StaleDraft:
        messages.warning(request, _("草稿刚被他人修改，通知没有存入。请核对后再存。"))
    except Refused as refused:
        return refused_page(request, call, refused)
    else:
        messages.success(request, _("已存为本通知的原文，每项内容都对应到通知的文字。"))
        return redirect("programmes:draft", pk)
    return redirect("programmes:issue", pk)


def _file(content: bytes, issue: Issue, form: str) -> HttpResponse:
    name = issue.file_name(form, _("草稿"))
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {**NEVER_SHOWN, "Content-Disposition": disposition or ""}
    return HttpResponse(content, content_type=media_type(form), headers=headers)
