"""What conditions, sums and blanks of a form may name: its fields, and the parts and columns of these."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from keqiao.core.programme.forms import AnyField, Condition
from keqiao.core.programme.forms.conditions import Chosen, Compares, Filled, Otherwise, Together, Value
from keqiao.core.programme.forms.fields import (
    BudgetField,
    ChoiceField,
    Column,
    ComputedField,
    FileField,
    HeadingField,
    MoneyField,
    NumberField,
    PeriodField,
    PersonField,
    TableField,
    TargetsField,
    UnitField,
)

PARTS: Mapping[type, tuple[str, ...]] = {
    PeriodField: ("from", "to"),
    TargetsField: ("target", "metric", "op", "value", "unit", "basis"),
    BudgetField: ("item", "grant", "own", "other", "basis"),
    FileField: ("file", "name", "size", "digest", "number", "date"),
}
"""The parts of an answer that conditions may name, of fields whose parts are always the same."""
NUMBERS_OF_A_BUDGET = frozenset({"grant", "own", "other"})


@dataclass(frozen=True, slots=True)
class Named:
    """A path that something names, and what it is named for: its value, a sum, a count of rows, options."""

    path: str
    use: str = "value"
    options: tuple[str, ...] = ()


def names_in(condition: Condition) -> Iterator[Named]:
    """Every path that a condition names, at any depth."""
    if isinstance(condition, Together):
        for part in condition.parts:
            yield from names_in(part)
    elif isinstance(condition, Otherwise):
        yield from names_in(condition.part)
    elif isinstance(condition, Chosen):
        yield Named(condition.field, "options", tuple(condition.options))
    elif isinstance(condition, Filled):
        yield Named(condition.field)
    elif isinstance(condition, Compares):
        yield from _in_value(condition.left)
        yield from _in_value(condition.right)


def _in_value(value: Value) -> Iterator[Named]:
    if value.field is not None:
        yield Named(value.field)
    if value.sum_of is not None:
        yield Named(value.sum_of, "sum")
    if value.count_of is not None:
        yield Named(value.count_of, "count")


def is_there(path: str, fields: Mapping[str, AnyField]) -> bool:
    """Does the form have this field, and the field this part or column?"""
    first, _dot, part = path.partition(".")
    field = fields.get(first)
    if field is None or isinstance(field, HeadingField):
        return False
    return not part or part in parts_of(field)


def parts_of(field: AnyField) -> tuple[str, ...]:
    """The parts of a field, or the columns of a table, by their ids."""
    if isinstance(field, TableField):
        return tuple(column.id for column in field.columns)
    if isinstance(field, PersonField | UnitField):
        return tuple(field.parts)
    return PARTS.get(type(field), ())


def is_number(path: str, fields: Mapping[str, AnyField]) -> bool:
    """Can what the path names be added up? Of what is not there, nobody can tell: True."""
    first, _dot, part = path.partition(".")
    field = fields.get(first)
    if field is None or not is_there(path, fields):
        return True
    if isinstance(field, TableField) and part:
        return _column(field, part).kind in ("number", "money", "computed")
    if isinstance(field, BudgetField):
        return part in NUMBERS_OF_A_BUDGET
    if isinstance(field, TargetsField):
        return part == "value"
    return isinstance(field, NumberField | MoneyField | ComputedField)


def options_of(path: str, fields: Mapping[str, AnyField]) -> tuple[str, ...] | None:
    """What can be chosen there; None where anything can, or nobody can tell."""
    first, _dot, part = path.partition(".")
    field = fields.get(first)
    if isinstance(field, ChoiceField) and not part:
        return None if field.other or not field.options else tuple(field.options)
    if isinstance(field, TableField) and part in parts_of(field):
        column = _column(field, part)
        return tuple(column.options) if column.kind == "choice" and column.options else None
    return None


def _column(field: TableField, identifier: str) -> Column:
    return next(column for column in field.columns if column.id == identifier)
