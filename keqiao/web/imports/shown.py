"""How the rows of an import are shown: tabs by what would happen, a row as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keqiao.web.imports.forms import title_of
from keqiao.web.imports.models import Import, ImportRow, Verdict
from keqiao.web.imports.queries import content_of
from keqiao.web.imports.sheet_kinds import Fault, SheetKind

DONE = "done"
CELLS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Tab:
    """Rows of one verdict, or those that are done."""

    verdict: str
    label: str | Promise
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with its first cells by their headings, what would change, what is doubtful."""

    row: ImportRow
    title: str
    cells: list[tuple[Any, str]]
    differences: list[tuple[Any, str, str]]
    faults: list[Fault]
    address: str


def tabs(counts: Mapping[str, int], wanted: str) -> list[Tab]:
    """Return the tabs that hold rows, the one asked for or the first of them current."""
    labels = {verdict.value: verdict.label for verdict in Verdict} | {DONE: _("已处理")}
    present = [name for name in labels if counts[name]] or [DONE]
    current = wanted if wanted in present else present[0]
    return [Tab(name, labels[name], counts[name], name == current) for name in present]


def rows_of(made: Import, tab: Tab) -> QuerySet[ImportRow]:
    """Return the rows of a tab, by line."""
    if tab.verdict == DONE:
        return made.rows.filter(done_at__isnull=False).order_by("number")
    return made.rows.filter(done_at__isnull=True, verdict=tab.verdict).order_by("number")


def shown_row(kind: SheetKind, row: ImportRow) -> ShownRow:
    """Return a row as people read it; private columns stay out."""
    content = content_of(row)
    shown = [
        column
        for column in kind.columns
        if content.cells.get(column.key) and not column.is_private and column.key not in kind.named_by
    ]
    cells = [(column.header, content.cells[column.key].text) for column in shown[:CELLS_SHOWN]]
    differences = [(kind.column(each.column).header, each.before, each.after) for each in content.differences]
    address = kind.address(row.record_id) if kind.address and row.record_id else ""
    return ShownRow(row, title_of(kind, content), cells, differences, list(content.faults), address)
