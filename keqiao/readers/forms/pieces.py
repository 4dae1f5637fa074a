"""A Word form as pieces: one for each cell of a table and each paragraph, with the marks found in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

INSERTED, DELETED, COMMENT, HIDDEN, PICTURE, NESTED, PLACEHOLDER = (
    "inserted", "deleted", "comment", "hidden", "picture", "nested", "placeholder",
)  # fmt: skip
"""What was done to a piece: tracked changes, comments, hidden words, a picture or table inside, a hint still shown."""

BODY, BOX, NOTE, EDGE, REMARK, REMOVED = "body", "box", "note", "edge", "remark", "removed"
"""Where a piece stands: in the text, a text box, a footnote, a header or footer, a comment, tracked as deleted."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell or a paragraph.

    ``table`` counts the tables of the document from 0, -1 outside; ``row`` and ``column`` are places in its grid, with
    how far the cell reaches. ``marks`` are names of bookmarks and tags of content controls in it, ``inside`` the words
    in each. ``flags`` tell what was done to it.
    """

    text: str
    place: str = BODY
    table: int = -1
    row: int = 0
    column: int = 0
    across: int = 1
    down: int = 1
    marks: tuple[str, ...] = ()
    inside: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()


_NAMES = tuple(each.name for each in fields(Piece))


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document: its pieces in order, and what it says of itself (identifier and keywords)."""

    pieces: tuple[Piece, ...]
    says: tuple[str, ...] = ()


def to_values(found: Pieces) -> dict[str, Any]:
    """As lists, strings and numbers, for the way from the reading child."""
    pieces = [{name: getattr(piece, name) for name in _NAMES} for piece in found.pieces]
    return {"pieces": pieces, "says": list(found.says)}


def from_values(values: Mapping[str, Any]) -> Pieces:
    """Rebuild; raises ValueError, TypeError or KeyError where it is not one."""
    return Pieces(tuple(_piece(each) for each in values["pieces"]), _texts(values["says"]))


def _piece(values: Mapping[str, Any]) -> Piece:
    numbers = {name: int(values[name]) for name in ("table", "row", "column", "across", "down")}
    return Piece(
        text=str(values["text"]),
        place=str(values["place"]),
        marks=_texts(values["marks"]),
        inside={str(key): str(each) for key, each in dict(values["inside"]).items()},
        flags=_texts(values["flags"]),
        **numbers,
    )


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(each) for each in values)
