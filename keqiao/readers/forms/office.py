"""Recognises the labels and blanks of an office's own Word form. A proposal: an officer confirms or corrects it.

The document is never a template language: braces, percent signs and the like in it are words like all others.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from keqiao.core.forms.paper import Blank as Marked
from keqiao.core.forms.paper.words import PERSON
from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms import AnyField, Blank, OpinionBox
from keqiao.readers.forms.expected import Expected, Wanted, fold, folded, marked
from keqiao.readers.forms.pieces import BODY, Piece, Pieces
from keqiao.readers.forms.uploaded import pieces_of_upload

LONGEST_LABEL: Final = 24  # characters; longer words explain
LONG_TEXT_FROM: Final = 60  # characters that may be written: from here on in paragraphs
_LIMIT: Final = re.compile(r"(\d{2,5})\s*字\s*(?:以内|左右|内)|(?:不超过|限)\s*(\d{2,5})\s*字")
_LIMITED: Final = re.compile(r"[（(][^（()）]*\d{2,5}字[^（()）]*[)）]$")
_BOX: Final = re.compile(r"[□☐]\s*([^□☐\s（(]+)")
_BRACKETS: Final = re.compile(r"([^\s（()）、]+)\s*[（(]\s*[)）]")
_SEALED: Final = re.compile(r"盖\s*章|公\s*章|签\s*[字名]")
_OPINION: Final = re.compile(r"意\s*见$")
_UNIT: Final = re.compile(r"[（(](万元|元|人|次|个|场|%)[)）]")
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

    def add(self, about: Mapping[str, Any], cells: Mapping[str, Piece], *, repeats: bool = False) -> None:
        """Add a field whose parts stand in these cells; the part "" is the field itself."""
        identifier = f"field-{len(self.fields) + 1}"
        self.fields.append(_FIELDS.validate_python({"id": identifier, **about}))
        self.blanks += (
            Blank(
                field=identifier,
                part=part or None,
                table=c.table,
                row=c.row,
                column=c.column,
                repeats=repeats,
            )
            for part, c in cells.items()
        )


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
    for piece in document.pieces:
        if piece.table >= 0 and piece.place == BODY:
            tables[piece.table][piece.row].append(piece)
    for rows in tables.values():
        _Table(found, [sorted(rows[number], key=lambda cell: cell.column) for number in sorted(rows)]).read()
    return found


def _title(pieces: Sequence[Piece]) -> str:
    """The last line before the first table: it stands over the form."""
    lines: list[str] = []
    for piece in pieces:
        if piece.table >= 0:
            break
        if piece.text.strip() and piece.place == BODY:
            lines.append(" ".join(piece.text.split()))
    return lines[-1] if lines else ""


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
        cells = {part: cell for part, cell in parts.items() if part and cell and part != "signature"}
        about = {"kind": "person", "label": _words(heads[0]), "parts": [part for part in parts if part]}
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
            {"id": f"c{place}", "label": _words(cell), **_column(cell)} for place, cell in enumerate(asked, 1)
        ]
        first = {cell.column: cell for cell in below}
        cells = {column["id"]: first[cell.column] for column, cell in zip(columns, asked, strict=True)}
        label = self._label_above(number) or "、".join(column["label"] for column in columns)[:40]
        self.found.add({"kind": "table", "label": label, "columns": columns}, cells, repeats=True)
        return 1 + empty

    def _pairs(self, number: int) -> int:
        """Labels with their blanks to the right."""
        row = self.rows[number]
        place = 0
        while place < len(row):
            cell, beside = row[place], row[place + 1] if place + 1 < len(row) else None
            if beside is not None and _is_label(cell) and not _is_label(beside):
                self._pair(cell, beside)
                place += 2
                continue
            if not _is_label(cell) and cell.text.strip():
                self.found.unclear.append(" ".join(cell.text.split())[:80])
            place += 1
        return 1

    def _pair(self, label: Piece, blank: Piece) -> None:
        if _OPINION.search(fold(label.text)) or _SEALED.search(blank.text):
            who = _OPINION.sub("", _words(label)) or _words(label)
            self.found.opinions.append(OpinionBox(who=who, seal="章" in blank.text))
            return
        self.found.add({"label": _words(label), **_kind(label.text, blank.text)}, {"": blank})

    def _below(self, number: int) -> Row:
        return self.rows[number + 1] if number + 1 < len(self.rows) else ()

    def _label_above(self, number: int) -> str:
        above = self.rows[number - 1] if number else ()
        return _words(above[0]) if len(above) == 1 and _is_label(above[0]) else ""


def _are_empty(row: Row, heads: Row) -> bool:
    columns = [cell.column for cell in row] == [cell.column for cell in heads]
    return columns and all(
        not cell.text.strip() or (n == 0 and cell.text.strip().isdigit()) for n, cell in enumerate(row)
    )


def _is_label(cell: Piece) -> bool:
    text = fold(cell.text)
    return bool(text) and len(text) <= LONGEST_LABEL and not _is_blank(cell)


def _is_blank(cell: Piece) -> bool:
    """Empty, a hint in brackets, boxes to tick, a place for a seal or a date."""
    text = fold(cell.text)
    is_hint = text[:1] in ("（", "(") and text[-1:] in ("）", ")")
    return (
        not text
        or is_hint
        or bool(_options(cell.text) or _SEALED.search(text))
        or set(text) <= set("年月日_＿/／")
    )


def _options(text: str) -> list[str]:
    boxes = _BOX.findall(text) or _BRACKETS.findall(text)
    return list(dict.fromkeys(boxes)) if len(boxes) > 1 else []


def _kind(label: str, hint: str) -> dict[str, Any]:
    """What kind of field the words of the label and of the hint speak of."""
    if options := _options(hint):
        return {"kind": "choice", "options": options}
    limit = _LIMIT.search(hint) or _LIMIT.search(label)
    if limit is None:
        return (
            _short(fold(label)) if not hint.strip() or set(fold(hint)) <= set("年月日_") else _explained(hint)
        )
    most = int(limit[1] or limit[2])
    return {"kind": "long_text" if most >= LONG_TEXT_FROM else "text", "max_chars": most, **_help(hint)}


def _short(label: str) -> dict[str, Any]:
    unit = _UNIT.search(label)
    if re.search(r"金额|经费|资金|费用", label):
        return {"kind": "money", "unit": unit[1] if unit and "元" in unit[1] else "元"}
    if re.search(r"起止|期限|周期", label):
        return {"kind": "period", "precision": "month"}
    if re.search(r"日期|时间|年月", label):
        return {"kind": "date", "precision": "month" if "年月" in label else "day"}
    if unit or re.search(r"人数|数量|次数|场次|面积", label):
        return {
            "kind": "number",
            "decimals": 2,
            **({"unit": unit[1]} if unit and "元" not in unit[1] else {}),
        }
    return {"kind": "text"}


def _explained(hint: str) -> dict[str, Any]:
    return {"kind": "long_text", **_help(hint)}


def _help(hint: str) -> dict[str, str]:
    said = " ".join(hint.split()).strip("（）()")
    return {"help": said} if said else {}


def _column(cell: Piece) -> dict[str, Any]:
    kind = _short(fold(cell.text))
    return kind if kind["kind"] in ("money", "number", "date") else {}


def _words(cell: Piece) -> str:
    """The words of a label, without how much may be written."""
    said = "".join(cell.text.split())
    return _LIMITED.sub("", said) or said


def expected_of_office(template: Pieces, blanks: Sequence[Blank], specification: Specification) -> Expected:
    """What a filled copy of the office's own form should hold: its confirmed blanks, and the words of its template."""
    at = {(p.table, row, p.column): p for p in template.pieces for row in range(p.row, p.row + p.down)}
    wanted = list(_wanted(at, blanks, specification))
    words = folded(piece.text for piece in template.pieces)
    identity = f"keqiao-form:{specification.form.id}:{specification.digest}"
    return Expected(identity, tuple(wanted), words, marked(wanted))


def _wanted(
    at: Mapping[tuple[int, int, int], Piece], blanks: Sequence[Blank], specification: Specification
) -> Iterator[Wanted]:
    for blank in blanks:
        if blank.table is None or blank.row is None or blank.column is None:
            continue
        about = specification.field(blank.field)
        piece = at.get((blank.table, blank.row, blank.column))
        line = [p for (table, row, _column), p in at.items() if (table, row) == (blank.table, blank.row)]
        left = [p for p in line if p.column < blank.column]
        beside = max(left, key=lambda p: p.column, default=None)
        mark = Marked(
            blank.field,
            blank.part or "",
            0 if blank.repeats else None,
            label=about.label,
            hint=piece.text.strip() if piece is not None else "",
            lines=about.kind == "long_text",
        )
        is_pair = beside is not None and blank.part is None and not blank.repeats
        yield Wanted(mark, left=fold(beside.text) if is_pair and beside else "")
