"""Project tables: a row is a category, a column is a slot; forms give only their limits."""

import re
from collections.abc import Iterator

from keqiao.core.guides.blocks import Cell, Table
from keqiao.core.guides.heads import bare_name
from keqiao.core.guides.lines import Line, Piece, paragraph_lines
from keqiao.core.guides.normal import normalise
from keqiao.core.guides.tree import Category
from keqiao.core.guides.vocabulary import Vocabulary

_TOTAL = re.compile(r"^(?:合计|小计|总计|总额)")
_UNIT = re.compile(r"\((?P<unit>万元|元|项|个|名|家|万)(?:/(?P<per>项|个|家|人))?\)")
_NUMBER = re.compile(r"^\d+(?:\.\d+)?(?:-\d+(?:\.\d+)?)?$")
_NOTHING = re.compile(r"^[-/]{1,3}$")  # what offices put into a cell that is empty on purpose
_HEADER_DEPTH = 4


def columns(table: Table, vocabulary: Vocabulary) -> tuple[int, dict[int, str]] | None:
    """Return the header's last row and column → slot where the table is a project table, else None."""
    for depth in range(min(_HEADER_DEPTH, len(table.rows))):
        slots: dict[int, str] = {}
        for cell in table.rows[depth]:
            slot = column_slot(cell.text, vocabulary)
            if slot:
                slots[cell.column] = slot
        named = {"name", "category"} & set(slots.values())
        if len(set(slots.values())) >= 3 and named and len(table.rows) > depth + 1:
            return depth, _regrouped(table, depth, slots)
    return None


def _regrouped(table: Table, depth: int, slots: dict[int, str]) -> dict[int, str]:
    """A column of names with merged cells groups the rows: then the short column behind it holds the names."""
    names = [column for column, slot in slots.items() if slot == "name"]
    contents = [column for column, slot in slots.items() if slot == "content"]
    if len(names) != 1 or not contents or "category" in slots.values():
        return slots
    rows = table.rows[depth + 1 :]
    merged = any(cell.inherited for row in rows for cell in row if cell.column == names[0])
    short = all(len(cell.text.strip()) <= 20 for row in rows for cell in row if cell.column == contents[0])
    return {**slots, names[0]: "category", contents[0]: "name"} if merged and short else slots


def column_slot(header: str, vocabulary: Vocabulary) -> str:
    """Return the slot of a column header (``项 目 指 标``, ``资助金额（万元）``), or an empty string."""
    text = re.sub(r"\s", "", normalise(header).text)
    bare = re.sub(r"\([^()]*\)", "", text)
    known = vocabulary.slot_of_column
    if bare in known:
        return known[bare]
    found = [word for word in known if len(word) > 1 and bare.endswith(word) and len(bare) <= len(word) + 6]
    found = found or [
        word for word in known if len(word) > 2 and bare.startswith(word) and len(bare) <= len(word) + 6
    ]
    return known[max(found, key=len)] if found else ""


def add_table(table: Table, category: Category, vocabulary: Vocabulary) -> bool:
    """Read a project table into children of ``category``; False where the table is no project table."""
    found = columns(table, vocabulary)
    if found is None:
        return False
    depth, slots = found
    units = {
        cell.column: match for cell in table.rows[depth] if (match := _UNIT.search(normalise(cell.text).text))
    }
    parent = category
    for row in table.rows[depth + 1 :]:
        parent = _row(row, slots, units, (category, parent))
    return True


def _row(
    row: tuple[Cell, ...],
    slots: dict[int, str],
    units: dict[int, re.Match[str]],
    above: tuple[Category, Category],
) -> Category:
    category, parent = above
    filled = [cell for cell in row if cell.text.strip()]
    if not filled or _TOTAL.match(normalise(filled[0].text).text.replace(" ", "")):
        return parent
    if len({id(cell.paragraphs) for cell in filled}) == 1 and len(row) > 2:
        return _named(category, filled[0]) or parent
    by_slot = {slots[cell.column]: cell for cell in reversed(row) if cell.column in slots}
    holder = by_slot.get("category")
    if holder is not None and holder.text.strip() and "name" in by_slot:
        parent = _named(category, holder) or parent
    name = by_slot.get("name") or holder
    if name is None or not name.text.strip():
        return parent
    made = _named(parent if "name" in by_slot else category, name)
    if made is None:
        return parent
    for cell in row:
        slot = slots.get(cell.column, "")
        if slot and slot not in ("category", "name", "serial"):
            _fill(made, slot, cell, units.get(cell.column))
    return parent


def _named(above: Category, cell: Cell) -> Category | None:
    pieces = list(cell_pieces(cell))
    if not pieces:
        return None
    written = bare_name("".join(piece.written.strip() for piece in pieces))
    made = above.child(written, pieces[0])
    if not cell.inherited or "heading" not in made.slots:
        made.slots.setdefault("heading", [])
        if not any(known.text == pieces[0].text for known in made.slots["heading"]):
            made.put("heading", pieces)
    return made


def _fill(made: Category, slot: str, cell: Cell, unit: re.Match[str] | None) -> None:
    pieces = [piece for piece in cell_pieces(cell) if not _NOTHING.match(piece.text)]
    if slot == "code":
        made.code = "".join(piece.text for piece in pieces)
        return
    if cell.inherited and slot in ("completion", "contact", "applicants", "deadline") and pieces:
        made.put(slot, pieces)
        return
    if unit is not None and len(pieces) == 1 and _NUMBER.match(pieces[0].text):
        pieces = [_with_unit(pieces[0], unit)]
    made.put(slot, pieces)


def _with_unit(piece: Piece, unit: re.Match[str]) -> Piece:
    """A bare number takes the unit of its column's header (``资助金额（万元）``); its place stays that of the cell."""
    per = f"/{unit['per']}" if unit["per"] else ("/项" if unit["unit"] in ("万元", "元") else "")
    scale = "万元" if unit["unit"] == "万" else unit["unit"]
    line = piece.line
    made = Line(
        line.number, f"{line.written.strip()}{scale}{per}", normalise(f"{piece.text}{scale}{per}"), line.place
    )
    return made.piece()


def cell_pieces(cell: Cell) -> Iterator[Piece]:
    """Yield the lines of a cell as pieces."""
    for paragraph in cell.paragraphs:
        for line in paragraph_lines(paragraph):
            yield line.piece()


def form_cells(table: Table) -> Iterator[tuple[str, Piece]]:
    """Yield (label to the left, line of text) for the cells of a form."""
    for row in table.rows:
        label = ""
        for cell in row:
            text = re.sub(r"\s", "", normalise(cell.text).text)
            if not cell.inherited:
                for piece in cell_pieces(cell):
                    yield label, piece
            if text and len(text) <= 16:
                label = text
