"""Reads text tables (.csv): UTF-8 or GB18030, parted by comma, tab or semicolon."""

import csv
import io
import re
from pathlib import Path
from typing import Final

from keqiao.readers.tables.cells import Cell, text_cell
from keqiao.readers.tables.grids import Grid, require_size
from keqiao.readers.text.encoding import decode
from keqiao.readers.unreadable import Unreadable

DELIMITERS: Final = (",", "\t", ";", "；", "，")
SAMPLE_ROWS: Final = 30
FIELD_MAX: Final = 100_000
_STATED: Final = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
# What exports put before a text that a table program would run as a formula (OWASP, CSV injection); own exports and
# others write one apostrophe, which is taken off again.
GUARDED: Final = re.compile(r"'+[\s]*[=+\-@＝＋－＠]|'+[\t\r\n]")


def read_separated(path: Path) -> tuple[Grid, ...]:
    """Read the text table at ``path``.

    Raises:
        Unreadable: no encoding gives readable text, quotes are not closed, or it is too large.
    """
    text = decode(path.read_bytes()).removeprefix("\ufeff")
    stated = _STATED.match(text)
    if stated:
        text = text[stated.end() :]
    delimiter = stated[1] if stated else _delimiter(text)
    rows: list[tuple[Cell, ...]] = []
    cells = 0
    try:
        for values in _reader(text, delimiter):
            rows.append(tuple(text_cell(_unguarded(value)) for value in values))
            cells += len(values)
            require_size(len(rows), len(values), cells)
    except csv.Error as error:
        raise Unreadable("unreadable.damaged", detail=f"line {len(rows) + 1}: {error}"[:200]) from error
    return (Grid("", tuple(rows)),)


def _reader(text: str, delimiter: str) -> "csv._reader":  # type: ignore[name-defined]  # no public name
    csv.field_size_limit(FIELD_MAX)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _delimiter(text: str) -> str:
    """The one that parts the first rows into the most columns, the same number each."""
    return max(DELIMITERS, key=lambda each: (_width(text, each), -DELIMITERS.index(each)))


def _width(text: str, delimiter: str) -> int:
    widths: list[int] = []
    try:
        for values in _reader(text, delimiter):
            if any(values):
                widths.append(len(values))
            if len(widths) == SAMPLE_ROWS:
                break
    except csv.Error:  # under another delimiter the quotes do not fit: then it is not this one
        return 0
    return max(set(widths), key=lambda width: (widths.count(width), width), default=0) if widths else 0


def _unguarded(value: str) -> str:
    return value[1:] if GUARDED.match(value) else value
