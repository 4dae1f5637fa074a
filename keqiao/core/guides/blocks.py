"""What a reader hands to the guides: a document as paragraphs and tables, every character with its place.

Readers produce these values for each file kind; ``core.guides`` reads nothing else. The same notice as
.docx, .pdf, .html or .txt must give the same blocks as far as the file kind allows.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands in the stored document.

    ``block`` counts paragraphs and tables of the body from 0, in reading order. ``row`` and ``column`` are the
    cell in the table's full grid (from 0), or -1 outside tables. ``line`` is the 1-based line in text files
    (0 where a file kind has no lines), ``page`` the 1-based page (0 where unknown).
    ``part`` is ``body``, ``textbox``, ``footnote``, ``header`` or ``footer``.
    """

    block: int
    row: int = -1
    column: int = -1
    paragraph: int = 0
    line: int = 0
    page: int = 0
    part: str = "body"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as written.

    ``text`` is the original text without the automatic number; soft line breaks are kept as ``\\n``.
    ``number`` is the automatic number computed from the file's numbering (``一、``, ``（二）``, ``3.``), empty
    where the number is typed in the text or there is none. ``style`` is the name of the paragraph style,
    ``centred``/``right`` the alignment where known. ``level`` is the outline level from 1 (0 = body text).
    """

    text: str
    place: Place
    number: str = ""
    style: str = ""
    centred: bool = False
    right: bool = False
    bold: bool = False
    level: int = 0

    @property
    def full_text(self) -> str:
        """The paragraph as a person sees it: automatic number, then text."""
        return self.number + self.text


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table's full grid.

    A merged cell appears at each grid position it covers, with the same paragraphs; ``inherited`` is true at all
    positions but its first (top left). ``row_span`` and ``column_span`` are those of the first position.
    """

    paragraphs: tuple[Paragraph, ...]
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    inherited: bool = False

    @property
    def text(self) -> str:
        """The cell's paragraphs, one a line."""
        return "\n".join(p.full_text for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a full rectangular grid of cells.

    ``kind`` is ``layout`` where the table only lays out running text (a whole notice in one cell), ``data``
    otherwise; the guides decide what a data table is for.
    """

    rows: tuple[tuple[Cell, ...], ...]
    place: Place
    kind: str = "data"


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A call document as read from one file.

    ``name`` is the file name, ``format`` the kind it was read as (``docx``, ``pdf``, ``html``, ``txt``, ``xlsx`` …),
    ``digest`` the SHA-256 of the bytes in hexadecimal. ``remarks`` are codes of what could not be read exactly
    (``text-layer-missing``, ``numbering-restarted`` …) for the officer.
    """

    name: str
    format: str
    blocks: tuple[Block, ...]
    digest: str = ""
    remarks: tuple[str, ...] = field(default=())
