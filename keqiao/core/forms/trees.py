"""Conditions of a form, which are data, as rule trees: three values, checked once, and able to explain themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from keqiao.core.forms.moments import first_day, is_moment
from keqiao.core.forms.quantities import number_of
from keqiao.core.forms.world import FILLED, GIVEN, is_row_list
from keqiao.core.programme.forms import AnyField, Check, Condition
from keqiao.core.programme.forms.conditions import Chosen, Compares, Filled, Otherwise, Together, Value
from keqiao.core.programme.forms.fields import ChoiceField, DateField, PeriodField
from keqiao.core.rules.engine.paths import BadTree
from keqiao.core.rules.engine.tree import (
    Among,
    AtLeast,
    Compare,
    Fact,
    HowMany,
    Not,
    Term,
    Total,
    all_of,
    equals,
    if_case,
)
from keqiao.core.rules.engine.tree import Condition as Tree

EACH = "each row"
"""The name under which a tree speaks of one row. No field can have it: it has a space."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: the term, the list whose rows it is a column of, and what kind of value it is."""

    term: Term
    rows: str | None = None
    field: AnyField | None = None
    part: str = ""


def tree_of(condition: Condition | Check, fields: Mapping[str, AnyField]) -> Tree:
    """The rule tree of a condition on a form with these fields, by id.

    A comparison that names a column of a list holds where it holds in every row that has both values. A check is met
    outside the case that it is about.

    Raises:
        BadTree: it names a field that the form does not have.
    """
    if isinstance(condition, Check):
        holds = tree_of(condition.holds, fields)
        return holds if condition.when is None else if_case(tree_of(condition.when, fields), holds)
    if isinstance(condition, Together):
        parts = tuple(tree_of(part, fields) for part in condition.parts)
        return AtLeast(condition.least or len(parts), parts)
    if isinstance(condition, Otherwise):
        return Not(tree_of(condition.part, fields))
    if isinstance(condition, Filled):
        return equals(Fact((GIVEN, condition.field)), value=True)
    if isinstance(condition, Chosen):
        return _chosen(condition, fields)
    return _compares(condition, fields)


def names_in(condition: Condition) -> frozenset[str]:
    """The fields that a condition looks at."""
    if isinstance(condition, Together):
        return frozenset().union(*map(names_in, condition.parts))
    if isinstance(condition, Otherwise):
        return names_in(condition.part)
    if isinstance(condition, Filled | Chosen):
        return frozenset({_first(condition.field)})
    paths = (
        path
        for side in (condition.left, condition.right)
        for path in (side.field, side.sum_of, side.count_of)
    )
    return frozenset(_first(path) for path in paths if path is not None)


def _chosen(condition: Chosen, fields: Mapping[str, AnyField]) -> Tree:
    identifier, _, part = condition.field.partition(".")
    options = tuple(condition.options)
    if is_row_list(_field(identifier, fields)):
        return HowMany(EACH, _fact(identifier, fields), Among(Fact((EACH, part)), options), least=1)
    return Among(_fact(condition.field, fields), options)


def _compares(condition: Compares, fields: Mapping[str, AnyField]) -> Tree:
    left, right = _side(condition.left, fields), _side(condition.right, fields)
    left, right = _fitted(left, right), _fitted(right, left)
    if left.rows is None and right.rows is None:
        return _compared(left, condition.op, right)
    if None not in (left.rows, right.rows) and left.rows != right.rows:
        raise BadTree(f"rows of {left.rows} are not rows of {right.rows}")
    rows = left.rows or right.rows or ""
    blank = [equals(side.term, None) for side in (left, right) if side.rows and isinstance(side.term, Fact)]
    wrong = all_of(*map(Not, blank), Not(_compared(left, condition.op, right)))
    return HowMany(EACH, _fact(rows, fields), wrong, most=0)


def _compared(left: Side, op: Any, right: Side) -> Tree:
    """Words of a choice are looked for among what is picked; everything else is compared."""
    for one, other in ((left, right), (right, left)):
        if _is_choice(one) and isinstance(one.term, Fact):
            if op != "==" or isinstance(other.term, Fact):
                raise BadTree(f"{one.term.label} is a choice: it can only be one of its options")
            return equals(one.term, other.term)
    return Compare(left.term, op, right.term)


def _is_choice(side: Side) -> bool:
    return isinstance(side.field, ChoiceField) and not side.part


def _side(value: Value, fields: Mapping[str, AnyField]) -> Side:
    if value.fixed is not None:
        return Side(value.fixed)
    if value.count_of is not None:
        identifier, _, part = value.count_of.partition(".")
        counts = Not(equals(Fact((EACH, part)), None)) if part else equals(Fact((EACH, FILLED)), value=True)
        return Side(Total(EACH, _fact(identifier, fields), 1, counts, name=_label(value.count_of, fields)))
    if value.sum_of is not None:
        identifier, _, part = value.sum_of.partition(".")
        column = Fact((EACH, part or "total"))
        return Side(Total(EACH, _fact(identifier, fields), column, name=_label(value.sum_of, fields)))
    return _of_field(value.field or "", fields)


def _of_field(path: str, fields: Mapping[str, AnyField]) -> Side:
    identifier, _, part = path.partition(".")
    field = _field(identifier, fields)
    if is_row_list(field):
        return Side(Fact((EACH, part), name=_label(path, fields)), identifier, field, part)
    return Side(_fact(path, fields), None, field, part)


def _fitted(side: Side, other: Side) -> Side:
    """A fixed value in the type of what it is compared with: JSON hands dates and decimals on as texts."""
    if not isinstance(side.term, str):
        return side
    if is_moment(side.term) and _is_date(other):
        return Side(first_day(side.term))
    number = number_of(side.term)
    if number is not None and not isinstance(other.field, ChoiceField):
        return Side(number)
    return side


def _is_date(side: Side) -> bool:
    return isinstance(side.field, DateField | PeriodField) or side.rows is not None or bool(side.part)


def _fact(path: str, fields: Mapping[str, AnyField]) -> Fact:
    _field(_first(path), fields)
    return Fact(tuple(path.split(".")), name=_label(path, fields))


def _field(identifier: str, fields: Mapping[str, AnyField]) -> AnyField:
    if identifier not in fields:
        raise BadTree(f"the form has no field {identifier}")
    return fields[identifier]


def _first(path: str) -> str:
    return path.partition(".")[0]


def _label(path: str, fields: Mapping[str, AnyField]) -> str:
    """What messages call it: the label of the field, and behind it that of the column where it is one."""
    identifier, _, part = path.partition(".")
    field = _field(identifier, fields)
    columns = {column.id: column.label for column in getattr(field, "columns", ())}
    return f"{field.label}·{columns[part]}" if part in columns else field.label
