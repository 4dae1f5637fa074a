"""Running heads and page numbers: what repeats at the edge of the pages is no text of the notice."""

import re
from collections import Counter
from collections.abc import Sequence

from keqiao.readers.pdf.lines import Line

EDGE_LINES = 2  # as many lines at the top and at the bottom may be running heads
REPEATS = 3  # pages
EDGE = 0.12  # of the page height
PAGE_NUMBER = re.compile(
    r"[-—–－·~\s]*\d{1,4}[-—–－·~\s]*|第\s*\d+\s*页(\s*[，,/]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+|page\s*\d+.*",
    re.IGNORECASE,
)


def without_margins(pages: Sequence[list[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Return the lines of each page without running heads and page numbers."""
    edges = [_edge_lines(lines, height) for lines, height in zip(pages, heights, strict=True)]
    seen = Counter(key for page in edges for key in {_key(line) for line in page})
    kept: list[list[Line]] = []
    for lines, edge in zip(pages, edges, strict=True):
        dropped = {
            id(line) for line in edge if seen[_key(line)] >= REPEATS or PAGE_NUMBER.fullmatch(line.text)
        }
        kept.append([line for line in lines if id(line) not in dropped])
    return kept


def _edge_lines(lines: Sequence[Line], height: float) -> list[Line]:
    ordered = sorted(lines, key=lambda line: line.top)
    top = [line for line in ordered[:EDGE_LINES] if line.bottom < EDGE * height]
    bottom = [line for line in ordered[-EDGE_LINES:] if line.top > (1 - EDGE) * height]
    return top + bottom


def _key(line: Line) -> tuple[str, int]:
    """The same words at the same height, whatever the page number in them."""
    return re.sub(r"\d+", "#", line.text.replace(" ", "")), round(line.top / 4)
