"""What a person would have typed for a value: names and strings, as a browser sends them.

Names lead from the top to the field (``steps-0-words``); a list also has ``steps-rows``, how many rows it shows;
a group has ``kept``, what is carried along unseen.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.forms import fields
from keqiao.web.programmes.statements.shapes import MARKS, Group, Kind, Leaf, Rows, Shape, Variants

KEPT = "kept"
ROWS = "rows"
STATED = "stated"
SETTLED = "settled"
WAS = "was"

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

Typed = MultiValueDict


def join(prefix: str, name: str | int) -> str:
    """Return the name of a field below ``prefix``."""
    return f"{prefix}-{name}" if prefix else str(name)


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
        if name in stated and stated[name] is None and isinstance(shape, Leaf):
            continue  # it says "no limit": the page shows a blank, not what holds where nothing is said
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
