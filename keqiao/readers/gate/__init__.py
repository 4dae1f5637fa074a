"""Looks at a file before any library touches it: streaming, constant memory, nothing is believed."""

from pathlib import Path
from typing import Final

from keqiao.readers.gate.archive import check_archive
from keqiao.readers.gate.ole import check_ole
from keqiao.readers.gate.pdf import check_pdf
from keqiao.readers.kind import kind_of
from keqiao.readers.unreadable import Unreadable

MIB: Final = 1 << 20
SIZE_MAX: Final = 50 * MIB
SIZES: Final = {"txt": 5 * MIB, "html": 10 * MIB}  # far more than any notice as text or page
OFFICE: Final = frozenset({"docx", "xlsx"})
OLE: Final = frozenset({"doc", "wps", "xls"})
# Kinds that are never read, with the code that says what to do instead.
REFUSED: Final = {
    "empty": "unreadable.empty",
    "picture": "unreadable.picture",
    "ofd": "unreadable.ofd",
    "et": "unreadable.et",
    "rtf": "unreadable.rtf",
    "ppt": "unreadable.presentation",
    "pptx": "unreadable.presentation",
    "xlsb": "unreadable.xlsb",
    "odf": "unreadable.odf",
    "zip": "unreadable.archive",
    "ole": "unreadable.unknown_kind",
    "encrypted": "unreadable.encrypted",
}


def pass_gate(path: Path) -> str:
    """Return the kind of the file at ``path`` if it may be parsed.

    Raises:
        Unreadable: it is too large, of a kind that is not read, or carries something that a notice does not
        need
            (macros, embedded programs, document type definitions, bombs …).
    """
    size = path.stat().st_size
    if size > SIZE_MAX:
        raise _too_large(size, SIZE_MAX)
    kind = kind_of(path)
    if kind in REFUSED:
        raise Unreadable(REFUSED[kind], kind=kind)
    if size > SIZES.get(kind, SIZE_MAX):
        raise _too_large(size, SIZES[kind])
    if kind in OFFICE:
        check_archive(path)
    elif kind == "pdf":
        check_pdf(path)
    elif kind in OLE:
        check_ole(path)
    return kind


def _too_large(size: int, limit: int) -> Unreadable:
    return Unreadable("unreadable.too_large", size_mb=-(-size // MIB), limit_mb=limit // MIB)
