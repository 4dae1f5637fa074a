"""Makes the fields of a form from the shape of a statement, and says what would have been typed for a value.

What was typed is a ``MultiValueDict`` of names and strings, as a browser sends it. Names lead from the top to the
field (``steps-0-words``); a list also has ``steps-rows``, how many rows it shows.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from keqiao.web.programmes import labels
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.forms import fields
from keqiao.web.programmes.statements.order import LONG
from keqiao.web.programmes.statements.references import options_for, reference_of
from keqiao.web.programmes.statements.shapes import (
    MARKS,
    Group,
    Kind,
    Leaf,
    Rows,
    Shape,
    Variants,
)
from keqiao.web.ui.templatetags.shell import money

KEPT = "kept"
ROWS = "rows"
STATED = "stated"
SETTLED = "settled"
WAS = "was"
MOST_ROWS = 150

FIELDS: Mapping[Kind, type[forms.Field]] = {
    Kind.TEXT: fields.TextField,
    Kind.LINES: fields.LinesField,
    Kind.WHOLE: fields.WholeField,
    Kind.NUMBER: fields.NumberField,
    Kind.NUMBER_OR_TEXT: fields.NumberOrTextField,
    Kind.FEN: fields.YuanField,
    Kind.DAY: fields.DayField,
    Kind.POSSIBLE_DAY: fields.PossibleDayField,
    Kind.TIME: fields.HourField,
    Kind.YES: fields.YesField,
    Kind.YES_NO_UNSAID: fields.YesNoUnsaidField,
    Kind.CHOICE: fields.OneOfField,
    Kind.CHOICES: fields.SeveralOfField,
    Kind.REFERENCE: fields.OneOfField,
    Kind.REFERENCES: fields.SeveralOfField,
}
OF_MANY = (Kind.CHOICE, Kind.CHOICES, Kind.REFERENCE, Kind.REFERENCES)
UNSTATED = ("", _("未写明"))

Typed = MultiValueDict


def join(prefix: str, name: str | int) -> str:
    """Return the name of a field below ``prefix``."""
    return f"{prefix}-{name}" if prefix else str(name)


class KeptField(forms.CharField):
    """What is carried along unseen (ids, places, marks), as JSON."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, max_length=4000)

    def clean(self, value: Any) -> dict[str, Any]:
        """Return it as a mapping."""
        said = super().clean(value)
        try:
            kept = json.loads(said) if said else {}
        except ValueError as wrong:
            raise ValidationError(_("页面不完整，请重新打开。"), code="kept") from wrong
        return kept if isinstance(kept, dict) else {}


def digest_of(value: Any) -> str:
    """Return what tells this value from another one, whatever marks it carries."""
    text = json.dumps(without_marks(value), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def without_marks(value: Any) -> Any:
    """Return the value without what facts say about themselves, at any depth."""
    if isinstance(value, dict):
        return {name: without_marks(inner) for name, inner in value.items() if name not in MARKS}
    return [without_marks(inner) for inner in value] if isinstance(value, list) else value


def typed_of(shape: Shape, value: Any, prefix: str = "") -> Typed:
    """Return what would have been typed for ``value`` (None: nothing is stated)."""
    found: Typed = MultiValueDict()
    for name, said in _typed(shape, value, prefix):
        if said:
            found.setlist(name, said)
    return found


def _typed(shape: Shape, value: Any, prefix: str) -> Iterator[tuple[str, list[str]]]:
    if isinstance(shape, Leaf):
        yield from _typed_leaf(shape, value, prefix)
    elif isinstance(shape, Rows):
        yield from _typed_rows(shape, value, prefix)
    elif isinstance(shape, Variants):
        chosen = (value or {}).get(shape.by, "")
        yield join(prefix, shape.by), [chosen]
        if group := shape.group(chosen):
            yield from _typed_group(group, value, prefix)
    else:
        yield from _typed_group(shape, value, prefix)


def _typed_leaf(leaf: Leaf, value: Any, name: str) -> Iterator[tuple[str, list[str]]]:
    stated = leaf.default if value is None else value
    yield name, FIELDS[leaf.kind].typed(stated)  # type: ignore[attr-defined]
    if leaf.kind is Kind.POSSIBLE_DAY:
        yield f"{name}_printed", fields.PossibleDayField.typed_printed(stated)


def _typed_group(group: Group, value: Any, prefix: str) -> Iterator[tuple[str, list[str]]]:
    stated = value or {}
    kept = {name: stated[name] for name in sorted(group.hidden) if name in stated}
    if group.is_fact and value is not None:
        kept[WAS] = digest_of(value)
    if kept:
        yield join(prefix, KEPT), [json.dumps(kept, ensure_ascii=False)]
    if group.is_optional and group.may_be_empty:
        yield join(prefix, STATED), ["on"] if value is not None else []
    for name, shape in group.fields.items():
        yield from _typed(shape, stated.get(name), join(prefix, name))


def _typed_rows(shape: Rows, value: Any, prefix: str) -> Iterator[tuple[str, list[str]]]:
    rows = detail_rows(value) if isinstance(value, dict) else list(value or ())
    rows += [None] * (shape.least - len(rows))
    yield join(prefix, ROWS), [str(len(rows))]
    for number, row in enumerate(rows):
        yield from _typed(shape.row, row, join(prefix, number))


def detail_rows(details: Values) -> list[Values]:
    """Return the particulars of a rule as rows that say what kind each is."""
    return [{"name": name, **_detail(value)} for name, value in details.items()]


def _detail(value: Any) -> Values:
    if isinstance(value, bool):
        return {"kind": "yes_no", "value": [fields.YES if value else fields.NO]}
    if isinstance(value, int):
        return {"kind": "number", "value": [str(value)]}
    if isinstance(value, list):
        return {"kind": "list", "value": value}
    return {"kind": "text", "value": [value]}


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
            offered = [(code, labels.choice_label(leaf.model, leaf.name, code)) for code in leaf.choices]
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
