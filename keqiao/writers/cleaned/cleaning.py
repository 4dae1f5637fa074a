"""Cleans a file in a confined child: it came from outside, and large libraries read it."""

import tempfile
from pathlib import Path

from keqiao.confined import Ended, Streams, run_confined

CLEANED_KINDS = frozenset({"docx", "pdf", "picture"})
"""Kinds of ``readers.kind`` from which it can be taken out. Of pictures only JPEG and PNG; others are refused."""
SECONDS = 30.0
CHILD = "keqiao.writers.cleaned.child"


PICTURES = (b"\xff\xd8\xff", b"\x89PNG")


def can_be_cleaned(path: Path, kind: str) -> bool:
    """Can what a file of ``kind`` tells of its maker be taken out, as far as its beginning shows?"""
    if kind != "picture":
        return kind in CLEANED_KINDS
    with path.open("rb") as given:
        return given.read(4).startswith(PICTURES)


class NotCleaned(Exception):
    """What a file tells of its maker cannot be taken out; the text says why: a kind, or how the child ended."""


def cleaned(path: Path, kind: str) -> bytes:
    """Return the bytes of a file of ``kind`` without what it tells of its maker.

    Raises:
        NotCleaned: of such a kind nothing can be taken out, or the file is broken, or it takes too long.
    """
    if kind not in CLEANED_KINDS:
        raise NotCleaned(kind)
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryFile() as output,
        path.open("rb") as given,
    ):
        try:
            run_confined(CHILD, [kind], Streams(output, given), folder=Path(folder), seconds=SECONDS)
        except Ended as ended:
            raise NotCleaned(str(ended)) from ended
        output.seek(0)
        content = output.read()
    if not content:
        raise NotCleaned(kind)
    return content
