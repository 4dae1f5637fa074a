"""Reads one call document of any kind into blocks.

``read_document`` trusts the file and works in the caller's process: for files of our own and for tests.
What people upload goes through ``sandbox.read_document_safely``.
"""

import hashlib
import importlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, cast

from keqiao.core.guides.blocks import Block, Paragraph, SourceDocument, Table
from keqiao.readers.assembly import Reading
from keqiao.readers.gate import pass_gate
from keqiao.readers.unreadable import Unreadable

Reader = Callable[[Path], Reading]

# A call with all its attachments has some 30,000 characters; at these limits reading still takes under 3 s.
CHARACTERS_MAX: Final = 500_000
PARAGRAPHS_MAX: Final = 10_000

# Named, not imported: a child that reads a text file must not pay for the PDF libraries.
READERS: Final = {
    "doc": "keqiao.readers.legacy:read_doc",
    "docx": "keqiao.readers.word.document:read_word",
    "html": "keqiao.readers.html.document:read_html",
    "pdf": "keqiao.readers.pdf.document:read_pdf",
    "txt": "keqiao.readers.text.document:read_text_file",
    "wps": "keqiao.readers.legacy:read_wps",
    "xls": "keqiao.readers.sheet:read_sheets",
    "xlsx": "keqiao.readers.sheet:read_sheets",
}


def read_document(path: Path) -> SourceDocument:
    """Read the file at ``path`` by its content.

    A damaged file may raise whatever its library raises; only the child of ``sandbox`` turns all of that into one.

    Raises:
        Unreadable: the kind is not read, or the file is refused at the gate, holds no text or too much of it.
    """
    return read_kind(path, pass_gate(path), path.name)


def read_kind(path: Path, kind: str, name: str) -> SourceDocument:
    """Read a file that has passed the gate as ``kind``; ``name`` is the name it was uploaded under."""
    if kind not in READERS:
        raise Unreadable("unreadable.unknown_kind", name=name, kind=kind)
    blocks, remarks = _reader(kind)(path)
    if not blocks:
        raise Unreadable("unreadable.empty", name=name)
    lengths = [len(paragraph.text) for paragraph in _paragraphs(blocks)]
    if sum(lengths) > CHARACTERS_MAX or len(lengths) > PARAGRAPHS_MAX:
        raise Unreadable(
            "unreadable.too_long",
            characters=sum(lengths),
            characters_limit=CHARACTERS_MAX,
            paragraphs=len(lengths),
            paragraphs_limit=PARAGRAPHS_MAX,
        )
    return SourceDocument(name, kind, blocks, _digest(path), remarks)


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield every paragraph once, those of merged cells at their first position."""
    for block in blocks:
        if isinstance(block, Table):
            for cell in (cell for row in block.rows for cell in row if not cell.inherited):
                yield from cell.paragraphs
        else:
            yield block


def _reader(kind: str) -> Reader:
    module, name = READERS[kind].split(":")
    return cast("Reader", getattr(importlib.import_module(module), name))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
