"""The blanks of a Word form: content controls inside hidden bookmarks, so that each answer finds its field again.

Each blank says thrice what it is: the tag of its content control, the name of its bookmark, and its place beside its
label. Programs keep one or the other: some drop content controls, some bookmarks, none all of them.
"""

import re
from dataclasses import dataclass
from itertools import count
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from keqiao.core.forms.paper.blocks import LONGEST_TAG, Blank

_UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_READY_TEXT: Final = '<w:docPartObj><w:docPartGallery w:val="Quick Parts"/></w:docPartObj>'
_EMPTY: Final = "　　"
HINT_COLOUR: Final = "7F7F7F"
TWENTIETHS: Final = 20
LEADING: Final = 1.4


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph in a cell looks: the properties of its runs, its size in points, its alignment."""

    font: str
    size: float
    align: str = "left"


class Marks:
    """Numbers the marks of one document; numbers are unique in it."""

    def __init__(self, first: int = 1) -> None:
        """Begin at ``first``: behind the numbers that the document has."""
        self._numbers = count(first)

    def blank(self, blank: Blank, words: str, look: Look) -> str:
        """The paragraph of a blank with its words, or its hint while it is empty.

        The control is of the kind that holds ready texts (``docPartObj``): anything can be typed in it, and LibreOffice
        passes it by. The words of plain controls LibreOffice 7.4 writes several times over, once for each change
        between Chinese and Latin letters.
        """
        number = next(self._numbers)
        shown = words or blank.hint or _EMPTY
        font = look.font if words else f'{look.font}<w:color w:val="{HINT_COLOUR}"/>'
        return paragraph(
            f'<w:bookmarkStart w:id="{number}" w:name="{blank.mark}"/><w:sdt><w:sdtPr>'
            f"<w:alias w:val={quoteattr(_title(blank))}/><w:tag w:val={quoteattr(blank.tag)}/>"
            f'<w:id w:val="{number}"/>{"" if words else "<w:showingPlcHdr/>"}{_READY_TEXT}</w:sdtPr>'
            f'<w:sdtContent>{run(shown, font)}</w:sdtContent></w:sdt><w:bookmarkEnd w:id="{number}"/>',
            look,
        )


def style_of(size: float) -> str:
    """The paragraph style of cells in this size: LibreOffice sets what stands in a content control by it."""
    return f"Form{round(size * 2)}"


def paragraph(content: str, look: Look) -> str:
    """A paragraph in a cell."""
    pitch = round(look.size * LEADING * TWENTIETHS)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style_of(look.size)}"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:line="{pitch}" w:lineRule="atLeast"/>'
        f'<w:jc w:val="{look.align}"/></w:pPr>{content}</w:p>'
    )


def run(words: str, look: str) -> str:
    """A run of words; the ends of lines are breaks in it. Nothing in the words is ever markup."""
    lines = printable(words).split("\n")
    texts = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r><w:rPr>{look}</w:rPr>{texts}</w:r>"


def printable(words: str) -> str:
    """The words without what no XML document may hold."""
    return _UNPRINTABLE.sub("", words)


def _title(blank: Blank) -> str:
    """Label and address; where that is too long for Word, less of the label, and the tag is always whole."""
    address = f" [{blank.tag}]"
    return f"{blank.label[: max(0, LONGEST_TAG - len(address))]}{address}"[-LONGEST_TAG:]
