"""A filled Word form as answers: what was read, what is doubtful, what was not understood, and what fits no field.

Nothing that was typed is lost: every word of the document is in an answer, in a cell, or among what is left over.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from keqiao.core.findings import Finding, Weight
from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.paper import Blank, paper_of
from keqiao.core.forms.paper.lists import row_label
from keqiao.core.forms.paper.row_numbers import is_row_number
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.targets import locked, target_rows
from keqiao.core.forms.typed import read
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import (
    BudgetField,
    PersonField,
    TableField,
    TargetsField,
    UnitField,
)
from keqiao.readers.forms.expected import Expected, expected_of, fold, folded, lines_beside
from keqiao.readers.forms.lines import Line, counted
from keqiao.readers.forms.matching import Found, Matched, Matcher
from keqiao.readers.forms.office_expected import expected_of_office
from keqiao.readers.forms.pieces import BOX, EDGE, NOTE, REMARK, REMOVED, Piece, Pieces
from keqiao.readers.forms.uploaded import pieces_of_upload

ListField = TableField | TargetsField | BudgetField


class State(StrEnum):
    """How a cell was read."""

    READ = "read"
    DOUBTFUL = "doubtful"
    NOT_UNDERSTOOD = "not_understood"
    ABSENT = "absent"  # the blank is not in the document any more


@dataclass(frozen=True, slots=True)
class CellRead:
    """What became of one blank. ``at`` is (field), (field, part) or (field, row, column) in the answers; ``text`` is
    what stood there; ``why`` says the doubts.
    """

    at: tuple[str | int, ...]
    label: str
    state: State
    text: str = ""
    why: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Words that belong to no field, and why."""

    text: str
    why: Finding


@dataclass(frozen=True, slots=True)
class FormRead:
    """A filled form read back. ``is_this_form``: the document says that it was made from this specification.

    ``answers`` hold what was read and what is doubtful; what was not understood stands in them as typed. Fields whose
    blanks are absent are not in them, and ``cells`` say so: an answer of before is not to be emptied by that.
    """

    is_this_form: bool
    answers: Mapping[str, Any]
    cells: tuple[CellRead, ...]
    left_over: tuple[LeftOver, ...]

    @property
    def doubts(self) -> tuple[CellRead, ...]:
        """The cells that somebody has to look at."""
        return tuple(cell for cell in self.cells if cell.state is not State.READ)


_PLACES: Final[Mapping[str, str]] = {
    BOX: "form_paper.left_in_box",
    NOTE: "form_paper.left_in_note",
    EDGE: "form_paper.left_in_edge",
    REMARK: "form_paper.left_in_comment",
    REMOVED: "form_paper.left_removed",
}
_NOT_FILLED_HERE: Final = frozenset({"heading", "file", "pledge", "computed"})


def read_filled_upload(
    path: Path,
    specification: Specification,
    *,
    name: str = "",
    before: Mapping[str, Any] | None = None,
    template: Path | None = None,
) -> FormRead:
    """Read the filled form that was uploaded as ``name``; ``template`` is the office's own document of the form.

    Raises:
        Unreadable: it is refused at the gate, or is no Word document that can be read.
    """
    expected = None if template is None else expected_of_office(_pieces_of_template(template), specification)
    return read_filled(pieces_of_upload(path, name=name), specification, expected, before=before)


@lru_cache(maxsize=64)
def _pieces_of_template(template: Path) -> Pieces:
    """Stored files never change: each is taken apart once."""
    return pieces_of_upload(template)


def read_filled(
    document: Pieces,
    specification: Specification,
    expected: Expected | None = None,
    *,
    before: Mapping[str, Any] | None = None,
) -> FormRead:
    """Read the pieces of a filled form; ``expected`` is that of the office's own paper, where it is one.

    ``before`` are the answers that stood in the form when it was handed out: sums and attachments printed from them
    are no words of the applicant, and whoever was picked from the register stays so while the name stands.
    """
    wanted = expected or _expected(specification)
    matcher = Matcher(document.pieces, wanted)
    matched = matcher.match(_lists(specification))
    is_this = any(fold(specification.digest) in fold(said) for said in document.says)
    answers: dict[str, Any] = {}
    cells: list[CellRead] = []
    for field in specification.fields:
        if field.kind in _NOT_FILLED_HERE or field.office_only:
            continue
        value, said = _field(
            field, specification, [each for each in matched.found if each.blank.field == field.id]
        )
        value = _with_id(value, (before or {}).get(field.id))
        if not is_empty(value):
            answers[field.id] = value
        cells += said
    growing = {name for name, grows in _lists(specification).items() if grows}
    cells += _absent(wanted, matched, growing)
    cells += _shorter(specification, matched, _handed_out(specification, wanted, before or {}))
    printed = (
        paper_of(specification, said).said()
        for said in (before or {}, answers, {**(before or {}), **answers})
    )
    words = wanted.words.union(*map(folded, printed))
    left = tuple(_left_over(document.pieces, replace(wanted, words=words), matched))
    return FormRead(is_this, answers, tuple(cells), left)


