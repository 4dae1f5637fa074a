"""What conditions of a form can speak of: the shape of its fields, and the values of answers in that shape."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.computed import BUDGET_SUMS, computed_value, row_values
from keqiao.core.forms.moments import first_day, is_moment, last_day
from keqiao.core.forms.parts import MOST_ROWS, parts_of
from keqiao.core.forms.quantities import is_money, number_of
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import (
    BudgetField,
    ChoiceField,
    ComputedField,
    DateField,
    FileField,
    HeadingField,
    MoneyField,
    NumberField,
    PeriodField,
    PersonField,
    PledgeField,
    TableField,
    TargetsField,
    UnitField,
)
from keqiao.core.rules.engine.worlds import Fields, Rows, World

GIVEN = "is filled"
"""Under this name stands, by path, whether something is filled. No field can have it: it has a space."""

FILLED = "row is filled"
"""In each row: does anything stand in it?"""

NUMBER = int | Decimal
LISTS = (TableField, TargetsField, BudgetField, FileField)
"""Fields whose answer is a list of rows."""


def world_of(fields: Mapping[str, AnyField]) -> World[Mapping[str, Any]]:
    """The world of a form with these fields, by id."""
    shapes = {key: shape for key, each in fields.items() if (shape := _shape(each)) is not None}
    given = {path: bool for each in fields.values() for path in _paths(each)}
    return World(Fields({**shapes, GIVEN: Fields(given)}))


def is_row_list(field: AnyField | None) -> bool:
    """Is its answer a list of rows?"""
    return isinstance(field, LISTS)


def value_of(field: AnyField, fields: Mapping[str, AnyField], answers: Mapping[str, Any]) -> dict[str, Any]:
    """What one field adds to the values: ``{id: value}``; nothing where it is unfilled or cannot be read.

    A list that nobody filled and nobody has to fill is empty and adds up to nothing.
    """
    if isinstance(field, ComputedField):
        number = computed_value(field, fields, answers)
        return {} if number is None else {field.id: number}
    answer = answers.get(field.id)
    if is_row_list(field):
        if is_empty(answer) or not isinstance(answer, list | tuple):
            return {} if field.required or not is_empty(answer) else {field.id: ()}
        return {field.id: tuple(_row(field, row) for row in answer[:MOST_ROWS])}
    value = None if is_empty(answer) else _value(field, answer)
    return {} if value is None else {field.id: value}


def given_in(field: AnyField, answers: Mapping[str, Any]) -> dict[str, bool]:
    """Whether the field and each of its parts (of a list: whether any row has it) is filled, by path."""
    answer = answers.get(field.id)
    given = {field.id: not is_empty(answer)}
    rows = answer[:MOST_ROWS] if isinstance(answer, list | tuple) else (answer,)
    for path in _paths(field):
        if path != field.id:
            part = path.partition(".")[2]
            given[path] = any(isinstance(row, Mapping) and not is_empty(row.get(part)) for row in rows)
    return given


def _paths(field: AnyField) -> Iterator[str]:
    yield field.id
    parts = ("from", "to") if isinstance(field, PeriodField) else parts_of(field)
    yield from (f"{field.id}.{part}" for part in parts)


def _shape(field: AnyField) -> Any:
    """The shape of the answer; None where there is none."""
    if isinstance(field, HeadingField):
        return None
    if isinstance(field, PeriodField):
        return Fields({"from": date, "to": date})
    if isinstance(field, PersonField | UnitField):
        return Fields(_simple(field))
    return (
        Rows(Fields({**_simple(field), **_worked_out(field)})) if is_row_list(field) else _simple_shape(field)
    )


def _worked_out(field: AnyField) -> dict[str, Any]:
    """The columns of a list that nobody types."""
    columns = {column.id: NUMBER for column in getattr(field, "columns", ()) if column.kind == "computed"}
    return {**columns, **({"total": int} if isinstance(field, BudgetField) else {}), FILLED: bool}


def _simple(field: AnyField) -> dict[str, Any]:
    return {part: _simple_shape(each) for part, each in parts_of(field).items()}


def _simple_shape(field: AnyField) -> Any:
    for kinds, shape in _SHAPES:
        if isinstance(field, kinds):
            return shape
    return str


_SHAPES: tuple[tuple[tuple[type, ...], Any], ...] = (
    ((NumberField, ComputedField), NUMBER),
    ((MoneyField,), int),
    ((DateField,), date),
    ((ChoiceField,), frozenset[str]),
    ((PledgeField,), bool),
)


def _value(field: AnyField, answer: Any) -> Any:
    """The value of a simple field or block; None where it is not as answers keep it."""
    if isinstance(field, PeriodField | PersonField | UnitField):
        return _block(field, answer) if isinstance(answer, Mapping) else None
    for kind, value in _VALUES.items():
        if isinstance(field, kind):
            return value(answer)
    return answer if isinstance(answer, str) else None


_VALUES: dict[type, Callable[[Any], Any]] = {
    NumberField: number_of,
    MoneyField: lambda answer: answer if is_money(answer) else None,
    DateField: lambda answer: first_day(answer) if is_moment(answer) else None,
    ChoiceField: lambda answer: frozenset(map(str, answer)) if isinstance(answer, list | tuple) else None,
    PledgeField: lambda _answer: True,
}


def _block(field: AnyField, answer: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(field, PeriodField):
        ends = {"from": first_day, "to": last_day}
        return {end: day(answer[end]) for end, day in ends.items() if is_moment(answer.get(end))}
    parts = ((part, each, answer.get(part)) for part, each in parts_of(field).items())
    found = ((part, _value(each, value)) for part, each, value in parts if not is_empty(value))
    return {part: value for part, value in found if value is not None}


def _row(field: AnyField, row: Any) -> dict[str, Any]:
    """A row with every column: None where the cell is blank; what cannot be read is left out and so unknown."""
    if not isinstance(row, Mapping):
        return {FILLED: not is_empty(row)}
    found: dict[str, Any] = {FILLED: not is_empty({key: row.get(key) for key in parts_of(field)})}
    for part, each in parts_of(field).items():
        value = None if is_empty(row.get(part)) else _value(each, row[part])
        if value is not None or is_empty(row.get(part)):
            found[part] = value
    if isinstance(field, TableField):
        numbers = row_values(field, row)
        found |= {column.id: numbers.get(column.id) for column in field.columns if column.kind == "computed"}
    if isinstance(field, BudgetField):
        found["total"] = sum(row[each] for each in BUDGET_SUMS if is_money(row.get(each)))
    return found
