"""One cell of a table as it was read: its text, and whether the program that wrote it held a number there."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

CELL_CHARACTERS_MAX: Final = 5_000
_KEPT: Final = frozenset("\n")
_SPACES: Final = frozenset("\t\r\v\f\u00a0")


class CellKind(StrEnum):
    """What the cell held. A day that a table program knows as a day is read as text in ISO spelling."""

    TEXT = "text"
    NUMBER = "number"
    ERROR = "error"  # #N/A, #DIV/0! …


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` is clean: no invisible characters, no spaces at the ends. Numbers are written out, no exponent."""

    text: str = ""
    kind: CellKind = CellKind.TEXT

    def __bool__(self) -> bool:
        return bool(self.text)


BLANK: Final = Cell()
ERRORS: Final = frozenset(
    {"#N/A", "#DIV/0!", "#REF!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!"}
)


def text_cell(text: str) -> Cell:
    """Return a cell of text as people typed it; what table programs write for their own errors is none."""
    seen = clean(text)[:CELL_CHARACTERS_MAX]
    return Cell(seen, CellKind.ERROR if seen in ERRORS else CellKind.TEXT)


def number_cell(value: float) -> Cell:
    """Return a cell of a number with the 15 digits that table programs keep; the rest is noise of the machine."""
    return Cell(format(Decimal(f"{value:.15g}"), "f"), CellKind.NUMBER)


def clean(text: str) -> str:
    """Return ``text`` without what nobody sees: control and zero-width characters, spaces at the ends.

    Line ends within stay as one kind, tabs and hard spaces become spaces.
    """
    lines = text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    seen = (" " if sign in _SPACES else sign for sign in lines)
    kept = (sign for sign in seen if sign in _KEPT or unicodedata.category(sign) not in _UNSEEN)
    return unicodedata.normalize("NFC", "".join(kept).strip())


_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Cn"})
