"""Read imports and their rows."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from keqiao.web.imports import permissions
from keqiao.web.imports.columns import Context
from keqiao.web.imports.contents import RowContent, from_json
from keqiao.web.imports.models import Import, ImportRow, ImportState, Verdict
from keqiao.web.imports.sheet_kinds import SheetKind, sheet_kind


def imports_for(viewer: Any, at: datetime) -> QuerySet[Import]:
    """Return the imports that ``viewer`` may see, the latest first, each with its file and what it did."""
    seen = Import.objects.filter(permissions.visible(viewer, at)).select_related("file")
    return seen.annotate(
        done_count=Count("rows", Q(rows__done_at__isnull=False) & ~Q(rows__verdict=Verdict.SAME))
    ).order_by("-begun_at")


def of_file_named(word: str) -> Q:
    """Return what picks imports by a part of the name of the file."""
    return Q(file__name__icontains=word)


def of_kind(code: str) -> Q:
    """Return what picks imports of one kind of sheet."""
    return Q(kind=code)


def in_state(state: str) -> Q:
    """Return what picks imports in one state."""
    return Q(state=state)


def import_for(viewer: Any, pk: UUID, at: datetime) -> Import:
    """Return one import that ``viewer`` may see; otherwise 404."""
    return get_object_or_404(imports_for(viewer, at), pk=pk)


def kind_for(viewer: Any, code: str, at: datetime) -> tuple[SheetKind, dict[UUID, str]]:
    """Return a kind of sheet that ``viewer`` may import, with the associations; otherwise 404."""
    found = next((each for each in permissions.kinds_open_to(viewer, at) if each[0].code == code), None)
    if found is None:
        raise Http404
    return found


def kind_of(made: Import) -> SheetKind:
    """Return the kind of an import.

    Raises:
        LookupError: no room declares it any longer.
    """
    kind = sheet_kind(made.kind)
    if kind is None:
        raise LookupError(f"no room declares the kind of sheet {made.kind}")
    return kind


def context_of(made: Import, actor: Any, at: datetime) -> Context:
    """Return for whom the rows of an import are checked and applied."""
    return Context(made.association_id, actor, at)


def open_rows(made: Import) -> QuerySet[ImportRow]:
    """Return the rows that have not been imported, by line."""
    return made.rows.filter(done_at__isnull=True).order_by("number")


def counts_of(made: Import) -> dict[str, int]:
    """Return how many open rows have each verdict, and ``done`` for those that changed or met the register."""
    counts = {verdict.value: 0 for verdict in Verdict} | {"done": 0, "created": 0, "altered": 0, "met": 0}
    done_as = {Verdict.NEW: "created", Verdict.CHANGED: "altered", Verdict.SAME: "met"}
    grouped = made.rows.order_by().values_list("verdict").annotate(n=Count("pk"), done=Count("done_at"))
    for verdict, number, done in grouped:
        counts[verdict] += number - done
        if done:
            counts["done"] += done
            counts[done_as[Verdict(verdict)]] += done
    return counts


def content_of(row: ImportRow) -> RowContent:
    """Return what is kept of a row, opened; nothing is left of it when its time is over."""
    return from_json(row.content.plain()) if row.content else RowContent({})


def earlier_with_same_file(made: Import) -> Import | None:
    """Return the last finished import of the very same bytes as the same kind, or nothing."""
    same = Import.objects.filter(
        association_id=made.association_id,
        kind=made.kind,
        file__sha256=made.file.sha256,
        state=ImportState.DONE,
    )
    return same.exclude(pk=made.pk).order_by("-ended_at").first()
