"""Tables of corrections: a column with what stood, a column with what shall stand."""

import re
from collections.abc import Iterator

from keqiao.core.guides.amendments.changes import Change, read_changes
from keqiao.core.guides.amendments.values import Grammar
from keqiao.core.guides.blocks import Cell, Paragraph, Table
from keqiao.core.guides.lines import Piece, paragraph_lines
from keqiao.core.programme.amending.asked import Act, Asked, Subject

_OLD = re.compile(r"^(?:原(?:文|内容|表述|通知内容)?|(?:更正|修改|调整|变更)前(?:内容)?|误)$")
_NEW = re.compile(r"^(?:现(?:内容|表述)?|(?:更正|修改|调整|变更)(?:后|为)(?:内容)?|正)$")


def read_table(table: Table, grammar: Grammar) -> Iterator[Change]:
    """Yield the changes of a table with a column before and a column after; of other tables none."""
    if not table.rows:
        return
    heads = [cell.text.replace(" ", "").strip() for cell in table.rows[0]]
    old = next((n for n, head in enumerate(heads) if _OLD.match(head)), None)
    new = next((n for n, head in enumerate(heads) if _NEW.match(head)), None)
    if old is None or new is None:
        return
    for row in table.rows[1:]:
        yield from _row(row, old, new, grammar)


def _row(row: tuple[Cell, ...], old: int, new: int, grammar: Grammar) -> Iterator[Change]:
    """A row says what a sentence would: “old” is replaced by “new”, at the place in the other columns."""
    before, after, words = _text(row[old]), _text(row[new]), _piece(row[new])
    if words is None or not before or not after:
        return
    where = "".join(
        _text(cell) for n, cell in enumerate(row) if n not in (old, new) and not _text(cell).isdigit()
    )
    said = _as_sentence(f"{where}“{before}”更正为“{after}”", words)
    found = list(read_changes(said, grammar)) if said else []
    for change in found:
        yield Change(change.asked, words)
    if not found:
        yield Change(Asked(Act.UNREAD, Subject.ANY, where, doubt="amendment.not_understood"), words)


def _text(cell: Cell) -> str:
    return " ".join(p.full_text.strip() for p in cell.paragraphs if p.full_text.strip())


def _piece(cell: Cell) -> Piece | None:
    lines = [line for paragraph in cell.paragraphs for line in paragraph_lines(paragraph)]
    return lines[0].piece() if lines else None


def _as_sentence(text: str, words: Piece) -> Piece | None:
    """The row as a line of its own, at the place of the cell."""
    made = paragraph_lines(Paragraph(text, words.line.place))
    return made[0].piece() if made else None
