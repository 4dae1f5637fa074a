"""The paper of a form as plain values: lines, grids of labels and blanks, boxes to sign."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

WHOLE = 12
"""Parts that the width of a grid of fields is divided into."""

NOTES = "填表说明"
"""What stands over the notes."""

MARK = "_f_"
"""The names of the bookmarks of blanks begin with it; Word hides what begins with a low line."""

LONGEST_TAG = 64
"""Characters that Word takes in the tag and in the title of a content control."""


@dataclass(frozen=True, slots=True)
class Blank:
    """Where an answer stands: the field, the part or column, and the row of a list (from 0).

    ``label`` is what sentences call it. ``hint`` stands in it, in grey, while it is empty. ``lines``: in paragraphs.
    """

    field: str
    part: str = ""
    row: int | None = None
    label: str = ""
    hint: str = ""
    lines: bool = False

    @property
    def address(self) -> str:
        """Field, part and row in one word: ``team.name.2``."""
        return ".".join(
            (self.field, *filter(None, (self.part,)), *(() if self.row is None else (str(self.row),)))
        )

    @property
    def mark(self) -> str:
        """The name of its bookmark: hidden in Word (it begins with a low line), short enough for any program."""
        said = f"{self.field}\n{self.part}\n{'' if self.row is None else self.row}"
        return f"{MARK}{hashlib.sha256(said.encode()).hexdigest()[:24]}"

    @property
    def tag(self) -> str:
        """The tag of its content control: the address, or the mark where that is too long."""
        return self.address if len(self.address) <= LONGEST_TAG else self.mark


class Role(StrEnum):
    """What a cell is for."""

    LABEL = "label"
    HEAD = "head"  # over a column
    VALUE = "value"  # a blank, or an answer
    FIXED = "fixed"  # stated by the call, worked out, or filled by the office: nobody types here
    SUM = "sum"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: ``words`` (paragraphs parted by line ends), how far it reaches, and the blank that it is.

    ``signed`` are lines at its foot, to the right: seal, signature, date.
    """

    words: str = ""
    role: Role = Role.FIXED
    across: int = 1
    down: int = 1
    blank: Blank | None = None
    signed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right; places that a cell above reaches into are left out.

    ``height`` is in points, at least. ``whole``: not divided between two pages.
    """

    cells: tuple[Cell, ...]
    height: float = 0
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``widths`` as shares of the width of the text; its first ``headed`` rows are said again on each page."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    headed: int = 0


class LineRole(StrEnum):
    """What a line between grids is."""

    HEADING = "heading"
    CAPTION = "caption"  # of a table
    HINT = "hint"
    NOTE = "note"
    PLEDGE = "pledge"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph between grids."""

    role: LineRole
    words: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: labels with their blanks below the title, and what stands at its foot."""

    rows: tuple[tuple[Cell, Cell], ...]
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A form on paper. ``form`` and ``specification`` (its digest) tell which; ``notes`` say how to fill it in."""

    form: str
    specification: str
    title: str
    notes: tuple[str, ...] = ()
    cover: Cover | None = None
    blocks: tuple[Line | Grid, ...] = ()

    @property
    def identity(self) -> str:
        """Which form this is, as a document says it of itself."""
        return f"keqiao-form:{self.form}:{self.specification}"

    @property
    def numbered_notes(self) -> tuple[str, ...]:
        """The notes as printed: several are numbered."""
        if len(self.notes) < 2:
            return self.notes
        return tuple(f"{number}．{words}" for number, words in enumerate(self.notes, start=1))

    def cells(self) -> Iterator[Cell]:
        """All cells in order, those of the cover first."""
        for pair in self.cover.rows if self.cover else ():
            yield from pair
        for block in self.blocks:
            for row in block.rows if isinstance(block, Grid) else ():
                yield from row.cells

    def blanks(self) -> tuple[Blank, ...]:
        """All blanks in order."""
        return tuple(cell.blank for cell in self.cells() if cell.blank is not None)

    def said(self) -> Iterator[str]:
        """All words that stand on the paper by themselves, without those in blanks; hints are among them."""
        yield from (self.title, NOTES, *self.numbered_notes, *(self.cover.foot if self.cover else ()))
        for block in self.blocks:
            if isinstance(block, Line):
                yield block.words
        for cell in self.cells():
            yield from cell.signed
            yield cell.blank.hint if cell.blank is not None else cell.words
