"""The same papers by others: python-docx, docxtpl, and HTML for WeasyPrint."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import count
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from benchmarks.on_paper.samples import Sample
from keqiao.core.forms.paper import Cell, Grid, Paper

ROWS_OF_TABLE = 40
HEADS = ("序号", "姓名", "单位", "职称", "月数", "经费（元）")
STYLE = (
    "@page{size:A4;margin:25mm 27mm;@bottom-center{content:'第 ' counter(page) ' 页 共 ' counter(pages) ' 页'}}"
    "body{font:10.5pt 'Noto Serif SC'}h1{font-size:20pt;text-align:center}"
    "table{width:100%;border-collapse:collapse;margin:8pt 0}td{border:.5pt solid;padding:6pt 5pt}"
    "tr{break-inside:avoid}thead{display:table-header-group}"
)


def with_python_docx(paper: Paper, path: Path) -> None:
    """The same tables by python-docx: words and merged cells, without widths, marks or controls."""
    document = docx.Document()
    document.add_paragraph(paper.title)
    for label, value in paper.cover.rows if paper.cover else ():
        document.add_paragraph(f"{label.words}：{value.words}")
    for block in paper.blocks:
        if isinstance(block, Grid):
            _table(document, block)
        else:
            document.add_paragraph(block.words)
    document.save(str(path))


def _table(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=len(grid.rows), cols=len(grid.widths))
    table.style = "Table Grid"
    taken_places: set[tuple[int, int]] = set()
    for y, row in enumerate(grid.rows):
        x = 0
        for cell in row.cells:
            while (y, x) in taken_places:
                x += 1
            taken_places |= {
                (y + down, x + across) for down in range(cell.down) for across in range(cell.across)
            }
            place = table.cell(y, x)
            if cell.across > 1 or cell.down > 1:
                place = place.merge(table.cell(y + cell.down - 1, x + cell.across - 1))
            place.text = "\n".join((*cell.words.splitlines(), *cell.signed))
            x += cell.across


@dataclass(frozen=True, slots=True)
class Template:
    """Our own Word file of a form with a placeholder of docxtpl in every cell, and what each stands for."""

    path: Path
    places: dict[str, str]


def template_of(sample: Sample, folder: Path) -> Template:
    """Make the template once, as an office would keep it."""
    path = folder / f"{sample.specification.digest}.docx"
    numbers: Iterator[int] = count()
    places: dict[str, str] = {}

    def made(cells: Iterable[Cell]) -> Iterator[Cell]:
        return (_placeholder(cell, numbers, places) for cell in cells)

    with_python_docx(_with_cells(sample.paper, made), path)
    return Template(path, places)


def _with_cells(paper: Paper, made: Callable[[Iterable[Cell]], Iterator[Cell]]) -> Paper:
    blocks = tuple(
        replace(block, rows=tuple(replace(row, cells=tuple(made(row.cells))) for row in block.rows))
        if isinstance(block, Grid)
        else block
        for block in paper.blocks
    )
    return replace(paper, blocks=blocks)


def _placeholder(cell: Cell, numbers: Iterator[int], places: dict[str, str]) -> Cell:
    if cell.blank is None or not cell.words:
        return cell
    name = f"v{next(numbers)}"
    places[name] = cell.words
    return Cell(f"{{{{ {name} }}}}", cell.role, cell.across, cell.down, cell.blank, cell.signed)


def with_docxtpl(template: Template, path: Path) -> None:
    """Fill the template; the values are escaped, as they must be."""
    document = DocxTemplate(template.path)
    document.render(template.places, autoescape=True)
    document.save(path)


def text_of_word(path: Path) -> str:
    """All words of a Word file by python-docx."""
    document = docx.Document(str(path))
    return "".join(node.text or "" for node in document.element.body.iter("{*}t"))


def cells_by_python_docx(path: Path) -> list[str]:
    """What every table says, cell by cell; ``cell.text`` would leave out what stands in content controls."""
    document = docx.Document(str(path))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    return ["".join(node.text or "" for node in cell._tc.iter(qn("w:t"))) for cell in cells]


def plain_table(path: Path, number: int) -> list[str]:
    """A document by python-docx as ``performance.md`` measured it: 24 paragraphs and a table of 41 rows."""
    document = docx.Document()
    document.add_heading("项目申请书", 0)
    for section in range(12):
        document.add_heading(f"第{section + 1}节 研究内容与目标", 1)
        document.add_paragraph(f"本项目围绕重大需求开展关键技术研究，形成可推广的示范应用（{number}）。" * 6)
    rows = [
        (
            str(row + 1),
            f"张{number}",
            "某某大学计算机学院",
            "教授",
            str(6 + row % 6),
            f"{10000 + row * 37 + number:,}",
        )
        for row in range(ROWS_OF_TABLE)
    ]
    table = document.add_table(rows=0, cols=len(HEADS))
    for row in (HEADS, *rows):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(str(path))
    return [words for row in (HEADS, *rows) for words in row]


def html_of(paper: Paper) -> str:
    """The same paper as HTML: tables with their spans, heads repeated, rows kept whole."""
    parts = [f"<h1>{escape(paper.title)}</h1>"]
    parts += (
        [f"<p>{escape(label.words)}：{escape(value.words)}" for label, value in paper.cover.rows]
        if paper.cover
        else []
    )
    for block in paper.blocks:
        parts.append(_html_table(block) if isinstance(block, Grid) else f"<h3>{escape(block.words)}</h3>")
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{''.join(parts)}"


def _html_table(grid: Grid) -> str:
    rows = ["<tr>" + "".join(map(_html_cell, row.cells)) + "</tr>" for row in grid.rows]
    head, body = "".join(rows[: grid.headed]), "".join(rows[grid.headed :])
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"


def _html_cell(cell: Cell) -> str:
    said = "<br>".join(map(escape, (*cell.words.splitlines(), *cell.signed)))
    return f"<td colspan={cell.across} rowspan={cell.down}>{said}</td>"
