"""The office's own Word form: the document as it stands, what was recognised in it, and what an officer confirms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter

from keqiao.core.forms.paper.gaps import gaps_in
from keqiao.core.programme.forms import AnyField, Blank, OpinionBox
from keqiao.core.programme.forms.fields import PersonField, TableField, UnitField
from keqiao.readers.forms.office import Proposal
from keqiao.readers.forms.pieces import BODY, Piece, Pieces
from keqiao.web.programmes.definitions import Values

Place = tuple[int, ...]
Numbers = Mapping[tuple[Place, int | None], int]
"""The number of the field, from 1, by the cell or paragraph and the gap in it; None is the whole cell."""

_FIELDS: TypeAdapter[AnyField] = TypeAdapter(AnyField)


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the document; ``number`` is that of the field whose blank they are, from 1, 0 for none."""

    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell as it stands; ``number`` is that of the field whose blank it is as a whole."""

    words: list[Words]
    across: int = 1
    down: int = 1
    number: int = 0


@dataclass(frozen=True, slots=True)
class BlockShown:
    """A table by its rows, or a paragraph."""

    rows: list[list[CellShown]] = field(default_factory=list)
    paragraph: list[Words] = field(default_factory=list)


def shown(document: Pieces, found: Proposal) -> list[BlockShown]:
    """The document from top to bottom, each recognised place with the number of its field."""
    order = {each.id: number for number, each in enumerate(found.fields, 1)}
    numbers = {(_place_of(blank), blank.gap): order[blank.field] for blank in found.blanks}
    blocks: list[BlockShown] = []
    tables: dict[int, BlockShown] = {}
    lines = 0
    for piece in document.pieces:
        if piece.place != BODY:
            continue
        if piece.table < 0:
            blocks.append(BlockShown(paragraph=_words(piece.text, (lines,), numbers)))
            lines += 1
            continue
        if piece.table not in tables:
            tables[piece.table] = BlockShown()
            blocks.append(tables[piece.table])
        _add(tables[piece.table], piece, numbers)
    return [block for block in blocks if block.rows or any(each.text.strip() for each in block.paragraph)]


def _place_of(blank: Blank) -> Place:
    if blank.paragraph is not None:
        return (blank.paragraph,)
    return (blank.table or 0, blank.row or 0, blank.column or 0)


def _add(block: BlockShown, piece: Piece, numbers: Numbers) -> None:
    while len(block.rows) <= piece.row:
        block.rows.append([])
    place = (piece.table, piece.row, piece.column)
    number = numbers.get((place, None), 0)
    words = _words(piece.text, place, numbers)
    block.rows[piece.row].append(CellShown(words, piece.across, piece.down, number))


def _words(text: str, place: Place, numbers: Numbers) -> list[Words]:
    """The words, parted where a gap of them is a blank."""
    found: list[Words] = []
    begin = 0
    for number, gap in enumerate(gaps_in(text)):
        named = numbers.get((place, number), 0)
        if named:
            found += [Words(text[begin : gap.start]), Words(text[gap.start : gap.end], named)]
            begin = gap.end
    return [*found, Words(text[begin:])]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What an officer says of one recognised field; ``kind`` "" leaves it out of the form."""

    found: AnyField
    label: str
    kind: str
    max_chars: int | None = None


def with_paper(form: Values, digest: str, confirmed: list[Confirmed], found: Proposal) -> Values:
    """Return the form with the confirmed fields behind those that it has, and the document as its paper.

    A blank whose label a field of the form has already belongs to that field; further ones of that label are others.
    """
    fields = [dict(each) for each in form.get("fields", ())]
    free = {each["label"]: each["id"] for each in reversed(fields)}
    named: dict[str, str] = {}
    for each in confirmed:
        if not each.kind:
            continue
        identifier = free.pop(each.label, None)
        if identifier is None:
            identifier = _free({one["id"] for one in fields})
            fields.append({**_field(each), "id": identifier})
        named[each.found.id] = identifier
    taken = {each["id"]: _FIELDS.validate_python({"kind": "text", **each}) for each in fields}
    blanks = [
        _of_field(blank, taken[named[blank.field]], found) for blank in found.blanks if blank.field in named
    ]
    paper = {"file": digest, "blanks": blanks}
    said = {**form, "fields": fields, "opinions": _boxes(form, found.opinions), "paper": paper}
    return {name: value for name, value in said.items() if value != []}


def _of_field(blank: Blank, taken: AnyField, found: Proposal) -> Values:
    """The blank of a recognised field as that of the field it is taken for, which may be called by other parts."""
    stated = blank.model_dump(mode="json", exclude_defaults=True)
    if isinstance(taken, TableField) and blank.part is not None:
        recognised = next(each for each in found.fields if each.id == blank.field)
        columns = recognised.columns if isinstance(recognised, TableField) else ()
        label = next((each.label for each in columns if each.id == blank.part), "")
        by_label = {each.label: each.id for each in taken.columns}
        stated["part"] = by_label.get(label, blank.part)
    elif isinstance(taken, PersonField | UnitField) and blank.part is None and "name" in taken.parts:
        stated["part"] = "name"
    return {**stated, "field": taken.id}


def _boxes(form: Values, found: list[OpinionBox]) -> list[Any]:
    standing = list(form.get("opinions", ()))
    known = {box["who"] for box in standing}
    new = (box.model_dump(mode="json", exclude_defaults=True) for box in found if box.who not in known)
    return [*standing, *new]


def _field(each: Confirmed) -> Values:
    """The field as it was recognised; of another kind only what all kinds have."""
    stated: Values = each.found.model_dump(mode="json", exclude_defaults=True)
    if each.kind != each.found.kind:
        stated = {name: stated[name] for name in ("help",) if name in stated}
    stated |= {"kind": each.kind, "label": each.label}
    stated.pop("max_chars", None)
    if each.max_chars and each.kind in ("text", "long_text"):
        stated["max_chars"] = each.max_chars
    return stated


def _free(taken: set[str]) -> str:
    number = 1
    while f"f{number}" in taken:
        number += 1
    return f"f{number}"
