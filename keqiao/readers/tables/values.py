"""What a cell says: text, codes, whole numbers, money, days. Nothing is guessed: what is doubtful is a fault."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from keqiao.core.money import NotAnAmount, parse_amount
from keqiao.core.workdays import NotADay, parse_day
from keqiao.readers.tables.cells import Cell, CellKind

EXACT_DIGITS: Final = 15  # digits of a number that a table program keeps
_SCIENTIFIC: Final = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]{1,3}")
_WHOLE: Final = re.compile(r"-?[0-9]{1,15}")
_BARE: Final = re.compile(r"[0-9][0-9,]*(\.[0-9]+)?")
_GROUPED: Final = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+")
# Serial numbers of days, as a cell shows them that lost its format: 1 January 1930 to 31 December 2099.
_SERIALS: Final = range(10959, 73051)
_MIDNIGHT: Final = re.compile(r"(T| +)0?0:00(:00(\.0+)?)?\Z")  # programs write it behind days
_SERIAL_ZERO: Final = date(1899, 12, 30)


class BadCell(ValueError):
    """The cell does not say what its column wants; ``code`` names the sentence, ``values`` fill it."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


def text_of(cell: Cell, longest: int) -> str:
    """Return the text of a cell, at most ``longest`` characters."""
    _require_whole(cell)
    if len(cell.text) > longest:
        raise BadCell("table.text_too_long", longest=longest, length=len(cell.text))
    return cell.text


def code_of(cell: Cell, digits: int | None = None) -> str:
    """Return a code: half-width, without spaces, as it stands.

    ``digits`` is the length of a code of digits only, whose leading zeros a table program may have dropped.
    """
    _require_whole(cell)
    code = re.sub(r"\s", "", unicodedata.normalize("NFKC", cell.text))
    if _SCIENTIFIC.fullmatch(code) and ("+" in code or "." in code):
        raise BadCell("table.scientific", value=cell.text)
    if digits and cell.kind is CellKind.NUMBER and code.isdigit() and len(code) < digits:
        raise BadCell("table.zeros_lost", value=code, digits=digits)
    if digits and (len(code) != digits or not code.isdigit()):
        raise BadCell("table.not_so_many_digits", value=cell.text, digits=digits)
    return code


def whole_of(cell: Cell) -> int:
    """Return a whole number; thousands may be parted by commas."""
    _require_whole(cell)
    plain = _plain(cell.text)
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _WHOLE.fullmatch(plain):
        raise BadCell("table.not_whole", value=cell.text)
    return int(plain)


def fen_of(cell: Cell, unit: str) -> int:
    """Return an amount in fen; a bare number counts in ``unit`` (元 or 万元), another is taken at its word."""
    _require_whole(cell)
    plain = _plain(cell.text)
    try:
        return parse_amount(f"{plain}{unit}" if _BARE.fullmatch(plain) else plain)
    except NotAnAmount as error:
        raise BadCell("table.not_an_amount", value=cell.text, unit=unit) from error


def day_of(cell: Cell) -> date:
    """Return a day: as people spell it, or the serial number of a cell that lost its format."""
    _require_whole(cell)
    plain = _plain(_MIDNIGHT.sub("", cell.text))
    if cell.kind is CellKind.NUMBER and plain.isdigit() and int(plain) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(plain))
    try:
        return parse_day(plain)
    except NotADay as error:
        raise BadCell("table.not_a_day", value=cell.text) from error


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _require_whole(cell: Cell) -> None:
    """Refuse what the table program has spoilt: its own errors, and digits beyond those it keeps."""
    if cell.kind is CellKind.ERROR:
        raise BadCell("table.error_cell", value=cell.text)
    if cell.kind is CellKind.NUMBER and len(cell.text.split(".")[0].lstrip("-")) > EXACT_DIGITS:
        raise BadCell("table.digits_lost", value=cell.text, kept=EXACT_DIGITS)
