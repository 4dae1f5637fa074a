"""Fills an office's own Word form: the answers go into the confirmed blanks of that very document, as plain words.

What has no blank in it stands on a sheet behind it. Nothing in the document is ever carried out: it is no template, and
answers are written as text.
"""

import copy
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.computed import computed_value
from keqiao.core.forms.conditions import applies
from keqiao.core.forms.paper import Blank as Marked
from keqiao.core.forms.paper.blocks import MARK
from keqiao.core.forms.paper.gaps import RULED, gaps_in
from keqiao.core.forms.paper.office import SEE_ANNEX, annex_of, blanks_of, taking
from keqiao.core.forms.paper.single import Answered
from keqiao.core.forms.written import Cells, cells, written
from keqiao.core.programme.forms import AnyField, Blank
from keqiao.core.programme.forms.fields import ChoiceField, ComputedField
from keqiao.writers.forms.controls import Look, Marks
from keqiao.writers.forms.imprint import BLANK, MARK_DIGITS, Imprint
from keqiao.writers.forms.lines import body_paragraphs, open_gap
from keqiao.writers.forms.opening import complete, opened
from keqiao.writers.forms.places import cell_at, count_on, look_of, text_of, ticked
from keqiao.writers.forms.word import append_blocks
from keqiao.writers.notice import layout

_SIZE: Final = 12.0
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNDERLINED: Final = '<w:u w:val="single"/>'


class NoSuchBlank(Exception):
    """A confirmed blank is not in the document; the text is its field."""


def fill_office_form(template: Path, path: Path, about: Answered, imprint: Imprint = BLANK) -> None:
    """Write the office's document with the answers in its blanks to ``path``; without answers it is the blank form.

    What was handed in (not ``about.to_fill``) holds only what applies.

    Raises:
        NoSuchBlank: the document is not the one whose blanks were confirmed.
        Unfit: it cannot be filled in at all.
    """
    document = opened(template)
    if not about.to_fill:
        about = replace(about, answers=_that_apply(about))
    specification = about.specification
    filler = _Filler(document)
    for field_id, blanks in blanks_of(specification).items():
        field = specification.field(field_id)
        filler.fill(field, blanks, _said(field, about), is_open=is_empty(about.of(field)))
    filler.fill_lines()
    _add_annex(document, filler.marks, about)
    identity = f"keqiao-form:{specification.form.id}:{specification.digest}"
    mark = f"{specification.form.id} {specification.digest[:MARK_DIGITS]}"
    complete(document, str(path), identity, imprint, mark)


def _that_apply(about: Answered) -> dict[str, Any]:
    asked = applies(about.specification, about.answers)
    return {name: value for name, value in about.answers.items() if name in asked}


def _said(field: AnyField, about: Answered) -> Cells:
    if isinstance(field, ComputedField):
        fields = {each.id: each for each in about.specification.fields}
        return written(field, computed_value(field, fields, about.answers))
    return "" if is_empty(about.of(field)) else cells(field, about.of(field))


def _add_annex(document: Document, marks: Marks, about: Answered) -> None:
    """On pages of its own behind the document, as wide as its text."""
    blocks = annex_of(about)
    if not blocks:
        return
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    page = document.sections[-1]
    edges = (page.page_width, page.left_margin, page.right_margin)
    whole, left, right = (each.pt if each is not None else 0.0 for each in edges)
    append_blocks(document, blocks, marks, whole - left - right if whole else layout.TYPE_WIDTH)


