"""Finds the cell of each blank in a filled form: by its marks, else by its label. Order is never trusted.

What is not beyond doubt is said to be doubtful, with the reason; a doubtful text is still offered.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from keqiao.core.forms.paper import Blank
from keqiao.core.forms.paper.gaps import between, without_rule
from keqiao.core.forms.paper.row_numbers import is_row_number
from keqiao.readers.forms.expected import Expected, Wanted, fold, without_hint
from keqiao.readers.forms.pieces import COMMENT, DELETED, HIDDEN, INSERTED, NESTED, PICTURE, Piece

Place = tuple[int, int]  # table and row
Frame = tuple[str, ...]  # the words around the gaps of a line
_REASONS: Final[Mapping[str, str]] = {
    INSERTED: "form_paper.tracked_inserted",
    DELETED: "form_paper.tracked_deleted",
    HIDDEN: "form_paper.hidden",
    PICTURE: "form_paper.picture",
    NESTED: "form_paper.nested",
    COMMENT: "form_paper.comment",
}
"""Why a cell with such a flag is doubtful."""


@dataclass(frozen=True, slots=True)
class Found:
    """A blank with what stood in it. ``reasons`` are codes of doubts; ``line`` is the row it stood in."""

    blank: Blank
    text: str
    reasons: tuple[str, ...] = ()
    line: Place = (-1, -1)


@dataclass
class Matched:
    """What was found, and which pieces have been used up."""

    found: list[Found] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    strange: dict[int, str] = field(default_factory=dict)  # piece: why it belongs to no field
    torn: dict[int, str] = field(default_factory=dict)  # piece: what is left of its text


class Matcher:
    """Matches the pieces of one document."""

    def __init__(self, pieces: tuple[Piece, ...], expected: Expected) -> None:
        """Look at the pieces; nothing is matched yet."""
        self.pieces, self.expected = pieces, expected
        self.at = {
            (p.table, row, column): number
            for number, p in enumerate(pieces)
            if p.table >= 0
            for row in range(p.row, p.row + p.down)
            for column in range(p.column, p.column + p.across)
        }
        self.lines: dict[Place, list[int]] = defaultdict(list)
        for number, piece in enumerate(pieces):
            if piece.table >= 0:
                self.lines[(piece.table, piece.row)].append(number)
        self.matched = Matched()

    def match(self, lists: Mapping[str, bool]) -> Matched:
        """Match all blanks; ``lists`` are the fields that come in rows, true where rows may be added."""
        holders: dict[Wanted, list[int]] = defaultdict(list)
        lines: dict[Frame, list[int]] = defaultdict(list)
        for number, piece in enumerate(self.pieces):
            wanted = list(dict.fromkeys(filter(None, map(self.expected.by_mark.get, piece.marks))))
            frames = {each.frame for each in wanted}
            if frames and () not in frames and len(frames) == 1:
                lines[wanted[0].frame].append(number)
            elif len(wanted) == 1:
                holders[wanted[0]].append(number)
            elif wanted:
                self._torn(number, wanted)
        for each, numbers in holders.items():
            self._held(each, numbers, is_list=lists.get(each.blank.field, False))
        for frame, numbers in lines.items():
            self._line(frame, numbers)
        self._by_label()
        self._lines_by_words()
        for field_id in (name for name, grows in lists.items() if grows):
            self._added_rows(field_id)
        return self.matched

    def _torn(
        self, number: int, wanted: Iterable[Wanted], reasons: tuple[str, ...] = ("form_paper.merged",)
    ) -> None:
        """Cells that were merged: what stands in each content control is offered, the rest belongs to no field."""
        piece = self.pieces[number]
        left = piece.text
        for each in wanted:
            inside = piece.inside.get(each.blank.tag) or piece.inside.get(each.blank.mark, "")
            left = left.replace(inside, "", 1)
            text = without_hint(inside, each.blank.hint)
            self._take(each, without_rule(text, each.blank.hint), reasons, (piece.table, piece.row))
        self.matched.used.add(number)
        self.matched.torn[number] = left
        self.matched.strange[number] = reasons[-1]

    def _line(self, frame: Frame, numbers: list[int]) -> None:
        """A line with gaps: what stands between its words, or, where these were changed, what stands in the marks."""
        number = max(numbers, key=lambda each: len(self.pieces[each].marks))
        for other in numbers:
            if other != number:
                self.matched.strange[other] = "form_paper.twice"
        reasons = ("form_paper.twice",) if len({fold(self.pieces[n].text) for n in numbers}) > 1 else ()
        texts = between(frame, self.pieces[number].text)
        if texts is not None:
            self._read_line(frame, number, texts, reasons)
            return
        marks = self.pieces[number].marks
        wanted = [each for each in self._of_frame(frame) if {each.blank.tag, each.blank.mark} & set(marks)]
        self._torn(number, wanted, (*reasons, "form_paper.label_changed"))

    def _read_line(self, frame: Frame, number: int, texts: Sequence[str], reasons: Sequence[str]) -> None:
        piece = self.pieces[number]
        doubts = [*reasons, *(_REASONS[flag] for flag in piece.flags if flag in _REASONS)]
        self.matched.used.add(number)
        for each in self._of_frame(frame):
            said = texts[each.gap]
            text = "" if fold(said) == fold(each.blank.hint) else without_rule(said, each.blank.hint)
            self._take(each, text, tuple(doubts), (piece.table, piece.row))

    def _of_frame(self, frame: Frame) -> list[Wanted]:
        return [each for each in self.expected.wanted if each.frame == frame]

    def _lines_by_words(self) -> None:
        """Lines with gaps whose marks are gone: the one line that has their words."""
        found = {each.blank for each in self.matched.found}
        frames = dict.fromkeys(each.frame for each in self.expected.wanted if each.frame)
        for frame in frames:
            gaps = [each.gap for each in self._of_frame(frame)]
            is_twice = len(gaps) != len(set(gaps))
            if is_twice or not fold("".join(frame)) or any(e.blank in found for e in self._of_frame(frame)):
                continue
            fitting = {
                number: texts
                for number, piece in enumerate(self.pieces)
                if number not in self.matched.used and (texts := between(frame, piece.text)) is not None
            }
            if len(fitting) == 1:
                ((number, texts),) = fitting.items()
                self._read_line(frame, number, texts, ("form_paper.by_label",))

    def _held(self, wanted: Wanted, numbers: list[int], *, is_list: bool) -> None:
        """The pieces with the mark of one blank: one, or several where rows were copied."""
        texts = {fold(self.pieces[number].text) for number in numbers}
        if is_list and len(numbers) > 1 and wanted.blank.row is not None:
            for number in numbers:
                self._read(wanted, number, ("form_paper.row_copied",))
            return
        self._read(wanted, numbers[0], ("form_paper.twice",) if len(texts) > 1 else ())
        for number in numbers[1:]:
            if fold(self.pieces[number].text) == fold(self.pieces[numbers[0]].text):
                self.matched.used.add(number)
            else:
                self.matched.strange[number] = "form_paper.twice"

    def _read(self, wanted: Wanted, number: int, reasons: tuple[str, ...]) -> None:
        piece = self.pieces[number]
        if piece.table < 0 and {wanted.blank.tag, wanted.blank.mark} & set(piece.inside):
            self._torn(number, [wanted], (*reasons, "form_paper.label_changed"))  # a line of another paper
            return
        text = without_hint(piece.text, wanted.blank.hint)
        doubts = [*reasons, *(_REASONS[flag] for flag in piece.flags if flag in _REASONS)]
        if not self._has_label(wanted, number):
            doubts.append("form_paper.label_changed")
        if "\n" in text and not wanted.blank.lines and wanted.blank.part:
            doubts.append("form_paper.lines")
        self.matched.used.add(number)
        self._take(wanted, text, tuple(doubts), (piece.table, piece.row))

    def _take(self, wanted: Wanted, text: str, reasons: tuple[str, ...], line: Place) -> None:
        self.matched.found.append(Found(wanted.blank, text, tuple(dict.fromkeys(reasons)), line))

    def _has_label(self, wanted: Wanted, number: int) -> bool:
        """Do the label and the fixed words of the row still stand where they stood?"""
        piece = self.pieces[number]
        if piece.table < 0:
            return False
        in_row = {fold(self.pieces[each].text) for each in self.lines[(piece.table, piece.row)]}
        reaching = (self.at.get((piece.table, piece.row, column)) for column in range(piece.column))
        in_row |= {fold(self.pieces[each].text) for each in reaching if each is not None}
        if not all(word in in_row for word in wanted.row_words):
            return False
        if wanted.left and wanted.left != self._text(piece.table, piece.row, piece.column - 1):
            return False
        return not wanted.above or wanted.above == self._above(piece)

    def _text(self, table: int, row: int, column: int) -> str:
        number = self.at.get((table, row, column))
        return "" if number is None else fold(self.pieces[number].text)

    def _above(self, piece: Piece) -> str:
        """The nearest words above that the form says by itself."""
        for row in range(piece.row - 1, -1, -1):
            number = self.at.get((piece.table, row, piece.column))
            if number is not None and not self._is_blank(number):
                return fold(self.pieces[number].text)
        return ""

    def _is_blank(self, number: int) -> bool:
        piece = self.pieces[number]
        return number in self.matched.used or any(mark in self.expected.by_mark for mark in piece.marks)

    def _by_label(self) -> None:
        """Blanks whose marks are gone: the one cell right of the one label that says so."""
        found = {each.blank for each in self.matched.found}
        missing = [each for each in self.expected.wanted if each.blank not in found and each.left]
        by_label: dict[str, list[Wanted]] = defaultdict(list)
        for each in self.expected.wanted:
            by_label[each.left].append(each)
        for each in missing:
            if len(by_label[each.left]) != 1:
                continue
            cells = [number for number in range(len(self.pieces)) if self._is_beside(number, each.left)]
            if len(cells) == 1:
                self._read(each, cells[0], ("form_paper.by_label",))

    def _is_beside(self, number: int, label: str) -> bool:
        piece = self.pieces[number]
        if piece.table < 0 or number in self.matched.used or self._is_blank(number):
            return False
        if fold(piece.text) in self.expected.words:
            return False
        return self._text(piece.table, piece.row, piece.column - 1) == label

    def _added_rows(self, field_id: str) -> None:
        """Rows without marks among or below those of a list: their cells are told by the columns they stand in."""
        own = {
            found.line
            for found in self.matched.found
            if found.blank.field == field_id and found.blank.row is not None and found.line[0] >= 0
        }
        for table in {table for table, _row in own}:
            columns = self._columns(field_id, table)
            rows = [row for where, row in own if where == table]
            for row in range(min(rows), self._last_row(table) + 1):
                if row not in rows:
                    self._added_row(field_id, (table, row), columns)

    def _added_row(self, field_id: str, line: Place, columns: Mapping[tuple[int, int], Blank]) -> None:
        numbers = [number for number in self.lines.get(line, ()) if number not in self.matched.used]
        if any(self._is_blank(number) or self._is_said(number) for number in numbers):
            return
        for number in numbers:
            piece = self.pieces[number]
            blank = columns.get((piece.column, piece.across))
            text = piece.text.strip()
            if blank is not None and text:
                doubts = [
                    "form_paper.row_added",
                    *(_REASONS[flag] for flag in piece.flags if flag in _REASONS),
                ]
                self.matched.used.add(number)
                new = Blank(field_id, blank.part, None, label=blank.label, hint="", lines=blank.lines)
                self.matched.found.append(Found(new, text, tuple(dict.fromkeys(doubts)), line))
            elif piece.column == 0 and (not text or is_row_number(text)):
                self.matched.used.add(number)

    def _is_said(self, number: int) -> bool:
        text = fold(self.pieces[number].text)
        return bool(text) and not is_row_number(text) and text in self.expected.words

    def _columns(self, field_id: str, table: int) -> dict[tuple[int, int], Blank]:
        """The part that stands in a column, by column and width; nothing where rows of the list disagree."""
        found: dict[tuple[int, int], Blank] = {}
        for piece in (each for each in self.pieces if each.table == table):
            for wanted in filter(None, map(self.expected.by_mark.get, piece.marks)):
                if wanted.blank.field == field_id:
                    found[(piece.column, piece.across)] = wanted.blank
        return found

    def _last_row(self, table: int) -> int:
        return max(row for where, row in self.lines if where == table)
