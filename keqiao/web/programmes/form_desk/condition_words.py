"""Conditions of a form in words: what has to be filled in for a field to apply, or for a check to hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from keqiao.core.forms.parts import parts_of
from keqiao.core.programme.forms import AnyField, Condition
from keqiao.core.programme.forms.conditions import Chosen, Compares, Filled, Together, Value
from keqiao.core.programme.forms.fields import BudgetField, MoneyField, TableField
from keqiao.web.programmes.statements.form_references import part_label

SIGNS = {">=": "≥", "<=": "≤", "==": "＝", ">": "＞", "<": "＜", "~": "≈"}


@dataclass(frozen=True, slots=True)
class ConditionWords:
    """Says conditions of the form with these fields; a field that is not there is called by its id."""

    fields: Mapping[str, AnyField]

    def of(self, condition: Condition) -> str:
        """The whole condition in one sentence, without a full stop."""
        if isinstance(condition, Together):
            return self._together(condition)
        if isinstance(condition, Filled):
            return _("“%(field)s”已填写") % {"field": self.name(condition.field)}
        if isinstance(condition, Chosen):
            options = "、".join(f"“{option}”" for option in condition.options)
            said = {"field": self.name(condition.field), "options": options}
            return _("“%(field)s”选了%(options)s") % said
        if isinstance(condition, Compares):
            said = {"left": self._value(condition.left), "right": self._right(condition)}
            return f"{said['left']} {SIGNS[condition.op]} {said['right']}"
        return _("并非（%(part)s）") % {"part": self.of(condition.part)}

    def name(self, path: str) -> str:
        """What a field, or a part of one, is called: 经费预算·申请支持."""
        first, _dot, part = path.partition(".")
        field = self.fields.get(first)
        if field is None:
            return path
        if not part:
            return field.label
        return f"{field.label}·{self._part(field, part)}"

    def _part(self, field: AnyField, part: str) -> str:
        if found := parts_of(field).get(part):
            return part_label(found)
        if isinstance(field, TableField):
            return next((column.label for column in field.columns if column.id == part), part)
        return part

    def _together(self, condition: Together) -> str:
        parts = [self.of(part) for part in condition.parts]
        nested = [isinstance(part, Together) and len(part.parts) > 1 for part in condition.parts]
        said = [f"（{words}）" if within else words for words, within in zip(parts, nested, strict=True)]
        if condition.least is None or condition.least >= len(said):
            return _("，并且").join(said)
        if condition.least == 1:
            return _("，或者").join(said)
        return _("%(parts)s中至少 %(n)s 项") % {"parts": "；".join(said), "n": condition.least}

    def _value(self, value: Value) -> str:
        if value.field is not None:
            return f"“{self.name(value.field)}”"
        if value.sum_of is not None:
            return _("“%(field)s”合计") % {"field": self.name(value.sum_of)}
        if value.count_of is not None:
            return _("“%(field)s”行数") % {"field": self.name(value.count_of)}
        return str(value.fixed)

    def _right(self, condition: Compares) -> str:
        """The right side; a fixed number beside an amount is one in fen and is said in yuan."""
        fixed = condition.right.fixed
        if isinstance(fixed, int) and self.is_money(condition.left):
            return _("%(yuan)s 元") % {"yuan": f"{Decimal(fixed) / 100:f}"}
        return self._value(condition.right)

    def is_money(self, value: Value) -> bool:
        """Is this value an amount of money?"""
        path = value.field or value.sum_of or ""
        first, _dot, part = path.partition(".")
        field: Any = self.fields.get(first)
        if part and isinstance(field, TableField | BudgetField):
            field = parts_of(field).get(part)
        return isinstance(field, MoneyField)