@lru_cache(maxsize=256)
def _expected(specification: Specification) -> Expected:
    """What the blank form holds hangs on the specification alone."""
    return expected_of(paper_of(specification))


def _lists(specification: Specification) -> dict[str, bool]:
    """The fields that come in rows, and whether rows may be added."""
    return {
        field.id: not (isinstance(field, TableField) and (field.rows or field.as_blocks))
        for field in specification.fields
        if isinstance(field, ListField)
    }


def _field(field: AnyField, specification: Specification, found: list[Found]) -> tuple[Any, list[CellRead]]:
    if isinstance(field, ListField):
        return _rows(field, specification, found)
    if isinstance(field, PersonField | UnitField):
        result = read(field, {each.blank.part: each.text for each in found if each.text})
        return result.value, [_cell((field.id, each.blank.part), each, result.faults) for each in found]
    if not found:
        return None, []
    result = read(field, found[0].text)
    return result.value, [_cell((field.id,), found[0], result.faults)]


def _with_id(value: Any, before: Any) -> Any:
    """A block that names the same person or unit as before stays tied to the register: paper says no ids."""
    blocks = isinstance(value, Mapping) and isinstance(before, Mapping)
    if blocks and "id" in before and value.get("name") == before.get("name"):
        return {**value, "id": before["id"]}
    return value


def _rows(field: ListField, specification: Specification, found: list[Found]) -> tuple[Any, list[CellRead]]:
    """Rows in the order of the paper; those of the call and fixed ones keep their places.

    A cell is called by the row in which it stands now: of rows that were added no blank of the form knows the number.
    """
    fixed = _fixed_rows(field, specification)
    typed, lines = _typed_rows(field, fixed, found)
    result = read(field, typed)
    numbers = counted(each.line for each in found)
    cells = []
    for each, row in lines:
        stays = _is_kept(field, fixed, each.blank.row)
        label = row_label(field, each.blank.row or 0 if stays else numbers[each.line], each.blank.part)
        named = replace(each, blank=replace(each.blank, label=label))
        cells.append(_cell((field.id, row, each.blank.part), named, result.faults))
    return _without_empty(field, result.value), cells


def _typed_rows(
    field: ListField, fixed: list[dict[str, Any]], found: list[Found]
) -> tuple[list[dict[str, Any]], list[tuple[Found, int]]]:
    groups: dict[tuple[int, int, int], list[Found]] = defaultdict(list)
    for each in found:
        stays = _is_kept(field, fixed, each.blank.row)
        groups[(0, each.blank.row or 0, 0) if stays else (1, *each.line)].append(each)
    typed: list[dict[str, Any]] = [dict(row) for row in fixed]
    lines: list[tuple[Found, int]] = []
    for key in sorted(groups):
        words = {each.blank.part: each.text for each in groups[key] if each.text}
        says = words if read(field, [words]).value is not None else {}
        if key[0] == 0 and key[1] < len(fixed):
            row = key[1]
            typed[row] |= words
        elif says:
            row = len(typed)
            typed.append(says)
        else:
            row = len(typed)
        lines += [(each, row) for each in groups[key]]
    return typed, [(each, row) for each, row in lines if each.text or each.reasons or row < len(fixed)]


def _is_kept(field: ListField, fixed: list[dict[str, Any]], row: int | None) -> bool:
    """Has this row a number of its own, wherever it stands on the paper?"""
    return row is not None and (row < len(fixed) or (isinstance(field, TableField) and field.as_blocks))


def _fixed_rows(field: ListField, specification: Specification) -> list[dict[str, Any]]:
    """What stands in the rows that nobody adds: targets of the call without their values, fixed rows empty."""
    if isinstance(field, TargetsField):
        return [
            {key: row[key] for key in ("target", "metric", "op", "unit") if key in row}
            for row in target_rows(specification)
            if row["target"] in locked(specification)
        ]
    return [{} for _ in field.rows] if isinstance(field, TableField) else []


