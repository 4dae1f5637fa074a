"""The gate for the old binary office files: looks for the streams of macros and packed programs."""

from pathlib import Path
from typing import Final

from keqiao.readers.unreadable import Unreadable

PIECE: Final = 1 << 20
# Names as they stand in the directory of the container (UTF-16, closed by a zero).
FORBIDDEN: Final = (
    ("_VBA_PROJECT", "unreadable.macro"),
    ("\x01Ole10Native", "unreadable.ole_object"),
    ("EncryptedPackage", "unreadable.encrypted"),
)


def check_ole(path: Path) -> None:
    """Check the .doc, .wps or .xls file at ``path``; raises Unreadable."""
    signs = [((name + "\0").encode("utf-16-le"), code) for name, code in FORBIDDEN]
    overlap = max(len(sign) for sign, _ in signs)
    tail = b""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            window = tail + piece
            for sign, code in signs:
                if sign in window:
                    raise Unreadable(code)
            tail = window[-overlap:]
