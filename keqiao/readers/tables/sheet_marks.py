"""What the table library leaves out of an .xlsx: which rows are hidden, and which cells hold an error."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import normpath
from typing import Any, Final
from xml.parsers import expat

from keqiao.readers.gate.markup import CELL
from keqiao.readers.unreadable import Unreadable

WORKBOOK: Final = "xl/workbook.xml"
TRUE: Final = frozenset({"1", "true"})
RELATIONS: Final = "xl/_rels/workbook.xml.rels"
PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Hidden rows, and the texts of error cells by row and column; all counted from 0."""

    hidden: frozenset[int] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)


NO_MARKS: Final = SheetMarks()


def marks_of(path: Path) -> dict[str, SheetMarks]:
    """Return the marks of each sheet by its name. The file has passed the gate: its parts are bounded and plain.

    Raises:
        Unreadable: its days count from 1904; one that lost its format would be read four years off.
    """
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if RELATIONS not in names or WORKBOOK not in names:
            return {}
        if any(each.get("date1904") in TRUE for each in _elements(archive, WORKBOOK, "workbookPr")):
            raise Unreadable("unreadable.dates_from_1904")
        targets = {
            each.get("Id", ""): _part(each.get("Target", ""))
            for each in _elements(archive, RELATIONS, "Relationship")
        }
        found = {}
        for sheet in _elements(archive, WORKBOOK, "sheet"):
            number = next((value for key, value in sheet.items() if key.endswith(" id")), "")
            part = targets.get(number, "")
            if part in names:
                found[sheet.get("name", "")] = _marks(archive, part)
        return found


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")


def _elements(archive: zipfile.ZipFile, part: str, name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def see(tag: str, attributes: dict[str, str]) -> None:
        if tag.rsplit(" ", 1)[-1] == name:
            found.append(attributes)

    _parse(archive, part, see, lambda _tag: None, lambda _text: None)
    return found


def _marks(archive: zipfile.ZipFile, part: str) -> SheetMarks:
    reading = _SheetReading()
    _parse(archive, part, reading.start, reading.end, reading.text)
    return SheetMarks(frozenset(reading.hidden), reading.errors)


class _SheetReading:
    """Walks one sheet; rows and cells without a stated place follow the one before."""

    def __init__(self) -> None:
        self.hidden: set[int] = set()
        self.errors: dict[tuple[int, int], str] = {}
        self._row = self._column = -1
        self._is_error = self._is_value = False
        self._text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rsplit(" ", 1)[-1]
        if name == "row":
            stated = attributes.get("r", "")
            self._row = int(stated) - 1 if stated.isdigit() else self._row + 1
            self._column = -1
            if attributes.get("hidden") in TRUE:
                self.hidden.add(self._row)
        elif name == "c":
            self._column = _column_of(attributes.get("r", ""), self._column + 1)
            self._is_error = attributes.get("t") == "e"
        elif name == "v":
            self._is_value, self._text = self._is_error, []

    def text(self, text: str) -> None:
        if self._is_value:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._is_value and tag.rsplit(" ", 1)[-1] == "v":
            self.errors[self._row, self._column] = "".join(self._text)[:20]
            self._is_value = False


def _column_of(reference: str, otherwise: int) -> int:
    match = CELL.match(reference)
    if match is None:
        return otherwise
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _parse(archive: zipfile.ZipFile, part: str, start: Any, end: Any, text: Any) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    with archive.open(part) as opened:
        while piece := opened.read(PIECE):
            parser.Parse(piece, False)  # noqa: FBT003  the parser takes it by place
    parser.Parse(b"", True)  # noqa: FBT003
