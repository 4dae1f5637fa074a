"""What answers to a form look like, as JSON Schema (draft 2020-12): types, limits, choices, rows; money in fen.

It describes one field at a time. What hangs on several fields, on the calendar or on the file store, ``core.forms``
checks. ``x-`` keywords say for readers what JSON Schema has no word for.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from keqiao.core.forms.attached import least_files
from keqiao.core.forms.blocks import OPTIONAL
from keqiao.core.forms.marks import OTHER
from keqiao.core.forms.parts import Parts, parts_of, word_of
from keqiao.core.forms.quantities import FEN
from keqiao.core.forms.simple import LONGEST
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.written import OPS
from keqiao.core.programme.facts import MOST_DIGITS
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
    Precision,
    RegionField,
    TableField,
    TargetsField,
    TextField,
    UnitField,
)
from keqiao.core.programme.targets import Target

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST = 10**MOST_DIGITS - 1
_CHARACTER = r"[^\n\r\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]"
_YEAR, _MONTH, _DAY = r"(19|20|21)[0-9]{2}", r"-(0[1-9]|1[0-2])", r"-(0[1-9]|[12][0-9]|3[01])"
_MOMENTS: Mapping[Precision, str] = {
    "year": f"^{_YEAR}$",
    "month": f"^{_YEAR}{_MONTH}$",
    "day": f"^{_YEAR}{_MONTH}{_DAY}$",
}
_REGION = r"^[1-9][0-9]{5}([0-9]{3}([0-9]{3})?|-[A-Z][0-9]{1,2})?$"
_NOT_EMPTY: Schema = {"type": "object", "minProperties": 1}


def answers_schema(specification: Specification, *, is_draft: bool = False) -> Schema:
    """The schema of the answers to a form. Of a draft nothing is required; what is there has to be right.

    A field that nobody filled is absent: there is no null, no empty text and no empty list.
    """
    asked = [each for each in specification.fields if _takes_an_answer(each)]
    schema: Schema = {
        "$schema": DIALECT,
        "$id": f"urn:keqiao:form:{specification.form.id}:{specification.digest}",
        "title": specification.title,
        "type": "object",
        "properties": {each.id: _of_field(each, specification) for each in asked},
        "additionalProperties": False,
    }
    if not is_draft:
        schema["required"] = [each.id for each in asked if _is_always_needed(each, specification)]
    return schema


def _takes_an_answer(field: AnyField) -> bool:
    return not (field.office_only or isinstance(field, HeadingField | ComputedField))


def _is_always_needed(field: AnyField, specification: Specification) -> bool:
    """Is it missing from every application that has no answer to it?"""
    section = next(each for each in specification.sections() if field in each.fields)
    if field.shown_if is not None or (section.heading and section.heading.shown_if is not None):
        return False
    if isinstance(field, FileField):
        is_paper = field.id in specification.from_materials
        return not is_paper and field.required_if is None and least_files(field, None, is_case=None) > 0
    if isinstance(field, TargetsField):
        return field.own_least > 0 or any(_is_firm(each.fact) for each in specification.targets)
    return field.required


def _is_firm(target: Target) -> bool:
    return not (target.optional or target.soft or target.alternative_group)


def _of_field(field: AnyField, specification: Specification) -> Schema:
    if isinstance(field, TargetsField):
        return _said_of(field) | _targets(field, specification)
    return _said_of(field) | _value(field)


def _said_of(field: AnyField) -> Schema:
    said: Schema = {"title": field.label, "x-kind": field.kind}
    if field.help:
        said["description"] = field.help
    if field.sensitive:
        said["x-sensitive"] = True
    return said


def _value(field: Any) -> Schema:
    return _SHAPES[type(field)](field)


def _text(field: TextField) -> Schema:
    most = field.max_chars or LONGEST[field.kind]
    return {**_words(most, field.min_chars or 1), "x-max-characters": most}


def _words(most: int, least: int = 1) -> Schema:
    """Text of so many characters: ends of lines do not count, so that no ``maxLength`` can say it."""
    pattern = rf"^([\n\r]*{_CHARACTER}){{{least},{most}}}[\n\r]*$"
    return {"type": "string", "pattern": pattern}


def _number(field: NumberField) -> Schema:
    whole: Schema = {"type": "integer", "minimum": -MOST, "maximum": MOST}
    if field.least is not None:
        whole["minimum"] = int(-(-field.least // 1))
    if field.most is not None:
        whole["maximum"] = int(field.most // 1)
    said = {"x-unit": field.unit} if field.unit else {}
    if not field.decimals:
        return {**whole, **said}
    bounds = {
        f"x-{name}": str(bound)
        for name, bound in (("minimum", field.least), ("maximum", field.most))
        if bound is not None
    }
    return {"anyOf": [whole, {**_decimal(field.decimals), **bounds}], **said}


def _decimal(places: int) -> Schema:
    """A number that is not whole, as text: no needless zeros."""
    before = MOST_DIGITS - 1
    pattern = rf"^-?(0|[1-9][0-9]{{0,{before}}})\.[0-9]{{0,{places - 1}}}[1-9]$"
    return {"type": "string", "pattern": pattern}


def _money(field: MoneyField) -> Schema:
    step = FEN[field.unit] // 10**field.decimals
    return {
        "type": "integer",
        "minimum": field.least_fen or 0,
        "maximum": MOST if field.most_fen is None else field.most_fen,
        **({"multipleOf": step} if step > 1 else {}),
        "x-unit": "分",
    }


def _date(field: DateField) -> Schema:
    return _moment(field.precision)


def _moment(precision: Precision) -> Schema:
    return {
        "type": "string",
        "pattern": _MOMENTS[precision],
        **({"format": "date"} if precision == "day" else {}),
    }


def _period(field: PeriodField) -> Schema:
    end = _moment(field.precision)
    return _record({"from": end, "to": end}, ["from", "to"])


def _choice(field: ChoiceField) -> Schema:
    """A list also of one. Behind "other" one entry of free words may stand."""
    listed = {"enum": list(field.options)}
    schema: Schema = {"type": "array", "items": listed, "uniqueItems": True}
    schema["minItems"] = max(field.least_picks, 1)
    if field.most_picks is not None:
        schema["maxItems"] = field.most_picks
    if field.other:
        free = {**_words(100), "not": {"const": OTHER}} if OTHER not in field.options else _words(100)
        schema["items"] = {"anyOf": [listed, free]}
        schema |= {"contains": {"not": listed}, "minContains": 0, "maxContains": 1}
    return schema


def _region(field: RegionField) -> Schema:
    return {"type": "string", "pattern": _REGION, "x-level": field.level}


def _block(field: PersonField | UnitField) -> Schema:
    parts = parts_of(field)
    needed = [part for part in parts if part not in OPTIONAL] if field.required else []
    shape = _cells(parts)
    return _record({**shape, "id": {"type": "string", "format": "uuid"}}, needed)


def _cells(parts: Parts) -> dict[str, Schema]:
    """The parts of a block or the columns of a row; the form names its columns, the vocabulary all other parts."""
    return {
        part: _value(each) if each.label in (part, word_of(part)) else {"title": each.label, **_value(each)}
        for part, each in parts.items()
    }


def _table(field: TableField) -> Schema:
    row = _row(parts_of(field))
    if not field.rows:
        return _rows(row, field.least, field.most)
    needed = field.required and any(each.required for each in parts_of(field).values())
    if not needed:
        return {**_rows(row, 1, None), "maxItems": len(field.rows), "x-rows": list(field.rows)}
    return {**_rows({**row, "minProperties": 1}, 1, None), "minItems": len(field.rows),
            "maxItems": len(field.rows), "x-rows": list(field.rows)}  # fmt: skip


def _rows(row: Schema, least: int, most: int | None) -> Schema:
    """A list of rows; empty ones inside it keep their place and do not count."""
    counted: Schema = {"contains": _NOT_EMPTY, "minContains": max(least, 1)}
    if most is not None:
        counted["maxContains"] = most
    return {"type": "array", "items": row, **counted}


def _row(parts: Parts) -> Schema:
    needed = [part for part, each in parts.items() if each.required]
    return _record_or_empty(_cells(parts), needed)


def _record_or_empty(shape: Schema, needed: Iterable[str]) -> Schema:
    row = _record(shape, ())
    wanted = list(needed)
    return {**row, "if": _NOT_EMPTY, "then": {"required": wanted}} if wanted else row


def _record(shape: Schema, needed: Iterable[str]) -> Schema:
    wanted = list(needed)
    schema: Schema = {"type": "object", "properties": shape, "additionalProperties": False}
    return {**schema, "required": wanted} if wanted else schema


def _targets(field: TargetsField, specification: Specification) -> Schema:
    """Rows of the call, known by ``target``, with what is fixed in them; and the applicant's own."""
    targets = [each.fact for each in specification.targets]
    shape: Schema = _cells(parts_of(field))
    shape["metric"] |= _words(LONGEST["text"])
    shape["op"] = {"enum": list(OPS)}
    shape["target"] = {"enum": [target.id for target in targets]} if targets else False
    own = {**_NOT_EMPTY, "not": _NAMES_A_TARGET}
    row = _record(shape, ())
    row["allOf"] = [
        {"if": own, "then": {"required": ["metric", "value", "unit"]}},
        *map(_fixed, targets),
    ]
    return {
        "type": "array",
        "items": row,
        "minItems": 1,
        "contains": own,
        "minContains": field.own_least,
        "maxContains": field.own_most,
    }


