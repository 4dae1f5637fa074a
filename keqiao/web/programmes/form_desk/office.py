"""The office's own Word form: its tables as they stand, what was recognised in them, and what an officer confirms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from keqiao.core.programme.forms import AnyField, Blank, OpinionBox
from keqiao.readers.forms.office import Proposal
from keqiao.readers.forms.pieces import BODY, Piece, Pieces
from keqiao.web.programmes.definitions import Values

Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell or paragraph as it stands; ``number`` is that of the field recognised in it, from 1, 0 for none."""

    words: str
    across: int = 1
    down: int = 1
    number: int = 0


@dataclass(frozen=True, slots=True)
class BlockShown:
    """A table by its rows, or a paragraph."""

    rows: list[list[CellShown]] = field(default_factory=list)
    paragraph: str = ""


def shown(document: Pieces, found: Proposal) -> list[BlockShown]:
    """The document from top to bottom, each recognised place with the number of its field."""
    order = {each.id: number for number, each in enumerate(found.fields, 1)}
    numbers = {_place_of(blank): order[blank.field] for blank in found.blanks}
    blocks: list[BlockShown] = []
    tables: dict[int, BlockShown] = {}
    for piece in document.pieces:
        if piece.place != BODY:
            continue
        if piece.table < 0:
            blocks.append(BlockShown(paragraph=piece.text.strip()))
            continue
        if piece.table not in tables:
            tables[piece.table] = BlockShown()
            blocks.append(tables[piece.table])
        _add(tables[piece.table], piece, numbers)
    return [block for block in blocks if block.rows or block.paragraph]


def _place_of(blank: Blank) -> Place:
    return (blank.table or 0, blank.row or 0, blank.column or 0)


def _add(block: BlockShown, piece: Piece, numbers: Mapping[Place, int]) -> None:
    while len(block.rows) <= piece.row:
        block.rows.append([])
    number = numbers.get((piece.table, piece.row, piece.column), 0)
    block.rows[piece.row].append(CellShown(piece.text, piece.across, piece.down, number))


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What an officer says of one recognised field; ``kind`` "" leaves it out of the form."""

    found: AnyField
    label: str
    kind: str
    max_chars: int | None = None


def with_paper(form: Values, digest: str, confirmed: list[Confirmed], found: Proposal) -> Values:
    """Return the form with the confirmed fields behind those that it has, and the document as its paper.

    A blank whose label a field of the form has already belongs to that field.
    """
    fields = [dict(each) for each in form.get("fields", ())]
    by_label = {each["label"]: each["id"] for each in fields}
    named: dict[str, str] = {}
    for each in confirmed:
        if not each.kind:
            continue
        if each.label not in by_label:
            by_label[each.label] = _free({one["id"] for one in fields})
            fields.append({**_field(each), "id": by_label[each.label]})
        named[each.found.id] = by_label[each.label]
    blanks = [
        {**blank.model_dump(mode="json", exclude_defaults=True), "field": named[blank.field]}
        for blank in found.blanks
        if blank.field in named
    ]
    paper = {"file": digest, "blanks": blanks}
    said = {**form, "fields": fields, "opinions": _boxes(form, found.opinions), "paper": paper}
    return {name: value for name, value in said.items() if value != []}


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
