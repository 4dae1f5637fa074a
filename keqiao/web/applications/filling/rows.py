"""Tables, targets and budgets as rows of blanks."""

from collections.abc import Mapping
from typing import Any

from keqiao.core.forms.budget import MONEY, items_offered, sums_of_budget
from keqiao.core.forms.computed import computed_cells, written_sums
from keqiao.core.forms.parts import parts_of
from keqiao.core.forms.quantities import written_money
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.targets import bound, locked, target_rows
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import BudgetField, TableField, TargetsField
from keqiao.core.programme.funding import NoFunding, most_of_one
from keqiao.core.programme.targets import Target
from keqiao.web.applications.filling.blanks import Around, Blank, blank
from keqiao.web.applications.filling.names import blank_name
from keqiao.web.applications.filling.shown import Cell, Page, Row, Rows
from keqiao.web.applications.filling.words import part_words

NEW = "__n__"
"""Stands for the number of a row in the empty one, which scripts copy."""
TARGET_COLUMNS = ("metric", "op", "value", "unit", "basis")
Number = int | str


def table(page: Page, each: TableField) -> dict[str, Any]:
    """A table of the form: fixed rows, or free ones with an empty one at hand."""
    rows = _listed(page.answers.get(each.id))
    wanted = len(each.rows) or max(len(rows), each.least, page.now.rows.get(each.id, 0), 1)
    rows = [*rows, *({} for _missing in range(wanted - len(rows)))]
    shown = Rows(
        name=blank_name(each.id),
        columns=tuple(column.label for column in each.columns),
        rows=tuple(_table_row(page, each, number, row) for number, row in enumerate(rows)),
        empty=None if each.rows else _table_row(page, each, NEW, {}),
        heads=bool(each.rows),
        sums=table_sums(each, rows),
        as_blocks=each.as_blocks,
    )
    return {"kind": "rows", "table": shown}


def table_sums(each: TableField, rows: Any) -> tuple[tuple[str, str], ...]:
    """Return the sums below a table as printed, by column."""
    labels = {column.id: column.label for column in each.columns}
    return tuple((key, f"{labels[key]} {text}") for key, text in written_sums(each, _listed(rows)).items())


def _table_row(page: Page, each: TableField, number: Number, row: Mapping[str, Any]) -> Row:
    typed, worked_out = parts_of(each), computed_cells(each, row)
    cells = []
    for column in each.columns:
        said = (row.get(column.id), column.label)
        found = _blank(page, each, number, typed[column.id], said) if column.id in typed else None
        text = worked_out.get(column.id, "") if found is None else ""
        cells.append(Cell(column.id, column.label, found, text))
    return Row(
        name=blank_name(each.id, number),
        cells=tuple(cells),
        words=each.rows[number] if isinstance(number, int) and number < len(each.rows) else "",
        is_fixed=bool(each.rows),
        faults=page.faults_at(each.id, number),
    )


def _blank(page: Page, each: AnyField, number: Number, cell: AnyField, said: tuple[Any, str]) -> Blank:
    value, label = said
    around = Around(
        name=blank_name(each.id, number, cell.id),
        label=label,
        faults=page.faults_at(each.id, number, cell.id),
        is_open=page.is_open(each),
        proposals=items_offered(page.specification, each)
        if isinstance(each, BudgetField) and cell.id == "item"
        else (),
    )
    return blank(cell, value, around)


def targets(page: Page, each: TargetsField) -> dict[str, Any]:
    """The targets of the category with their minima, which stay, and the applicant's own."""
    rows = list(target_rows(page.specification, page.answers.get(each.id)))
    ours = locked(page.specification)
    own = sum(row.get("target") not in ours for row in rows)
    asked = max(page.now.rows.get(each.id, 0) - len(rows), each.own_least - own, 0)
    rows += [{} for _missing in range(asked)]
    shown = Rows(
        name=blank_name(each.id),
        columns=tuple(map(part_words, TARGET_COLUMNS)),
        rows=tuple(_target_row(page, each, number, row) for number, row in enumerate(rows)),
        empty=_target_row(page, each, NEW, {}) if each.own_most else None,
    )
    return {"kind": "rows", "table": shown}


