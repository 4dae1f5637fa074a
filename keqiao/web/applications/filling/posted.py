"""What a page posted: from the blanks to the texts that ``core.forms.typed`` reads, and from these to answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from keqiao.core.forms.answers import Answers, is_empty
from keqiao.core.forms.parts import parts_of
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.typed import read
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import (
    BudgetField,
    ChoiceField,
    FileField,
    PeriodField,
    PersonField,
    PledgeField,
    TableField,
    TargetsField,
    UnitField,
)
from keqiao.web.applications.filling.names import ASKED, OTHER, ROWS, blank_name

MOST_ROWS = 500
"""Rows of one table that are read from a page, whatever it posts."""


class Posted(Protocol):
    """What a request carries (``QueryDict``)."""

    def get(self, name: str, default: Any = None) -> Any: ...
    def getlist(self, name: str) -> list[Any]: ...
    def __contains__(self, name: object) -> bool: ...


@dataclass(frozen=True, slots=True)
class Typing:
    """Who fills in on which day, and the names of those who can be picked from the register, by id."""

    by: str
    on: date
    pickable: Mapping[str, str] = field(default_factory=dict)


def answers_from(
    specification: Specification, posted: Posted, before: Answers, typing: Typing
) -> dict[str, Any]:
    """Return all answers as the page has them: what it asked as it was typed, everything else as ``before``.

    What cannot be read stays as it was typed (``core.forms.typed``), so that nothing is lost.
    """
    asked = set(posted.getlist(ASKED))
    answers = dict(before)
    for each in specification.fields:
        if each.id in asked and not each.office_only:
            value = _read(each, posted, before.get(each.id), typing)
            answers.pop(each.id, None)
            if not is_empty(value):
                answers[each.id] = value
    return answers


def _read(each: AnyField, posted: Posted, before: Any, typing: Typing) -> Any:
    if isinstance(each, PledgeField):
        return _pledged(each, posted, before, typing)
    if isinstance(each, FileField):
        return read(each, _files(each, posted, before)).value
    typed = typed_in(each, posted)
    if isinstance(each, PersonField | UnitField):
        typed = _picked(typed, typing.pickable)
    return read(each, typed).value


def typed_in(each: AnyField, posted: Posted) -> Any:
    """Return what was typed into a field, in the shape that ``core.forms.typed.read`` takes."""
    reader = _SHAPES.get(type(each))
    return reader(each, posted) if reader else posted.get(blank_name(each.id), "")


def _choice(each: ChoiceField, posted: Posted) -> list[str]:
    return _picks(each, posted, (each.id,))


def _picks(each: ChoiceField, posted: Posted, place: tuple[str | int, ...]) -> list[str]:
    name = blank_name(str(place[0]), *place[1:])
    picked = [option for option in posted.getlist(name) if option != OTHER or OTHER in each.options]
    return [*picked, posted.get(f"{name}.{OTHER}", "")]


def _period(each: PeriodField, posted: Posted) -> dict[str, str]:
    return {end: posted.get(blank_name(each.id, end), "") for end in ("from", "to")}


def _block(each: PersonField | UnitField, posted: Posted) -> dict[str, str]:
    return {part: posted.get(blank_name(each.id, part), "") for part in (*parts_of(each), "id")}


def _picked(typed: dict[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """A block of somebody else than was picked loses the id: a name that was typed anew is another one's."""
    name = typed.get("name", "").strip()
    if name and names.get(typed.get("id", "")) != name:
        return {**typed, "id": ""}
    return typed


def _rows(each: TableField | TargetsField | BudgetField, posted: Posted) -> list[dict[str, Any]]:
    """The rows that the page had. Those that its scripts took out leave a gap, which is closed; fixed rows stay."""
    is_fixed = isinstance(each, TableField) and bool(each.rows)
    rows = [(_row(each, number, posted)) for number in range(_how_many(each, posted))]
    return [row or {} for row in rows if row is not None or is_fixed]


def _how_many(each: AnyField, posted: Posted) -> int:
    said = posted.get(blank_name(each.id, ROWS), "")
    return (
        min(int(said), MOST_ROWS) if str(said).isdecimal() and len(str(said)) < len(str(MOST_ROWS)) + 1 else 0
    )


def _row(each: AnyField, number: int, posted: Posted) -> dict[str, Any] | None:
    if blank_name(each.id, number) not in posted:
        return None
    return {column: _cell(each.id, number, cell, posted) for column, cell in parts_of(each).items()}


def _cell(table: str, number: int, cell: AnyField, posted: Posted) -> Any:
    if isinstance(cell, ChoiceField) and cell.id != "op":
        return _picks(cell, posted, (table, number, cell.id))
    return posted.get(blank_name(table, number, cell.id), "")


def _files(each: FileField, posted: Posted, before: Any) -> list[dict[str, Any]]:
    """The files that are kept, each as the store said of it, with the number and the date typed beside it."""
    known = {str(entry.get("file")): entry for entry in before or () if isinstance(entry, Mapping)}
    kept = []
    for number in range(_how_many(each, posted)):
        entry = known.get(posted.get(blank_name(each.id, number, "file"), ""))
        if entry is not None:
            typed = {name: posted.get(blank_name(each.id, number, name), "") for name in ("number", "date")}
            kept.append({**entry, **(typed if each.numbered else {})})
    return kept


def _pledged(each: PledgeField, posted: Posted, before: Any, typing: Typing) -> Any:
    """A pledge that stands keeps the name and the day of whoever accepted it."""
    if posted.get(blank_name(each.id)) != each.version:
        return None
    if isinstance(before, Mapping) and before.get("version") == each.version:
        return before
    return {"version": each.version, "by": typing.by, "on": typing.on.isoformat()}


_SHAPES: Mapping[type, Callable[[Any, Posted], Any]] = {
    ChoiceField: _choice,
    PeriodField: _period,
    PersonField: _block,
    UnitField: _block,
    TableField: _rows,
    TargetsField: _rows,
    BudgetField: _rows,
}
