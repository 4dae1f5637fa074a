"""Writes .csv that table programs open rightly (UTF-8 with a mark) and never run."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from keqiao.writers.tables.layout import SheetColumn, Written

# Half and full width, behind spaces too: Chinese table programs run both (OWASP, CSV injection). What begins with
# an apostrophe before such a sign gets another one, so that taking one off gives back what was there.
RUN: Final = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n]")


def write_separated(columns: Sequence[SheetColumn], rows: Iterable[Mapping[str, Written]]) -> bytes:
    """Return the rows as text parted by commas, headings first."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([guarded(column.header) for column in columns])
    for row in rows:
        writer.writerow([_text(row.get(column.key, "")) for column in columns])
    return file.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """Return ``text`` with an apostrophe before it if a table program would run it."""
    return f"'{text}" if RUN.match(text) else text


def _text(value: Written) -> str:
    """Numbers are ours and need no guard: a minus before one is no formula."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    return guarded(value)
