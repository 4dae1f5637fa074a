"""Grids for what comes in rows: tables, targets, budgets, attachments."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from keqiao.core.forms.budget import sums_of_budget
from keqiao.core.forms.computed import written_sums
from keqiao.core.forms.paper.blocks import WHOLE, Blank, Cell, Grid, Line, LineRole, Role, Row
from keqiao.core.forms.paper.single import LABEL, LINE, Answered, filled
from keqiao.core.forms.paper.words import BUDGET, NUMBER, SUM, TARGET
from keqiao.core.forms.quantities import written_money
from keqiao.core.forms.targets import locked, target_rows
from keqiao.core.forms.written import cells
from keqiao.core.programme.forms import AnyField, Column
from keqiao.core.programme.forms.fields import BudgetField, FileField, TableField, TargetsField

SPARE = 2  # empty rows behind the filled ones of a form to fill in
FEWEST = 3  # rows of a form to fill in
_SHARES = {"number": 1.2, "money": 1.4, "date": 1.6, "computed": 1.4, "signature": 1.4, "long_text": 3.0}
_NUMBER_SHARE, _TEXT_SHARE = 0.7, 2.0
_LOCKED = frozenset({"metric", "op", "unit"})

Blocks = tuple[Line | Grid, ...]
Words = Mapping[str, str]


def row_label(field: TableField | TargetsField | BudgetField, number: int, part: str) -> str:
    """What a blank in row ``number``, from 0, of a list is called; a part that the list does not have has no name."""
    if isinstance(field, TableField):
        names: Words = {column.id: column.label for column in field.columns}
    else:
        names = TARGET if isinstance(field, TargetsField) else BUDGET
    return f"{field.label}（{number + 1}）·{names.get(part, '')}".removesuffix("·")


def blocks_of(field: AnyField, about: Answered) -> Blocks:
    """The caption of a list, its hint and its grid."""
    lines = [Line(LineRole.CAPTION, field.label)]
    if about.to_fill and field.help:
        lines.append(Line(LineRole.HINT, f"（{field.help}）"))
    return (*lines, _grid(field, about))


def _grid(field: AnyField, about: Answered) -> Grid:
    if isinstance(field, TargetsField):
        return _targets(field, about)
    if isinstance(field, BudgetField):
        return _budget(field, about)
    if isinstance(field, FileField):
        return _files((field,), about)
    if not isinstance(field, TableField):
        raise TypeError(field.kind)
    return _in_blocks(field, about) if field.as_blocks else _table(field, about)


def _table(field: TableField, about: Answered) -> Grid:
    said = _said(field, about.of(field))
    first = (_NUMBER_SHARE,) if not field.rows else (1.6,)
    widths = (*first, *(_SHARES.get(column.kind, _TEXT_SHARE) for column in field.columns))
    heads = Row((_head("" if field.rows else NUMBER), *(_head(_headed(column)) for column in field.columns)))
    rows = []
    for number in range(_rows_shown(field, len(said), about)):
        label = field.rows[number] if number < len(field.rows) else str(number + 1)
        words = said[number] if number < len(said) else {}
        filling = (_cell(field, column, number, words) for column in field.columns)
        rows.append(Row((Cell(label, Role.LABEL if field.rows else Role.FIXED), *filling), LINE))
    return Grid(widths, (heads, *rows, *_sum_row(field, about)), headed=1)


def _sum_row(field: TableField, about: Answered) -> Iterator[Row]:
    if any(column.summed for column in field.columns):
        sums = written_sums(field, _mappings(about.of(field)))
        yield Row((Cell(SUM, Role.SUM), *(Cell(sums.get(c.id, ""), Role.SUM) for c in field.columns)), LINE)


def _in_blocks(field: TableField, about: Answered) -> Grid:
    """Each row as labels and blanks below each other."""
    said = _said(field, about.of(field))
    rows: list[Row] = []
    for number in range(_rows_shown(field, len(said), about)):
        name = field.rows[number] if number < len(field.rows) else f"{field.label}{number + 1}"
        words = said[number] if number < len(said) else {}
        for place, column in enumerate(field.columns):
            opens = (Cell(name, Role.LABEL, LABEL, len(field.columns)),) if place == 0 else ()
            value = _cell(field, column, number, words, WHOLE - 2 * LABEL)
            rows.append(Row((*opens, Cell(_headed(column), Role.HEAD, LABEL), value), LINE))
    return Grid((1.0,) * WHOLE, tuple(rows))


def _cell(field: TableField, column: Column, number: int, words: Words, across: int = 1) -> Cell:
    if column.kind in ("computed", "signature"):
        return Cell(words.get(column.id, ""), Role.FIXED, across)
    blank = Blank(
        field.id,
        column.id,
        number,
        label=row_label(field, number, column.id),
        lines=column.kind == "long_text",
    )
    said = words.get(column.id) or _open_boxes(column)
    return filled(said, blank, field, across)


def _open_boxes(column: Column) -> str:
    return " ".join(f"□{option}" for option in column.options) if column.kind == "choice" else ""


def _rows_shown(field: TableField, has: int, about: Answered) -> int:
    if field.rows:
        return max(len(field.rows), has)
    if not about.to_fill:
        return max(has, 1)
    wanted = max(has + SPARE if has else FEWEST, field.least)
    return max(has, min(wanted, field.most) if field.most is not None else wanted)


def _targets(field: TargetsField, about: Answered) -> Grid:
    """The rows of the call with what is fixed in them, then the applicant's own."""
    said = target_rows(about.specification, about.of(field))
    spare = min(SPARE, field.own_most) if about.to_fill else int(not said)
    shown = [*said, *({} for _ in range(spare))]
    fixed = locked(about.specification)
    words = _said(field, shown)
    rows = []
    for number, row in enumerate(shown):
        own = row.get("target") not in fixed
        made = (_target_cell(field, part, number, words[number].get(part, ""), own=own) for part in TARGET)
        rows.append(Row((Cell(str(number + 1)), *made), LINE))
    heads = Row((_head(NUMBER), *map(_head, TARGET.values())))
    return Grid((_NUMBER_SHARE, 4.0, 1.0, 1.2, 1.2, 2.2), (heads, *rows), headed=1)