def _without_empty(field: AnyField, rows: Any) -> Any:
    """Budget lines that only name a fixed item, and targets of the call without a value, say nothing."""
    if not isinstance(rows, list):
        return rows
    if isinstance(field, BudgetField):
        return [row for row in rows if set(row) - {"item"} or row.get("item") not in field.items] or None
    if isinstance(field, TargetsField):
        return [row for row in rows if "target" not in row or set(row) & {"value", "basis"}] or None
    return rows


def _cell(at: tuple[str | int, ...], found: Found, faults: tuple[Finding, ...]) -> CellRead:
    label = found.blank.label
    doubts = tuple(Finding(code, Weight.WARN, {"label": label}, at=at) for code in found.reasons)
    of_it = tuple(fault for fault in faults if fault.at == at)
    serious = doubts if found.text or set(found.reasons) - {"form_paper.label_changed"} else ()
    state = State.NOT_UNDERSTOOD if of_it else State.DOUBTFUL if serious else State.READ
    return CellRead(at, label, state, found.text, (*of_it, *serious))


def _absent(wanted: Expected, matched: Matched, growing: set[str]) -> Iterator[CellRead]:
    """Blanks that are not in the document, a row said once; of lists that grow any row may be deleted."""
    there = {each.blank for each in matched.found}
    rows_told: set[tuple[str, int | None]] = set()
    for each in wanted.wanted:
        blank = each.blank
        row = (blank.field, blank.row)
        if blank in there or (blank.row is not None and (row in rows_told or blank.field in growing)):
            continue
        rows_told.add(row)
        why = Finding("form_paper.absent", Weight.WARN, {"label": blank.label})
        yield CellRead(_address(blank), blank.label, State.ABSENT, "", (why,))


def _handed_out(specification: Specification, wanted: Expected, before: Mapping[str, Any]) -> dict[str, int]:
    """How many rows each list that grows had when the form was handed out."""
    growing = (name for name, grows in _lists(specification).items() if grows)
    blanks = paper_of(specification, before).blanks()
    return {
        name: max(wanted.rows[name], len(before.get(name) or ()))
        if name in wanted.rows
        else len({blank.row for blank in blanks if blank.field == name})
        for name in growing
    }


def _shorter(
    specification: Specification, matched: Matched, handed_out: Mapping[str, int]
) -> Iterator[CellRead]:
    """Lists that have fewer rows than the form that was handed out: rows were deleted, or lost their marks."""
    for name in sorted(handed_out):
        there = {
            each.line for each in matched.found if each.blank.field == name and each.blank.row is not None
        }
        if len(there) < handed_out[name]:
            label = specification.field(name).label
            had, has = handed_out[name], len(there)
            why = Finding("form_paper.rows_gone", Weight.WARN, {"label": label, "had": had, "has": has})
            yield CellRead((name,), label, State.ABSENT, "", (why,))


def _address(blank: Blank) -> tuple[str | int, ...]:
    return (blank.field, *(() if blank.row is None else (blank.row,)), *filter(None, (blank.part,)))


def _left_over(pieces: tuple[Piece, ...], wanted: Expected, matched: Matched) -> Iterator[LeftOver]:
    rows = {each.line for each in matched.found if each.line[0] >= 0}
    for number, piece in enumerate(pieces):
        if number in matched.used and number not in matched.torn:
            continue
        text = matched.torn.get(number, piece.text)
        lines = [text.strip()] if piece.place in (REMARK, REMOVED) else lines_beside(text, wanted.words)
        said = "\n".join(line for line in lines if line and not _is_ours(line, piece, wanted, rows))
        if said:
            code = matched.strange.get(number) or _PLACES.get(piece.place, "form_paper.left_over")
            yield LeftOver(said, Finding(code, Weight.WARN, {"label": _quoted(said)}))


def _is_ours(line: str, piece: Piece, wanted: Expected, rows: AbstractSet[Line]) -> bool:
    """Numbers of rows, and what stands at the foot of each page."""
    if piece.place == EDGE:
        words = fold(line).strip("—-")
        return not words or words.isdigit() or wanted.identity.split(":")[1] in words
    return piece.column == 0 and (piece.table, piece.row) in rows and is_row_number(line)


def _quoted(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= 40 else f"{said[:40]}…"
