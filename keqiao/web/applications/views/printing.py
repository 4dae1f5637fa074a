"""The form and the receipt as files to be saved."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keqiao.web.access import opens_to
from keqiao.web.applications import queries
from keqiao.web.applications.office_document import why_not
from keqiao.web.applications.permissions import IN_CHARGE, OF_A_UNIT
from keqiao.web.applications.printing import (
    PDF,
    WORD,
    Sheet,
    blank_sheet,
    draft_sheet,
    receipt_name,
    receipt_pdf,
    submitted_sheet,
)
from keqiao.web.files.kinds import media_type
from keqiao.web.files.serving import NEVER_SHOWN
from keqiao.web.programmes.office_paper import TemplateGone
from keqiao.writers.pdf import NotSet


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_safe
def blank_form(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The form of an application with nothing in it, to be filled in on paper or in Word."""
    application = queries.own_application(request.user, pk, request.arrived_at)  # type: ignore[attr-defined,arg-type]
    return _taken(request, blank_sheet(application), form, to=("applications:detail", pk))


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_safe
def draft_form(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """What stands in an application now, marked as a draft."""
    application = queries.own_application(request.user, pk, request.arrived_at)  # type: ignore[attr-defined,arg-type]
    return _taken(request, draft_sheet(application, form), form, to=("applications:detail", pk))


@opens_to(*OF_A_UNIT, *IN_CHARGE, scope="the unit of the application; the association of the call")
@require_safe
def submitted_form(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """What was submitted, with fingerprint and code on each page."""
    at = request.arrived_at  # type: ignore[attr-defined]
    submission = queries.submission_of(request.user, pk, at)  # type: ignore[arg-type]
    sheet = submitted_sheet(submission, request.user, at)  # type: ignore[arg-type]
    return _taken(request, sheet, form, to=("applications:receipt", pk))


@opens_to(*OF_A_UNIT, *IN_CHARGE, scope="the unit of the application; the association of the call")
@require_safe
def receipt_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The receipt as PDF."""
    submission = queries.submission_of(request.user, pk, request.arrived_at)  # type: ignore[attr-defined,arg-type]
    return _file(receipt_pdf(submission), receipt_name(submission), PDF)


def _taken(request: HttpRequest, sheet: Sheet | None, form: str, *, to: tuple[str, UUID]) -> HttpResponse:
    if sheet is None or form not in (WORD, PDF):
        raise Http404
    try:
        content = sheet.content(form)
    except NotSet as failed:
        if not failed.too_large:
            raise
        messages.error(request, _("内容过多，PDF 没有生成。请下载 Word 文件后另存为 PDF。"))
        return redirect(*to)
    except TemplateGone as gone:
        messages.error(request, why_not(gone))
        return redirect(*to)
    return _file(content, sheet.file_name(form), form)


def _file(content: bytes, name: str, form: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {**NEVER_SHOWN, "Content-Disposition": disposition or "", "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type(form), headers=headers)
