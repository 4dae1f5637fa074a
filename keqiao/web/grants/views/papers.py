"""Papers of a grant besides its agreement: a change and its answer, the settlement table."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from keqiao.web.access import opens_to
from keqiao.web.files.kinds import media_type
from keqiao.web.files.names import named_after
from keqiao.web.files.serving import NEVER_SHOWN
from keqiao.web.grants import queries, settlement_table
from keqiao.web.grants.agreement_paper import FORMS, content_of
from keqiao.web.grants.change_paper import SHOWN, paper_of_change, title_of
from keqiao.web.grants.permissions import WHO
from keqiao.writers.summary import Summary, set_summary, summary_workbook, write_summary

SCOPE = "the unit of the grant, the association of the call, the finance bureau that supervises it"


@opens_to(*WHO, scope=SCOPE)
@require_safe
def change_paper(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """What a unit asks to change, or the answer of the office, as Word or PDF."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    row = queries.change_for(request.user, pk, at)  # type: ignore[arg-type]
    if form not in FORMS or row.state not in SHOWN:
        raise Http404
    name = named_after(f"{row.grant.number} {title_of(row)}", form)
    return _answer(name, content_of(paper_of_change(row, row.grant), form), form)


@opens_to(*WHO, scope=SCOPE)
@require_safe
def settlement_file(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The settlement table as a workbook, Word or PDF; a draft until it is admitted."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    row = queries.settlement_for(request.user, pk, at)  # type: ignore[arg-type]
    if form not in settlement_table.FORMS:
        raise Http404
    table = settlement_table.table_of(row, row.grant)
    return _answer(named_after(settlement_table.title_of(row.grant), form), _bytes(table, form), form)


def _bytes(table: Summary, form: str) -> bytes:
    if form == "xlsx":
        return summary_workbook(table)
    if form == "pdf":
        return set_summary(table, settings.FONT_FOLDERS).pdf
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.docx"
        write_summary(table, path)
        return path.read_bytes()


def _answer(name: str, content: bytes, form: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {**NEVER_SHOWN, "Content-Disposition": disposition or "", "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type(form), headers=headers)
