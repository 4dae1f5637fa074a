"""What follows from other cells: computed columns, sums below a table, computed fields. Nobody types or keeps it.

A cell left empty counts as nothing in a sum; a product with an empty factor is empty. Money is in fen throughout.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from math import prod
from typing import Any

from keqiao.core.forms.parts import column_unit, is_money_column
from keqiao.core.forms.quantities import FEN, MoneyUnit, is_money, number_of, trimmed
from keqiao.core.programme.forms import AnyField, Column
from keqiao.core.programme.forms.fields import BudgetField, ComputedField, MoneyField, TableField

Number = int | Decimal
BUDGET_SUMS = ("grant", "own", "other")
"""The columns of a budget that hold money."""


def computed_value(
    field: ComputedField, fields: Mapping[str, AnyField], answers: Mapping[str, Any]
) -> Number | None:
    """The sum of ``sum_of`` less ``less``: money in fen, else a plain number; None while nothing of it is filled.

    ``fields`` are those of the form by id; what is named may be a number, an amount, another computed field, a column
    (``team.months``) or a part of the budget (``budget.grant``; ``budget`` alone is all of its money).
    """
    return _computed(field, fields, answers, (field.id,))


def row_values(field: TableField, row: Mapping[str, Any]) -> dict[str, Number]:
    """The numbers of a row by column, computed ones included: money in fen. Empty and unreadable cells are left out."""
    columns = {column.id: column for column in field.columns}
    found = ((column, _cell(column, columns, row, ())) for column in field.columns)
    return {column.id: number for column, number in found if number is not None}


def sums_of(field: TableField, rows: Iterable[Mapping[str, Any]]) -> dict[str, Number]:
    """The sum of each ``summed`` column over the rows, money in fen; nothing for a column that is empty throughout."""
    worked_out = [row_values(field, row) for row in rows if isinstance(row, Mapping)]
    return {
        column.id: sum(row[column.id] for row in worked_out if column.id in row)
        for column in field.columns
        if column.summed and any(column.id in row for row in worked_out)
    }


def computed_cells(field: TableField, row: Mapping[str, Any]) -> dict[str, str]:
    """The computed cells of a row as printed; an empty text where a factor is missing."""
    numbers = row_values(field, row)
    columns = {column.id: column for column in field.columns}
    return {
        column.id: shown(column, columns, numbers[column.id]) if column.id in numbers else ""
        for column in field.columns
        if column.kind == "computed"
    }


def written_sums(field: TableField, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The row of sums below a table as printed, by column."""
    columns = {column.id: column for column in field.columns}
    return {key: shown(columns[key], columns, number) for key, number in sums_of(field, rows).items()}


def shown(column: Column, columns: Mapping[str, Column], number: Number) -> str:
    """A number of a column as printed: money in the unit of the column, others with theirs."""
    if not is_money_column(column, columns):
        return trimmed(Decimal(number)) + (column.unit or "")
    unit = column_unit(column, columns)
    return trimmed(Decimal(number) / FEN[unit]) + unit


def _computed(
    field: ComputedField, fields: Mapping[str, AnyField], answers: Mapping[str, Any], seen: tuple[str, ...]
) -> Number | None:
    parts = [(_named(name, fields, answers, seen), 1) for name in field.sum_of]
    parts += [(_named(name, fields, answers, seen), -1) for name in field.less]
    filled = [number * sign for number, sign in parts if number is not None]
    return sum(filled) if filled else None


def _named(
    name: str, fields: Mapping[str, AnyField], answers: Mapping[str, Any], seen: tuple[str, ...]
) -> Number | None:
    """The number that a name stands for; a computed field that leads back to itself is empty."""
    identifier, _, part = name.partition(".")
    field, value = fields.get(identifier), answers.get(identifier)
    if isinstance(field, ComputedField):
        return None if identifier in seen else _computed(field, fields, answers, (*seen, identifier))
    if isinstance(field, TableField):
        numbers = [row_values(field, row).get(part) for row in _rows(value)]
        return _added(numbers)
    if isinstance(field, BudgetField):
        wanted = BUDGET_SUMS if part in ("", "total") else (part,)
        return _added([_money(row.get(each)) for row in _rows(value) for each in wanted])
    if isinstance(field, MoneyField):
        return _money(value)
    return _plain(value)


def _cell(
    column: Column, columns: Mapping[str, Column], row: Mapping[str, Any], seen: tuple[str, ...]
) -> Number | None:
    if column.kind == "money":
        return _money(row.get(column.id))
    if column.kind == "number":
        return _plain(row.get(column.id))
    if column.kind != "computed" or column.id in seen:
        return None
    parts = [_cell(columns[each], columns, row, (*seen, column.id)) for each in column.of if each in columns]
    if column.computed == "product":
        filled = [part for part in parts if part is not None]
        return _whole(prod(filled)) if parts and len(filled) == len(parts) else None
    return _added(parts)


def _added(numbers: Sequence[Number | None]) -> Number | None:
    filled = [number for number in numbers if number is not None]
    return _whole(sum(filled)) if filled else None


def _rows(value: Any) -> Iterable[Mapping[str, Any]]:
    return (row for row in value if isinstance(row, Mapping)) if isinstance(value, list | tuple) else ()


def _money(value: Any) -> int | None:
    return value if is_money(value) else None


def _plain(value: Any) -> Number | None:
    number = number_of(value)
    return None if number is None else _whole(number)


def _whole(number: Number) -> Number:
    return int(number) if number == int(number) else number


def unit_of(field: ComputedField, fields: Mapping[str, AnyField]) -> MoneyUnit | None:
    """The unit that a computed field's money is printed in; None where it is no money.

    Its own unit where it names one of money, else 元 where anything that it adds up is money.
    """
    if field.unit in FEN:
        return "万元" if field.unit == "万元" else "元"
    return "元" if _adds_money(field, fields, ()) else None


def _adds_money(field: ComputedField, fields: Mapping[str, AnyField], seen: tuple[str, ...]) -> bool:
    return any(_is_money(name, fields, (*seen, field.id)) for name in field.sum_of)


def _is_money(name: str, fields: Mapping[str, AnyField], seen: tuple[str, ...]) -> bool:
    identifier, _, part = name.partition(".")
    named = fields.get(identifier)
    if isinstance(named, ComputedField):
        return identifier not in seen and (named.unit in FEN or _adds_money(named, fields, seen))
    if isinstance(named, TableField):
        columns = {column.id: column for column in named.columns}
        return part in columns and is_money_column(columns[part], columns)
    return isinstance(named, MoneyField | BudgetField)
