"""A whole form as its page shows it: parts, fields, blanks, faults, what applies, what is open."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from keqiao.core.findings import Finding, Weight
from keqiao.core.forms.answers import Answers, is_empty
from keqiao.core.forms.conditions import applies
from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import HeadingField
from keqiao.web.applications.filling.blanks import Blank


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a blank, or words that nobody types here (computed, signed on paper, fixed by the call)."""

    key: str
    label: str
    blank: Blank | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells in the order of the columns, and what heads it (a fixed row)."""

    name: str
    cells: tuple[Cell, ...]
    words: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    is_fixed: bool = False
    faults: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: what heads its columns, its rows, an empty one to add, the sums below; ``heads``: rows have words."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: Row | None = None
    heads: bool = False
    sums: tuple[tuple[str, str], ...] = ()
    remains: str = ""
    as_blocks: bool = False


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file that stands in a slot."""

    file: str
    name: str
    size: int
    blanks: tuple[Blank, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One field. ``kind`` says which template writes it; exactly what that one needs is filled in."""

    field: AnyField
    name: str
    kind: str
    faults: tuple[Finding, ...]
    applies: bool
    is_conditional: bool
    is_open: bool
    reason: str = ""
    brought: str = ""
    blanks: tuple[Blank, ...] = ()
    table: Rows | None = None
    files: tuple[FileShown, ...] = ()
    pick: Blank | None = None
    text: str = ""
    record: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form with its heading; ``state`` is done, now (faulty) or later, as its tick shows."""

    number: int
    heading: HeadingField | None
    fields: tuple[Shown, ...]
    state: str
    faults: int

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"part-{self.number}"


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that a page knows besides the form and its answers.

    ``faults`` are all there are, shown only as far as ``is_checked`` or as something was typed there. ``open`` are the
    ids of fields that may be changed (None: all), ``reasons`` why they were returned. ``rows`` is how many rows a table
    shows at least. ``people`` and ``units`` can be picked, ``regions`` chosen.
    ``brought`` says of what nobody typed where it was brought in from.
    """

    faults: Sequence[Finding] = ()
    is_checked: bool = False
    open: frozenset[str] | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    people: tuple[tuple[str, str], ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    regions: tuple[tuple[str, str], ...] = ()
    is_editable: bool = True
    brought: Mapping[str, str] = field(default_factory=dict)


Maker = Callable[["Page", AnyField], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """A specification with answers in a situation."""

    specification: Specification
    answers: Answers
    now: Situation

    def is_open(self, each: AnyField) -> bool:
        """May the unit change it now?"""
        return self.now.is_editable and (self.now.open is None or each.id in self.now.open)

    def faults_at(self, *place: str | int) -> tuple[Finding, ...]:
        """The faults that stand exactly there."""
        return tuple(fault for fault in self.shown_faults() if fault.at == place)

    def shown_faults(self) -> tuple[Finding, ...]:
        """The faults that are told now: what is missing only once somebody asked for a check."""
        return told(self.now.faults, self.answers, is_checked=self.now.is_checked)


def told(faults: Iterable[Finding], answers: Answers, *, is_checked: bool) -> tuple[Finding, ...]:
    """The faults to tell somebody who is still filling in: what is only missing yet is told after a check."""
    return tuple(fault for fault in faults if is_checked or not _is_missing(fault, answers))


def _is_missing(fault: Finding, answers: Answers) -> bool:
    is_at_a_field = bool(fault.at)
    return is_at_a_field and ("missing" in fault.code or is_empty(answers.get(str(fault.at[0]))))


def parts_of_page(page: Page, make: Callable[[Page, AnyField], dict[str, Any]]) -> tuple[Part, ...]:
    """The form in its parts; ``make`` gives what each field needs to be written."""
    applying = applies(page.specification, page.answers)
    refused = {str(fault.at[0]) for fault in page.now.faults if fault.at and fault.weight is Weight.REFUSE}
    parts = []
    for number, section in enumerate(page.specification.sections(), 1):
        asked = [each for each in section.fields if not each.office_only]
        if not asked:
            continue
        heading = section.heading
        fields = tuple(_shown(page, each, heading, applying, make) for each in asked)
        faults = sum(each.id in refused for each in asked)
        parts.append(Part(number, heading, fields, "done" if not faults else "later", faults))
    return tuple(parts)


def _shown(
    page: Page, each: AnyField, heading: HeadingField | None, applying: frozenset[str], make: Maker
) -> Shown:
    about = make(page, each)
    is_conditional = each.shown_if is not None or (heading is not None and heading.shown_if is not None)
    inside = tuple(fault for fault in page.shown_faults() if fault.at[:1] == (each.id,))
    return Shown(
        field=each,
        name=f"f.{each.id}",
        faults=_left(inside, about),
        applies=each.id in applying,
        is_conditional=is_conditional,
        is_open=page.is_open(each),
        reason=page.now.reasons.get(each.id, ""),
        brought=page.now.brought.get(each.id, ""),
        **about,
    )


def _left(faults: tuple[Finding, ...], about: Mapping[str, Any]) -> tuple[Finding, ...]:
    """The faults that no blank of the field shows: they stand below the field."""
    table: Rows | None = about.get("table")
    rows = table.rows if table else ()
    blanks = [*about.get("blanks", ()), *(one.blank for row in rows for one in row.cells if one.blank)]
    taken = {fault.at for one in [*blanks, *rows] for fault in one.faults}
    return tuple(fault for fault in faults if fault.at not in taken)
