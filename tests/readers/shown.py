"""Documents as short lists, so that tests compare whole readings."""

import re
import unicodedata
from pathlib import Path

from keqiao.core.guides.blocks import Paragraph, SourceDocument, Table
from keqiao.readers.document import read_document


def lines(path: Path) -> list[str]:
    """The paragraphs of a file as a person sees them."""
    return [block.full_text for block in read_document(path).blocks if isinstance(block, Paragraph)]


def grids(path: Path) -> list[list[list[str]]]:
    """The tables of a file; an inherited cell begins with ^."""
    return [
        [[("^" if cell.inherited else "") + cell.text for cell in row] for row in block.rows]
        for block in read_document(path).blocks
        if isinstance(block, Table)
    ]


def compared(document: SourceDocument) -> list[str]:
    """Every paragraph and every cell of the full grid, without spaces and differences of width."""
    found: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(f"paragraph {folded(block.full_text)}")
        else:
            found += [
                f"cell {c.row} {c.column} {c.inherited} {folded(c.text)}" for r in block.rows for c in r
            ]
    return found


def folded(text: str) -> str:
    """The text without spaces, in one width."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