class _Filler:
    """Finds and fills the blanks of one document."""

    def __init__(self, document: Document) -> None:
        """Keep tables and paragraphs as they were counted when the blanks were confirmed, before any is changed."""
        body = document.element.body
        _without_marks(body)
        self.marks = Marks(_highest_number(body) + 1)
        self.rows = [table.findall(qn("w:tr")) for table in body.iter(qn("w:tbl")) if _is_counted(table)]
        self.paragraphs = list(body_paragraphs(body))
        self.lines: dict[Any, list[tuple[int, Marked, str]]] = defaultdict(list)

    def fill(self, field: AnyField, blanks: Sequence[Blank], said: Cells, *, is_open: bool) -> None:
        """Fill all blanks of a field, which is ``is_open`` while nobody has answered it."""
        held = taking(field, tuple(blanks))
        if held and held[0].repeats:
            self._list(field, held, said if isinstance(said, list) else [])
            return
        for blank in held:
            words = said.get(blank.part or "", "") if isinstance(said, dict) else said
            self._put(field, blank, words if isinstance(words, str) else "")
        if not held and not is_open:
            self._refer(blanks[0])

    def fill_lines(self) -> None:
        """Fill the gaps inside words, of each line the last one first: that keeps their numbers."""
        for holder, waiting in self.lines.items():
            for number, marked, words in sorted(waiting, key=lambda each: -each[0]):
                found = open_gap(holder, number)
                if found is None:
                    raise NoSuchBlank(marked.field)
                run, gap = found
                is_ruled = bool(words) and any(each.kind == RULED for each in gaps_in(gap))
                look = Look(look_of(run) + (_UNDERLINED if is_ruled else ""), _SIZE)
                for child in reversed(self._marked(replace(marked, hint=gap), words, look)):
                    run.addnext(child)

    def _put(self, field: AnyField, blank: Blank, words: str) -> None:
        if blank.gap is None and blank.paragraph is None:
            self._write(self._cell(blank, blank.row or 0), field, blank, words, None)
            return
        marked = Marked(field.id, blank.part or "", None, field.label, lines=field.kind == "long_text")
        self.lines[self._holder(blank)].append((blank.gap or 0, marked, words))

    def _holder(self, blank: Blank) -> Any:
        """The paragraph or cell that a gap is in."""
        if blank.paragraph is None:
            return self._cell(blank, blank.row or 0)
        if blank.paragraph >= len(self.paragraphs):
            raise NoSuchBlank(blank.field)
        return self.paragraphs[blank.paragraph]

    def _refer(self, blank: Blank) -> None:
        """Say that the answer stands on the sheet behind the document."""
        if blank.paragraph is None and blank.gap is None:
            cell = self._cell(blank, blank.row or 0)
            first = _paragraphs_of(cell)[0]
            run = OxmlElement("w:r")
            run.append(OxmlElement("w:t"))
            run[0].text = SEE_ANNEX
            first.append(run)

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
            count_on(new, len(lines), {blank.column or 0 for blank in blanks})
            lines[-1].addnext(new)
            lines.append(new)
        for number, line in enumerate(lines):
            words = rows[number] if number < len(rows) else {}
            for blank in blanks:
                cell = cell_at(line, blank.column or 0)
                if cell is None:
                    raise NoSuchBlank(field.id)
                self._write(cell, field, blank, words.get(blank.part or "", ""), number)

    def _free_rows(self, blanks: Sequence[Blank]) -> int:
        """How many rows from the first on are empty where the blanks are."""
        rows = self.rows[blanks[0].table or 0][blanks[0].row or 0 :]
        count = 0
        for row in rows:
            found = [cell_at(row, blank.column or 0) for blank in blanks]
            if any(cell is None or text_of(cell).strip() for cell in found):
                break
            count += 1
        return max(count, 1)

    def _cell(self, blank: Blank, row: int) -> Any:
        rows = self.rows[blank.table] if blank.table is not None and blank.table < len(self.rows) else []
        cell = cell_at(rows[row], blank.column or 0) if row < len(rows) else None
        if cell is None:
            raise NoSuchBlank(blank.field)
        return cell

    def _write(self, cell: Any, field: AnyField, blank: Blank, words: str, row: int | None) -> None:
        """Put the words into the cell, in the look that its own words have; what stood there is the hint."""
        hint = text_of(cell).strip()
        if isinstance(field, ChoiceField):
            words = ticked(hint, words, field.options)
        marked = Marked(field.id, blank.part or "", row, field.label, hint, lines=field.kind == "long_text")
        first, *others = _paragraphs_of(cell)
        made = self._marked(marked, words, Look(look_of(first.find(qn("w:r"))), _SIZE))
        for child in [*first]:
            if child.tag != qn("w:pPr"):
                first.remove(child)
        first.extend(made)
        for other in others:
            cell.remove(other)

    def _marked(self, blank: Marked, words: str, look: Look) -> list[Any]:
        """The words with their marks around them, to stand in a paragraph of the document."""
        made = parse_xml(self.marks.blank(blank, words, look).replace("<w:p>", f"<w:p {nsdecls('w')}>", 1))
        return [child for child in made if child.tag != qn("w:pPr")]


def _without_marks(body: Any) -> None:
    """Take away marks that the document has from before it was the office's own: they would name other blanks."""
    stale = [each for each in body.iter(qn("w:bookmarkStart")) if each.get(qn("w:name"), "").startswith(MARK)]
    numbers = {each.get(qn("w:id")) for each in stale}
    ends = [each for each in body.iter(qn("w:bookmarkEnd")) if each.get(qn("w:id")) in numbers]
    for each in (*stale, *ends, *body.iter(qn("w:tag"))):
        each.getparent().remove(each)


def _highest_number(body: Any) -> int:
    """The highest number of a bookmark: numbers pair their beginnings with their ends."""
    numbers = (each.get(qn("w:id"), "") for each in body.iter(qn("w:bookmarkStart")))
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def _paragraphs_of(cell: Any) -> list[Any]:
    """Those of a cell; some programs write cells without any."""
    return cell.findall(qn("w:p")) or [cell.add_p()]


def _is_counted(table: Any) -> bool:
    """Does it count where the document is read? What stands there only for old programs does not."""
    return all(each.tag != _FALLBACK for each in table.iterancestors())
