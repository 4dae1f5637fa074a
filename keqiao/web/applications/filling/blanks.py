"""One blank of a page: an input with its label, what stands in it, its limit and what is wrong there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from keqiao.core.findings import Finding
from keqiao.core.forms.answers import characters, is_empty
from keqiao.core.forms.moments import is_moment
from keqiao.core.forms.quantities import in_unit, is_money
from keqiao.core.forms.written import OPS
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import (
    ChoiceField,
    DateField,
    MoneyField,
    NumberField,
    RegionField,
    TextField,
)

ROWS_OF_TEXT = 3
LONGEST_LINE = 200
"""Characters that are still typed into one line."""
CHARACTERS_A_ROW = 45
MOST_ROWS_OF_TEXT = 16
MOST_OPTIONS_SIDE_BY_SIDE = 12


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: what is posted, what it says, and whether it is chosen."""

    value: str
    words: str
    is_picked: bool


@dataclass(frozen=True, slots=True)
class Blank:
    """An input. ``kind`` is line, text, number, date, month, radio, boxes, list or fixed (shown, not typed).

    ``limit`` is the most characters, ``used`` how many stand there. ``hint`` says the unit or the way to write.
    """

    name: str
    kind: str
    label: str
    value: str = ""
    is_required: bool = True
    unit: str = ""
    limit: int | None = None
    used: int = 0
    rows: int = 1
    options: tuple[Option, ...] = ()
    other: str | None = None
    faults: tuple[Finding, ...] = ()
    is_open: bool = True
    proposals: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Around:
    """What is around a blank on its page: its name, the faults at it, whether it may be changed, what is proposed."""

    name: str
    label: str
    faults: tuple[Finding, ...] = ()
    is_open: bool = True
    regions: tuple[tuple[str, str], ...] = ()
    proposals: tuple[str, ...] = ()


def blank(each: AnyField, value: Any, around: Around) -> Blank:
    """Return the blank of a simple field, of a part of a block or of a cell."""
    said: dict[str, Any] = {
        "name": around.name,
        "label": around.label,
        "is_required": each.required,
        "faults": around.faults,
        "is_open": around.is_open,
        "proposals": around.proposals,
    }
    if isinstance(each, ChoiceField):
        return Blank(**said, **_chosen(each, value))
    if isinstance(each, RegionField):
        options = _with_what_stands(_text(value), around.regions)
        return Blank(**said, kind="list" if options else "line", value=_text(value), options=options)
    if isinstance(each, TextField):
        return Blank(**said, **_words(each, _text(value)))
    return Blank(**said, **_quantity(each, value))


def _with_what_stands(value: str, known: tuple[tuple[str, str], ...]) -> tuple[Option, ...]:
    """The options, and what stands there where it is none of them: a list would drop it in silence."""
    strange = ((value, value),) if known and value and value not in dict(known) else ()
    return tuple(Option(code, name, code == value) for code, name in (*known, *strange))


def _words(each: TextField, text: str) -> dict[str, Any]:
    about: dict[str, Any] = {"value": text, "limit": each.max_chars, "used": characters(text)}
    if each.kind == "text" and (each.max_chars or 0) <= LONGEST_LINE:
        return {"kind": "line", **about}
    expected = max(each.max_chars or 0, about["used"])
    rows = min(MOST_ROWS_OF_TEXT, max(ROWS_OF_TEXT, expected // CHARACTERS_A_ROW + 1))
    return {"kind": "text", "rows": rows, **about}


def _quantity(each: AnyField, value: Any) -> dict[str, Any]:
    if isinstance(each, MoneyField):
        text = in_unit(value, each.unit) if is_money(value) else _text(value)
        return {"kind": "number", "value": text, "unit": each.unit}
    if isinstance(each, NumberField):
        return {"kind": "number", "value": _text(value), "unit": each.unit or ""}
    if isinstance(each, DateField):
        return {"kind": moment_kind(each.precision, value), "value": _text(value)}
    return {"kind": "line", "value": _text(value)}


def moment_kind(precision: str, value: Any) -> str:
    """Return which input takes a moment: that of the browser, as long as it would show what stands there."""
    if not is_empty(value) and not (
        isinstance(value, str) and is_moment(value) and len(value) == _LENGTH[precision]
    ):
        return "line"
    return {"day": "date", "month": "month"}.get(precision, "line")


_LENGTH: Mapping[str, int] = {"day": 10, "month": 7, "year": 4}


def _chosen(each: ChoiceField, value: Any) -> dict[str, Any]:
    if each.id == "op":
        picked = value if isinstance(value, str) else ""
        options = tuple(Option(sign, OPS.get(sign, sign), sign == picked) for sign in each.options)
        return {"kind": "list", "options": options, "value": picked}
    if isinstance(value, str):
        value = [value]
    picks = [str(one) for one in value or ()]
    options = tuple(Option(one, one, one in picks) for one in each.options)
    others = "、".join(one for one in picks if one not in each.options)
    kind = "radio" if each.most_picks == 1 else "boxes"
    if kind == "radio" and len(options) > MOST_OPTIONS_SIDE_BY_SIDE and not each.other and not others:
        kind = "list"
    return {"kind": kind, "options": options, "other": others if each.other or others else None}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
