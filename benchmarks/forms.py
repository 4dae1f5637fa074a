"""Forms: Word out, Word in and PDF, beside docxtpl, python-docx and WeasyPrint.

Every document has another form or other words, so that nothing is answered from a cache. Ours and the peer take turns
document by document; a figure is the median over rounds of the processor seconds of a whole round, children included,
and the ratio the median of the ratios of the rounds. Checked first: every value stands in every file of both.
"""

import gc
import os
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from importlib.metadata import version
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import docx
import pypdfium2
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from benchmarks import line
from keqiao import standing
from keqiao.core.forms.answers import tidied
from keqiao.core.forms.conditions import content
from keqiao.core.forms.paper import Cell, Grid, Paper, paper_of
from keqiao.core.forms.specification import Specification
from keqiao.readers.forms.filled import read_filled
from keqiao.readers.forms.taking import take
from keqiao.writers.forms.portable import set_form
from keqiao.writers.forms.word import write_word
from tests.writers.forms.specifications import one_of_each_form

ROUNDS = 5
DOCUMENTS = 8
PDF_TARGET, TABLE_TARGET = 6.0, 8.0
"""What ``performance.md`` asks for: PDF per page beside WeasyPrint, tables read beside python-docx."""

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Sample:
    """One application: the form, its answers, and its paper."""

    specification: Specification
    answers: Mapping[str, Any]
    paper: Paper


def samples(start: int) -> list[Sample]:
    """Applications to different forms; ``start`` makes their words different from those of all other rounds."""
    made = []
    for number, (specification, said) in zip(range(DOCUMENTS), one_of_each_form(), strict=False):
        numbered = count(start * 1000 + number * 100)
        answers = {key: varied(value, numbered) for key, value in said.items()}
        paper = paper_of(specification, answers, to_fill=False)
        made.append(Sample(specification, answers, paper))
    return made


