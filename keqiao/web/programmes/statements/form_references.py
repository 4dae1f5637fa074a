"""What fields and checks of one form may point to: other fields of that form, their columns and parts."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from keqiao.core.forms.parts import parts_of
from keqiao.core.programme.forms import AnyField, Form
from keqiao.core.programme.forms.fields import (
    BudgetField,
    ComputedField,
    HeadingField,
    MoneyField,
    NumberField,
    TableField,
)
from keqiao.readers.messages import sentence
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.wording.labels import language_now

FORM = "(form)"
"""Under this name the form that a part belongs to stands beside the definition, for whoever looks up references."""
ENTRY = "(entry)"
"""The same for the field of that form."""
Option = tuple[str, Any]

SOURCES: Mapping[str, Any] = {
    "unit": _("申报单位的登记信息"),
    "unit.name": _("申报单位的名称"),
    "unit.address": _("申报单位的地址"),
    "person": _("填报人的信息"),
    "category.name": _("所报类别的名称"),
}
"""Where a first value may come from, as ``core.forms.prefilling`` knows it."""


def around(part: Part, definition: Values) -> Values:
    """Return the definition, with the form and the field beside it that ``part`` belongs to."""
    form = next((form for form in definition.get("forms", ()) if form["id"] == part.node), None)
    if form is None:
        return definition
    entry = next((each for each in form.get(part.slot) or () if each.get("id") == part.entry), {})
    return {**definition, FORM: form, ENTRY: entry}


def fields_offered(definition: Values) -> Iterator[Option]:
    """The fields of the form, in its order."""
    for each in _form(definition).fields:
        if not isinstance(each, HeadingField):
            yield each.id, each.label


def columns_offered(definition: Values) -> Iterator[Option]:
    """The columns of the table, as it was saved last."""
    for column in definition.get(ENTRY, {}).get("columns", ()):
        yield column["id"], column["label"]


def numbers_offered(definition: Values) -> Iterator[Option]:
    """Everything in the form that can be added up."""
    for each in _form(definition).fields:
        if isinstance(each, NumberField | MoneyField | ComputedField):
            yield each.id, each.label
        elif isinstance(each, TableField | BudgetField):
            yield from _numbers_in(each)


def sources_offered(_definition: Values) -> Iterator[Option]:
    """Where a first value may come from (see ``core.forms.prefilling``)."""
    yield from SOURCES.items()


def part_label(part: AnyField) -> str:
    """What a column of a table or a part of a block is called."""
    return sentence(part.label, {}, language_now()) if part.label.startswith("word.") else part.label


def _numbers_in(each: TableField | BudgetField) -> Iterator[Option]:
    for name, part in parts_of(each).items():
        if isinstance(part, NumberField | MoneyField):
            yield f"{each.id}.{name}", f"{each.label}：{part_label(part)}"
    for column in getattr(each, "columns", ()):
        if column.kind == "computed":
            yield f"{each.id}.{column.id}", f"{each.label}：{column.label}"


def _form(definition: Values) -> Form:
    return Form.model_validate(definition.get(FORM, {"id": "form", "title": "form"}))
