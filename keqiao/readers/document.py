"""Reads one call document of any kind into blocks.

``read_document`` trusts the file and works in the caller's process: for files of our own and for tests.
What people upload goes through ``sandbox.read_document_safely``.
"""

import hashlib
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, cast

from keqiao.core.guides.blocks import SourceDocument
from keqiao.readers.assembly import Reading
from keqiao.readers.kind import kind_of
from keqiao.readers.unreadable import Unreadable

Reader = Callable[[Path], Reading]

# Named, not imported: a child that reads a text file must not pay for the PDF libraries.
READERS: Final = {
    "docx": "keqiao.readers.word.document:read_word",
    "pdf": "keqiao.readers.pdf.document:read_pdf",
    "txt": "keqiao.readers.text.document:read_text_file",
}
REFUSALS: Final = {
    "empty": "unreadable.empty",
}


def read_document(path: Path) -> SourceDocument:
    """Read the file at ``path`` by its content.

    Raises:
        Unreadable: the kind is not read, or the file holds no text or is damaged.
    """
    kind = kind_of(path)
    if kind not in READERS:
        raise Unreadable(REFUSALS.get(kind, "unreadable.unknown_kind"), name=path.name, kind=kind)
    blocks, remarks = _reader(kind)(path)
    if not blocks:
        raise Unreadable("unreadable.empty", name=path.name)
    return SourceDocument(path.name, kind, blocks, _digest(path), remarks)


def _reader(kind: str) -> Reader:
    module, name = READERS[kind].split(":")
    return cast("Reader", getattr(importlib.import_module(module), name))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
