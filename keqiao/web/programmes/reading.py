"""Read an uploaded document into a draft, stage by stage; what fails is written down with its reason."""

from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from keqiao.core.guides.blocks import SourceDocument
from keqiao.core.guides.flat import flat
from keqiao.core.guides.reading import read_call
from keqiao.core.programme.types import Programme
from keqiao.readers.reading import programme_from_reading, words_of
from keqiao.readers.sandbox import read_document_safely
from keqiao.readers.transfer import to_values
from keqiao.readers.unreadable import Unreadable
from keqiao.readers.vocabulary import guide_vocabulary
from keqiao.web.audit import log
from keqiao.web.files.queries import path_of
from keqiao.web.programmes.definitions import Values, values_of
from keqiao.web.programmes.models import ReadingState, Source
from keqiao.web.programmes.owed import follow_call
from keqiao.web.programmes.versions import Saving, begin

READER = "reader"
"""The part of the program that acts here; events name it in place of a person."""

OPENING, UNDERSTANDING, DRAFTING = ("opening", 15), ("understanding", 55), ("drafting", 85)
NOTHING_FOUND, NOT_A_CALL = "reading.no_category", "reading.not_a_call"
CATEGORIES_EXPECTED = {"call", "other"}
"""The kinds of paper a call may be read as: without categories these are calls that could not be understood."""
BROKEN_OFF = "reading.broken_off"

words_for_operators = structlog.get_logger("keqiao.reading")


def read(source_id: UUID, at: datetime) -> None:
    """Read the document of a source and make the draft of its call.

    Run again after a crash it starts over; a source that has been read is left alone.
    """
    source = Source.objects.select_related("call__association", "file").get(pk=source_id)
    if source.state == ReadingState.READ:
        return
    _show(source, OPENING)
    try:
        document = read_document_safely(path_of(source.file), name=source.file.name)
    except Unreadable as refusal:
        fail(source, refusal.code, dict(refusal.values), at)
        return
    _show(source, UNDERSTANDING)
    found = flat(read_call(document, guide_vocabulary()))
    if not found["categories"]:
        kind = found["document"]["kind"]
        if kind in CATEGORIES_EXPECTED:
            fail(source, NOTHING_FOUND, {"name": source.file.name}, at)
        else:
            fail(source, NOT_A_CALL, {"name": source.file.name, "kind": f"word.{kind}"}, at)
        return
    _show(source, DRAFTING)
    _finish(source, document, found, at)


@transaction.atomic
def fail(source: Source, code: str, values: Values, at: datetime) -> None:
    """Write down why a document could not be read. The original stays."""
    source.state, source.failure, source.failure_values = ReadingState.FAILED.value, code, values
    source.stage, source.read_at = "", at
    source.save(update_fields=["state", "failure", "failure_values", "stage", "read_at"])
    data = {"source": str(source.pk), "code": code}
    log.record("reading_failed", source.call, actor=None, role=READER, at=at, data=data)
    follow_call(source.call, at, "reading_failed")


def break_off(source_id: UUID, at: datetime) -> None:
    """Write down that the program itself failed while reading, so that nobody waits for it."""
    source = Source.objects.select_related("call", "file").get(pk=source_id)
    if source.state != ReadingState.READ:
        fail(source, BROKEN_OFF, {"name": source.file.name}, at)


@transaction.atomic
def _finish(source: Source, document: SourceDocument, found: Values, at: datetime) -> None:
    call = source.call
    programme = programme_from_reading(found, id=f"{call.association.slug}-{call.pk.hex[:8]}")
    words = {key: tied.as_values() for key, tied in words_of(found, programme).items()}
    begin(call, {"definition": values_of(programme), "words": words}, Saving("read", None, at))
    source.state, source.progress, source.stage = ReadingState.READ.value, 100, ""
    source.result, source.document, source.read_at = found, to_values(document), at
    source.document_kind = programme.kind
    source.save()
    _name(source, programme)
    data = {"source": str(source.pk), "digest": document.digest, "categories": len(found["categories"])}
    log.record("read", call, actor=None, role=READER, at=at, data=data)
    follow_call(call, at, "read")


def _name(source: Source, programme: Programme) -> None:
    call = source.call
    call.title, call.year, call.region = programme.title[:300], programme.year, (programme.region or "")[:60]
    call.save(update_fields=["title", "year", "region"])


def _show(source: Source, stage: tuple[str, int]) -> None:
    """Let the progress page see how far it is: a commit of its own."""
    source.stage, source.progress = stage
    source.state = ReadingState.READING.value
    source.save(update_fields=["stage", "progress", "state"])
    words_for_operators.info("reading", source=str(source.pk), stage=source.stage)
