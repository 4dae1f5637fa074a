"""The project table: a row for each category, a column for each slot; forms as tables of labels and blanks."""

from collections.abc import Sequence

from keqiao.core.forms.marks import written_choice
from keqiao.core.forms.paper.words import parts_in_words
from keqiao.core.programme.forms import AnyField, Form
from keqiao.core.programme.forms.fields import (
    ChoiceField,
    HeadingField,
    PersonField,
    TableField,
    TextField,
    UnitField,
)
from keqiao.core.programme.types import Category
from keqiao.writers.notice.blocks import Grid, GridCell, Pointer, Said, Sentence, say
from keqiao.writers.notice.plan import Wording
from keqiao.writers.notice.slots import SlotWords, slots_of

_COLUMNS = ("applicants", "conditions", "content", "targets", "money", "places", "completion", "term", "preference",
            "materials", "spending", "endorsement")  # fmt: skip
_LEAST_COLUMNS = 2  # with the name: fewer make no table that a reader would know for one
_NOTHING = "—"  # an empty cell at the head of a page would look like the rest of the one above it
_JOINED = {"limit": "conditions"}

Numbered = tuple[Pointer, Category]


def project_table(found: Sequence[Numbered], wording: Wording) -> Grid | None:
    """The categories as a table, or None where they have others below them, offices of their own, or too little."""
    if any(category.categories or category.offices for _, category in found):
        return None
    rows = [_row_slots(category, at, wording) for at, category in found]
    used = [slot for slot in _COLUMNS if any(slot in row for row in rows)]
    if len(used) < _LEAST_COLUMNS:
        return None
    header = [_cell(say(words)) for words in ("序号", "项目名称", *(wording.labels[slot] for slot in used))]
    lines = [
        (
            _cell(say(str(n))),
            _cell((Said(category.name, at),)),
            *(GridCell(row.get(slot, (say(_NOTHING),))) for slot in used),
        )
        for n, ((at, category), row) in enumerate(zip(found, rows, strict=True), start=1)
    ]
    return Grid((tuple(header), *lines))


def _cell(sentence: Sentence) -> GridCell:
    return GridCell((sentence,))


def _row_slots(category: Category, at: Pointer, wording: Wording) -> dict[str, tuple[Sentence, ...]]:
    row: dict[str, tuple[Sentence, ...]] = {}
    for words in slots_of(category, at, wording):
        column = _JOINED.get(words.slot, words.slot)
        row[column] = (*row.get(column, ()), *_stopped(words))
    return row


def _stopped(words: SlotWords) -> tuple[Sentence, ...]:
    return tuple((*sentence, Said("。")) for sentence in words.sentences)


def form_table(form: Form, at: Pointer) -> Grid | None:
    """The fields of a form as labels with blanks beside them, in which stands what they take: options, parts, limit."""
    rows = []
    for n, field in enumerate(form.fields):
        if isinstance(field, HeadingField):
            continue
        words = _in_the_blank(field)
        rows.append((_cell(say(field.label, (*at, "fields", n))), GridCell((say(words),) if words else ())))
    for opinion in form.opinions:
        seal = "（公章）" if opinion.seal else "（签字）"
        rows.append((_cell(say(f"{opinion.who}意见", at)), _cell(say(f"{seal}    年  月  日"))))
    return Grid(tuple(rows), headed=False) if rows else None


def _in_the_blank(field: AnyField) -> str:
    if isinstance(field, ChoiceField):
        return written_choice((), field.options, other=field.other)
    if isinstance(field, PersonField | UnitField):
        names = parts_in_words(field)
        return f"（{'、'.join(names[part] for part in field.parts)}）"
    if isinstance(field, TableField) and field.columns:
        return f"（{'、'.join(column.label for column in field.columns)}）"
    return f"（限{field.max_chars}字以内）" if isinstance(field, TextField) and field.max_chars else ""
