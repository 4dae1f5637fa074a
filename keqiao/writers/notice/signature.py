"""Who signs, and the date: where they stand so that the seals have their places (GB/T 9704-2012, 7.3.5).

The date leaves four characters at the right, the name stands centred above it, and the seal covers both. Of several
offices each has a seal: their names stand side by side in the order of the head, the last one above the date.
"""

from collections.abc import Iterator, Sequence

from keqiao.writers.notice.blocks import Line, Role, Said
from keqiao.writers.notice.titles import width

LINE_CHARACTERS = 28
DATE_FREE = 4.0
SEALS_ABREAST = 2  # of 42 mm each, beside one another on 156 mm without touching
_LEAST_GAP = 3
_SPACE = "\u3000"


def signed(issuers: Sequence[str], day: str) -> Iterator[Line]:
    """The lines below a notice: the names, two abreast where they fit, and the day (empty: none yet)."""
    if issuers:
        for row in _rows(issuers, _free_beside_date(issuers[-1], day)):
            yield _row(row, _free_beside_date(row[-1], day))
    if day:
        name = width(issuers[-1]) if issuers else 0.0
        yield Line(Role.DATE, (Said(day, ("issue_date",)),), free=max(DATE_FREE, (name - width(day)) / 2))


def _free_beside_date(name: str, day: str) -> float:
    """The room at the right of a name that stands centred above the day, or as far left as that would."""
    middle = DATE_FREE + width(day or "0000年00月00日") / 2
    return max(0.0, middle - width(name) / 2)


def _rows(issuers: Sequence[str], free: float) -> Iterator[Sequence[str]]:
    widest = sum(sorted(map(width, issuers))[-SEALS_ABREAST:])
    abreast = SEALS_ABREAST if widest + _LEAST_GAP + free <= LINE_CHARACTERS else 1
    for start in range(0, len(issuers), abreast):
        yield issuers[start : start + abreast]


def _row(names: Sequence[str], free: float) -> Line:
    """One row; with two names the left one has as much room at its left as the right one at its right."""
    said = [Said(names[0], ("issuers",))]
    for name in names[1:]:
        taken = 2 * free + 1.5 * width(name) + width(names[0]) / 2
        gap = max(_LEAST_GAP, round(LINE_CHARACTERS - taken))
        said += [Said(_SPACE * gap), Said(name, ("issuers",))]
    return Line(Role.SIGNATURE, tuple(said), free=free)
