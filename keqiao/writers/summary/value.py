"""What a summary table says, whatever it is written as."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from keqiao.writers.forms.imprint import BLANK, Imprint

Entry = str | int | Decimal


class Kind(StrEnum):
    """What stands in a column: it says how entries are set, and whether they are added up."""

    TEXT = "text"
    MARK = "mark"  # a short word or number: centred
    CODE = "code"  # figures that are no number (telephone, receipt): kept as text, none is lost
    COUNT = "count"
    MONEY = "money"  # 万元


SUMMED = frozenset({Kind.COUNT, Kind.MONEY})


@dataclass(frozen=True, slots=True)
class SummaryColumn:
    """A column: its heading, what stands in it, and its share of the width."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary table, its words in one language.

    ``head`` stands between title and table, left and right: the unit with room for its seal, the day. ``total`` is the
    label of the last row, ``foot`` the lines to sign below it. A row has an entry for each column; numbers are typed
    only in columns that are added up. ``imprint`` tells whether it is a draft, and the fingerprint of a filed one.
    """

    title: str
    head: tuple[str, str]
    columns: tuple[SummaryColumn, ...]
    rows: tuple[tuple[Entry, ...], ...]
    total: str
    foot: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    imprint: Imprint = BLANK
    language: str = "zh"

    @property
    def fingerprint(self) -> str:
        """The first digits of the digest in fours, as they stand on each page; empty before it is filed."""
        return self.imprint.mark("").rstrip(" ·")

    def totals(self) -> tuple[Entry, ...]:
        """The last row: its label, sums below the columns that are added up, nothing below the others."""
        sums = [
            self._sum(place) if column.kind in SUMMED else "" for place, column in enumerate(self.columns)
        ]
        return (self.total, *sums[1:])

    def _sum(self, place: int) -> Entry:
        numbers = [row[place] for row in self.rows if isinstance(row[place], int | Decimal)]
        return sum((Decimal(number) for number in numbers), Decimal(0))

    def label_reach(self) -> int:
        """How many columns the label of the last row reaches across: up to the first sum, three at the most."""
        summed = (place for place, column in enumerate(self.columns) if column.kind in SUMMED)
        return max(1, min(next(summed, len(self.columns)), 3, len(self.columns)))


def in_words(entry: Entry) -> str:
    """An entry as it is read: amounts without zeros behind the last figure that says something."""
    if isinstance(entry, Decimal):
        plain = format(entry, "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(entry)


def shares(columns: Sequence[SummaryColumn]) -> tuple[float, ...]:
    """The share of each column of the whole width."""
    whole = sum(column.share for column in columns)
    return tuple(column.share / whole for column in columns)
