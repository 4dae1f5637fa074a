"""Forms: Word out, Word in and PDF, beside docxtpl, python-docx and WeasyPrint.

Every document has another form or other words, so that nothing is answered from a cache. Ours and the peer take turns
document by document; a figure is the median over rounds of the processor seconds of a whole round, children included,
and the ratio the median of the ratios of the rounds. Checked first: every value stands in every file of both.
"""

import gc
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from benchmarks.on_paper.duels import ROUNDS, Duel, Work, duel
from benchmarks.on_paper.others import (
    cells_by_python_docx,
    html_of,
    plain_table,
    template_of,
    text_of_word,
    with_docxtpl,
)
from benchmarks.on_paper.samples import DOCUMENTS, Sample, Wrong, missing_in, require, samples
from keqiao.core.forms.answers import tidied
from keqiao.core.forms.conditions import content
from keqiao.core.forms.paper import paper_of
from keqiao.readers.forms.filled import read_filled
from keqiao.readers.forms.taking import take
from keqiao.writers.forms.portable import set_form
from keqiao.writers.forms.word import write_word

PDF_TARGET, TABLE_TARGET = 6.0, 8.0
"""What ``performance.md`` asks for: PDF per page beside WeasyPrint, tables read beside python-docx."""


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
