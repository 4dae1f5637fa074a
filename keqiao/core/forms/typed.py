"""From what was typed in the web, or read from a cell of a Word form, to the value that answers keep.

Nothing that was typed is lost: what cannot be read is kept as typed beside its fault, and ``checking`` refuses it.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from keqiao.core.findings import Finding, Value, Weight
from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.marks import NotAChoice, parse_choice
from keqiao.core.forms.moments import NotAMoment, is_moment, parse_moment, parse_period
from keqiao.core.forms.parts import OP, parts_of
from keqiao.core.forms.quantities import NotANumber, number_of, parse_money, parse_number
from keqiao.core.money import NotAnAmount
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import (
    BudgetField,
    ChoiceField,
    DateField,
    FileField,
    MoneyField,
    NumberField,
    PeriodField,
    PersonField,
    PledgeField,
    RegionField,
    TableField,
    TargetsField,
    TextField,
    UnitField,
)

LONGEST_QUOTE = 40
"""Characters of what was typed that a sentence repeats."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: ``value`` to keep (None: nothing was typed), ``faults`` where words were not understood.

    In a block or table each cell is read on its own, and every one that was not understood has its fault, whose ``at``
    says where: (field, row, column), (field, part).
    """

    value: Any = None
    faults: tuple[Finding, ...] = ()

    @property
    def fault(self) -> Finding | None:
        """The first fault; None where all was understood."""
        return self.faults[0] if self.faults else None


NOTHING = Read()

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)
"""Controls, marks of direction and width, halves of characters: nobody types them, pasting brings them in."""


def read(field: AnyField, typed: Any) -> Read:
    """Read what was typed into ``field``.

    Simple kinds take text; a choice also a list of texts; a period text, or ``{"from", "to"}``; blocks a mapping by
    part; tables, targets, budgets and files a list of mappings by column, fixed rows in their order. A value that is
    already as answers keep it stays, so that what was read can be read again. Headings, computed fields and what the
    office fills have no value.
    """
    reader = _READERS.get(type(field))
    if reader is None or is_empty(typed):
        return NOTHING
    return reader(field, typed)


def clean(text: str, *, lines: bool = False) -> str:
    """Words as kept: composed characters (NFC), no invisible ones, no blanks at the ends; on one line unless ``lines``.

    Widths stay as typed: what an applicant wrote is not rewritten.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = _INVISIBLE.sub("", text)
    if lines:
        return "\n".join(line.rstrip() for line in kept.split("\n")).strip()
    return kept.replace("\n", " ").replace("\t", " ").strip()


def _text(field: TextField | RegionField, typed: Any) -> Read:
    if not isinstance(typed, str):
        return _not_understood(field, "form.text_unreadable", typed)
    return Read(clean(typed, lines=field.kind == "long_text") or None)


def _number(field: NumberField, typed: Any) -> Read:
    if not isinstance(typed, str):
        fits = number_of(typed) is not None
        return Read(typed) if fits else _number_fault(field, typed)
    try:
        return Read(parse_number(typed, field.unit))
    except NotANumber:
        return _number_fault(field, typed)


def _number_fault(field: NumberField, typed: Any) -> Read:
    return _not_understood(field, "form.number_unreadable", typed, unit=field.unit or "—")


def _money(field: MoneyField, typed: Any) -> Read:
    if isinstance(typed, int) and not isinstance(typed, bool):
        return Read(typed)
    if not isinstance(typed, str):
        return _not_understood(field, "form.money_unreadable", typed, unit=field.unit)
    try:
        return Read(parse_money(typed, field.unit))
    except NotAnAmount:
        return _not_understood(field, "form.money_unreadable", typed, unit=field.unit)


def _date(field: DateField, typed: Any) -> Read:
    return _moment(field, typed, f"form.date_unreadable_{field.precision}")


def _moment(field: DateField | PeriodField, typed: Any, code: str) -> Read:
    if not isinstance(typed, str):
        return _not_understood(field, code, typed)
    try:
        return Read(parse_moment(typed, field.precision))
    except NotAMoment:
        return _not_understood(field, code, typed)


def _period(field: PeriodField, typed: Any) -> Read:
    code = f"form.date_unreadable_{field.precision}"
    if isinstance(typed, Mapping):
        ends = {
            end: _moment(field, typed[end], code) for end in ("from", "to") if not is_empty(typed.get(end))
        }
        return Read({end: each.value for end, each in ends.items()}, _within(field, ends))
    try:
        begins, ends_on = parse_period(str(typed), field.precision)
    except NotAMoment:
        return _not_understood(field, "form.period_unreadable", typed)
    return Read({"from": begins, "to": ends_on})


def _choice(field: ChoiceField, typed: Any) -> Read:
    if isinstance(typed, list | tuple):
        picked = [clean(str(each)) for each in typed if not is_empty(each)]
        listed = [option for option in field.options if option in picked]
        return Read(list(dict.fromkeys([*listed, *picked])) or None)
    try:
        return Read(parse_choice(clean(str(typed)), field.options, other=field.other) or None)
    except NotAChoice:
        return _not_understood(field, "form.choice_unreadable", typed, options=field.options)


