"""A form as PDF: the same paper as the Word file, as the values of the template ``form.typ``."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from keqiao.core.forms.marks import OPEN, PICKED
from keqiao.core.forms.paper import Cell, Grid, Line, Paper, Row
from keqiao.writers.forms.code import as_svg
from keqiao.writers.forms.imprint import BLANK, Imprint
from keqiao.writers.notice.titles import title_lines
from keqiao.writers.notice.watermark import DRAFT
from keqiao.writers.pdf import FOLDERS, typeset
from keqiao.writers.pdf import Paper as Printed

COVER_ROOM, SHEET_ROOM = 16.0, 20.0
"""Characters of the title on a line of the cover, and above a form without one."""

WIDTH, PADDING = 156 / 25.4 * 72, 5.0
"""Points: the width of the type, and what a cell keeps free at each side."""
SIZE = 10.5
"""Points: the size of the words in tables, as in the template."""
LEADING, HIGHEST_WHOLE = 1.5, 560.0
"""From line to line, in sizes; points that a row may be high and still not break."""
_UNBROKEN = re.compile("[!-~]+")

Values = dict[str, Any]


def set_form(paper: Paper, imprint: Imprint = BLANK, folders: Sequence[Path] = FOLDERS) -> Printed:
    """Set a form in type.

    Raises:
        NotSet: it is too large, or a font is not there.
    """
    return typeset("form", values_of(paper, imprint), at=imprint.at, folders=folders)


def values_of(paper: Paper, imprint: Imprint) -> Values:
    """What the template is given."""
    room = COVER_ROOM if paper.cover else SHEET_ROOM
    return {
        "about": {
            "title": paper.title,
            "issuers": list(imprint.issuers),
            "keywords": "; ".join(filter(None, (paper.identity, imprint.keywords))),
        },
        "title": list(title_lines(paper.title, room)),
        "cover": _cover(paper),
        "notes": list(paper.numbered_notes),
        "blocks": [_block(block) for block in paper.blocks],
        "draft": DRAFT if imprint.is_draft else "",
        "foot": {
            "mark": imprint.mark(paper.form),
            "number": imprint.number,
            "code": as_svg(imprint.address) if imprint.address else "",
        },
    }


def _cover(paper: Paper) -> Values | None:
    if paper.cover is None:
        return None
    return {
        "rows": [{"label": label.words, "value": _cell(value, WIDTH)} for label, value in paper.cover.rows],
        "foot": list(paper.cover.foot),
    }


def _block(block: Line | Grid) -> Values:
    if isinstance(block, Line):
        return {"kind": "line", "role": block.role.value, "words": block.words}
    return {
        "kind": "grid",
        "widths": list(block.widths),
        "headed": block.headed,
        "rows": [_row(row, places) for row, places in zip(block.rows, _places(block), strict=True)],
    }


def _places(grid: Grid) -> Iterator[list[float]]:
    """The width of each cell in points, row by row; what a cell above reaches into is passed over."""
    share = WIDTH / sum(grid.widths)
    reached: set[tuple[int, int]] = set()
    for y, row in enumerate(grid.rows):
        x, found = 0, []
        for cell in row.cells:
            while (y, x) in reached:
                x += 1
            reached |= {(y + down, x + across) for down in range(cell.down) for across in range(cell.across)}
            found.append(share * sum(grid.widths[x : x + cell.across]))
            x += cell.across
        yield found


def _row(row: Row, widths: list[float]) -> Values:
    cells = [_cell(cell, width - 2 * PADDING) for cell, width in zip(row.cells, widths, strict=True)]
    return {"height": row.height, "whole": row.whole and _fits(row, widths), "cells": cells}


def _fits(row: Row, widths: list[float]) -> bool:
    """Is the row surely lower than a page? One that may not break and is higher would lose what is too much."""
    for cell, width in zip(row.cells, widths, strict=True):
        signs_in_line = (width - 2 * PADDING) / SIZE
        lines = sum(1 + len(words) / signs_in_line for words in cell.words.splitlines())
        if lines * SIZE * LEADING > HIGHEST_WHOLE:
            return False
    return True


def _cell(cell: Cell, width: float) -> Values:
    hint = cell.blank.hint if cell.blank is not None and not cell.words else ""
    return {
        "role": cell.role.value,
        "paragraphs": [list(_lines(words, width)) for words in cell.words.splitlines()],
        "hint": hint,
        "across": cell.across,
        "down": cell.down,
        "signed": list(cell.signed),
        "lines": cell.blank is not None and cell.blank.lines,
        "boxes": PICKED in cell.words or OPEN in cell.words,
    }


def _lines(words: str, width: float) -> Iterator[str]:
    """A paragraph, broken inside words that are wider than the cell (mail addresses, codes, accounts).

    Nothing invisible is put in: who copies an identity number from the paper gets it as it is.
    """
    begun, used = 0, 0.0
    for found in _UNBROKEN.finditer(words):
        if sum(map(_wide, found[0])) <= width:
            continue
        used = 0.0
        for at in range(found.start(), found.end()):
            used += _wide(words[at])
            if used > width:
                yield words[begun:at]
                begun, used = at, _wide(words[at])
    yield words[begun:]


def _wide(sign: str) -> float:
    """Points that a Latin letter, a figure or a mark takes in the size of the tables, rather more than less."""
    if sign in "mwMW@%":
        return SIZE * 0.97
    return SIZE * (0.78 if sign.isupper() else 0.545 if sign.isdecimal() else 0.59)
