"""The grids of a form as the XML of Word: fixed widths, merged cells, rows that do not break, heads said again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from keqiao.core.forms.paper import Cell, Grid, Role, Row
from keqiao.writers.forms.controls import TWENTIETHS, Look, Marks, paragraph, run, style_of
from keqiao.writers.notice import layout
from keqiao.writers.notice.page import FONTS

SIZE: Final = 12.0  # points: 小四
SMALLER: Final = 10.5  # points: 五号, in tables of many columns
COVER_SIZE: Final = 16.0  # points: 三号
MANY: Final = 5  # columns from which on words are smaller
_CENTRED: Final = frozenset({Role.LABEL, Role.HEAD, Role.SUM})
_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def font(name: str, size: float) -> str:
    """The properties of a run: the font for Chinese characters, the Latin one beside it, the size in points."""
    latin = "Times New Roman"
    return (
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{FONTS[name]}"/>'
        f'<w:spacing w:val="0"/><w:sz w:val="{round(size * 2)}"/>'
    )


def add_styles(document: Document) -> None:
    """Define the styles of cells, as far as the document does not have them."""
    known = {style.name for style in document.styles}
    for size in (SMALLER, SIZE, COVER_SIZE):
        if style_of(size) in known:
            continue
        style = document.styles.add_style(style_of(size), WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"] if "Normal" in known else None
        style.element.append(parse_xml(f"<w:rPr {nsdecls('w')}>{font(layout.BODY, size)}</w:rPr>"))


def table(grid: Grid, marks: Marks, width: float = layout.TYPE_WIDTH) -> Any:
    """The grid as a table element, ``width`` points wide."""
    widths = _widths(grid.widths, width)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    is_small = len(grid.rows[0].cells) >= MANY and grid.headed > 0
    size = SMALLER if is_small else SIZE
    rows = "".join(
        _row(row, cells, number < grid.headed)
        for number, (row, cells) in enumerate(_drawn(grid, widths, marks, size))
    )
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _widths(shares: Sequence[float], width: float) -> list[int]:
    """Widths in twentieths of a point; the last takes what rounding leaves."""
    whole = round(width * TWENTIETHS)
    widths = [int(whole * share / sum(shares)) for share in shares]
    widths[-1] += whole - sum(widths)
    return widths


def _drawn(grid: Grid, widths: Sequence[int], marks: Marks, size: float) -> Iterator[tuple[Row, list[str]]]:
    """The cells of each row, with the continued ones of cells that reach down from above."""
    open_above: dict[int, tuple[int, int]] = {}  # column: how far across, how many rows are left
    for row in grid.rows:
        cells: list[str] = []
        waiting = iter(row.cells)
        column = 0
        while column < len(widths):
            if column in open_above:
                across, left = open_above.pop(column)
                cells.append(_continued(sum(widths[column : column + across]), across))
            else:
                cell = next(waiting)
                across, left = cell.across, cell.down
                cells.append(_cell(cell, sum(widths[column : column + across]), marks, size))
            if left > 1:
                open_above[column] = (across, left - 1)
            column += across
        yield row, cells


def _row(row: Row, cells: Sequence[str], is_head: bool) -> str:  # noqa: FBT001 - one of two looks
    said = "<w:cantSplit/>" if row.whole else ""
    if row.height:
        said += f'<w:trHeight w:val="{round(row.height * TWENTIETHS)}" w:hRule="atLeast"/>'
    said += "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr>{said}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, width: int, marks: Marks, size: float) -> str:
    merge = '<w:vMerge w:val="restart"/>' if cell.down > 1 else ""
    is_long = cell.role is Role.OPINION or (cell.blank is not None and cell.blank.lines)
    place = "top" if is_long and not cell.signed else "bottom" if cell.signed else "center"
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{_span(cell.across)}{merge}<w:vAlign w:val="{place}"/>'
    font_of = font(layout.FIRST if cell.role is Role.HEAD else layout.BODY, size)
    look = Look(font_of, size, "center" if cell.role in _CENTRED else "left")
    content = _content(cell, look) if cell.blank is None else marks.blank(cell.blank, cell.words, look)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def _continued(width: int, across: int) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{_span(across)}<w:vMerge/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p/></w:tc>"


def _span(across: int) -> str:
    return f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""


def _content(cell: Cell, look: Look) -> str:
    lines = cell.words.split("\n") if cell.words or not cell.signed else []
    written = [paragraph(run(line, look.font), look) for line in lines]
    to_the_right = replace(look, align="right")
    return "".join([*written, *(paragraph(run(line, look.font), to_the_right) for line in cell.signed)])
