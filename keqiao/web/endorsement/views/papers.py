"""Summary tables as files: of a queue as it stands (a draft), of a list that was made, of what a unit submitted."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from keqiao.core.lifecycle.batch import BatchState
from keqiao.web.access import opens_to
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.audit.exports import note_export
from keqiao.web.endorsement import own_summaries, queries
from keqiao.web.endorsement.definitions import category_of
from keqiao.web.endorsement.models import Batch, Queue
from keqiao.web.endorsement.permissions import OPENS_TO
from keqiao.web.endorsement.summary import About, Listed, summary_of
from keqiao.web.files.kinds import media_type
from keqiao.web.files.names import named_after
from keqiao.web.files.serving import NEVER_SHOWN
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.queries import offers_of
from keqiao.web.ui.site_addresses import page_address
from keqiao.writers.forms.imprint import Imprint
from keqiao.writers.summary import Summary, set_summary, summary_workbook, write_summary

HOLDS = frozenset({BatchState.PROPOSED.value, BatchState.AGREED.value, BatchState.FORWARDED.value})
"""States of lists that are frozen and hold: what is stamped has the same fingerprint as the signature page."""
FORMS = ("pdf", "xlsx", "docx")
QUEUE, BATCH, OWN = "endorsement.queue", "endorsement.batch", "endorsement.own"


@opens_to(*OPENS_TO, scope="the unit that takes the queue; its co-signer; the association of the call")
@require_safe
def summary(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The table of what is recommended now, marked as a draft."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    queue = queries.queue_for(request.user, pk, at)  # type: ignore[arg-type]
    lines = [line for line in queries.lines_of(queue) if line.rank is not None]
    found = queries.submissions_of([line.passage.application_id for line in lines])
    listed = [
        Listed(
            line.passage.application,
            found.get(line.passage.application_id),
            line.rank,
            line.opinion.words if line.opinion else "",
        )
        for line in lines
    ]
    imprint = Imprint(at=at, issuers=(queue.taker.name,), is_draft=True)
    return _file(request, QUEUE, _summary(queue, listed, imprint, None), form)


@opens_to(*OPENS_TO, scope="the unit that takes the queue; its co-signer; the association of the call")
@require_safe
def batch_summary(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The table of one list: with its fingerprint while it holds, else marked as a draft."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    batch = queries.batch_for(request.user, pk, at)  # type: ignore[arg-type]
    lines = list(queries.lines_on(batch))
    found = queries.submissions_with([line.digest for line in lines])
    listed = [
        Listed(line.passage.application, found.get(line.digest), line.rank, line.endorsement.words)
        for line in lines
    ]
    made = batch.forwarded_at or batch.made_at
    return _file(request, BATCH, _summary(batch.queue, listed, _imprint(batch), made), form)


def _imprint(batch: Batch) -> Imprint:
    issuers, made = (batch.queue.taker.name,), batch.forwarded_at or batch.made_at
    if batch.state not in HOLDS:
        return Imprint(at=made, issuers=issuers, is_draft=True)
    address = page_address("endorsement:batch", batch.pk)
    return Imprint(at=made, issuers=issuers, number=str(batch.ordinal), digest=batch.digest, address=address)


def _summary(queue: Queue, listed: list[Listed], imprint: Imprint, made: Any) -> Summary:
    names = dict(offers_of({queue.call_id}).values_list("node", "name"))
    about = About(
        unit=queue.taker.name,
        call=queue.call.title,
        category=category_of(queue.revision_id, queue.node),
        revision_id=queue.revision_id,
        node=queue.node,
        day=local_day(made) if made else None,
        imprint=imprint,
    )
    return summary_of(about, listed, names)


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_safe
def own_summary(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The table of what a unit has submitted, where it files that itself; any application on it leads here."""
    table = own_summaries.own_summary(request.user, pk, request.arrived_at)  # type: ignore[arg-type, attr-defined]
    return _file(request, OWN, table, form)


def _file(request: HttpRequest, code: str, summary: Summary, form: str) -> HttpResponse:
    """The table as a file; that it left the site is an event: it names people and their telephones."""
    if form not in FORMS:
        raise Http404
    content = _bytes(summary, form)
    note_export(request, code, len(summary.rows), form)
    name = named_after(summary.title, form)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {**NEVER_SHOWN, "Content-Disposition": disposition or "", "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type(form), headers=headers)


def _bytes(summary: Summary, form: str) -> bytes:
    if form == "xlsx":
        return summary_workbook(summary)
    if form == "pdf":
        return set_summary(summary, settings.FONT_FOLDERS).pdf
    with TemporaryDirectory() as folder:
        path = Path(folder) / "summary.docx"
        write_summary(summary, path)
        return path.read_bytes()
