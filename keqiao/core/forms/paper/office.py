"""What of a form stands on the office's own document, and what on a sheet behind it (附页): nothing typed is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.paper.blocks import Grid, Line, LineRole
from keqiao.core.forms.paper.laying import laid, shown
from keqiao.core.forms.paper.single import Answered
from keqiao.core.forms.specification import Section, Specification
from keqiao.core.programme.forms import AnyField, Blank
from keqiao.core.programme.forms.fields import (
    BudgetField,
    ComputedField,
    FileField,
    HeadingField,
    PersonField,
    PledgeField,
    TableField,
    TargetsField,
    UnitField,
)

ANNEX: Final = "附页"
SEE_ANNEX: Final = "（见附页）"
"""Stands in a blank of the document whose field it cannot hold whole."""

_BY_HAND: Final = frozenset({"computed", "signature"})  # columns that nobody types in
_NEVER: Final = (HeadingField, TargetsField, BudgetField, FileField, PledgeField)


def blanks_of(specification: Specification) -> dict[str, tuple[Blank, ...]]:
    """The confirmed blanks of the office's document by the field they are for, those that are asked for here."""
    found: dict[str, tuple[Blank, ...]] = {}
    paper = specification.form.paper
    asked = {each.id for each in specification.fields if not each.office_only}
    for blank in paper.blanks if paper else ():
        if blank.field in asked:
            found[blank.field] = (*found.get(blank.field, ()), blank)
    return found


def taking(field: AnyField, blanks: tuple[Blank, ...]) -> tuple[Blank, ...]:
    """Those of the blanks that hold the answer, each a part of it; none where the field needs more than they are."""
    if isinstance(field, _NEVER):
        return ()
    if isinstance(field, PersonField | UnitField):
        return tuple(blank for blank in blanks if blank.part in field.parts)
    if isinstance(field, TableField):
        needed = {column.id for column in field.columns if column.kind not in _BY_HAND}
        listed = tuple(blank for blank in blanks if blank.repeats and blank.part in needed)
        is_whole = not (field.rows or field.as_blocks) and needed == {blank.part for blank in listed}
        return listed if is_whole else ()
    return tuple(blank for blank in blanks if blank.part is None and not blank.repeats)[:1]


def annex_of(about: Answered) -> tuple[Line | Grid, ...]:
    """The sheet behind the office's document: fields and parts of fields that have no blank in it.

    To be filled in: all of them, with hints and spare rows. Else those that were answered. Nothing where all have
    blanks.
    """
    rest = replace(about.specification, fields=tuple(_without_blank(about.specification)))
    sections = (Section(each.heading, _said(each, about)) for each in shown(rest.sections(), about))
    kept = [section for section in sections if section.fields]
    return (Line(LineRole.HEADING, ANNEX), *laid(kept, about)) if kept else ()


def _without_blank(specification: Specification) -> Iterator[AnyField]:
    """Fields that have no blank, and of blocks the parts that have none."""
    standing = blanks_of(specification)
    for field in specification.fields:
        held = taking(field, standing.get(field.id, ()))
        if field.office_only:
            continue
        if isinstance(field, PersonField | UnitField) and held:
            parts = {blank.part for blank in held} | _BY_HAND
            rest = tuple(part for part in field.parts if part not in parts)
            if rest:
                yield field.model_copy(update={"parts": rest})
        elif not held:
            yield field


def _said(section: Section, about: Answered) -> tuple[AnyField, ...]:
    """The fields that are worth a place: files only where some are attached, in what was handed in only answers."""
    return tuple(
        field
        for field in section.fields
        if _is_answered(field, about) or (about.to_fill and not isinstance(field, FileField))
    )


def _is_answered(field: AnyField, about: Answered) -> bool:
    value = about.of(field)
    if isinstance(field, PersonField | UnitField) and isinstance(value, Mapping):
        return any(not is_empty(value.get(part)) for part in field.parts)
    return isinstance(field, ComputedField) or not is_empty(value)
