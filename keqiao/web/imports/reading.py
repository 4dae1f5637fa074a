"""Read an uploaded table and check its rows; what fails is written down with its reason. The worker does it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction

from keqiao.readers.tables.table import Table, read_table_safely
from keqiao.readers.unreadable import Unreadable
from keqiao.web.audit import log
from keqiao.web.files.queries import path_of
from keqiao.web.imports.checking import NOT_APPLIED, CheckedRow, check_rows
from keqiao.web.imports.models import Import, ImportState, Verdict
from keqiao.web.imports.owed import follow_import
from keqiao.web.imports.queries import content_of, context_of, kind_of, open_rows
from keqiao.web.imports.sheet_kinds import SheetKind
from keqiao.web.imports.storing import replace_open_rows

READER = "importer"
"""The part of the program that acts here; events name it in place of a person."""

BROKEN_OFF = "import.broken_off"
WAITING = (ImportState.QUEUED, ImportState.CHECKING)


def read(import_id: UUID, at: datetime) -> None:
    """Read the file of an import and check it. Run again after a crash it starts over."""
    made = Import.objects.select_related("file").get(pk=import_id)
    if made.state not in WAITING:
        return
    Import.objects.filter(pk=made.pk).update(state=ImportState.CHECKING)
    kind = kind_of(made)
    names = {column.key: column.names() for column in kind.all_columns}
    try:
        table = read_table_safely(path_of(made.file), names, name=made.file.name)
        _require_columns(kind, table, made.file.name)
    except Unreadable as refusal:
        fail(made, refusal.code, dict(refusal.values), at)
        return
    made.sheet, made.columns, made.unread = table.sheet[:100], list(table.columns), list(table.unknown)
    rows = [CheckedRow(row.number, row.cells, row.is_hidden) for row in table.rows]
    _keep(made, rows, frozenset(), at)


def check_again(made: Import, at: datetime, edited: dict[int, Any] | None = None) -> None:
    """Check the open rows of an import anew, with the cells of ``edited`` rows in place of those read.

    ``edited`` gives by line the cells, and None for a row that is left out. What a register refused stays refused
    until somebody has looked at the row.
    """
    edited = edited or {}
    rows = list(open_rows(made))
    left_out = {row.number for row in rows if row.verdict == Verdict.LEFT_OUT} - edited.keys()
    left_out |= {number for number, cells in edited.items() if cells is None}
    checked = []
    for row in rows:
        content = content_of(row)
        now = CheckedRow(row.number, edited.get(row.number) or content.cells, content.is_hidden)
        if row.number not in edited:
            now.faults += [fault for fault in content.faults if fault.code == NOT_APPLIED]
        checked.append(now)
    _keep(made, checked, frozenset(left_out), at)


def _keep(made: Import, rows: list[CheckedRow], left_out: frozenset[int], at: datetime) -> None:
    """Check and keep ``rows``; rows that are left out say nothing about the others."""
    kind, actor = kind_of(made), account(made.begun_by_id)
    check_rows(kind, [row for row in rows if row.number not in left_out], context_of(made, actor, at))
    with transaction.atomic():
        locked = Import.objects.select_for_update().get(pk=made.pk)
        replace_open_rows(made, rows, left_out)
        made.state, made.edition = ImportState.READY.value, locked.edition + 1
        made.save(update_fields=["state", "edition", "sheet", "columns", "unread"])
        data = {"rows": len(rows), "edition": made.edition, "faulty": sum(row.is_faulty for row in rows)}
        log.record("checked", made, actor=None, role=READER, at=at, data=data)
        follow_import(made, at)


@transaction.atomic
def fail(made: Import, code: str, values: dict[str, Any], at: datetime) -> None:
    """Write down why a table could not be read. The file stays."""
    made.state, made.failure, made.failure_values = ImportState.FAILED.value, code, values
    made.save(update_fields=["state", "failure", "failure_values"])
    log.record("reading_failed", made, actor=None, role=READER, at=at, data={"code": code})
    follow_import(made, at)


def break_off(import_id: UUID, at: datetime) -> None:
    """Write down that the program itself failed while reading, so that nobody waits for it."""
    made = Import.objects.select_related("file").get(pk=import_id)
    if made.state in WAITING:
        fail(made, BROKEN_OFF, {"name": made.file.name}, at)


def _require_columns(kind: SheetKind, table: Table, name: str) -> None:
    missing = [
        str(column.header) for column in kind.columns if column.required and column.key not in table.columns
    ]
    if missing:
        raise Unreadable("unreadable.columns_missing", name=name, columns="、".join(missing))


def account(pk: UUID) -> Any:
    """Return the account that an import runs for; accounts stand above this room."""
    return get_user_model().objects.get(pk=pk)