def _target_cell(field: TargetsField, part: str, number: int, words: str, *, own: bool) -> Cell:
    if not own and part in _LOCKED:
        return Cell(words)
    return filled(words, Blank(field.id, part, number, label=row_label(field, number, part)), field)


def _budget(field: BudgetField, about: Answered) -> Grid:
    parts = ["item", "grant"]
    parts += [part for part in ("own", "other", "basis") if getattr(field, part)]
    heads = (
        f"{BUDGET[part]}（{field.unit}）" if part in ("grant", "own", "other") else BUDGET[part]
        for part in parts
    )
    kept = _mappings(about.of(field))
    lines = [*kept, *({"item": item} for item in _missing(field.items, kept))]
    if about.to_fill and not field.items:
        lines += [{} for _ in range(SPARE if kept else FEWEST)]
    words = _said(field, lines)
    rows = [
        Row((Cell(str(n + 1)), *(_line_cell(field, part, n, said.get(part, "")) for part in parts)), LINE)
        for n, said in enumerate(words)
    ]
    sums = sums_of_budget(kept)
    total = {
        part: written_money(getattr(sums, part), field.unit) for part in ("grant", "own", "other") if kept
    }
    last = Row(
        (Cell("", Role.SUM), Cell(SUM, Role.SUM), *(Cell(total.get(p, ""), Role.SUM) for p in parts[1:])),
        LINE,
    )
    widths = (_NUMBER_SHARE, 2.4, *(1.5 for _ in parts[1:] if _ != "basis"), *((2.6,) if field.basis else ()))
    return Grid(widths, (Row((_head(NUMBER), *map(_head, heads))), *rows, last), headed=1)


def _line_cell(field: BudgetField, part: str, number: int, words: str) -> Cell:
    return filled(words, Blank(field.id, part, number, label=row_label(field, number, part)), field)


def _missing(items: Sequence[str], kept: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(item for item in items if item not in {row.get("item") for row in kept})


def _files(fields: Sequence[FileField], about: Answered) -> Grid:
    """A list of attachments; files are handed in on the web, so that nothing is typed here."""
    rows = []
    for number, field in enumerate(fields):
        names = "\n".join(_described(each) for each in _mappings(about.of(field)))
        rows.append(Row((Cell(str(number + 1)), Cell(field.label, Role.LABEL), Cell(names)), LINE))
    heads = Row((_head(NUMBER), _head("附件名称"), _head("所附文件")))
    return Grid((_NUMBER_SHARE, 3.0, 4.0), (heads, *rows), headed=1)


def attachments(fields: Sequence[FileField], about: Answered) -> Blocks:
    """All attachments in one list."""
    return (Line(LineRole.CAPTION, "附件清单"), _files(fields, about))


def _described(file: Mapping[str, Any]) -> str:
    more = "，".join(str(file[key]) for key in ("number", "date") if file.get(key))
    return f"{file.get('name', '')}（{more}）" if more else str(file.get("name", ""))


def _said(field: AnyField, value: Any) -> list[dict[str, str]]:
    found = cells(field, value)
    return found if isinstance(found, list) else []


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []


def _headed(column: Column) -> str:
    unit = column.unit or ("元" if column.kind == "money" else "")
    return f"{column.label}（{unit}）" if unit and unit not in column.label else column.label


def _head(words: str) -> Cell:
    return Cell(words, Role.HEAD)
