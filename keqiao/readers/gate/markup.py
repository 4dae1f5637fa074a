"""The gate for one XML part: no definitions, no other encodings, bounded depth and tokens, bounded sheets."""

import re
from typing import Final
from xml.parsers import expat

from keqiao.readers.unreadable import Unreadable

DEPTH_MAX: Final = 256
TOKEN_MAX: Final = 4 << 20  # bytes of one tag or comment
ENCODINGS: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
SHEET_ROWS_MAX: Final = 20_000
SHEET_COLUMNS_MAX: Final = 500
SHEET_CELLS_MAX: Final = 200_000
CELL: Final = re.compile(r"([A-Za-z]{1,3})(\d{1,7})\Z")
DDE: Final = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
# Relationships that an office program follows by itself when it opens the file.
FOLLOWED: Final = frozenset({"attachedTemplate", "oleObject", "frame", "subDocument"})
LOCAL_TARGET: Final = re.compile(r"(?!\\\\|//|[A-Za-z][A-Za-z0-9+.-]+:)|file:///?[A-Za-z]:", re.IGNORECASE)


class MarkupCheck:
    """Checks one part piece by piece; raises Unreadable at the first offence."""

    def __init__(self, name: str) -> None:
        """Prepare to check the part ``name``."""
        self._name = name
        self._depth = 0
        self._fed = 0
        self._instructions: list[str] = []
        self._sheet = SheetBounds() if "/worksheets/" in name.lower() else None
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.XmlDeclHandler = self._on_declaration
        parser.StartDoctypeDeclHandler = self._on_definition
        parser.EntityDeclHandler = self._on_definition
        parser.StartElementHandler = self._on_start
        parser.EndElementHandler = self._on_end
        self._parser = parser

    def feed(self, piece: bytes) -> None:
        """Check the next piece."""
        if not self._fed and (piece[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in piece[:4]):
            raise Unreadable("unreadable.xml_encoding", part=self._name[:80])
        self._fed += len(piece)
        self._parse(piece, final=False)
        if self._fed - max(self._parser.CurrentByteIndex, 0) > TOKEN_MAX:
            raise Unreadable("unreadable.zip_bomb", part=self._name[:80])

    def close(self) -> None:
        """Check that the part ends as it should."""
        self._parse(b"", final=True)
        if DDE.search("".join(self._instructions)):
            raise Unreadable("unreadable.dde")

    def _parse(self, piece: bytes, *, final: bool) -> None:
        try:
            self._parser.Parse(piece, final)
        except (expat.ExpatError, LookupError) as error:
            raise Unreadable("unreadable.damaged", detail=f"{self._name}: {error}"[:200]) from error

    def _on_declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ENCODINGS:
            raise Unreadable("unreadable.xml_encoding", part=self._name[:80])

    def _on_definition(self, *_: object) -> None:
        raise Unreadable("unreadable.xml_dtd", part=self._name[:80])

    def _on_start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEPTH_MAX:
            raise Unreadable("unreadable.xml_depth", part=self._name[:80], limit=DEPTH_MAX)
        name = tag.rsplit(" ", 1)[-1]
        if name in {"Default", "Override"} and "macroenabled" in attributes.get("ContentType", "").lower():
            raise Unreadable("unreadable.macro")
        if name == "Relationship":
            _check_relationship(attributes)
        elif name in {"instrText", "fldSimple", "fldChar"}:
            self._on_field(name, attributes)
        elif self._sheet is not None:
            self._sheet.see(name, attributes)

    def _on_field(self, name: str, attributes: dict[str, str]) -> None:
        """An instruction may come in pieces; where a field begins or ends, another one does."""
        if name == "instrText":
            self._parser.CharacterDataHandler = self._instructions.append
        else:
            self._instructions += [
                " ",
                *(value for key, value in attributes.items() if key.endswith("instr")),
                " ",
            ]

    def _on_end(self, _tag: str) -> None:
        self._depth -= 1
        self._parser.CharacterDataHandler = None


def _check_relationship(attributes: dict[str, str]) -> None:
    """A template on the writer's own disk is a dead path and no danger; one on a server would be fetched."""
    kind = attributes.get("Type", "").rsplit("/", 1)[-1]
    is_external = attributes.get("TargetMode", "").lower() == "external"
    if is_external and kind in FOLLOWED and not LOCAL_TARGET.match(attributes.get("Target", "")):
        raise Unreadable("unreadable.remote_template", part=attributes.get("Target", "")[:80])
    if kind == "vbaProject":
        raise Unreadable("unreadable.macro")


class SheetBounds:
    """Bounds the rectangle of filled cells: a library makes room for all of it, however few are filled."""

    def __init__(self) -> None:
        """Begin with no cell."""
        self._row = self._column = 0  # of the cell being read, from 1
        self._rows: list[int] = []
        self._columns: list[int] = []

    def see(self, name: str, attributes: dict[str, str]) -> None:
        """Take notice of an element of the sheet."""
        if name == "row":
            stated = attributes.get("r", "")
            self._row = int(stated) if stated.isdigit() else self._row + 1
            self._column = 0
        elif name == "c":
            self._place(attributes.get("r", ""))
        elif name in {"v", "is", "f"}:
            self._fill()

    def _place(self, reference: str) -> None:
        match = CELL.match(reference)
        if match is None:
            self._column += 1
            return
        self._row, self._column = int(match[2]), 0
        for letter in match[1].upper():
            self._column = self._column * 26 + ord(letter) - ord("A") + 1

    def _fill(self) -> None:
        self._rows = _widened(self._rows, self._row)
        self._columns = _widened(self._columns, self._column)
        height, width = self._rows[1] - self._rows[0] + 1, self._columns[1] - self._columns[0] + 1
        if height > SHEET_ROWS_MAX or width > SHEET_COLUMNS_MAX or height * width > SHEET_CELLS_MAX:
            raise Unreadable("unreadable.sheet_too_large", rows=SHEET_ROWS_MAX, columns=SHEET_COLUMNS_MAX)


def _widened(bounds: list[int], value: int) -> list[int]:
    return [min(bounds[0], value), max(bounds[1], value)] if bounds else [value, value]