_NAMES_A_TARGET: Schema = {"required": ["target"]}


def _fixed(target: Target) -> Schema:
    locked = {"metric": target.metric, "op": target.comparator, "unit": target.unit}
    fixed = {key: {"const": value} for key, value in locked.items() if value is not None}
    of_it = {"properties": {"target": {"const": target.id}}, **_NAMES_A_TARGET}
    return {"if": of_it, "then": {"properties": fixed}}


def _budget(field: BudgetField) -> Schema:
    parts = parts_of(field)
    row = _row(parts)
    for name, is_open in (("own", field.own), ("other", field.other)):
        if not is_open:
            row["properties"][name] = {**row["properties"][name], "maximum": 0}
    if field.items:
        row["properties"]["item"] = {**row["properties"]["item"], "examples": list(field.items)}
    return _rows(row, 1, None)


def _files(field: FileField) -> Schema:
    shape: Schema = {
        "file": {"type": "string", "format": "uuid", "pattern": "^[0-9A-Za-z-]+$"},
        "name": {"type": "string"},
        "size": {"type": "integer", "minimum": 0},
        "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "number": {"type": "string", "minLength": 1},
        "date": _moment("day"),
    }
    needed = ["file", *(("number", "date") if field.numbered else ())]
    return {
        "type": "array",
        "items": _record(shape, needed),
        "minItems": max(field.least, 1),
        "maxItems": field.most,
        "x-accepts": list(field.accepts),
        "x-most-mb": field.most_mb,
    }


def _pledge(field: PledgeField) -> Schema:
    said = _words(LONGEST["text"])
    shape = {"version": {"const": field.version}, "by": said, "on": said}
    return {**_record(shape, shape), "x-words": list(field.words)}


_SHAPES: Mapping[type, Callable[[Any], Schema]] = {
    TextField: _text,
    NumberField: _number,
    MoneyField: _money,
    DateField: _date,
    PeriodField: _period,
    ChoiceField: _choice,
    RegionField: _region,
    PersonField: _block,
    UnitField: _block,
    TableField: _table,
    BudgetField: _budget,
    FileField: _files,
    PledgeField: _pledge,
}
