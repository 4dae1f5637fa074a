"""Tables that leave the site: templates, exports, annotated copies, in the language of the page."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keqiao.core.findings import Finding, Weight
from keqiao.readers import messages
from keqiao.readers.tables.cells import CellKind
from keqiao.web.files.kinds import media_type
from keqiao.web.files.names import named_after
from keqiao.web.files.serving import NEVER_SHOWN
from keqiao.web.imports.columns import Choice, Column, Day, Written
from keqiao.web.imports.contents import RowContent
from keqiao.web.imports.models import Import
from keqiao.web.imports.queries import content_of, open_rows
from keqiao.web.imports.sheet_kinds import ID, Fault, SheetKind
from keqiao.writers.tables.layout import MarkedRow, SheetColumn
from keqiao.writers.tables.separated import write_separated
from keqiao.writers.tables.workbook import Captions, write_annotated, write_export, write_template


def said(fault: Fault) -> str:
    """Return the sentence of a fault in the language of the moment."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return messages.say(Finding(fault.code, fault.weight, dict(fault.values)), language)


def template(kind: SheetKind) -> HttpResponse:
    """Return the empty table of a kind."""
    columns = [_layout(column) for column in kind.all_columns]
    return _answer(write_template(columns, _captions(kind)), str(kind.label) + _("（模板）"), "xlsx")


def export(kind: SheetKind, records: Iterable[Mapping[str, Any]], ending: str) -> HttpResponse:
    """Return what a register holds, as a table that can be imported again."""
    columns = [_layout(column) for column in kind.all_columns]
    rows = [_written(kind, record) for record in records]
    made = write_separated(columns, rows) if ending == "csv" else write_export(columns, rows, _captions(kind))
    return _answer(made, str(kind.label), ending)


def annotated(kind: SheetKind, made: Import) -> HttpResponse:
    """Return the rows that are not imported yet, each with what is wrong with it."""
    present = {ID, *made.columns}
    rows = [_marked(kind, content_of(row)) for row in open_rows(made)]
    present |= {key for row in rows for key in row.faults}
    columns = [_layout(column) for column in kind.all_columns if column.key in present]
    content = write_annotated(columns, rows, _captions(kind))
    stem = made.file.name.rpartition(".")[0] or made.file.name
    return _answer(content, stem + _("（标注问题）"), "xlsx")


def _marked(kind: SheetKind, content: RowContent) -> MarkedRow:
    """A number goes back as a number: one that lost digits must not come in again as a sound text."""
    faults: dict[str, list[str]] = {}
    for fault in content.faults:
        if fault.weight is Weight.REFUSE:
            label = f"{kind.column(fault.column).header}{_('：')}" if fault.column else ""
            faults.setdefault(fault.column, []).append(f"{label}{said(fault)}")
    doubts = [f"{_('请核对：')}{said(each)}" for each in content.faults if each.weight is not Weight.REFUSE]
    cells: dict[str, Written] = {
        key: Decimal(cell.text) if cell.kind is CellKind.NUMBER else cell.text
        for key, cell in content.cells.items()
    }
    return MarkedRow(cells, {key: tuple(each) for key, each in faults.items()}, tuple(doubts))


def _written(kind: SheetKind, record: Mapping[str, Any]) -> dict[str, Written]:
    written = {ID: str(record[ID])}
    for column in kind.columns:
        value = record.get(column.key)
        if value is not None and value != "":
            written[column.key] = column.value.write(value)
    return written


def _layout(column: Column) -> SheetColumn:
    value = column.value
    return SheetColumn(
        column.key,
        str(column.header),
        is_text=value.is_code,
        is_day=isinstance(value, Day),
        is_required=column.required,
        choices=tuple(value.shown()) if isinstance(value, Choice) else (),
        note=str(column.help),
        example=column.example,
    )


def _captions(kind: SheetKind) -> Captions:
    return Captions(
        str(kind.label),
        _("填写说明"),
        str(kind.help) + "\n" + _("第一行是列名，请不要改动；空白表示不变，不会删除已有内容。"),
        _("示例"),
        _("必填。"),
        _("问题"),
    )


def _answer(content: bytes, title: str, ending: str) -> HttpResponse:
    name = named_after(title, ending)
    kind = "text/csv; charset=utf-8" if ending == "csv" else media_type(ending)
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    headers = {**NEVER_SHOWN, "Content-Disposition": disposition}
    return HttpResponse(content, content_type=kind, headers=headers)
