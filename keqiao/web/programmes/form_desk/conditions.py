"""Conditions as rows that officers fill in: a field, a relation, a value; all of them, or any one.

One level is edited so. What is built deeper is said in words and kept as it is until somebody replaces it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from keqiao.core.forms.parts import parts_of
from keqiao.core.money import fen_from_yuan, yuan_from_fen
from keqiao.core.programme.forms import AnyField, Condition, Form
from keqiao.core.programme.forms.conditions import Chosen, Compares, Filled, Otherwise, Together, Value
from keqiao.core.programme.forms.fields import (
    BudgetField,
    ChoiceField,
    Column,
    DateField,
    HeadingField,
    MoneyField,
    NumberField,
    PeriodField,
    TableField,
    TargetsField,
)
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.form_desk.condition_words import ConditionWords
from keqiao.web.programmes.forms.fields import number_in
from keqiao.web.programmes.statements.form_references import part_label

CHOSEN, NOT_CHOSEN, FILLED, NOT_FILLED = "chosen", "not_chosen", "filled", "not_filled"
COMPARES = (">=", "<=", "==", ">", "<")
ALL, ANY = "all", "any"
USES = {"field": "field", "sum": "sum_of", "count": "count_of"}
"""How a row names what is compared (``sum:team.days``), and the name of that in the condition."""


class Unfit(ValueError):
    """A row says nothing that can be stored; the text says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as typed: ``left`` and ``right`` name values (``field:amount``), ``value`` is typed."""

    left: str
    relation: str
    right: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A condition in rows."""

    joined: str
    rows: tuple[Row, ...]


def rows_of(condition: Condition | None, fields: Mapping[str, AnyField]) -> Rows | None:
    """Return a condition as rows; None where it is built deeper than rows can say."""
    if condition is None:
        return Rows(ALL, ())
    parts = condition.parts if isinstance(condition, Together) else (condition,)
    least = condition.least if isinstance(condition, Together) else None
    if least not in (None, 1, len(parts)):
        return None
    rows = [_row_of(part, fields) for part in parts]
    if any(row is None for row in rows):
        return None
    return Rows(ANY if least == 1 and len(parts) > 1 else ALL, tuple(row for row in rows if row))


def condition_of(said: Rows, fields: Mapping[str, AnyField]) -> Values | None:
    """Return what the rows say as plain values of a condition; None where there is no row.

    Raises:
        Unfit: a row is not complete, or its value is of another kind than its field.
    """
    parts = [_part_of(row, fields) for row in said.rows]
    if len(parts) < 2:
        return parts[0] if parts else None
    return {"kind": "together", "parts": parts, **({"least": 1} if said.joined == ANY else {})}


def values_offered(form: Form) -> Iterator[tuple[str, str]]:
    """Everything a row may name, with how people call it: fields, parts, sums and counts of rows."""
    for each in form.fields:
        if isinstance(each, HeadingField):
            continue
        yield f"field:{each.id}", each.label
        if isinstance(each, TableField | TargetsField | BudgetField):
            yield f"count:{each.id}", _("%(field)s：行数") % {"field": each.label}
        yield from _parts_offered(each)


def _parts_offered(each: AnyField) -> Iterator[tuple[str, str]]:
    columns = {column.id: column for column in each.columns} if isinstance(each, TableField) else {}
    computed = {key: column for key, column in columns.items() if column.kind == "computed"}
    for name, part in {**parts_of(each), **computed}.items():
        called = f"{each.label}·{part.label if isinstance(part, Column) else part_label(part)}"
        if isinstance(part, NumberField | MoneyField | Column):
            yield f"sum:{each.id}.{name}", _("%(field)s：合计") % {"field": called}
        if name not in computed:
            yield f"field:{each.id}.{name}", called
    if isinstance(each, PeriodField):
        yield f"field:{each.id}.from", _("%(field)s：起") % {"field": each.label}
        yield f"field:{each.id}.to", _("%(field)s：止") % {"field": each.label}


def _row_of(part: Condition, fields: Mapping[str, AnyField]) -> Row | None:
    negated = isinstance(part, Otherwise)
    bare = part.part if isinstance(part, Otherwise) else part
    if isinstance(bare, Filled):
        return Row(f"field:{bare.field}", NOT_FILLED if negated else FILLED)
    if isinstance(bare, Chosen):
        options = "、".join(bare.options)
        return Row(f"field:{bare.field}", NOT_CHOSEN if negated else CHOSEN, value=options)
    if isinstance(bare, Compares) and not negated and bare.op in COMPARES and bare.left.fixed is None:
        return _compared(bare, fields)
    return None


def _compared(part: Compares, fields: Mapping[str, AnyField]) -> Row:
    left, fixed = _code_of(part.left), part.right.fixed
    if fixed is None:
        return Row(left, part.op, right=_code_of(part.right))
    is_money = isinstance(fixed, int) and ConditionWords(fields).is_money(part.left)
    return Row(left, part.op, value=f"{yuan_from_fen(int(str(fixed)))}" if is_money else str(fixed))


def _code_of(value: Value) -> str:
    for use, name in USES.items():
        if path := getattr(value, name):
            return f"{use}:{path}"
    raise LookupError(value)


def _part_of(row: Row, fields: Mapping[str, AnyField]) -> Values:
    use, _colon, path = row.left.partition(":")
    if row.relation in (FILLED, NOT_FILLED):
        return _negated({"kind": "filled", "field": path}, row.relation == NOT_FILLED)
    if row.relation in (CHOSEN, NOT_CHOSEN):
        options = [each.strip() for each in row.value.replace("\n", "、").split("、") if each.strip()]
        if not options:
            raise Unfit(_("请写明选项，多个选项用顿号隔开。"))
        return _negated({"kind": "chosen", "field": path, "options": options}, row.relation == NOT_CHOSEN)
    left = {USES[use]: path}
    return {"kind": "compares", "left": left, "op": row.relation, "right": _right(row, left, fields)}


def _negated(part: Values, is_negated: bool) -> Values:  # noqa: FBT001  one of two relations
    return {"kind": "otherwise", "part": part} if is_negated else part


def _right(row: Row, left: Values, fields: Mapping[str, AnyField]) -> Values:
    if row.right:
        use, _colon, path = row.right.partition(":")
        return {USES[use]: path}
    if not row.value:
        raise Unfit(_("请填写比较的数值，或选择另一个栏目。"))
    return {"fixed": _fixed(row.value, left, fields)}


def _fixed(said: str, left: Values, fields: Mapping[str, AnyField]) -> Any:
    if ConditionWords(fields).is_money(Value.model_validate(left)):
        try:
            return fen_from_yuan(said.replace(",", "").replace("，", ""))
        except ValueError as wrong:
            raise Unfit(_("“%(said)s”不是金额，请以元填写。") % {"said": said}) from wrong
    number = number_in(said)
    if number is None and not _is_date(left, fields):
        raise Unfit(_("“%(said)s”不是数字。") % {"said": said})
    return said if number is None else number


def _is_date(left: Values, fields: Mapping[str, AnyField]) -> bool:
    first, _dot, part = str(left.get("field", "")).partition(".")
    field: Any = fields.get(first)
    found = parts_of(field).get(part) if field is not None and part else field
    return isinstance(found, DateField | PeriodField) or isinstance(field, PeriodField | ChoiceField)
