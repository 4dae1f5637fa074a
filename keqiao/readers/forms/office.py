"""Recognises the labels and blanks of an office's own Word form. A proposal: an officer confirms or corrects it.

The document is never a template language: braces, percent signs and the like in it are words like all others.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from keqiao.core.forms.paper.gaps import gaps_in
from keqiao.core.forms.paper.row_numbers import is_row_number
from keqiao.core.forms.paper.words import PERSON
from keqiao.core.programme.forms import AnyField, Blank, OpinionBox
from keqiao.readers.forms.expected import fold
from keqiao.readers.forms.office_kinds import SEALED, column_kind, kind_of, label_words, options_in
from keqiao.readers.forms.office_lines import Named, named_gaps, named_in_cell
from keqiao.readers.forms.pieces import BODY, Piece, Pieces
from keqiao.readers.forms.uploaded import pieces_of_upload

LONGEST_LABEL: Final = 24  # characters; longer words explain
_OPINION: Final = re.compile(r"意\s*见$")
_PERSON: Final[Mapping[str, str]] = {
    **{words: part for part, words in PERSON.items()},
    "电话": "phone", "联系电话": "phone", "手机号": "phone", "手机号码": "phone",
    "电子邮箱": "email", "E-mail": "email",
    "工作单位": "employer", "所在单位": "employer", "职务职称": "post", "职务/职称": "post", "身份证号码": "id_number",
    "出生年月": "birth_date", "签名": "signature",
}  # fmt: skip
_FIELDS: Final[TypeAdapter[AnyField]] = TypeAdapter(AnyField)

Row = Sequence[Piece]


@dataclass
class Proposal:
    """What was recognised: fields in order, where each stands, boxes for opinions, and what was not understood."""

    title: str = ""
    fields: list[AnyField] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)
    opinions: list[OpinionBox] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    def add(
        self, about: Mapping[str, Any], places: Mapping[str, Mapping[str, int]], *, repeats: bool = False
    ) -> None:
        """Add a field whose parts stand at these places; the part "" is the field itself."""
        identifier = f"field-{len(self.fields) + 1}"
        self.fields.append(_FIELDS.validate_python({"id": identifier, **about}))
        self.blanks += (
            Blank(field=identifier, part=part or None, repeats=repeats, **place)
            for part, place in places.items()
        )

    def add_gaps(self, gaps: Iterable[Named], place: Mapping[str, int]) -> None:
        """Add the fields of gaps inside the words that stand at this place; what has no name is not understood."""
        for gap in gaps:
            if gap.about is not None:
                self.add(gap.about, {"": {**place, "gap": gap.number}})
            elif gap.words and not gap.is_by_hand:
                self.unclear.append(_short(gap.words))


def recognise_upload(path: Path, *, name: str = "") -> Proposal:
    """Recognise the form that was uploaded as ``name``.

    Raises:
        Unreadable: it is refused at the gate (macros, objects, outside templates, DDE …) or cannot be read.
    """
    return recognise(pieces_of_upload(path, name=name))


def recognise(document: Pieces) -> Proposal:
    """Recognise labels and blanks of the pieces."""
    found = Proposal(title=_title(document.pieces))
    tables: dict[int, dict[int, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    body = [piece for piece in document.pieces if piece.place == BODY]
    for piece in body:
        tables[piece.table][piece.row].append(piece)
    read = {-1}
    lines = 0
    above = ""
    for piece in body:
        if piece.table < 0:
            found.add_gaps(named_gaps(piece.text, above), {"paragraph": lines})
            lines += 1
            above = piece.text if piece.text.strip() else above
        elif piece.table not in read:
            read.add(piece.table)
            rows = tables[piece.table]
            ordered = [sorted(rows[number], key=lambda cell: cell.column) for number in sorted(rows)]
            _Table(found, ordered).read()
    return found


def _title(pieces: Sequence[Piece]) -> str:
    """The last line before the first table or blank: it stands over the form."""
    lines: list[str] = []
    for piece in pieces:
        if piece.table >= 0 or gaps_in(piece.text):
            break
        if piece.text.strip() and piece.place == BODY:
            lines.append(" ".join(piece.text.split()))
    return lines[-1] if lines else ""


def _at(cell: Piece) -> dict[str, int]:
    return {"table": cell.table, "row": cell.row, "column": cell.column}


def _short(words: str) -> str:
    return " ".join(words.split())[:80]


@dataclass
class _Table:
    """One table, read row by row."""

    found: Proposal
    rows: Sequence[Row]

    def read(self) -> None:
        """Read all rows."""
        number = 0
        while number < len(self.rows):
            number += self._person(number) or self._list(number) or self._pairs(number)

    def _person(self, number: int) -> int:
        """A label, sub-heads beside it, and blanks below them; the rows used up."""
        heads, below = self.rows[number], self._below(number)
        if len(heads) < 3 or not all(map(_is_label, heads)) or fold(heads[0].text) in _PERSON:
            return 0
        by_column = {cell.column: cell for cell in below}
        parts = {_PERSON.get(fold(head.text)): by_column.get(head.column) for head in heads[1:]}
        if None in parts or not all(cell is not None and _is_blank(cell) for cell in parts.values()):
            return 0
        cells = {part: _at(cell) for part, cell in parts.items() if part and cell and part != "signature"}
        about = {
            "kind": "person",
            "label": label_words(heads[0].text),
            "parts": [part for part in parts if part],
        }
        self.found.add(about, cells)
        return 2

    def _list(self, number: int) -> int:
        """Heads over columns with empty rows below."""
        heads, below = self.rows[number], self._below(number)
        if (
            len(heads) < 2
            or not all(map(_is_label, heads))
            or [c.column for c in below] != [c.column for c in heads]
        ):
            return 0
        empty = 0
        while number + 1 + empty < len(self.rows) and _are_empty(self.rows[number + 1 + empty], heads):
            empty += 1
        asked = [cell for cell in heads if fold(cell.text) != "序号"]
        if not empty or not asked:
            return 0
        columns = [
            {"id": f"c{place}", "label": label_words(cell.text), **column_kind(cell.text)}
            for place, cell in enumerate(asked, 1)
        ]
        first = {cell.column: cell for cell in below}
        cells = {column["id"]: _at(first[cell.column]) for column, cell in zip(columns, asked, strict=True)}
        label = self._label_above(number) or "、".join(column["label"] for column in columns)[:40]
        self.found.add({"kind": "table", "label": label, "columns": columns}, cells, repeats=True)
        return 1 + empty

    def _pairs(self, number: int) -> int:
        """Labels with their blanks to the right."""
        row = self.rows[number]
        place = 0
        while place < len(row):
            cell, beside = row[place], row[place + 1] if place + 1 < len(row) else None
            gaps = named_in_cell(cell.text)
            if gaps:
                self.found.add_gaps(gaps, _at(cell))
            elif (
                beside is not None
                and _is_label(cell)
                and not (_is_label(beside) or named_in_cell(beside.text))
            ):
                self._pair(cell, beside)
                place += 1
            elif not _is_label(cell) and cell.text.strip():
                self.found.unclear.append(_short(cell.text))
            place += 1
        return 1

    def _pair(self, label: Piece, blank: Piece) -> None:
        if _OPINION.search(fold(label.text)) or SEALED.search(blank.text):
            who = _OPINION.sub("", label_words(label.text)) or label_words(label.text)
            self.found.opinions.append(OpinionBox(who=who, seal="章" in blank.text))
            return
        self.found.add(
            {"label": label_words(label.text), **kind_of(label.text, blank.text)}, {"": _at(blank)}
        )

    def _below(self, number: int) -> Row:
        return self.rows[number + 1] if number + 1 < len(self.rows) else ()

    def _label_above(self, number: int) -> str:
        above = self.rows[number - 1] if number else ()
        return label_words(above[0].text) if len(above) == 1 and _is_label(above[0]) else ""


def _are_empty(row: Row, heads: Row) -> bool:
    columns = [cell.column for cell in row] == [cell.column for cell in heads]
    return columns and all(
        not cell.text.strip() or (n == 0 and is_row_number(cell.text)) for n, cell in enumerate(row)
    )


def _is_label(cell: Piece) -> bool:
    text = fold(cell.text)
    is_short = bool(text) and len(text) <= LONGEST_LABEL
    return is_short and not (_is_blank(cell) or named_in_cell(cell.text))


def _is_blank(cell: Piece) -> bool:
    """Empty, a hint in brackets, boxes to tick, a place for a seal or a date."""
    text = fold(cell.text)
    is_hint = text[:1] in ("（", "(") and text[-1:] in ("）", ")")
    return (
        not text
        or is_hint
        or bool(options_in(cell.text) or SEALED.search(text))
        or set(text) <= set("年月日_＿/／")
    )
