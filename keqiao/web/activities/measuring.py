"""Reads from a file how long a work is: minutes of a film, pages and characters of a document."""

from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.guides.blocks import SourceDocument, Table
from keqiao.readers.recordings import recording_length
from keqiao.readers.sandbox import read_document_safely
from keqiao.readers.unreadable import Unreadable
from keqiao.web.activities.models import EvidenceUse
from keqiao.web.files.kinds import family_of
from keqiao.web.files.queries import path_of

DOCUMENTS = ("pdf", "word")
RECORDINGS = ("video", "audio")
UNREADABLE = "unreadable"


def measure(use_id: UUID, at: datetime) -> None:
    """Read the file of one piece of evidence, where its kind has a length."""
    use = EvidenceUse.objects.select_related("file").get(pk=use_id)
    if use.measured_at is not None or use.file is None:
        return
    _say(use, lengths_of(use.file), at)


def break_off(use_id: UUID, at: datetime) -> None:
    """Say that the program could not read it, so that nobody waits for it."""
    _say(EvidenceUse.objects.get(pk=use_id), {UNREADABLE: True}, at)


def _say(use: EvidenceUse, found: dict[str, Any], at: datetime) -> None:
    """Lengths are no statement of anybody: they are read anew from the same bytes, so there is no event."""
    EvidenceUse.objects.filter(pk=use.pk).update(measured=found, measured_at=at)


def lengths_of(file: Any) -> dict[str, Any]:
    family = family_of(file.kind)
    if family in RECORDINGS:
        return _of_recording(file)
    return _of_document(file) if family in DOCUMENTS else {}


def _of_recording(file: Any) -> dict[str, Any]:
    length = recording_length(path_of(file))
    if length is None:
        return {UNREADABLE: True}
    found: dict[str, Any] = {"seconds": f"{float(length.seconds):.2f}"}
    if length.width and length.height:
        found |= {"width": length.width, "height": length.height}
    return found


def _of_document(file: Any) -> dict[str, Any]:
    try:
        document = read_document_safely(path_of(file), name=file.name)
    except Unreadable as refusal:
        return {UNREADABLE: True, "code": refusal.code}
    return {"characters": characters_of(document), "pages": _pages_of(document)}


def characters_of(document: SourceDocument) -> int:
    """How many characters stand in the body of a document, blanks left out (字数): a merged cell counts once."""
    return sum(len("".join(text.split())) for text in _texts(document))


def _texts(document: SourceDocument) -> Any:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row if not cell.inherited)
        else:
            yield block.full_text


def _pages_of(document: SourceDocument) -> int:
    """The last page that a paragraph stands on; 0 where the kind of file has no pages of its own (Word)."""
    places = (block.place.page for block in document.blocks)
    return max(places, default=0)
