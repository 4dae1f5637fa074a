"""A notice as neutral blocks: what stands in it, in order, and which fact of the definition each word says.

Every form of the notice (Word, text, blocks for the reader) is made from these values.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

Pointer = tuple[str | int, ...]
"""The way to a fact inside a definition: ``("categories", 0, "targets", 2)``; ``()`` is the programme."""


@dataclass(frozen=True, slots=True)
class Said:
    """Some words, and the fact that they say (None where they only join or introduce)."""

    words: str
    fact: Pointer | None = None


Sentence = tuple[Said, ...]
"""Words without a stop at the end."""


class Role(StrEnum):
    """What a paragraph is for; the page layout goes by it."""

    ISSUER = "issuer"
    NUMBER = "number"
    TITLE = "title"
    ADDRESSEES = "addressees"
    HEADING = "heading"
    BODY = "body"
    ATTACHMENT_LIST = "attachment_list"
    SIGNATURE = "signature"
    DATE = "date"
    ATTACHMENT_MARK = "attachment_mark"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph.

    ``mark`` is its list mark (``一、``), ``automatic`` tells that a Word file counts it; ``level`` is the level of
    a heading from 1 (0: body text), ``list_id`` the list it is counted in. The first ``head`` parts of ``said``
    are set as a heading; what follows on the line is body text. ``free`` is the room kept at the right of a
    signature or date, in characters.
    """

    role: Role
    said: Sentence
    level: int = 0
    mark: str = ""
    automatic: bool = False
    list_id: int = 0
    head: int = 0
    free: float = 0.0

    @property
    def text(self) -> str:
        """The words without the mark."""
        return words_of(self.said)


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: its paragraphs."""

    paragraphs: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its first row is its header unless it is a form to be filled in (``headed`` is false)."""

    rows: tuple[tuple[GridCell, ...], ...]
    headed: bool = True


NoticeBlock = Line | Grid


def words_of(said: Iterable[Said]) -> str:
    """The words of a sentence, joined."""
    return "".join(part.words for part in said)


def say(words: str, fact: Pointer | None = None) -> Sentence:
    """A sentence of one part."""
    return (Said(words, fact),)


def joined(sentences: Iterable[Sentence], between: str, end: str = "") -> Sentence:
    """Sentences one after the other with ``between`` as the stop between them and ``end`` behind the last."""
    parts: list[Said] = []
    for sentence in sentences:
        if parts:
            parts.append(Said(between))
        parts += sentence[:-1]
        parts += [Said(part.words.rstrip("。；"), part.fact) for part in sentence[-1:]]
    return (*parts, Said(end)) if parts and end else tuple(parts)
