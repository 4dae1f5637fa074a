"""Blocks and tables are made of simple fields: one for each part of a person or a unit, one for each column."""

from collections.abc import Mapping
from functools import cache

from keqiao.core.forms.quantities import FEN, MoneyUnit
from keqiao.core.programme.forms.fields import (
    AnyField,
    BudgetField,
    ChoiceField,
    Column,
    DateField,
    MoneyField,
    NumberField,
    PersonField,
    TableField,
    TargetsField,
    TextField,
    UnitField,
)

Parts = Mapping[str, AnyField]
"""The simple fields of a block or of a row, by part or column, in order."""

DATES = frozenset({"birth_date", "founded_on"})
"""Parts of people and units that are dates."""

ON_PAPER = frozenset({"signature"})
"""What is signed on paper: nothing is typed there."""

MOST_ROWS = 1_000
"""Rows that a list may have at all; what stands behind them is not looked at, and the list is refused."""

LONGEST_PART = 200
"""Characters in one part of a block; addresses and names of units fit."""


def parts_of(field: AnyField) -> Parts:
    """The parts of a block or the columns of a row that take an answer; nothing for a simple field.

    What is computed or signed on paper is not among them.
    """
    if isinstance(field, PersonField | UnitField):
        return _block(tuple(field.parts))
    if isinstance(field, TableField):
        return _columns(field.columns)
    if isinstance(field, TargetsField):
        return _TARGET
    if isinstance(field, BudgetField):
        return _budget(field.unit)
    return {}


def word_of(part: str) -> str:
    """The code of what a part of a block is called, for sentences (``word.form_part.legal_person``)."""
    return f"word.form_part.{part}"


def is_money_column(column: Column, columns: Mapping[str, Column]) -> bool:
    """Does the column hold money, or is it worked out from a column that does?"""
    return _money_unit(column, columns, ()) is not None


def column_unit(column: Column, columns: Mapping[str, Column]) -> MoneyUnit:
    """The unit that the money of a column is typed and printed in; 元 where nothing else is said."""
    return _money_unit(column, columns, ()) or "元"


def _money_unit(column: Column, columns: Mapping[str, Column], seen: tuple[str, ...]) -> MoneyUnit | None:
    if column.kind == "money":
        return _named_unit(column)
    if column.kind != "computed" or column.id in seen:
        return None
    below = (_money_unit(columns[each], columns, (*seen, column.id)) for each in column.of if each in columns)
    found = next((unit for unit in below if unit is not None), None)
    return _named_unit(column) if found and column.unit in FEN else found


def _named_unit(column: Column) -> MoneyUnit:
    return "万元" if column.unit == "万元" else "元"


@cache
def _block(parts: tuple[str, ...]) -> Parts:
    return {part: _part(part) for part in parts if part not in ON_PAPER}


def _part(part: str) -> AnyField:
    if part in DATES:
        return DateField(kind="date", id=part, label=word_of(part))
    if part == "staff":
        return NumberField(kind="number", id=part, label=word_of(part), unit="人", least=0)
    return TextField(kind="text", id=part, label=word_of(part), max_chars=LONGEST_PART)


@cache
def _columns(columns: tuple[Column, ...]) -> Parts:
    return {column.id: _cell(column) for column in columns if column.kind not in ("computed", "signature")}


def _cell(column: Column) -> AnyField:
    """The simple field that a cell of the column is."""
    about = {"id": column.id, "label": column.label, "required": column.required}
    if column.kind == "number":
        return NumberField(kind="number", unit=column.unit, decimals=column.decimals, **about)
    if column.kind == "money":
        return MoneyField(kind="money", unit=_named_unit(column), decimals=column.decimals or 2, **about)
    if column.kind == "date":
        return DateField(kind="date", precision=column.precision, **about)
    if column.kind == "choice":
        return ChoiceField(kind="choice", options=column.options, **about)
    return TextField(
        kind="long_text" if column.kind == "long_text" else "text", max_chars=column.max_chars, **about
    )


OP = ChoiceField(kind="choice", id="op", label=word_of("op"), options=(">=", "<=", "==", ">", "<", "~"))
"""The comparator of a target: kept as one sign, not as a list of picks."""

_TARGET: Parts = {
    "target": TextField(kind="text", id="target", label="target", required=False),
    "metric": TextField(kind="text", id="metric", label=word_of("metric"), max_chars=LONGEST_PART),
    "op": OP,
    "value": NumberField(kind="number", id="value", label=word_of("value"), decimals=6),
    "unit": TextField(kind="text", id="unit", label=word_of("unit"), max_chars=20),
    "basis": TextField(kind="text", id="basis", label=word_of("basis"), required=False, max_chars=500),
}


@cache
def _budget(unit: str) -> Parts:
    money = {
        name: MoneyField(kind="money", id=name, label=word_of(name), unit=unit, decimals=6, required=False)
        for name in ("grant", "own", "other")
    }
    item = TextField(kind="text", id="item", label=word_of("item"), max_chars=100)
    basis = TextField(kind="text", id="basis", label=word_of("basis"), required=False, max_chars=500)
    return {"item": item, **money, "basis": basis}
