"""Sentences and clauses of a piece, with brackets and quotes kept whole."""

import re
from collections.abc import Iterator

from keqiao.core.guides.lines import Piece

_PAIRS = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)|“[^“”]*”|《[^《》]*(?:<[^<>]*>[^《》]*)?》")
_ITEM = re.compile(
    r"(?<![\d第])(?:(?P<arabic>\d{1,2})[、.](?!\d)|(?P<circled>[①-⑳])|\((?P<bracket>\d{1,2})\))"
)
_FILLER = "\u00b7"


def veiled(text: str) -> str:
    """Blank out what stands in brackets, quotes and book titles; same length."""
    previous = ""
    while previous != text:
        previous, text = text, _PAIRS.sub(lambda m: _FILLER * len(m.group()), text)
    return text


def split(piece: Piece, marks: str) -> Iterator[Piece]:
    """Yield the parts of ``piece`` between the given marks that stand outside brackets and quotes."""
    plain, start = veiled(piece.text), 0
    for match in re.finditer(f"[{re.escape(marks)}]", plain):
        if match.start() > start:
            yield piece.part(start, match.start())
        start = match.end()
    if start < len(plain):
        yield piece.part(start, len(plain))


def enumerated(piece: Piece) -> list[Piece]:
    """Split a piece at an enumeration inside it (``1、…；2、…``, ``①…②…``); one piece where there is none.

    Numbers must run on from 1 (skips are tolerated upwards), so that years and amounts split nothing.
    """
    cuts: list[tuple[int, int]] = []
    last = 0
    for match in _ITEM.finditer(veiled(piece.text)):
        ordinal = _ordinal(match)
        if (ordinal == 1 and last == 0) or (last < ordinal <= last + 2 and last):
            cuts.append(match.span())
            last = ordinal
    if len(cuts) < 2:
        return [piece]
    ends = [start for start, _ in cuts[1:]] + [len(piece.text)]
    head = [piece.part(0, cuts[0][0])] if cuts[0][0] > 0 else []
    return head + [piece.part(cut[1], end).stripped() for cut, end in zip(cuts, ends, strict=True)]


def _ordinal(match: re.Match[str]) -> int:
    if match["circled"]:
        return ord(match["circled"]) - ord("①") + 1
    return int(match["arabic"] or match["bracket"])


def sentences(piece: Piece) -> Iterator[Piece]:
    """Yield the sentences of a piece; items of an enumeration are sentences of their own."""
    for item in enumerated(piece):
        yield from split(item, "。\n")


def clauses(piece: Piece) -> Iterator[Piece]:
    """Yield the clauses of a sentence, split at commas and semicolons."""
    yield from split(piece, ",;")
