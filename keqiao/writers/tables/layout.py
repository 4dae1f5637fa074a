"""What a written table consists of: columns and the values of their cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Written = str | int | Decimal | date


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column as it is written.

    ``is_text`` keeps what stands in it as text (codes lose no digit); ``choices`` make a drop-down; ``note`` is
    what to write there.
    """

    key: str
    header: str
    is_text: bool = True
    is_day: bool = False
    is_required: bool = False
    choices: tuple[str, ...] = ()
    note: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row of an annotated copy: its cells by column key, what is wrong with which cell, what with the row."""

    cells: Mapping[str, Written]
    faults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()

    def words(self) -> str:
        """Return all faults and doubts, a line each."""
        return "\n".join([each for said in self.faults.values() for each in said] + list(self.doubts))
