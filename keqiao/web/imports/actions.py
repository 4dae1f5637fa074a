"""Begin an import, correct its rows, start it, give it up. One act, one transaction, one event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.call import OFFICER
from keqiao.readers.tables.cells import Cell
from keqiao.web.audit import log
from keqiao.web.imports import reading
from keqiao.web.imports.models import Import, ImportState, Verdict
from keqiao.web.imports.owed import follow_import
from keqiao.web.imports.queries import counts_of, open_rows
from keqiao.web.imports.sheet_kinds import SheetKind
from keqiao.web.imports.tasks import import_rows, read_table

Cells = Mapping[str, Cell]
TASK_IN = {
    ImportState.QUEUED: read_table,
    ImportState.CHECKING: read_table,
    ImportState.IMPORTING: import_rows,
}


@dataclass(frozen=True, slots=True)
class NewImport:
    """Which table for whom. ``replaces`` is an import whose corrected copy this is."""

    kind: SheetKind
    association_id: UUID
    file_id: UUID
    replaces: Import | None = None


@transaction.atomic
def begin(wanted: NewImport, *, actor: Any, at: datetime) -> Import:
    """Take a stored table and let the worker check it. Nothing is imported yet."""
    made = Import.objects.create(
        association_id=wanted.association_id,
        kind=wanted.kind.code,
        file_id=wanted.file_id,
        begun_by_id=actor.pk,
        begun_at=at,
    )
    data = {"kind": made.kind, "file": str(made.file_id)}
    if wanted.replaces is not None:
        data["replaces"] = str(wanted.replaces.pk)
        _drop(wanted.replaces, actor, at)
    log.record("begun", made, actor=actor, role=OFFICER, at=at, data=data)
    transaction.on_commit(lambda: read_table.enqueue(str(made.pk)))
    return made


def correct(made: Import, edited: Mapping[int, Cells | None], *, actor: Any, at: datetime) -> None:
    """Put other cells into rows (None: leave the row out) and check everything again.

    Raises:
        ValidationError: the import is not at rest.
    """
    with transaction.atomic():
        locked = _at_rest(made.pk)
        data = {"rows": sorted(edited)}
        log.record("corrected", locked, actor=actor, role=OFFICER, at=at, data=data)
        reading.check_again(locked, at, dict(edited))


@transaction.atomic
def start(made: Import, edition: int, *, actor: Any, at: datetime) -> bool:
    """Import all rows without faults. A second click finds it started and does nothing; returns whether it began.

    Raises:
        ValidationError: what was looked at (``edition``) is not what stands there now, or nothing can be imported.
    """
    locked = Import.objects.select_for_update().get(pk=made.pk)
    if locked.state in (ImportState.IMPORTING, ImportState.DONE):
        return False
    if locked.state != ImportState.READY or locked.edition != edition:
        raise ValidationError(_("内容已有变化，请重新查看后再导入。"), code="import.changed")
    rows = open_rows(locked).filter(verdict__in=[Verdict.NEW, Verdict.CHANGED, Verdict.SAME])
    locked.total, locked.progress = rows.count(), 0
    if not locked.total:
        raise ValidationError(_("没有可以导入的行。"), code="import.nothing")
    locked.state, locked.failure, locked.begun_by_id = ImportState.IMPORTING.value, "", actor.pk
    locked.save(update_fields=["state", "failure", "begun_by_id", "total", "progress"])
    data = {"edition": edition, **{name: count for name, count in counts_of(locked).items() if count}}
    log.record("started", locked, actor=actor, role=OFFICER, at=at, data=data)
    follow_import(locked, at)
    transaction.on_commit(lambda: import_rows.enqueue(str(locked.pk)))
    return True


@transaction.atomic
def resume(made: Import, *, actor: Any, at: datetime) -> None:
    """Give an import to the worker once more, whose task was lost; both may run, no row is done twice."""
    locked = Import.objects.select_for_update().get(pk=made.pk)
    task = TASK_IN.get(ImportState(locked.state))
    if task is None:
        return
    log.record("resumed", locked, actor=actor, role=OFFICER, at=at)
    transaction.on_commit(lambda: task.enqueue(str(locked.pk)))


@transaction.atomic
def drop(made: Import, *, actor: Any, at: datetime) -> None:
    """Give an import up: what was imported stays, the rest will not be."""
    _drop(Import.objects.select_for_update().get(pk=made.pk), actor, at)


@transaction.atomic
def note_export(kind: SheetKind, association_id: UUID, count: int, *, actor: Any, at: datetime) -> None:
    """Record that a register left the site as a table."""
    chain = log.Chain("imports.export", str(association_id))
    data = {"kind": kind.code, "rows": count}
    log.record("exported", chain, actor=actor, role=OFFICER, at=at, data=data)


def _drop(made: Import, actor: Any, at: datetime) -> None:
    if made.state in (ImportState.IMPORTING, ImportState.DONE, ImportState.DROPPED):
        return
    made.state, made.ended_at = ImportState.DROPPED.value, at
    made.save(update_fields=["state", "ended_at"])
    log.record("dropped", made, actor=actor, role=OFFICER, at=at, data={"done": counts_of(made)["done"]})
    follow_import(made, at)


def _at_rest(pk: UUID) -> Import:
    locked = Import.objects.select_for_update().get(pk=pk)
    if locked.state != ImportState.READY:
        raise ValidationError(_("这张表正在处理或已经结束，不能修改。"), code="import.busy")
    return locked
