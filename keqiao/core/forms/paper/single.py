"""Rows for fields of one value, and for blocks about a person or a unit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from keqiao.core.forms.computed import computed_value
from keqiao.core.forms.paper.blocks import WHOLE, Blank, Cell, Role, Row
from keqiao.core.forms.paper.words import KEPT_BY_OFFICE, parts_in_words
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.written import cells, written
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import (
    ChoiceField,
    ComputedField,
    DateField,
    MoneyField,
    NumberField,
    PeriodField,
    PersonField,
    RegionField,
    UnitField,
)

LABEL = 2  # of the parts of a grid that a label takes
SHORT_CHOICE = 14  # characters with boxes: two such fields stand beside each other
PEOPLE_ACROSS = 5  # sub-heads in one band of a block about a person
LINE = 30  # points: room to write one line by hand
_CHARACTERS_ACROSS, _LEADING = 33, 9.0  # of a long text: characters on a line, points from line to line
_LOWEST, _HIGHEST = 50.0, 90.0
_WIDE = frozenset({"name", "address", "supervisor", "bank", "account_name", "account_number"})


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers beside their specification. ``to_fill``: hints and spare rows are wanted, all fields are shown."""

    specification: Specification
    answers: Mapping[str, Any]
    to_fill: bool

    def of(self, field: AnyField) -> Any:
        """The answer to a field; None where there is none."""
        return self.answers.get(field.id)


def is_short(field: AnyField) -> bool:
    """May it stand to the right of another field?"""
    if isinstance(field, ChoiceField):
        return len(written(field, None)) <= SHORT_CHOICE
    return isinstance(field, NumberField | MoneyField | DateField | PeriodField | RegionField)


def row_of(field: AnyField, about: Answered) -> Row:
    """Label and blank over the whole width."""
    is_long = field.kind == "long_text"
    value = _value(field, about, WHOLE - LABEL)
    height = _height(getattr(field, "max_chars", None) or 0) if is_long and about.to_fill else LINE
    return Row((_label(field, LABEL), value), height, whole=not is_long or about.to_fill)


def pair_of(first: AnyField, second: AnyField, about: Answered) -> Row:
    """Two fields beside each other; boxes get more room than words."""
    room = (LABEL, WHOLE - 3 * LABEL) if isinstance(second, ChoiceField) else (4, 4)
    return Row(
        (
            _label(first, LABEL),
            _value(first, about, room[0]),
            _label(second, LABEL),
            _value(second, about, room[1]),
        ),
        LINE,
    )


def block_of(field: PersonField | UnitField, about: Answered) -> tuple[Row, ...]:
    """A block: its label at the left, beside it the sub-heads of a person over their blanks, or a unit's in pairs."""
    rows = list(_of_person(field, about) if isinstance(field, PersonField) else _of_unit(field, about))
    label = Cell(_words(field), Role.LABEL, LABEL, len(rows))
    return (Row((label, *rows[0].cells), rows[0].height), *rows[1:])


def _of_person(field: PersonField, about: Answered) -> Iterator[Row]:
    words = parts_in_words(field)
    bands = -(-len(field.parts) // PEOPLE_ACROSS)
    most = -(-len(field.parts) // bands)
    for start in range(0, len(field.parts), most):
        parts = field.parts[start : start + most]
        rooms = shared(WHOLE - LABEL, len(parts))
        heads = (Cell(words[part], Role.HEAD, room) for part, room in zip(parts, rooms, strict=True))
        yield Row(tuple(heads))
        blanks = (_part(field, part, about, room) for part, room in zip(parts, rooms, strict=True))
        yield Row(tuple(blanks), LINE)


def _of_unit(field: UnitField, about: Answered) -> Iterator[Row]:
    """Long parts over the whole width, others in pairs."""
    waiting: list[str] = []
    for part in field.parts:
        if part in _WIDE:
            if waiting:
                yield _unit_row(field, waiting, about)
                waiting = []
            yield _unit_row(field, [part], about)
        else:
            waiting.append(part)
            if len(waiting) == 2:
                yield _unit_row(field, waiting, about)
                waiting = []
    if waiting:
        yield _unit_row(field, waiting, about)


def _unit_row(field: UnitField, parts: Sequence[str], about: Answered) -> Row:
    words = parts_in_words(field)
    room = (WHOLE - LABEL) // len(parts) - LABEL
    made = ((Cell(words[part], Role.HEAD, LABEL), _part(field, part, about, room)) for part in parts)
    return Row(tuple(cell for pair in made for cell in pair), LINE)


def _part(field: PersonField | UnitField, part: str, about: Answered, across: int) -> Cell:
    if part == "signature":
        return Cell("", Role.FIXED, across)
    said = cells(field, about.of(field))
    word = said.get(part, "") if isinstance(said, dict) else ""
    label = f"{field.label}·{parts_in_words(field)[part]}"
    return filled(word, Blank(field.id, part, label=label), field, across)


def _label(field: AnyField, across: int) -> Cell:
    return Cell(_words(field), Role.LABEL, across)


def _words(field: AnyField) -> str:
    """The label; with the unit of a number that is typed without it."""
    unit = getattr(field, "unit", None)
    return f"{field.label}（{unit}）" if unit and unit not in field.label else field.label


def _value(field: AnyField, about: Answered, across: int) -> Cell:
    if isinstance(field, ComputedField):
        fields = {each.id: each for each in about.specification.fields}
        return Cell(written(field, computed_value(field, fields, about.answers)), Role.FIXED, across)
    hint = _hint(field) if about.to_fill else ""
    blank = Blank(field.id, label=field.label, hint=hint, lines=field.kind == "long_text")
    return filled(written(field, about.of(field)), blank, field, across)


def filled(words: str, blank: Blank, field: AnyField, across: int = 1) -> Cell:
    """The cell of a blank; what only the office fills is none."""
    if field.office_only:
        return Cell(words or KEPT_BY_OFFICE, Role.FIXED, across)
    return Cell(words, Role.VALUE, across, blank=blank)


def _hint(field: AnyField) -> str:
    """What stands in the empty blank: what is asked, and how many characters at most. Boxes explain themselves."""
    if isinstance(field, ChoiceField):
        return ""
    most = getattr(field, "max_chars", None)
    limit = f"{most}字以内" if most else ""
    said = field.help or ""
    words = "，".join(filter(None, (said, "" if limit and limit in said else limit)))
    return f"（{words}）" if words else ""


def shared(whole: int, parts: int) -> tuple[int, ...]:
    """``whole`` shared out evenly; the last ones take what is over."""
    each, over = divmod(whole, parts)
    return tuple(each + (number >= parts - over) for number in range(parts))


def _height(most: int) -> float:
    return min(max(_LOWEST, (most / _CHARACTERS_ACROSS + 1) * _LEADING), _HIGHEST)
