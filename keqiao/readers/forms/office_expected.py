"""What a filled copy of an office's own form should hold: its confirmed blanks, then those of the sheet behind it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from keqiao.core.forms.paper import Blank as Marked
from keqiao.core.forms.paper import Paper
from keqiao.core.forms.paper.gaps import frame_of, gaps_in
from keqiao.core.forms.paper.office import SEE_ANNEX, annex_of, blanks_of, taking
from keqiao.core.forms.paper.single import Answered
from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms import AnyField, Blank
from keqiao.readers.forms.expected import Expected, Wanted, fold, folded, marked, wanted_in
from keqiao.readers.forms.pieces import BODY, Piece, Pieces

_MOST_ROWS: Final = 1000
Places = Mapping[tuple[int, int, int], Piece]


def expected_of_office(template: Pieces, specification: Specification) -> Expected:
    """What a filled copy of the template should hold, the office's own document of this form."""
    held = {
        field.id: taking(field, blanks)
        for field in specification.fields
        if (blanks := blanks_of(specification).get(field.id))
    }
    places = _Places(template)
    annex = annex_of(Answered(specification, {}, to_fill=True))
    own = (places.wanted(specification.field(name), blanks) for name, blanks in held.items())
    wanted = [*(each for several in own for each in several), *wanted_in(annex)]
    sheet = Paper(specification.form.id, specification.digest, "", blocks=annex)
    words = folded([*(piece.text for piece in template.pieces), *sheet.said(), SEE_ANNEX])
    rows = {name: places.free_rows(blanks) for name, blanks in held.items() if blanks and blanks[0].repeats}
    return Expected(sheet.identity, tuple(wanted), words, marked(wanted), rows)


class _Places:
    """Where the cells and lines of a document are."""

    def __init__(self, template: Pieces) -> None:
        self.cells: Places = {
            (p.table, row, p.column): p
            for p in template.pieces
            if p.table >= 0
            for row in range(p.row, p.row + p.down)
        }
        self.lines = [p for p in template.pieces if p.table < 0 and p.place == BODY]

    def wanted(self, field: AnyField, blanks: Sequence[Blank]) -> Iterator[Wanted]:
        """The blanks of a field with what stands beside them."""
        for blank in blanks:
            piece = self._piece(blank)
            mark = Marked(
                field.id,
                blank.part or "",
                0 if blank.repeats else None,
                label=field.label,
                hint=piece.text.strip() if piece is not None else "",
                lines=field.kind == "long_text",
            )
            if piece is not None and (blank.gap is not None or blank.paragraph is not None):
                yield from _gap(mark, piece.text, blank.gap or 0)
                continue
            is_pair = blank.part is None and not blank.repeats
            yield Wanted(mark, left=self._beside(blank) if is_pair else "")

    def _piece(self, blank: Blank) -> Piece | None:
        if blank.paragraph is not None:
            return self.lines[blank.paragraph] if blank.paragraph < len(self.lines) else None
        return self.cells.get(_place(blank))

    def _beside(self, blank: Blank) -> str:
        table, row, column = _place(blank)
        left = [p for (t, r, c), p in self.cells.items() if (t, r) == (table, row) and c < column]
        return fold(max(left, key=lambda p: p.column).text) if left else ""

    def free_rows(self, blanks: Sequence[Blank]) -> int:
        """How many rows from the first on are empty where the blanks are."""
        table, first, _column = _place(blanks[0])
        columns = [blank.column or 0 for blank in blanks]
        for number in range(_MOST_ROWS):
            row = [self.cells.get((table, first + number, column)) for column in columns]
            if any(cell is None or cell.text.strip() for cell in row):
                return max(number, 1)
        return _MOST_ROWS


def _place(blank: Blank) -> tuple[int, int, int]:
    return (blank.table or 0, blank.row or 0, blank.column or 0)


def _gap(mark: Marked, words: str, number: int) -> Iterator[Wanted]:
    gaps = gaps_in(words)
    if number < len(gaps):
        hint = words[gaps[number].start : gaps[number].end].strip()
        blank = Marked(mark.field, mark.part, None, mark.label, hint, mark.lines)
        yield Wanted(blank, frame=frame_of(words), gap=number)