def varied(value: Any, numbers: Iterator[int]) -> Any:
    """Answers in which each longer text bears a number of its own."""
    if isinstance(value, dict):
        return {
            key: each
            if key in {"target", "metric", "op", "unit", "file", "digest", "version"}
            else varied(each, numbers)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [each if isinstance(each, str) else varied(each, numbers) for each in value]
    is_words = isinstance(value, str) and len(value) >= 12 and not value.isascii()
    return f"{value}（{next(numbers)}）" if is_words else value


def seconds() -> float:
    """Processor seconds of this process, of the children that it waited for, and of those that stand ready."""
    own, below = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    ended = own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime
    return ended + sum(map(seconds_of_process, standing.standing()))


def seconds_of_process(process: int) -> float:
    """Processor seconds of a process, all its threads, in hundredths."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def taken(work: Work) -> float:
    """What one piece of work takes."""
    begun = seconds()
    work()
    return seconds() - begun


@dataclass(frozen=True, slots=True)
class Duel:
    """Ours and the peer's seconds for each round."""

    ours: list[float]
    peer: list[float]

    @property
    def ratio(self) -> float:
        """The median of the ratios of the rounds."""
        return statistics.median(theirs / mine for mine, theirs in zip(self.ours, self.peer, strict=True))

    def shown(self, name: str, each: float, about: str) -> str:
        """The line: documents (or pages) in a second; ``each`` is how many there are in a round."""
        ours, peer = (each / statistics.median(side) for side in (self.ours, self.peer))
        ratios = [theirs / mine for mine, theirs in zip(self.ours, self.peer, strict=True)]
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        return line(
            name,
            ours=f"{ours:.1f}/s",
            peer=f"{peer:.1f}/s",
            ratio=self.ratio,
            about=f"{about}; ratios {spread}",
        )


def duel(pairs: Callable[[int], Iterable[tuple[Work, Work]]]) -> Duel:
    """Let both do each document in turn, A B A B, in all rounds after one that does not count."""
    ours: list[float] = []
    peer: list[float] = []
    for number in range(ROUNDS + 1):
        times = [(taken(mine), taken(theirs)) for mine, theirs in pairs(number)]
        if number:
            ours.append(sum(mine for mine, _ in times))
            peer.append(sum(theirs for _, theirs in times))
    return Duel(ours, peer)


def words_of(paper: Paper) -> list[str]:
    """Every line that stands in a cell."""
    return [said for cell in paper.cells() for said in cell.words.splitlines() if said.strip()]


def missing_in(text: str, paper: Paper) -> list[str]:
    """The lines that the text of a file lacks, gaps apart."""
    plain = squeezed(text)
    return [said for said in words_of(paper) if squeezed(said) not in plain]


def squeezed(text: str) -> str:
    """Text without gaps and marks that nobody sees."""
    return "".join(text.replace("\u200b", "").split())


# Word out


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


def word_out(folder: Path) -> Iterator[str]:
    """Word files made: beside docxtpl, beside python-docx."""
    ours, theirs = folder / "ours.docx", folder / "theirs.docx"

    for each in samples(0):
        write_word(each.paper, ours)
        with_docxtpl(template_of(each, folder), theirs)
        require(each, missing_in(text_of_word(ours), each.paper), "Word file")
        require(each, missing_in(text_of_word(theirs), each.paper), "docxtpl")

    def pair(each: Sample) -> tuple[Work, Work]:
        template = template_of(each, folder)
        return (lambda: write_word(each.paper, ours)), (lambda: with_docxtpl(template, theirs))

    found = duel(lambda number: map(pair, samples(number)))
    peer = f"docxtpl {version('docxtpl')} filling a plain template"
    about = f"submitted forms as .docx with controls and bookmarks, against {peer}"
    yield found.shown("forms-word-out", DOCUMENTS, about)


# Word in


def cells_by_python_docx(path: Path) -> list[str]:
    """What every table says, cell by cell; ``cell.text`` would leave out what stands in content controls."""
    document = docx.Document(str(path))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    return ["".join(node.text or "" for node in cell._tc.iter(qn("w:t"))) for cell in cells]


ROWS_OF_TABLE = 40
HEADS = ("序号", "姓名", "单位", "职称", "月数", "经费（元）")


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


def table_in(folder: Path) -> Iterator[str]:
    """The table read back, as stated for the target: ``cell.text`` of python-docx, and all our pieces."""
    files = [
        [folder / f"table-{number}-{place}.docx" for place in range(DOCUMENTS)]
        for number in range(ROUNDS + 1)
    ]

    def by_python_docx(path: Path) -> list[str]:
        tables = docx.Document(str(path)).tables
        return [cell.text for table in tables for row in table.rows for cell in row.cells]

    for number, path in enumerate(path for some in files for path in some):
        said = plain_table(path, number)
        if [piece.text for piece in take(path).pieces if piece.table >= 0] != said or by_python_docx(
            path
        ) != said:
            raise Wrong("a plain table is not read as it was written")
    gc.freeze()  # what was imported for the peers is no garbage to be looked through
    found = duel(
        lambda number: [
            ((lambda p=path: take(p)), (lambda p=path: by_python_docx(p))) for path in files[number]
        ]
    )
    peer = f"python-docx {version('python-docx')}, cell.text"
    about = f"24 paragraphs and a table of 41 rows to pieces (target {TABLE_TARGET:.0f}), against {peer}"
    yield found.shown("forms-table-in", DOCUMENTS, about)


def word_in(folder: Path) -> Iterator[str]:
    """Word files read: the pieces alone, and the answers."""
    files: dict[int, list[tuple[Path, Sample]]] = {}
    for number in range(ROUNDS + 1):
        files[number] = []
        for place, each in enumerate(samples(number)):
            path = folder / f"in-{number}-{place}.docx"
            write_word(paper_of(each.specification, each.answers), path)
            files[number].append((path, each))
    for path, each in files[0]:
        found = tidied(read_filled(take(path), each.specification).answers)
        whole = tidied(each.answers)
        require(each, [key for key in _typed(each) if found.get(key) != whole[key]], "read back")
        said = "".join(cells_by_python_docx(path))
        require(each, missing_in(said, replace(each.paper, cover=None)), "python-docx")
    peer = f"python-docx {version('python-docx')} reading the text of its tables"

    def pieces(path: Path) -> tuple[Work, Work]:
        return (lambda: take(path)), (lambda: cells_by_python_docx(path))

    def whole_reading(path: Path, each: Sample) -> tuple[Work, Work]:
        return (lambda: read_filled(take(path), each.specification)), (lambda: cells_by_python_docx(path))

    taking = duel(lambda number: [pieces(path) for path, _ in files[number]])
    about = f"filled .docx with content controls to cells with their marks, against {peer}"
    yield taking.shown("forms-word-in-cells", DOCUMENTS, about)
    reading = duel(lambda number: [whole_reading(*each) for each in files[number]])
    yield reading.shown("forms-word-in", DOCUMENTS, f"filled .docx to typed answers, against {peer} only")


def _typed(sample: Sample) -> list[str]:
    """The fields whose answers stand on paper: no files, no pledge."""
    fields = {each.id: each.kind for each in sample.specification.fields}
    whole = content(sample.specification, sample.answers)
    return [key for key in whole if fields[key] not in ("file", "pledge")]


# PDF


STYLE = (
    "@page{size:A4;margin:25mm 27mm;@bottom-center{content:'第 ' counter(page) ' 页 共 ' counter(pages) ' 页'}}"
    "body{font:10.5pt 'Noto Serif SC'}h1{font-size:20pt;text-align:center}"
    "table{width:100%;border-collapse:collapse;margin:8pt 0}td{border:.5pt solid;padding:6pt 5pt}"
    "tr{break-inside:avoid}thead{display:table-header-group}"
)


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


def pages_and_text(pdf: bytes) -> tuple[int, str]:
    """How many pages a PDF has, and their words."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return len(document), "".join(page.get_textpage().get_text_bounded() for page in document)


def portable() -> Iterator[str]:
    """PDF per page, both warm: ours in a confined child that stands ready, whose time is counted as ours."""
    fonts = FontConfiguration()
    pages, theirs = 0, 0
    for each in samples(0):
        ours, said = pages_and_text(set_form(each.paper).pdf)
        require(each, missing_in(said, each.paper), "PDF")
        peer, said = pages_and_text(HTML(string=html_of(each.paper)).write_pdf(font_config=fonts))
        require(each, missing_in(said, each.paper), "WeasyPrint")
        pages, theirs = pages + ours, theirs + peer

    def pair(each: Sample) -> tuple[Work, Work]:
        page = html_of(each.paper)
        return (lambda: set_form(each.paper)), (lambda: HTML(string=page).write_pdf(font_config=fonts))

    found = duel(lambda number: map(pair, samples(number)))
    peer = f"WeasyPrint {version('weasyprint')}, warm, {theirs} pages"
    about = f"{DOCUMENTS} forms, {pages} pages of PDF/A in a confined child, against {peer}"
    yield found.shown("forms-pdf", DOCUMENTS, about)
    per_page = Duel([each / pages for each in found.ours], [each / theirs for each in found.peer])
    yield per_page.shown("forms-pdf-page", 1, f"the same in pages (target {PDF_TARGET:.0f})")


class Wrong(Exception):
    """A file does not say what it must."""


def require(sample: Sample, missing: list[str], what: str) -> None:
    """Stop where something is missing."""
    if missing:
        raise Wrong(f"{sample.specification.form.id}, {what}: {missing[:3]}")


def main(argv: list[str]) -> int:
    """Run; 0 done, 1 a file does not say what it must."""
    assert not argv, "no arguments"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            for part in (word_out(folder), table_in(folder), word_in(folder), portable()):
                for each in part:
                    print(each, flush=True)
        except Wrong as wrong:
            print(f"forms: {wrong}", file=sys.stderr)
            return 1
    return 0
