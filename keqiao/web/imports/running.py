"""Import rows: a few in one transaction. Whoever is killed goes on where it stopped; no row is done twice or by half.

The lock of the kind is held while rows are looked at again and written: two imports of the same units, or two
workers at the same import, take turns and the second finds what the first has done.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F

from keqiao.web.audit import log
from keqiao.web.imports.checking import NOT_APPLIED, CheckedRow, check_rows, refusal
from keqiao.web.imports.columns import Context
from keqiao.web.imports.contents import RowContent, to_json
from keqiao.web.imports.models import Import, ImportRow, ImportState, Turn, Verdict
from keqiao.web.imports.owed import follow_import
from keqiao.web.imports.queries import content_of, context_of, counts_of, kind_of, open_rows
from keqiao.web.imports.reading import READER, account, check_again
from keqiao.web.imports.sheet_kinds import Fault, SheetKind

BATCH = 25  # rows: what a kill undoes, and how long others wait for the database
WANTED = (Verdict.NEW, Verdict.CHANGED, Verdict.SAME)


def run(import_id: UUID, at: datetime) -> None:
    """Import all open rows without faults, then check what is left. Safe to run again at any point."""
    made = Import.objects.select_related("file").get(pk=import_id)
    if made.state != ImportState.IMPORTING:
        return
    kind, context = kind_of(made), context_of(made, account(made.begun_by_id), at)
    if made.association_id not in kind.may_import(context.actor, at):
        raise PermissionDenied("the one who started the import may not import any longer")
    Turn.objects.get_or_create(kind=kind.code)
    wanted = list(open_rows(made).filter(verdict__in=WANTED).values_list("pk", flat=True))
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        import_batch(kind, batch, context)
        Import.objects.filter(pk=made.pk).update(progress=F("progress") + len(batch))
    end_run(made, at)


@transaction.atomic
def import_batch(kind: SheetKind, pks: Sequence[UUID], context: Context) -> None:
    """Do some rows, leaving out what is done already; the room's changes and the notes of them are one transaction."""
    Turn.objects.select_for_update().get(kind=kind.code)
    still_open = ImportRow.objects.select_for_update().filter(
        pk__in=pks, done_at__isnull=True, verdict__in=WANTED
    )
    rows = [(row, content_of(row)) for row in still_open.order_by("number")]
    checked = [CheckedRow(row.number, seen.cells, seen.is_hidden) for row, seen in rows]
    check_rows(kind, checked, context)
    for (row, seen), now in zip(rows, checked, strict=True):
        _import_row(kind, (row, seen), now, context)


def _import_row(
    kind: SheetKind, row_and_seen: tuple[ImportRow, RowContent], now: CheckedRow, context: Context
) -> None:
    row, seen = row_and_seen
    if _is_overtaken(row, seen, now):
        now.faults.append(Fault("table.overtaken"))
    if not now.is_faulty and now.verdict is not Verdict.SAME:
        _apply(kind, row, now, context)
    _note(row, now, context.at)


def _is_overtaken(row: ImportRow, seen: RowContent, now: CheckedRow) -> bool:
    """Would the row do something else than what was looked at? Finding nothing left to do is no harm."""
    if now.is_faulty or now.verdict is Verdict.SAME:
        return False
    standing_id = now.standing.id if now.standing else ""
    return (standing_id, now.differences) != (row.record_id, seen.differences)


def _apply(kind: SheetKind, row: ImportRow, checked: CheckedRow, context: Context) -> None:
    """Let the room do it; its refusal undoes what it had begun, and stands at the row."""
    try:
        with transaction.atomic():
            row.record_id = kind.apply(checked.row, checked.standing, context)
    except ValidationError as wrong:
        checked.faults.append(refusal(wrong, code=NOT_APPLIED))


def _note(row: ImportRow, checked: CheckedRow, at: datetime) -> None:
    """Write down what came of a row; what was found of it before its own change stays as it was shown."""
    if checked.is_faulty:
        row.verdict, row.content = Verdict.FAULTY.value, to_json(checked.content)
        row.save(update_fields=["verdict", "content"])
        return
    if checked.verdict is Verdict.SAME and checked.standing:
        row.verdict, row.record_id = Verdict.SAME.value, checked.standing.id
    row.done_at = at
    row.save(update_fields=["verdict", "record_id", "done_at"])


def end_run(made: Import, at: datetime) -> None:
    """Close an import of which nothing is left; otherwise check the rest, which may rest on what came in now."""
    if open_rows(made).filter(verdict=Verdict.FAULTY).exists():
        check_again(made, at)
        return
    with transaction.atomic():
        counts = counts_of(made)
        made.state, made.ended_at = ImportState.DONE.value, at
        made.save(update_fields=["state", "ended_at"])
        data = {name: counts[name] for name in ("created", "altered", "met", "left_out")}
        log.record("finished", made, actor=None, role=READER, at=at, data=data)
        follow_import(made, at)


def stop(import_id: UUID, at: datetime) -> None:
    """Say that the program itself failed in the middle: what is done stays done, the rest can be started again."""
    made = Import.objects.get(pk=import_id)
    if made.state == ImportState.IMPORTING:
        _stop(made, at)


@transaction.atomic
def _stop(made: Any, at: datetime) -> None:
    made.state, made.failure = ImportState.READY.value, "import.stopped"
    made.save(update_fields=["state", "failure"])
    log.record("stopped", made, actor=None, role=READER, at=at, data={"done": counts_of(made)["done"]})
    follow_import(made, at)
