"""Reads a PDF: pages one after the other, tables where they stand, text that runs on over pages joined."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber

from keqiao.readers.assembly import Draft, Reading, assemble
from keqiao.readers.gate.pdf import PAGES_MAX
from keqiao.readers.pdf.lines import Line, lines_of
from keqiao.readers.pdf.margins import without_margins
from keqiao.readers.pdf.paragraphs import Column, column_of, join_lines
from keqiao.readers.pdf.tables import BoxTable, contains, draft, join, runs_on, tables_of
from keqiao.readers.unreadable import Unreadable

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of each odd font on each page

LETTERS_PER_PAGE = 5  # fewer on average: the pages are pictures
UNKNOWN_GLYPHS = 0.1  # share of glyphs without a letter from which on the text is worthless


@dataclass(slots=True)
class PageContent:
    """What one page holds before paragraphs are made."""

    width: float
    height: float
    lines: list[Line]
    tables: list[BoxTable]
    has_picture: bool


def read_pdf(path: Path) -> Reading:
    """Read the PDF at ``path``.

    Raises:
        Unreadable: it has no text layer (scanned), its fonts name no letters, or it has too many pages.
    """
    with pdfplumber.open(path) as pdf:
        if len(pdf.pages) > PAGES_MAX:
            raise Unreadable("unreadable.too_many_pages", pages=len(pdf.pages), limit=PAGES_MAX)
        pages = [_content(page) for page in pdf.pages]
    _require_text(pages)
    lines = without_margins([page.lines for page in pages], [page.height for page in pages])
    for page, kept in zip(pages, lines, strict=True):
        page.lines = kept
    remarks = [
        f"text-layer-missing:{n}" for n, page in enumerate(pages, 1) if page.has_picture and _is_blank(page)
    ]
    return Reading(assemble(_drafts(pages)), tuple(remarks))


def _content(page: Any) -> PageContent:
    tables = tables_of(page, page.page_number)
    outside = [g for g in page.chars if not any(contains(table.box, g) for table in tables)]
    content = PageContent(
        float(page.width), float(page.height), lines_of(outside, page.page_number), tables, bool(page.images)
    )
    page.close()  # frees what the page has cached: memory does not grow with the pages
    return content


def _is_blank(page: PageContent) -> bool:
    return not page.lines and not any(cell.lines for table in page.tables for cell in table.cells)


def _require_text(pages: Sequence[PageContent]) -> None:
    texts = [line.text for page in pages for line in page.lines]
    texts += [cell.text for page in pages for table in page.tables for cell in table.cells]
    letters = sum(map(len, texts))
    if letters < LETTERS_PER_PAGE * len(pages) and any(page.has_picture for page in pages):
        raise Unreadable("unreadable.scanned_pdf", pages=len(pages))
    if not letters:
        raise Unreadable("unreadable.empty")
    unknown = sum(text.count("(cid:") + text.count("\ufffd") for text in texts)
    if unknown > UNKNOWN_GLYPHS * letters:
        raise Unreadable("unreadable.pdf_fonts")


def _drafts(pages: Sequence[PageContent]) -> Iterator[Draft]:
    all_lines = [line for page in pages for line in page.lines]
    column = column_of(all_lines, pages[0].width) if all_lines else Column(0, pages[0].width)
    text: list[Line] = []
    table: BoxTable | None = None
    for item in _items(pages):
        if isinstance(item, Line):
            if table is not None:
                yield draft(table)
                table = None
            text.append(item)
            continue
        yield from join_lines(text, column)
        text = []
        if table is not None and runs_on(table, item):
            join(table, item)
            continue
        if table is not None:
            yield draft(table)
        table = item
    if table is not None:
        yield draft(table)
    yield from join_lines(text, column)


def _items(pages: Sequence[PageContent]) -> Iterator[Line | BoxTable]:
    for page in pages:
        items: list[Line | BoxTable] = [*page.lines, *page.tables]
        yield from sorted(items, key=_top)


def _top(item: Line | BoxTable) -> float:
    return item.top if isinstance(item, Line) else item.box[1]
