"""A notice as plain text, and as the blocks that the reader of call documents takes, both without a file."""

from collections.abc import Iterable, Iterator

from keqiao.core.guides.blocks import Block, Cell, Paragraph, Place, SourceDocument, Table
from keqiao.writers.notice.blocks import Grid, GridCell, Line, NoticeBlock, Role, Sentence, words_of

_CENTRED = frozenset({Role.ISSUER, Role.NUMBER, Role.TITLE})
_RIGHT = frozenset({Role.SIGNATURE, Role.DATE})


def source_document(blocks: Iterable[NoticeBlock], name: str = "notice") -> SourceDocument:
    """The notice as a reader would give it from the Word file: same text, same places, nothing written."""
    made = tuple(_block(block, number) for number, block in enumerate(blocks))
    return SourceDocument(name, "docx", made)


def _block(block: NoticeBlock, number: int) -> Block:
    if isinstance(block, Grid):
        return _table(block, number)
    return Paragraph(
        text=block.text if block.automatic else f"{block.mark}{block.text}",
        place=Place(number),
        number=block.mark if block.automatic else "",
        centred=block.role in _CENTRED,
        right=block.role in _RIGHT,
    )


def _table(grid: Grid, number: int) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for row, cells in enumerate(grid.rows):
        rows.append(tuple(_cell(cell, (number, row, column)) for column, cell in enumerate(cells)))
    return Table(tuple(rows), Place(number))


def _cell(cell: GridCell, at: tuple[int, int, int]) -> Cell:
    block, row, column = at
    paragraphs = tuple(
        Paragraph(words_of(sentence), Place(block, row, column, n))
        for n, sentence in enumerate(cell.paragraphs)
    )
    return Cell(paragraphs, row, column)


def text_lines(blocks: Iterable[NoticeBlock]) -> Iterator[str]:
    """The notice line by line; the cells of a table stand one a line behind a tab, an empty line between rows."""
    for block in blocks:
        if isinstance(block, Line):
            yield f"{block.mark}{block.text}"
            continue
        for row in block.rows:
            yield ""
            yield from (f"\t{_one_line(cell.paragraphs)}" for cell in row)
        yield ""


def _one_line(paragraphs: Iterable[Sentence]) -> str:
    return "".join(words_of(sentence) for sentence in paragraphs)
