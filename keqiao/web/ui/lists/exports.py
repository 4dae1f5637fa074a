"""A list as a file: the rows that the page found, in its order, with its columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from keqiao.core.money import FEN_PER_YUAN
from keqiao.web.ui.lists.kinds import CellValue, Column
from keqiao.web.ui.lists.pages import ListPage
from keqiao.writers.tables.layout import SheetColumn, Written
from keqiao.writers.tables.separated import write_separated
from keqiao.writers.tables.workbook import Captions, write_export

MOST_ROWS = 20_000
"""More rows are not written while somebody waits: the list has to be narrowed first."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def list_file(page: ListPage, asked: QueryDict) -> HttpResponse | None:
    """Return the file that the address asks for (``export=xlsx`` or ``csv``); None: it asks for the page.

    The rows are those of ``page.narrowed``: what the viewer may see and has looked for. A list of more than
    ``MOST_ROWS`` rows is not written (422).
    """
    kind = asked.get("export", "")
    if kind not in ("xlsx", "csv") or page.kind is None or not page.exports:
        return None
    if page.page.paginator.count > MOST_ROWS:
        words = _("共 %(count)s 条，一次最多导出 %(most)s 条。请先缩小范围。")
        sentence = words % {"count": page.page.paginator.count, "most": MOST_ROWS}
        return HttpResponse(sentence, status=422, content_type="text/plain; charset=utf-8")
    return table_file(_columns(page), _rows(page), str(page.kind.file_name), kind)


def table_file(
    columns: Sequence[SheetColumn], rows: Iterable[Mapping[str, Written]], name: str, form: str
) -> HttpResponse:
    """Return a table as a file to be saved; ``form`` is ``csv`` or ``xlsx``, ``name`` comes without its ending."""
    if form == "csv":
        return _file(write_separated(columns, rows), CSV, f"{name}.csv")
    return _file(write_export(columns, rows, Captions(sheet=name)), XLSX, f"{name}.xlsx")


def _columns(page: ListPage) -> list[SheetColumn]:
    found = page.kind.columns if page.kind else ()
    return [
        SheetColumn(
            column.name,
            _("%(column)s（元）") % {"column": column.label} if column.is_money else str(column.label),
            is_text=not column.number,
        )
        for column in found
    ]


def _rows(page: ListPage) -> Iterator[dict[str, Written]]:
    columns = page.kind.columns if page.kind else ()
    for row in page.narrowed:
        yield {column.name: _written(column, column.value(row)) for column in columns if column.value}


def _written(column: Column, value: CellValue) -> Written:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return Decimal(value) / FEN_PER_YUAN if column.is_money else value
    return str(value)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
