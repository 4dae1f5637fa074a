"""Check a table: what each row says, whether it may be imported, and what that would change. Writes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from keqiao.core.findings import Weight
from keqiao.readers.tables.cells import Cell
from keqiao.web.imports.columns import BadCell, Column, Context, Lookup, Reference
from keqiao.web.imports.contents import Difference, RowContent
from keqiao.web.imports.models import Verdict
from keqiao.web.imports.sheet_kinds import ID, NEW, Fault, Row, SheetKind, Standing

REFUSED, NOT_APPLIED = "table.refused", "table.not_applied"
"""A value that a room's rule refuses; a sound row that the register refused when it was to be written."""


@dataclass(slots=True)
class CheckedRow:
    """A row with what was found. ``standing`` is the record it means; none for a new one."""

    number: int
    cells: Mapping[str, Cell]
    is_hidden: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    standing: Standing | None = None
    differences: tuple[Difference, ...] = ()

    @property
    def is_faulty(self) -> bool:
        """Does a fault keep it from being imported?"""
        return any(fault.weight is Weight.REFUSE for fault in self.faults)

    @property
    def verdict(self) -> Verdict:
        """What importing it would do."""
        if self.is_faulty:
            return Verdict.FAULTY
        if self.standing is None:
            return Verdict.NEW
        return Verdict.CHANGED if self.differences else Verdict.SAME

    @property
    def row(self) -> Row:
        """The row as rooms get it."""
        return Row(self.number, self.values)

    @property
    def content(self) -> RowContent:
        """What is kept of it."""
        return RowContent(self.cells, tuple(self.faults), self.differences, self.is_hidden)


def check_rows(kind: SheetKind, rows: Sequence[CheckedRow], context: Context) -> None:
    """Fill in what is found of ``rows``, which bring number and cells. A constant number of queries."""
    for row in rows:
        _read(kind, row)
    _look_up(kind, rows, context)
    _find_repeated(kind, rows)
    _match(kind, [row for row in rows if not row.is_faulty], context)
    sound = {row.number: row for row in rows if not row.is_faulty}
    for number, fault in kind.check([row.row for row in sound.values()], context):
        sound[number].faults.append(fault)
    for row in sound.values():
        row.differences = tuple(_differences(kind, row))


def _read(kind: SheetKind, row: CheckedRow) -> None:
    if row.is_hidden:
        row.faults.append(Fault("table.hidden_row", weight=Weight.WARN))
    for column in kind.all_columns:
        cell = row.cells.get(column.key)
        if cell:
            _read_cell(column, cell, row)
        elif column.required:
            row.faults.append(Fault("table.missing", column.key))


def _read_cell(column: Column, cell: Cell, row: CheckedRow) -> None:
    try:
        row.values[column.key] = column.value.read(cell)
    except BadCell as bad:
        row.faults.append(Fault(bad.code, column.key, bad.values))
    except ValidationError as wrong:
        row.faults.append(refusal(wrong, column.key))


def refusal(wrong: ValidationError, column: str = "", code: str = REFUSED) -> Fault:
    """Return a fault in the words of a room's own rule."""
    return Fault(code, column, {"words": "；".join(wrong.messages)})


def _look_up(kind: SheetKind, rows: Iterable[CheckedRow], context: Context) -> None:
    """Put what words mean in their place; one search for each kind of thing, whatever the number of columns."""
    rows = list(rows)
    finders = {column.value.find: column.value for column in kind.columns if isinstance(column.value, Lookup)}
    for find in finders:
        keys = [column.key for column in kind.columns if getattr(column.value, "find", None) is find]
        words = {row.values[key] for row in rows for key in keys if key in row.values}
        found = find(words, context) if words else {}
        for row in rows:
            for key in keys:
                if key in row.values:
                    _put(row, key, tuple(found.get(row.values[key], ())))


def _put(row: CheckedRow, key: str, found: tuple[Reference, ...]) -> None:
    word = row.values.pop(key)
    if len(found) == 1:
        row.values[key] = found[0]
    elif found:
        row.faults.append(
            Fault("table.several_found", key, {"value": word, "count": len(found)}, choices=found)
        )
    else:
        row.faults.append(Fault("table.not_found", key, {"value": word}))


def _find_repeated(kind: SheetKind, rows: Iterable[CheckedRow]) -> None:
    for keys in ((ID,), *kind.identity):
        first: dict[tuple[Any, ...], int] = {}
        labels = "、".join(str(kind.column(key).header) for key in keys)
        for row in rows:
            same = tuple(_comparable(row.values.get(key)) for key in keys)
            if None in same or same == (NEW,):
                continue
            line = first.setdefault(same, row.number)
            if line != row.number:
                row.faults.append(Fault("table.row_repeated", keys[0], {"line": line, "columns": labels}))


def _match(kind: SheetKind, rows: Sequence[CheckedRow], context: Context) -> None:
    found = kind.match([row.row for row in rows], context)
    lines: dict[str, int] = {}
    for row in rows:
        match = found.get(row.number)
        if isinstance(match, Fault):
            row.faults.append(match)
        elif match is not None:
            row.standing = match
            line = lines.setdefault(match.id, row.number)
            if line != row.number:
                row.faults.append(Fault("table.same_record", ID, {"line": line}))
        elif row.values.get(ID, NEW) != NEW:
            row.faults.append(Fault("table.unknown_id", ID, {"value": row.values[ID]}))


def _differences(kind: SheetKind, row: CheckedRow) -> Iterable[Difference]:
    """What the row says otherwise than the record; of private columns only that they differ."""
    if row.standing is None:
        return
    for column in kind.columns:
        if column.key not in row.values:
            continue
        before, after = row.standing.values.get(column.key), row.values[column.key]
        if _comparable(before) != _comparable(after):
            shown = ("●●●", "●●●") if column.is_private else (said(column, before), said(column, after))
            yield Difference(column.key, *shown)


def said(column: Column, value: Any) -> str:
    """Return a value as people read it in a cell."""
    if value is None or value == "":
        return ""
    if isinstance(value, Reference):
        return value.name
    written = column.value.write(value)
    return written.isoformat() if isinstance(written, date) else str(written)


def _comparable(value: Any) -> Any:
    if isinstance(value, Reference):
        return value.id
    return None if value == "" else value
