"""A form as PDF: the same paper as the Word file, as the values of the template ``form.typ``."""

import re
from collections.abc import Sequence
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
LETTER = 7.0
"""Points that a wide letter or figure of the size of the tables takes."""
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
        "notes": list(paper.notes),
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
    share = WIDTH / sum(block.widths)
    return {
        "kind": "grid",
        "widths": list(block.widths),
        "headed": block.headed,
        "rows": [_row(row, share * min(block.widths)) for row in block.rows],
    }


def _row(row: Row, width: float) -> Values:
    """``width`` is that of the narrowest column, in points."""
    cells = [_cell(cell, cell.across * width - 2 * PADDING) for cell in row.cells]
    return {"height": row.height, "whole": row.whole, "cells": cells}


def _cell(cell: Cell, width: float) -> Values:
    """A cell at least so wide; ``tight``: a word without a gap in it may be broken where the line ends."""
    longest = max(map(len, _UNBROKEN.findall(cell.words)), default=0)
    hint = cell.blank.hint if cell.blank is not None and not cell.words else ""
    return {
        "role": cell.role.value,
        "paragraphs": cell.words.splitlines(),
        "hint": hint,
        "across": cell.across,
        "down": cell.down,
        "signed": list(cell.signed),
        "lines": cell.blank is not None and cell.blank.lines,
        "boxes": PICKED in cell.words or OPEN in cell.words,
        "tight": longest * LETTER > width,
    }
