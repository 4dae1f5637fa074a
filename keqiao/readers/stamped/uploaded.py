"""Reads an uploaded picture or PDF of signature pages: through the gate first, then in a child with limits."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from keqiao.readers.gate.pdf import check_pdf
from keqiao.readers.kind import kind_of
from keqiao.readers.sandbox import answer_of_child
from keqiao.readers.stamped.seen import PageSeen, from_values
from keqiao.readers.stamped.signatures import SignatureSeen, read_back
from keqiao.readers.unreadable import Unreadable

MIB: Final = 1 << 20
SIZE_MAX: Final = 30 * MIB
SECONDS: Final = 60
MEMORY_MB: Final = (
    2048  # address space; a photo of 50 megapixels takes 150 MB of it, and again while it is turned
)
PDF: Final = "pdf"
PICTURE: Final = "picture"


@dataclass(frozen=True, slots=True)
class FileSeen:
    """What is seen on the pages of a file, and the electronic signatures of a PDF, as reported."""

    pages: tuple[PageSeen, ...]
    signatures: tuple[SignatureSeen, ...] = ()


def look_at_upload(path: Path, *, name: str = "", seconds: int = SECONDS) -> FileSeen:
    """Return what is seen in the file at ``path``, which was uploaded as ``name``.

    Raises:
        Unreadable: it is neither picture nor PDF, or it is refused or cannot be read; ``values`` hold ``name``.
    """
    name = name or path.name
    try:
        kind = _passed(path)
        arguments = [str(path.resolve()), kind, str(seconds), str(MEMORY_MB)]
        return answer_of_child(
            "keqiao.readers.stamped.child",
            arguments,
            lambda answer: FileSeen(from_values(answer["pages"]), tuple(read_back(answer["signatures"]))),
            seconds=seconds,
        )
    except Unreadable as refusal:
        refusal.values = {"name": name, **refusal.values}
        raise
    except OSError as error:
        raise Unreadable("unreadable.damaged", name=name, detail=str(error)[:200]) from error


def _passed(path: Path) -> str:
    size = path.stat().st_size
    if size > SIZE_MAX:
        raise Unreadable("unreadable.too_large", size_mb=-(-size // MIB), limit_mb=SIZE_MAX // MIB)
    kind = kind_of(path)
    if kind == PDF:
        check_pdf(path)
    elif kind != PICTURE:
        raise Unreadable("unreadable.no_page_picture", kind=kind)
    return kind
