"""Makes the fields of a form from the shape of a statement, for what was typed."""

import json
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.forms import fields
from keqiao.web.programmes.forms.typed import FIELDS, KEPT, ROWS, SETTLED, STATED, Typed, join
from keqiao.web.programmes.statements.order import LONG
from keqiao.web.programmes.statements.references import options_for, reference_of
from keqiao.web.programmes.statements.shapes import Group, Kind, Leaf, Rows, Shape, Variants
from keqiao.web.programmes.wording import labels
from keqiao.web.ui.templatetags.shell import money

MOST_ROWS = 150
MOST_KEPT = 400_000  # characters; an entry may carry a whole form with it
OF_MANY = (Kind.CHOICE, Kind.CHOICES, Kind.REFERENCE, Kind.REFERENCES)
UNSTATED = ("", _("未写明"))


class KeptField(forms.CharField):
    """What is carried along unseen (ids, places, marks), as JSON."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, max_length=MOST_KEPT)

    def clean(self, value: Any) -> dict[str, Any]:
        """Return it as a mapping."""
        said = super().clean(value)
        try:
            kept = json.loads(said) if said else {}
        except ValueError as wrong:
            raise ValidationError(_("页面不完整，请重新打开。"), code="kept") from wrong
        return kept if isinstance(kept, dict) else {}


@dataclass
class Built:
    """The fields of a form with what stands in them as a rule, and the lists with how many rows each shows."""

    fields: dict[str, forms.Field] = field(default_factory=dict)
    usual: dict[str, str] = field(default_factory=dict)
    rows: dict[str, tuple[Rows, int]] = field(default_factory=dict)


@dataclass
class Builder:
    """Builds the fields for what was typed, over one definition (for what references point to)."""

    definition: Values
    typed: Typed
    built: Built = field(default_factory=Built)
    offered: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def add(self, shape: Shape, prefix: str = "", *, is_needed: bool = True) -> None:
        """Add the fields of ``shape``. ``is_needed``: it has to be stated, so its required fields have to."""
        if isinstance(shape, Leaf):
            self._add_leaf(shape, prefix, is_needed=is_needed)
        elif isinstance(shape, Rows):
            self._add_rows(shape, prefix)
        elif isinstance(shape, Variants):
            self._add_variants(shape, prefix, is_needed=is_needed)
        else:
            self._add_group(shape, prefix, is_needed=is_needed)

    def chosen(self, shape: Variants, prefix: str) -> Group | None:
        """Return the variant that was chosen."""
        return shape.group(self.typed.get(join(prefix, shape.by)))

    def _add_variants(self, shape: Variants, prefix: str, *, is_needed: bool) -> None:
        model = shape.models[0][1]
        offered = [(code, _variant_label(model, shape.by, code)) for code, _model in shape.models]
        if shape.by == "type":
            offered = _grouped([code for code, _model in shape.models])
        name = join(prefix, shape.by)
        faults = {"required": fields.FILL_IN}
        made = fields.OneOfField(choices=[UNSTATED, *offered], required=is_needed, error_messages=faults)
        made.label = labels.field_label(model, shape.by)
        self.built.fields[name] = made
        if group := self.chosen(shape, prefix):
            self._add_group(group, prefix, is_needed=is_needed, skip=shape.by)

    def _add_group(self, group: Group, prefix: str, *, is_needed: bool, skip: str = "") -> None:
        if group.hidden or group.is_fact:
            self.built.fields[join(prefix, KEPT)] = KeptField()
        if group.is_optional and group.may_be_empty:
            self.built.fields[join(prefix, STATED)] = fields.YesField(label=_("有这项规定"))
        if group.is_fact and (label := _settling(self.typed.get(join(prefix, KEPT)))):
            self.built.fields[join(prefix, SETTLED)] = fields.YesField(label=label)
        for name, shape in group.fields.items():
            if name != skip:
                self.add(shape, join(prefix, name), is_needed=is_needed and not group.is_optional)

    def _add_rows(self, shape: Rows, prefix: str) -> None:
        number = _number_of_rows(self.typed.get(join(prefix, ROWS)))
        self.built.rows[prefix] = (shape, number)
        self.built.fields[join(prefix, ROWS)] = forms.IntegerField(
            required=False, min_value=0, max_value=MOST_ROWS, widget=forms.HiddenInput
        )
        for row in range(number):
            self.add(shape.row, join(prefix, row), is_needed=False)

    def _add_leaf(self, leaf: Leaf, name: str, *, is_needed: bool) -> None:
        options: dict[str, Any] = {
            "label": labels.field_label(leaf.model, leaf.name),
            "help_text": labels.field_help(leaf.model, leaf.name),
            "required": leaf.is_required and is_needed,
            "error_messages": {"required": fields.FILL_IN},
        }
        if leaf.kind in OF_MANY:
            options["choices"] = self._choices(leaf, name)
        if leaf.kind is Kind.TEXT:
            options["is_long"] = leaf.name in LONG
        if leaf.kind is Kind.FEN:
            options["help_text"] = _amount_said(self.typed.get(name)) or options["help_text"]
        made = FIELDS[leaf.kind](**options)
        made.is_needed = leaf.is_required  # type: ignore[attr-defined]  # in its row, if the row is filled in at all
        self.built.fields[name] = made
        self.built.usual[name] = "".join(FIELDS[leaf.kind].typed(leaf.default))  # type: ignore[attr-defined]

    def _choices(self, leaf: Leaf, name: str) -> list[tuple[str, Any]]:
        if leaf.kind in (Kind.CHOICE, Kind.CHOICES):
            said = (labels.choice_label(leaf.model, leaf.name, code) for code in leaf.choices)
            offered = list(zip(leaf.choices, map(capfirst, said), strict=True))
        else:
            offered = self._options(reference_of(leaf.model, leaf.name))
            known = {code for code, _words in offered}
            offered += [
                (code, _gone(code)) for code in self.typed.getlist(name) if code and code not in known
            ]
        if leaf.kind in (Kind.CHOICES, Kind.REFERENCES):
            chosen = self.typed.getlist(name)
            by_code = dict(offered)
            first = [(code, by_code[code]) for code in chosen if code in by_code]
            return first + [(code, words) for code, words in offered if code not in chosen]
        has_default = leaf.default is not None
        return offered if has_default else [UNSTATED, *offered]

    def _options(self, what: str) -> list[tuple[str, str]]:
        if what not in self.offered:
            self.offered[what] = options_for(what, self.definition)
        return list(self.offered[what])


def _gone(code: str) -> Any:
    return _("%(code)s（本通知中没有）") % {"code": code}


def _variant_label(model: Any, by: str, code: str) -> str:
    return labels.rule_type_label(code) if by == "type" else labels.choice_label(model, by, code)


def _grouped(codes: list[str]) -> list[tuple[Any, Any]]:
    groups = (
        (name, [(kind, labels.rule_type_label(kind)) for kind in kinds if kind in codes])
        for name, kinds in labels.rule_types_by_group()
    )
    return [(name, kinds) for name, kinds in groups if kinds]


def _settling(kept: str | None) -> Any:
    """Return what a tick settles about a fact that waits for an answer or was invented; "" where there is nothing."""
    try:
        stated = KeptField().clean(kept)
    except ValidationError:
        return ""
    if stated.get("needs_answer"):
        return _("已核实，不再待确认")
    return _("作为正式内容，不再是示例") if stated.get("invented") else ""


def _number_of_rows(typed: str | None) -> int:
    return min(int(typed), MOST_ROWS) if typed and typed.isascii() and typed.isdecimal() else 0


def _amount_said(typed: str | None) -> str:
    """Say an amount as people say it (15 万元), beside the yuan that were typed."""
    try:
        fen = fields.YuanField().clean(typed)
    except ValidationError:
        return ""
    return "" if fen is None else f"= {money(fen)}"