def _block(field: AnyField, typed: Any) -> Read:
    if not isinstance(typed, Mapping):
        return _not_understood(field, "form.text_unreadable", typed)
    found = {part: read(each, typed.get(part)) for part, each in parts_of(field).items()}
    kept = {part: each.value for part, each in found.items() if each.value is not None}
    if isinstance(typed.get("id"), str) and typed["id"]:
        kept["id"] = typed["id"]
    return Read(kept or None, _within(field, found))


def _rows(field: AnyField, typed: Any) -> Read:
    if not isinstance(typed, list | tuple):
        return _not_understood(field, "form.text_unreadable", typed)
    rows: list[Any] = []
    faults: list[Finding] = []
    for number, row in enumerate(typed):
        found = _row(field, row)
        rows.append(found.value or {})
        faults += (_placed(fault, field.id, number) for fault in found.faults)
    if not (isinstance(field, TableField) and field.rows):
        while rows and not rows[-1]:
            rows.pop()
    return Read(rows if any(rows) else None, tuple(faults))


def _row(field: AnyField, typed: Any) -> Read:
    if not isinstance(typed, Mapping):
        return NOTHING if is_empty(typed) else Read(typed, (_fault(field, "form.text_unreadable", typed),))
    found = {part: _cell(each, typed.get(part)) for part, each in parts_of(field).items()}
    faults = tuple(fault for each in found.values() for fault in each.faults)
    return Read({part: each.value for part, each in found.items() if each.value is not None}, faults)


def _cell(field: AnyField, typed: Any) -> Read:
    """A choice in a cell is kept as in a field of its own; the comparator of a target as its one sign."""
    if field is OP and isinstance(typed, str):
        return Read(_COMPARATORS.get(typed.strip(), typed.strip()) or None)
    return read(field, typed)


_COMPARATORS = {
    **dict.fromkeys(("≥", "≧", "＞=", "不少于", "不低于", "至少"), ">="),
    **dict.fromkeys(("≤", "≦", "＜=", "不超过", "不高于", "至多"), "<="),
    **dict.fromkeys(("=", "＝", "等于"), "=="),
    **dict.fromkeys(("≈", "约", "左右"), "~"),
    "＞": ">",
    "＜": "<",
}


def _files(_field: FileField, typed: Any) -> Read:
    """Files are uploaded, not typed: what the store said of each is kept, with the number and date typed beside it."""
    if not isinstance(typed, list | tuple):
        return NOTHING
    kept = [_file(each) for each in typed if isinstance(each, Mapping) and each.get("file")]
    return Read(kept or None)


def _file(typed: Mapping[str, Any]) -> dict[str, Any]:
    entry = {key: typed[key] for key in ("file", "name", "size", "digest") if not is_empty(typed.get(key))}
    if not is_empty(typed.get("number")):
        entry["number"] = clean(str(typed["number"]))
    if not is_empty(typed.get("date")):
        said = str(typed["date"])
        try:
            entry["date"] = said if is_moment(said) else parse_moment(said, "day")
        except NotAMoment:
            entry["date"] = said
    return entry


def _pledge(_field: PledgeField, typed: Any) -> Read:
    """A pledge is accepted by an act, which hands its record over; a mark on paper accepts nothing here."""
    if not isinstance(typed, Mapping) or is_empty(typed.get("version")):
        return NOTHING
    return Read({key: typed[key] for key in ("version", "by", "on") if not is_empty(typed.get(key))})


def _not_understood(field: AnyField, code: str, typed: Any, **values: Value) -> Read:
    kept = typed.strip() if isinstance(typed, str) else typed
    return Read(kept, (_fault(field, code, typed, **values),))


def _fault(field: AnyField, code: str, typed: Any, **values: Value) -> Finding:
    said: Mapping[str, Value] = {"label": field.label, "typed": quoted(field, typed), **values}
    return Finding(code, Weight.REFUSE, said, at=(field.id,))


def quoted(field: AnyField, typed: Any) -> str:
    """What was typed, short enough for a sentence; nothing of a sensitive field."""
    if field.sensitive:
        return "…"
    said = " ".join(str(typed).split())
    return said if len(said) <= LONGEST_QUOTE else f"{said[:LONGEST_QUOTE]}…"


def _within(field: AnyField, found: Mapping[str, Read]) -> tuple[Finding, ...]:
    return tuple(
        _placed(Finding(fault.code, fault.weight, fault.values, at=(part,)), field.id)
        for part, each in found.items()
        for fault in each.faults
    )


def _placed(fault: Finding, *above: str | int) -> Finding:
    return Finding(fault.code, fault.weight, fault.values, fault.source, (*above, *fault.at))


_READERS: Mapping[type, Callable[[Any, Any], Read]] = {
    TextField: _text,
    RegionField: _text,
    NumberField: _number,
    MoneyField: _money,
    DateField: _date,
    PeriodField: _period,
    ChoiceField: _choice,
    PersonField: _block,
    UnitField: _block,
    TableField: _rows,
    TargetsField: _rows,
    BudgetField: _rows,
    FileField: _files,
    PledgeField: _pledge,
}