def _target_row(page: Page, each: TargetsField, number: Number, row: Mapping[str, Any]) -> Row:
    """A row of the call shows its metric and its bound as words; only value and basis are typed."""
    parts = parts_of(each)
    target = locked(page.specification).get(str(row.get("target") or ""))
    kept = _kept(target, row) if target else {}
    words = {"metric": target.metric, "op": bound(target), "unit": target.unit or ""} if target else {}
    cells = []
    for key in TARGET_COLUMNS:
        label = part_words(key)
        found = None if key in words else _blank(page, each, number, parts[key], (row.get(key), label))
        cells.append(Cell(key, label, found, words.get(key, "")))
    return Row(
        name=blank_name(each.id, number),
        cells=tuple(cells),
        hidden=tuple((blank_name(each.id, number, key), value) for key, value in kept.items()),
        is_fixed=target is not None,
        faults=page.faults_at(each.id, number),
    )


def _kept(target: Target, row: Mapping[str, Any]) -> dict[str, str]:
    return {"target": target.id, **{key: str(row.get(key) or "") for key in ("metric", "op", "unit")}}


def budget(page: Page, each: BudgetField) -> dict[str, Any]:
    """The lines of the budget with their sums and what the money of the category still allows."""
    rows = _listed(page.answers.get(each.id))
    if not rows:
        rows = [{"item": item} for item in items_offered(page.specification, each)]
    wanted = max(page.now.rows.get(each.id, 0), 1)
    rows = [*rows, *({} for _missing in range(wanted - len(rows)))]
    columns = tuple(key for key in ("item", *MONEY, "basis") if _is_asked(each, key))
    shown = Rows(
        name=blank_name(each.id),
        columns=tuple(map(part_words, columns)),
        rows=tuple(_budget_row(page, each, (number, columns), row) for number, row in enumerate(rows)),
        empty=_budget_row(page, each, (NEW, columns), {}),
        sums=budget_sums(each, page.answers.get(each.id)),
        remains=remains_of(page.specification, each, page.answers.get(each.id)),
    )
    return {"kind": "rows", "table": shown}


def _budget_row(
    page: Page, each: BudgetField, at: tuple[Number, tuple[str, ...]], row: Mapping[str, Any]
) -> Row:
    number, columns = at
    parts = parts_of(each)
    labels = {key: part_words(key) for key in columns}
    return Row(
        name=blank_name(each.id, number),
        cells=tuple(
            Cell(key, labels[key], _blank(page, each, number, parts[key], (row.get(key), labels[key])))
            for key in columns
        ),
        faults=page.faults_at(each.id, number),
    )


def _is_asked(each: BudgetField, key: str) -> bool:
    return {"own": each.own, "other": each.other, "basis": each.basis}.get(key, True)


def budget_sums(each: BudgetField, rows: Any) -> tuple[tuple[str, str], ...]:
    """Return the sum of each column of money and of all, as printed."""
    sums = sums_of_budget(rows)
    asked = [key for key in MONEY if _is_asked(each, key)]
    found = [(key, f"{part_words(key)} {written_money(getattr(sums, key), each.unit)}") for key in asked]
    return (*found, ("total", written_money(sums.total, each.unit)))


def remains_of(specification: Specification, each: BudgetField, rows: Any) -> str:
    """Return how much of the most that one project gets is left, as printed; nothing where no most is stated."""
    funding = specification.funding.fact if specification.funding else None
    if funding is None or isinstance(funding, NoFunding) or getattr(funding, "per", "project") != "project":
        return ""
    most = most_of_one(funding)
    if most is None:
        return ""
    left = most - sums_of_budget(rows).grant
    return written_money(left, each.unit) if left >= 0 else f"-{written_money(-left, each.unit)}"


def _listed(value: Any) -> list[Mapping[str, Any]]:
    entries = value if isinstance(value, list | tuple) else ()
    return [row if isinstance(row, Mapping) else {} for row in entries]
