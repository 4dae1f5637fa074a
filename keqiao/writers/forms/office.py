"""Fills an office's own Word form: the answers go into the confirmed blanks of that very document, as plain words.

Nothing in the document is ever carried out: it is no template, and answers are written as text.
"""

import copy
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from keqiao.core.forms.paper import Blank as Marked
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.written import cells
from keqiao.core.programme.forms import AnyField, Blank
from keqiao.core.programme.forms.fields import ChoiceField
from keqiao.writers.forms.controls import Look, Marks
from keqiao.writers.forms.footer import set_footer
from keqiao.writers.forms.imprint import BLANK, MARK_DIGITS, Imprint
from keqiao.writers.notice.watermark import set_watermark

_BRACKETS: Final = re.compile(r"[（(]\s*[)）]")
_SIZE: Final = 12.0


class NoSuchBlank(Exception):
    """A confirmed blank is not in the document; the text is its field."""


def fill_office_form(
    template: Path,
    path: Path,
    specification: Specification,
    answers: Mapping[str, Any],
    imprint: Imprint = BLANK,
) -> None:
    """Write the office's document with the answers in its blanks to ``path``; without answers it is the blank form.

    Raises:
        NoSuchBlank: the document is not the one whose blanks were confirmed.
    """
    document = docx.Document(str(template))
    paper = specification.form.paper
    filler = _Filler(document)
    for field_id, blanks in _by_field(paper.blanks if paper else ()).items():
        filler.fill(specification.field(field_id), blanks, answers.get(field_id))
    properties = document.core_properties
    properties.identifier = f"keqiao-form:{specification.form.id}:{specification.digest}"
    properties.keywords = ", ".join(filter(None, (properties.identifier, imprint.keywords)))
    if imprint.is_draft:
        set_watermark(document)
    set_footer(document, imprint, f"{specification.form.id} {specification.digest[:MARK_DIGITS]}")
    document.save(str(path))


def _by_field(blanks: Sequence[Blank]) -> dict[str, list[Blank]]:
    found: dict[str, list[Blank]] = {}
    for blank in blanks:
        found.setdefault(blank.field, []).append(blank)
    return found


class _Filler:
    """Finds and fills the blanks of one document."""

    def __init__(self, document: Document) -> None:
        """Keep the tables as they were counted when the blanks were confirmed, before any row is added."""
        self.marks = Marks()
        self.rows = [table.findall(qn("w:tr")) for table in document.element.body.iter(qn("w:tbl"))]

    def fill(self, field: AnyField, blanks: Sequence[Blank], value: Any) -> None:
        """Fill all blanks of a field."""
        said = cells(field, value)
        if blanks[0].repeats:
            self._list(field, blanks, said if isinstance(said, list) else [])
            return
        for blank in blanks:
            words = (
                said.get(blank.part or "", "")
                if isinstance(said, dict)
                else said
                if isinstance(said, str)
                else ""
            )
            self._write(
                self._cell(blank, blank.row or 0), field, blank, words if value is not None else "", None
            )

    def _list(self, field: AnyField, blanks: Sequence[Blank], rows: Sequence[Mapping[str, str]]) -> None:
        """Fill row after row; where the form has too few, its first one is copied."""
        table, first = blanks[0].table or 0, blanks[0].row or 0
        if table >= len(self.rows) or first >= len(self.rows[table]):
            raise NoSuchBlank(field.id)
        model = copy.deepcopy(self.rows[table][first])
        free = self._free_rows(blanks)
        lines = [self.rows[table][first + number] for number in range(free)]
        while len(lines) < len(rows):
            new = copy.deepcopy(model)
            lines[-1].addnext(new)
            lines.append(new)
        for number, line in enumerate(lines):
            words = rows[number] if number < len(rows) else {}
            for blank in blanks:
                cell = _cell_at(line, blank.column or 0)
                if cell is None:
                    raise NoSuchBlank(field.id)
                self._write(cell, field, blank, words.get(blank.part or "", ""), number)

    def _free_rows(self, blanks: Sequence[Blank]) -> int:
        """How many rows from the first on are empty where the blanks are."""
        rows = self.rows[blanks[0].table or 0][blanks[0].row or 0 :]
        count = 0
        for row in rows:
            found = [_cell_at(row, blank.column or 0) for blank in blanks]
            if any(cell is None or _text(cell).strip() for cell in found):
                break
            count += 1
        return max(count, 1)

    def _cell(self, blank: Blank, row: int) -> Any:
        rows = self.rows[blank.table] if blank.table is not None and blank.table < len(self.rows) else []
        cell = _cell_at(rows[row], blank.column or 0) if row < len(rows) else None
        if cell is None:
            raise NoSuchBlank(blank.field)
        return cell

    def _write(self, cell: Any, field: AnyField, blank: Blank, words: str, row: int | None) -> None:
        """Put the words into the cell, in the look that its own words have; what stood there is the hint."""
        hint = _text(cell).strip()
        if isinstance(field, ChoiceField) and _BRACKETS.search(hint):
            words = _in_brackets(hint, words, field.options) if "■" in words else ""
        marked = Marked(field.id, blank.part or "", row, field.label, hint, lines=field.kind == "long_text")
        first, *others = cell.findall(qn("w:p"))
        look = Look(_look_of(first), _SIZE)
        made = parse_xml(self.marks.blank(marked, words, look).replace("<w:p>", f"<w:p {nsdecls('w')}>", 1))
        for child in [*made]:
            if child.tag == qn("w:pPr"):
                made.remove(child)
        for child in [*first]:
            if child.tag != qn("w:pPr"):
                first.remove(child)
        first.extend([*made])
        for other in others:
            cell.remove(other)


def _cell_at(row: Any, column: int) -> Any:
    """The cell that begins at this column of the grid."""
    at = 0
    for cell in row.findall(qn("w:tc")):
        if at == column:
            return cell
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        at += 1 if span is None else int(span.get(qn("w:val")))
    return None


def _text(cell: Any) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in cell.findall(qn("w:p")))


def _look_of(paragraph: Any) -> str:
    """The font and size of the first words of the paragraph, as XML; nothing where it has none."""
    properties = paragraph.find(f"{qn('w:r')}/{qn('w:rPr')}")
    if properties is None:
        return ""
    kept = [each for each in properties if each.tag in (qn("w:rFonts"), qn("w:sz"), qn("w:szCs"))]
    return "".join(
        f"<{each.prefix}:{each.tag.partition('}')[2]} "
        + " ".join(f'w:{key.partition("}")[2]}="{_quoted(value)}"' for key, value in each.attrib.items())
        + "/>"
        for each in kept
    )


def _quoted(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _in_brackets(hint: str, words: str, options: Sequence[str]) -> str:
    """The options in the office's own manner: a tick between the brackets of what was picked."""
    picked = [option for option in options if f"■{option}" in words]
    for option in options:
        tick = "√" if option in picked else ""
        hint = re.sub(rf"({re.escape(option)})\s*[（(]\s*[)）]", rf"\1（{tick}）", hint, count=1)
    return hint
