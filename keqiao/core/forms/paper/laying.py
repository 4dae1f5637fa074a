"""From a form and its answers to its paper. One place for Word, PDF and all that reads a paper back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from keqiao.core.forms.conditions import applies
from keqiao.core.forms.paper.blocks import WHOLE, Cell, Cover, Grid, Line, LineRole, Paper, Role, Row
from keqiao.core.forms.paper.lists import attachments, blocks_of
from keqiao.core.forms.paper.single import LABEL, Answered, block_of, is_short, pair_of, row_of
from keqiao.core.forms.paper.words import DAY
from keqiao.core.forms.specification import Section, Specification
from keqiao.core.programme.forms import AnyField, OpinionBox
from keqiao.core.programme.forms.fields import (
    BudgetField,
    FileField,
    HeadingField,
    PersonField,
    PledgeField,
    TableField,
    TargetsField,
    UnitField,
)

HEADINGS_OF_A_BOOK = 3
"""A form with so many parts has a cover (申报书); a shorter one begins with its table (申报表)."""

_LARGE = (PersonField, UnitField, TableField, TargetsField, BudgetField, PledgeField, FileField)
_BOX = 66.0  # points: an opinion with room for a seal


def paper_of(
    specification: Specification, answers: Mapping[str, Any] | None = None, *, to_fill: bool = True
) -> Paper:
    """Lay the form out, with the answers in their blanks.

    ``to_fill``: it will be filled in or corrected: all fields stand there, with hints and spare rows. Else it is what
    was handed in: only what applies.
    """
    about = Answered(specification, answers or {}, to_fill)
    sections = shown(specification.sections(), about)
    has_cover = sum(each.heading is not None for each in sections) >= HEADINGS_OF_A_BOOK
    covered = has_cover and sections[0].heading is None and not any(map(_is_large, sections[0].fields))
    body = sections[1:] if covered else sections
    return Paper(
        form=specification.form.id,
        specification=specification.digest,
        title=specification.title,
        notes=specification.form.notes if to_fill else (),
        cover=Cover(_cover_rows(sections[0].fields, about)) if covered else None,
        blocks=laid(body, about, specification.form.opinions),
    )


def shown(sections: Sequence[Section], about: Answered) -> tuple[Section, ...]:
    """The sections with the fields that stand on this paper."""
    if about.to_fill:
        return tuple(sections)
    asked = applies(about.specification, about.answers)
    kept = (
        Section(each.heading, tuple(f for f in each.fields if f.id in asked or f.office_only))
        for each in sections
        if each.heading is None or each.heading.id in asked
    )
    return tuple(section for section in kept if section.fields)


def laid(
    sections: Sequence[Section], about: Answered, opinions: Sequence[OpinionBox] = ()
) -> tuple[Line | Grid, ...]:
    """Headings, grids and lists of these sections, then the boxes for opinions."""
    return _joined([*_body(sections, about), *_opinions(opinions)])


def _cover_rows(fields: Sequence[AnyField], about: Answered) -> tuple[tuple[Cell, Cell], ...]:
    rows = (row_of(field, about) for field in fields)
    return tuple((row.cells[0], row.cells[1]) for row in rows)


def _is_large(field: AnyField) -> bool:
    """Does it take more than a line of the cover?"""
    return isinstance(field, _LARGE)


def _body(sections: Sequence[Section], about: Answered) -> Iterator[Line | Grid]:
    for section in sections:
        if isinstance(section.heading, HeadingField):
            yield Line(LineRole.HEADING, section.heading.label)
            if about.to_fill and section.heading.help:
                yield Line(LineRole.HINT, f"（{section.heading.help}）")
        yield from _below(section.fields, about)


def _below(fields: Sequence[AnyField], about: Answered) -> Iterator[Line | Grid]:
    """Fields of one value share a grid; lists, attachments and pledges stand by themselves."""
    waiting: list[AnyField] = []
    files = [field for field in fields if isinstance(field, FileField)]
    for field in fields:
        if isinstance(field, TableField | TargetsField | BudgetField | PledgeField):
            yield from _fields_grid(waiting, about)
            waiting = []
            yield from _pledge(field) if isinstance(field, PledgeField) else blocks_of(field, about)
        elif not isinstance(field, FileField):
            waiting.append(field)
    yield from _fields_grid(waiting, about)
    if files:
        yield from attachments(files, about)


def _fields_grid(fields: Sequence[AnyField], about: Answered) -> Iterator[Grid]:
    if fields:
        yield Grid((1.0,) * WHOLE, tuple(_rows(fields, about)))


def _rows(fields: Sequence[AnyField], about: Answered) -> Iterator[Row]:
    waiting: AnyField | None = None  # may have a short one beside it
    for field in fields:
        if waiting is not None and is_short(field):
            yield pair_of(waiting, field, about)
            waiting = None
            continue
        if waiting is not None:
            yield row_of(waiting, about)
        waiting = None
        if isinstance(field, PersonField | UnitField):
            yield from block_of(field, about)
        elif _may_lead(field):
            waiting = field
        else:
            yield row_of(field, about)
    if waiting is not None:
        yield row_of(waiting, about)


def _may_lead(field: AnyField) -> bool:
    return is_short(field) or (field.kind == "text" and not field.help and not field.office_only)


def _pledge(field: PledgeField) -> Iterator[Line]:
    yield Line(LineRole.CAPTION, field.label)
    for words in field.words:
        yield Line(LineRole.PLEDGE, words)
    yield Line(LineRole.SIGNED, f"签名：　　　　　　　{DAY}")


def _opinions(boxes: Sequence[OpinionBox]) -> Iterator[Grid]:
    if boxes:
        yield Grid((1.0,) * WHOLE, tuple(map(_box, boxes)))


def _box(box: OpinionBox) -> Row:
    signed = [f"{'负责人' if box.seal else ''}签字：　　　　　　"] if box.signature else []
    signed += ["单位公章　　　　"] if box.seal else []
    label = box.who if box.who.endswith("意见") else f"{box.who}意见"
    opinion = Cell(box.statement or "", Role.OPINION, WHOLE - LABEL, signed=(*signed, DAY))
    return Row((Cell(label, Role.LABEL, LABEL), opinion), _BOX)


def _joined(blocks: Sequence[Line | Grid]) -> tuple[Line | Grid, ...]:
    """Grids of the same widths that follow each other are one."""
    found: list[Line | Grid] = []
    for block in blocks:
        last = found[-1] if found else None
        if (
            isinstance(block, Grid)
            and isinstance(last, Grid)
            and last.widths == block.widths
            and not block.headed
        ):
            found[-1] = Grid(last.widths, (*last.rows, *block.rows), last.headed)
        else:
            found.append(block)
    return tuple(found)
