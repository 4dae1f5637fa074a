"""Faults of tables: how many rows, which cells, what stands in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from keqiao.core.findings import Finding
from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.blocks import lookalikes
from keqiao.core.forms.parts import MOST_ROWS, Parts, parts_of
from keqiao.core.forms.simple import refused, simple_faults
from keqiao.core.programme.forms.fields import TableField


def table_faults(field: TableField, value: Any) -> Iterator[Finding]:
    """What is wrong with a table; ``at`` is (row, column) or (row). Empty rows of a free table are passed over."""
    if not isinstance(value, list | tuple):
        yield refused("form.shape", label=field.label)
        return
    parts = parts_of(field)
    if field.rows:
        yield from _fixed_rows(field, value, parts)
        return
    filled = [number for number, row in enumerate(value) if not is_empty(row)]
    if len(filled) < field.least:
        yield refused("form.rows_few", label=field.label, least=field.least, has=len(filled))
    if len(filled) > (most := min(field.most or MOST_ROWS, MOST_ROWS)):
        yield refused("form.rows_many", label=field.label, most=most, has=len(filled))
    for number in filled[:MOST_ROWS]:
        yield from row_faults(field.label, value[number], number, parts)


def row_faults(label: str, row: Any, number: int, parts: Parts) -> Iterator[Finding]:
    """What is wrong with the cells of one row; ``at`` is (row, column)."""
    if not isinstance(row, Mapping):
        yield replace(refused("form.shape", label=label), at=(number,))
        return
    for part, each in parts.items():
        said = row.get(part)
        if is_empty(said):
            if each.required:
                missing = refused("form.cell_missing", label=label, row=number + 1, column=each.label)
                yield replace(missing, at=(number, part))
            continue
        found = [*simple_faults(each, said, f"{label}（{number + 1}）·{each.label}")]
        found = found or [*lookalikes(part, said, label, each.label)]
        yield from (replace(fault, at=(number, part)) for fault in found)


def _fixed_rows(field: TableField, value: Sequence[Any], parts: Parts) -> Iterator[Finding]:
    """Every fixed row has to be filled where the table has to be; more rows than labels have no place."""
    if extra := [
        number for number, row in enumerate(value) if number >= len(field.rows) and not is_empty(row)
    ]:
        strange = refused("form.rows_strange", label=field.label, most=len(field.rows), has=extra[-1] + 1)
        yield replace(strange, at=(extra[0],))
    for number, label in enumerate(field.rows):
        row = value[number] if number < len(value) else None
        if not is_empty(row):
            yield from row_faults(field.label, row, number, parts)
        elif field.required and any(each.required for each in parts.values()):
            yield replace(refused("form.row_missing", label=field.label, row=label), at=(number,))
