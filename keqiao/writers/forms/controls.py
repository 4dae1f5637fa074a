"""The blanks of a Word form: content controls inside hidden bookmarks, so that each answer finds its field again.

Each blank says thrice what it is: the tag of its content control, the name of its bookmark, and its place beside its
label. Programs keep one or the other: some drop content controls, some bookmarks, none all of them.
"""

import re
from itertools import count
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from keqiao.core.forms.paper.blocks import LONGEST_TAG, Blank

_UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EMPTY: Final = "　　"
HINT_COLOUR: Final = "7F7F7F"


class Marks:
    """Numbers the marks of one document; numbers are unique in it."""

    def __init__(self) -> None:
        """Begin at 1."""
        self._numbers = count(1)

    def blank(self, blank: Blank, words: str, font: str) -> str:
        """The runs of a blank with its words, or its hint while it is empty; ``font`` are the properties of a run."""
        number = next(self._numbers)
        kind = '<w:text w:multiLine="1"/>' if blank.lines else "<w:text/>"
        shown = words or blank.hint or _EMPTY
        look = font if words else f'{font}<w:color w:val="{HINT_COLOUR}"/>'
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{blank.mark}"/>'
            f"<w:sdt><w:sdtPr><w:rPr>{font}</w:rPr><w:alias w:val={quoteattr(_title(blank))}/>"
            f"<w:tag w:val={quoteattr(blank.tag)}/>"
            f'<w:id w:val="{number}"/>{"" if words else "<w:showingPlcHdr/>"}{kind}</w:sdtPr>'
            f'<w:sdtContent>{run(shown, look)}</w:sdtContent></w:sdt><w:bookmarkEnd w:id="{number}"/>'
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
