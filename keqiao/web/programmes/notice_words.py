"""The words of a notice that was written from a definition, tied to the statements they say."""

import re
from collections.abc import Mapping
from typing import Any

from keqiao.core.findings import Place, Source
from keqiao.core.guides.blocks import SourceDocument, Table
from keqiao.core.programme import Programme
from keqiao.core.programme.types import Category
from keqiao.writers.notice import Pointer

STOPS = re.compile(r"[。；\n]")
ENTRIES = ("rules", "targets", "office_list", "categories")
"""Lists whose entries have an id of their own; everything else goes by its node and name."""


def words_by_key(
    programme: Programme, places: Mapping[Pointer, Source], document: SourceDocument
) -> dict[str, Any]:
    """Return, for each statement that the notice words, the sentence, its clause and its place.

    Keys are those of ``readers.reading.words``: an id, or the id of the category, a colon and a name.
    """
    found: dict[str, Any] = {}
    for pointer, source in places.items():
        key, place = _key(programme, pointer), source.place
        if key is None or place is None:
            continue
        said = sentence_at(_paragraph(document, place), place.start or 0, place.end or 0)
        found.setdefault(key, {"words": said, "where": source.clause or "", "place": _as_values(place)})
    return found


def sentence_at(paragraph: str, start: int, end: int) -> str:
    """Return the sentence of ``paragraph`` in which the characters from ``start`` to ``end`` stand."""
    before = [stop.end() for stop in STOPS.finditer(paragraph, 0, start)]
    after = STOPS.search(paragraph, max(end - 1, 0))
    return paragraph[before[-1] if before else 0 : after.end() if after else len(paragraph)].strip()


def _key(programme: Programme, pointer: Pointer) -> str | None:
    """Follow the way to a fact and name it; None for the programme itself and for parts of facts."""
    node: Any = programme
    owner = ""
    for depth, step in enumerate(pointer):
        if isinstance(step, int) and pointer[depth - 1] in ENTRIES:
            node = node[step]
            if not isinstance(node, Category):
                return str(node.id)
            owner = node.id
        elif isinstance(step, str) and step in ENTRIES:
            node = getattr(node, step)
        else:
            return f"{owner}:{step}"
    return owner or None


def _paragraph(document: SourceDocument, place: Place) -> str:
    block = document.blocks[place.block or 0]
    if not isinstance(block, Table):
        return block.text
    cell = next(c for row in block.rows for c in row if (c.row, c.column) == (place.row, place.column))
    return cell.paragraphs[place.paragraph or 0].text


def _as_values(place: Place) -> dict[str, int]:
    return {name: value for name, value in place.model_dump().items() if value is not None}
