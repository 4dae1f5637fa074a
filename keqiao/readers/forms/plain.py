"""The short way through the cells of a Word form: those in which nothing odd stands, which are nearly all.

What is odd (tracked changes, comments, pictures, hidden words …) is looked for once in a document, what is read once in
a table; so few elements are touched one by one.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Final

from lxml import etree

from keqiao.readers.forms.words import Words
from keqiao.readers.word.package import W
from keqiao.readers.word.paragraphs import BOXES, MC, PLAIN

GONE: Final = frozenset({W + "del", W + "moveFrom"})
NEW: Final = frozenset({W + "ins", W + "moveTo"})
COMMENTS: Final = frozenset(W + name for name in ("commentRangeStart", "commentReference"))
BOOKMARKS: Final = frozenset({W + "bookmarkStart", W + "bookmarkEnd"})
_WITHIN_PARAGRAPHS: Final = frozenset({W + "p", W + "t", W + "br", *PLAIN})
_READ: Final = (*_WITHIN_PARAGRAPHS, *BOOKMARKS, W + "sdt")
"""What is looked at in a cell that has nothing odd in it."""
_ODD: Final = (
    *GONE,
    *NEW,
    *COMMENTS,
    *BOXES,
    *(W + name for name in ("tbl", "sym", "vanish", "rt", "tabs")),
    MC + "AlternateContent",
)
"""What makes a cell odd; among them stops of tabs, which bear the name of tabs."""

Elements = Sequence[etree._Element]


def odd_cells(root: etree._Element) -> frozenset[etree._Element]:
    """The cells that the short way does not lead through."""
    around = (element.iterancestors(W + "tc") for element in root.iterdescendants(*_ODD))
    return frozenset(chain.from_iterable(around))


def contents_of(table: etree._Element) -> dict[etree._Element, list[etree._Element]]:
    """What is looked at in each cell. Bookmarks and content controls between cells are in none."""
    found: dict[etree._Element, list[etree._Element]] = {}
    inside: list[etree._Element] = []
    for element in table.iterdescendants(W + "tc", *_READ):
        if element.tag == W + "tc":
            inside = found[element] = []
        elif element.tag in _WITHIN_PARAGRAPHS or _is_in_cell(element):
            inside.append(element)
    return found


def _is_in_cell(element: etree._Element) -> bool:
    around = next(element.iterancestors(W + "tc", W + "tr", W + "p"), None)
    return around is not None and around.tag != W + "tr"


def gather(elements: Elements, words: Words, begin: Callable[[etree._Element, Words], None]) -> None:
    """Gather the words of a cell, each element looked at once; ``begin`` writes what stands before a paragraph."""
    behind, is_open = 0, False  # a content control that was gathered; a paragraph whose end is to come
    for number, element in enumerate(elements):
        tag = element.tag
        if number < behind:
            continue
        if tag == W + "t":
            words.parts.append(element.text or "")
        elif tag == W + "p":
            words.parts += ["\n"] * is_open
            is_open = True
            begin(element, words)
        elif tag in BOOKMARKS:
            words.bookmark(element)
        elif tag == W + "sdt":
            behind = _behind(element, elements, number)
            within = elements[number + 1 : behind]
            if is_open and any(each.tag == W + "p" for each in within):
                words.parts.append("\n")
                is_open = False
            inner = Words()
            gather(within, inner, begin)
            words.control(element, inner)
        else:
            words.parts.append(PLAIN[tag] if tag in PLAIN else break_of(element))
    words.parts += ["\n"] * is_open


def _behind(control: etree._Element, elements: Elements, number: int) -> int:
    """The number of the first element behind a content control."""
    behind = number + 1
    while behind < len(elements) and control in elements[behind].iterancestors(W + "sdt"):
        behind += 1
    return behind


def break_of(element: etree._Element) -> str:
    """A break as text: the end of a line, or nothing where a page or column ends."""
    return "\n" if element.get(W + "type", "textWrapping") == "textWrapping" else ""
