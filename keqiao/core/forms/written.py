"""Values as words, the way they are printed: ``5万元``, ``2026年3月1日``, ``■A类 □B类``. The inverse of ``typed``."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.computed import computed_cells
from keqiao.core.forms.marks import written_choice
from keqiao.core.forms.moments import written_moment
from keqiao.core.forms.parts import OP, parts_of
from keqiao.core.forms.quantities import FEN, is_money, number_of, trimmed, written_money
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import (
    BudgetField,
    ChoiceField,
    ComputedField,
    DateField,
    FileField,
    MoneyField,
    NumberField,
    PeriodField,
    PersonField,
    PledgeField,
    TableField,
    TargetsField,
    UnitField,
)

Cells = str | dict[str, str] | list[dict[str, str]]
"""One text, the texts of a block by part, or the rows of a table by column."""

BETWEEN = "—"
OPS = {">=": "≥", "<=": "≤", "==": "=", ">": "＞", "<": "＜", "~": "≈"}
"""Comparators as printed in a table of targets."""


def cells(field: AnyField, value: Any) -> Cells:
    """The value in the shape of its paper, which ``typed.read`` takes back: a text, texts by part, or rows of texts.

    A choice that nobody made still shows its open boxes. Computed columns are worked out. What was kept as it was
    typed is given back as it was typed.
    """
    if isinstance(field, PersonField | UnitField):
        return _block(field, value if isinstance(value, Mapping) else {})
    if isinstance(field, TableField | TargetsField | BudgetField):
        rows = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
        return [_row(field, row if isinstance(row, Mapping) else {}) for row in rows]
    if isinstance(field, FileField):
        return _files(value)
    return written(field, value)


def written(field: AnyField, value: Any) -> str:
    """The value in one text. Of blocks and rows the texts with commas between, for lists and comparisons."""
    if is_empty(value) and not isinstance(field, ChoiceField):
        return ""
    writer: Callable[[Any, Any], str] = _WRITERS.get(type(field), _as_text)
    return writer(field, value)


def _as_text(_field: AnyField, value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _number(field: NumberField, value: Any) -> str:
    number = number_of(value)
    return _as_text(field, value) if number is None else trimmed(number) + (field.unit or "")


def _money(field: MoneyField, value: Any) -> str:
    return written_money(value, field.unit) if is_money(value) else _as_text(field, value)


def _computed(field: ComputedField, value: Any) -> str:
    """Sums of money come in fen and the unit says so; other sums are numbers."""
    if not isinstance(value, int | Decimal):
        return _as_text(field, value)
    in_its_unit = Decimal(value) / FEN.get(field.unit or "", 1)
    return trimmed(in_its_unit) + (field.unit or "")


def _date(_field: DateField, value: Any) -> str:
    return written_moment(value) if isinstance(value, str) else _as_text(_field, value)


def _period(field: PeriodField, value: Any) -> str:
    if not isinstance(value, Mapping):
        return _as_text(field, value)
    ends = (value.get("from"), value.get("to"))
    return BETWEEN.join(written_moment(end) if isinstance(end, str) else "" for end in ends)


def _choice(field: ChoiceField, value: Any) -> str:
    if is_empty(value):
        return written_choice((), field.options, other=field.other)
    if not isinstance(value, list | tuple):
        return _as_text(field, value)
    return written_choice([str(each) for each in value], field.options, other=field.other)


def _joined(field: AnyField, value: Any) -> str:
    shown = cells(field, value)
    rows = [shown] if isinstance(shown, dict) else shown if isinstance(shown, list) else []
    return "；".join("，".join(text for text in row.values() if text) for row in rows) or _as_text(
        field, value
    )


def _pledge(_field: PledgeField, value: Any) -> str:
    return f"{value.get('by', '')} {value.get('on', '')}".strip() if isinstance(value, Mapping) else ""


def _block(field: AnyField, value: Mapping[str, Any]) -> dict[str, str]:
    return {part: written(each, value.get(part)) for part, each in parts_of(field).items()}


def _row(field: AnyField, row: Mapping[str, Any]) -> dict[str, str]:
    found = {part: _cell(each, row.get(part)) for part, each in parts_of(field).items()}
    if not isinstance(field, TableField):
        return found
    worked_out = computed_cells(field, row)
    order = [column.id for column in field.columns if column.id in found or column.id in worked_out]
    return {column: found.get(column) or worked_out.get(column, "") for column in order}


def _cell(field: AnyField, value: Any) -> str:
    if field is OP:
        return OPS.get(value, value) if isinstance(value, str) else ""
    return written(field, value)


def _files(value: Any) -> list[dict[str, str]]:
    entries = value if isinstance(value, list | tuple) else ()
    return [
        {key: str(each[key]) for key in ("file", "name", "number", "date") if not is_empty(each.get(key))}
        for each in entries
        if isinstance(each, Mapping)
    ]


def _file_names(_field: FileField, value: Any) -> str:
    return "、".join(each.get("name", "") for each in _files(value))


_WRITERS: Mapping[type, Callable[[Any, Any], str]] = {
    NumberField: _number,
    ComputedField: _computed,
    MoneyField: _money,
    DateField: _date,
    PeriodField: _period,
    ChoiceField: _choice,
    PersonField: _joined,
    UnitField: _joined,
    TableField: _joined,
    TargetsField: _joined,
    BudgetField: _joined,
    FileField: _file_names,
    PledgeField: _pledge,
}
