"""Pages that show a form as applicants get it, and give it as files."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.files.kinds import media_type
from keqiao.web.files.serving import NEVER_SHOWN
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.form_desk.preview import FACES, SCHEMA, WORD, Preview, preview_of
from keqiao.web.programmes.form_desk.views import drafted
from keqiao.web.programmes.models import Draft
from keqiao.web.programmes.office_paper import TemplateGone, TemplateUnfit, template_of
from keqiao.web.programmes.proofreading.addresses import form_address
from keqiao.writers.pdf import NotSet


@opens_to(OFFICER, scope="the association of the call")
@require_safe
def form_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A form on the page as it stands on paper, the ways to take it along, and the schema of its answers."""
    call, draft = drafted(request, pk)
    page = {"call": call, "preview": _preview(request, draft)}
    return render(request, "programmes/form_desk/preview.html", page)


@opens_to(OFFICER, scope="the association of the call")
@require_safe
def form_file(request: HttpRequest, pk: UUID, face: str) -> HttpResponse:
    """The blank form as Word or PDF, or the schema of its answers, to be saved."""
    call, draft = drafted(request, pk)
    if face not in FACES:
        raise Http404
    preview = _preview(request, draft)
    try:
        issuers = tuple(programme_of(draft.definition).issuers)
        template = template_of(preview.specification.form, call.association_id) if face == WORD else None
        content = preview.file(face, issuers, template)
    except TemplateUnfit:
        messages.error(
            request, _("本单位的表格文件无法填写。请用 Word 或 WPS 打开，另存为 .docx，重新上传并核对。")
        )
        return redirect(form_address(call.pk, preview.specification.form.id))
    except TemplateGone:
        messages.error(request, _("本单位的表格文件已不在系统中，或不是核对过的那一份。请重新上传并核对。"))
        return redirect(form_address(call.pk, preview.specification.form.id))
    except NotSet as failed:
        if not failed.too_large:
            raise
        messages.error(request, _("表格过长，PDF 没有生成。可以下载 Word 文件后另存为 PDF。"))
        return redirect(form_address(call.pk, preview.specification.form.id))
    disposition = content_disposition_header(as_attachment=True, filename=preview.file_name(face))
    headers = {**NEVER_SHOWN, "Content-Disposition": disposition or ""}
    kind = "application/schema+json" if face == SCHEMA else media_type(face)
    return HttpResponse(content, content_type=kind, headers=headers)


def _preview(request: HttpRequest, draft: Draft) -> Preview:
    programme = programme_of(draft.definition)
    form = next((each for each in programme.forms if each.id == request.GET.get("node", "")), None)
    if form is None:
        raise Http404
    return preview_of(programme, form, request.GET.get("category", ""))
