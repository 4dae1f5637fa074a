"""How the blocks of a notice are laid out, whatever writes them: fonts by part, room, sizes (GB/T 9704-2012).

The writers of Word and of PDF both go by this, so that the two papers of a notice look alike.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from keqiao.writers.notice.blocks import Grid, GridCell, Line, NoticeBlock, Role, words_of
from keqiao.writers.notice.titles import title_lines

TITLE, BODY, FIRST, SECOND, FOOT = "title", "body", "first", "second", "foot"
"""The parts that fonts play: 小标宋, 仿宋, 黑体, 楷体, 宋体."""

LINE_PITCH = 28.95  # points: 225 mm by 22 lines
TYPE_WIDTH = 442.2  # points: 156 mm
TITLE_SIZE, BODY_SIZE, FOOT_SIZE = 22, 16, 14  # points: 2号, 3号, 4号
TITLE_ROOM = TYPE_WIDTH / TITLE_SIZE  # characters on a line of a title
ISSUER_ALONE, ISSUER_AMONG = 44, 30  # points: 发文机关标志, at the most
HEAD_ROOM = 99.2  # points above the first issuer: 35 mm
SEAL_LINES = 2.5  # above the first signature, so that a seal of 42 mm begins within a line of the text
INDENT = 2  # characters before the first line of a paragraph
LIST_LEAD, LIST_MARK = 3, 1  # characters of 附件： and of a number with its stop

CENTRED = frozenset({Role.ISSUER, Role.NUMBER, Role.TITLE})
SIGNED = frozenset({Role.SIGNATURE, Role.DATE})
FLUSH = frozenset({Role.ADDRESSEES, Role.ATTACHMENT_MARK})
KEPT_WITH_NEXT = frozenset({Role.SIGNATURE, Role.TITLE, Role.ATTACHMENT_MARK})

_HEADINGS: Mapping[int, str] = MappingProxyType({1: FIRST, 2: SECOND})
_WHOLE = MappingProxyType({Role.TITLE: TITLE, Role.ISSUER: TITLE, Role.ATTACHMENT_MARK: FIRST})
CELL_PADDING = 3.5  # points at the left and right of the words in a table
TALLEST_ROW = 300.0  # points: about half a page
_SMALLER = ((4, FOOT_SIZE), (6, 12), (8, 10.5))  # so many columns at the most, and the size in points
_SMALLEST = 9.0
_LEAST_CHARACTERS = 3


def runs(line: Line) -> Iterator[tuple[str, str]]:
    """The words of a line, mark first where it is not counted by Word, each with the part of its font."""
    if line.mark and not line.automatic:
        yield line.mark, part_of_mark(line)
    for number, said in enumerate(line.said):
        whole = line.role in _WHOLE
        yield said.words, part_of_mark(line) if whole or number < line.head else BODY


def part_of_mark(line: Line) -> str:
    """The part of the font of a line's mark and heading."""
    if line.role in _WHOLE:
        return _WHOLE[line.role]
    return _HEADINGS.get(line.level, BODY) if line.head else BODY


def issuer_size(blocks: Iterable[NoticeBlock]) -> float:
    """The size of the red head in points: as large as fits, smaller for several offices."""
    names = [block.text for block in blocks if isinstance(block, Line) and block.role is Role.ISSUER]
    longest = max(map(len, names), default=1)
    most = ISSUER_ALONE if len(names) == 1 else ISSUER_AMONG
    return min(float(most), TYPE_WIDTH / longest - 1)


def cell_size(grid: Grid) -> float:
    """The size of the words in a table in points: the more columns, the smaller."""
    columns = len(grid.rows[0])
    return next((size for most, size in _SMALLER if columns <= most), _SMALLEST)


def column_widths(grid: Grid) -> list[float]:
    """The width of each column in points; together as wide as the text.

    Each has room for a few characters on a line; the rest is shared out by the root of what its fullest cell holds,
    so that long texts get most and do not starve the numbers beside them.
    """
    size = cell_size(grid)
    fullest = [max(_length(row[column]) for row in grid.rows) for column in range(len(grid.rows[0]))]
    least = [2 * CELL_PADDING + size * (min(length, _LEAST_CHARACTERS) + 0.5) for length in fullest]
    rest = TYPE_WIDTH - sum(least)
    if rest < 0:
        return [width * TYPE_WIDTH / sum(least) for width in least]
    roots = [max(0, length - _LEAST_CHARACTERS) ** 0.5 for length in fullest]
    if not any(roots):
        roots = [1.0] * len(roots)
    shared = [width + rest * root / sum(roots) for width, root in zip(least, roots, strict=True)]
    return _between_characters(shared, size)


def _between_characters(widths: Sequence[float], size: float) -> list[float]:
    """The widths moved so that lines end in the middle of a character: whether one more fits is never a matter of a
    hair, for readers of the paper as little as for its writer. The widest takes what the others leave.
    """
    moved = [
        (math.floor((width - 2 * CELL_PADDING) / size - 0.5) + 0.5) * size + 2 * CELL_PADDING
        for width in widths
    ]
    widest = max(range(len(widths)), key=lambda n: widths[n])
    moved[widest] += TYPE_WIDTH - sum(moved)
    fraction = (moved[widest] - 2 * CELL_PADDING) / size % 1
    moved[widest] -= size / 4 if min(fraction, 1 - fraction) < 0.1 else 0
    return moved


def header_lines(words: str, width: float, size: float) -> tuple[str, ...]:
    """The words of a column's head, broken where they end, or else in the middle."""
    room = (width - 2 * CELL_PADDING) / size
    lines = title_lines(words, room)
    half = math.ceil(len(words) / 2)
    return (words[:half], words[half:]) if len(lines) == 1 and room < len(words) <= 2 * room else lines


def whole_rows(grid: Grid) -> list[bool]:
    """For each row, is it low enough not to be divided between two pages?"""
    size, widths = cell_size(grid), column_widths(grid)
    return [
        max(_height(cell, width, size) for cell, width in zip(row, widths, strict=True)) < TALLEST_ROW
        for row in grid.rows
    ]


def _height(cell: GridCell, width: float, size: float) -> float:
    """About how high the words of a cell stand, in points."""
    on_a_line = max(1.0, (width - 2 * CELL_PADDING) / size - 1)
    return sum(math.ceil(len(words_of(words)) / on_a_line) for words in cell.paragraphs) * size * 1.6


def _length(cell: GridCell) -> int:
    return sum(len(words_of(sentence)) for sentence in cell.paragraphs)
