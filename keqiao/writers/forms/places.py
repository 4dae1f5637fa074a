"""Cells of an office's own document: where they are, what stands in them, how it looks, and ticks in its manner."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from docx.oxml.ns import qn

from keqiao.core.forms.paper.row_numbers import is_row_number, row_number_after

_BRACKETS: Final = re.compile(r"[（(]\s*[)）]")
_KEPT: Final = frozenset(qn(name) for name in ("w:rFonts", "w:sz", "w:szCs"))


def count_on(row: Any, steps: int, filled: AbstractSet[int]) -> None:
    """Have a row, copied from one ``steps`` rows above, say its own number; columns that are ``filled`` have none."""
    first = None if 0 in filled else cell_at(row, 0)
    words = [] if first is None else [each for each in first.iter(qn("w:t")) if each.text]
    said = "".join(each.text for each in words)
    if is_row_number(said):
        words[0].text = row_number_after(said, steps)
        for other in words[1:]:
            other.text = ""


def cell_at(row: Any, column: int) -> Any:
    """The cell that begins at this column of the grid; None where none does."""
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    at = 0 if before is None else int(before.get(qn("w:val")))
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is not row:
            continue
        if at == column:
            return cell
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        at += 1 if span is None else int(span.get(qn("w:val")))
    return None


def text_of(cell: Any) -> str:
    """The words of a cell, a line for each paragraph."""
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in cell.findall(qn("w:p")))


def look_of(run: Any) -> str:
    """The font and size of a run as XML; nothing where it has none, or there is no run."""
    properties = None if run is None else run.find(qn("w:rPr"))
    kept = () if properties is None else (each for each in properties if each.tag in _KEPT)
    return "".join(
        f"<w:{each.tag.partition('}')[2]} "
        + " ".join(f"w:{key.partition('}')[2]}={quoteattr(value)}" for key, value in each.attrib.items())
        + "/>"
        for each in kept
    )


def ticked(hint: str, words: str, options: Sequence[str]) -> str:
    """What was picked in the office's own manner, a tick between brackets, where the cell has brackets for all of it.

    ``words`` are the options with boxes; nothing is picked where none is filled.
    """
    if "■" not in words:
        return ""
    if not _BRACKETS.search(hint):
        return words
    picked = [each for each in options if re.search(rf"■{re.escape(each)}\s*(?:[□■]|$)", words)]
    said, ticks = hint, 0
    for option in options:
        tick = "√" if option in picked else ""
        said, found = re.subn(rf"({re.escape(option)})\s*[（(]\s*[)）]", rf"\1（{tick}）", said, count=1)
        ticks += found if tick else 0
    return said if ticks == words.count("■") else words
