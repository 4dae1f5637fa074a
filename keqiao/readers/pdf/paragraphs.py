"""Lines to paragraphs by the rules of Chinese typesetting.

A line ends a paragraph when the beginning of the next line would still have fitted on it, when the next
line is set in, or when the distance to it is larger than the usual pitch.
"""

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from keqiao.core.guides.blocks import Paragraph, Place
from keqiao.readers.pdf.lines import Line, is_narrow

SPACED_OUT = 1.25  # a distance of so many usual pitches divides paragraphs
FAR = 1.4  # so many divide even where paragraphs are not spaced as a rule
SET_IN = 1.2  # characters: a first-line indent is two, rounding and narrow marks take some off
MARKER = re.compile(
    r"[一二三四五六七八九十百]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)"
    r"|[①-⑳]|附\s*件|[A-Z]类[：:]|第[一二三四五六七八九十]{1,3}类、"
)
ATTACHMENT = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?")
SENTENCE_END = frozenset("。！？：!?:")
PART_END = SENTENCE_END | frozenset("；;")
CENTRED = 0.6  # characters off the middle at most
ROUNDED = 1.0  # points
LARGE, LARGEST = (
    1.25,
    1.6,
)  # of the usual size: letters of a title; the head with the office's name has larger ones
NEAR_LINE = 1.7  # sizes from line to line of one title
ROUNDING = 0.02  # characters: what fits by less is doubtful, and decided by the end of the sentence


@dataclass(frozen=True, slots=True)
class Column:
    """The area that lines are set in: left and right edge and usual pitch in points.

    ``set_in`` and ``spaced`` say how paragraphs begin: with an indent, after a space, or (neither) with nothing.
    ``flush``: the lines begin at one edge, so none is centred. ``size`` is the usual size of the letters, in points.
    """

    left: float
    right: float
    pitch: float = 0.0
    set_in: bool = False
    spaced: bool = False
    flush: bool = False
    size: float = 0.0


def column_of(lines: Sequence[Line], page_width: float) -> Column:
    """Find the text column that most lines share."""
    left = _common_left(lines)
    ends = sorted((line.solid_x1 for line in lines), reverse=True)
    size = statistics.median(line.size for line in lines)
    right = ends[min(len(ends) - 1, len(ends) // 100)]  # one line in a hundred may stick out
    full = sum(1 for end in ends if right - size < end)
    if full < 3 or full < 0.05 * len(ends):
        right = max(right, page_width - left)
    pitch = _usual_pitch(lines)
    is_set_in, is_spaced = _sets_in(lines, left, right), _spaces(lines, right, pitch)
    return Column(left, right, pitch, is_set_in, is_spaced, size=size)


def _common_left(lines: Sequence[Line]) -> float:
    """Where most lines begin; or two characters left of it, where others do: then the most are first lines."""
    counts = Counter(round(line.x0) for line in lines)
    usual = [x for x, count in counts.items() if count >= max(2, 0.1 * len(lines))]
    if not usual:
        return min(line.x0 for line in lines)
    left, indent = min(usual), 2 * statistics.median(line.size for line in lines)
    further = [x for x, count in counts.items() if count >= 2 and abs(left - indent - x) <= ROUNDED]
    return float(min(further, default=left))


def _usual_pitch(lines: Sequence[Line]) -> float:
    steps = [round(b.top - a.top, 1) for a, b in pairwise(lines) if a.page == b.page and b.top > a.top]
    if not steps:
        return 0.0
    counts = Counter(round(step) for step in steps)
    most = max(counts.values())
    return float(min(step for step, count in counts.items() if count >= 0.5 * most))


def _sets_in(lines: Sequence[Line], left: float, right: float) -> bool:
    """Do paragraphs begin with an indent: is a full line that is set in mostly followed by one that is not?

    A full line that ends a sentence tells nothing: the next one may begin a paragraph, set in like it.
    """
    after = [
        b.x0 - left < SET_IN * b.size
        for a, b in pairwise(lines)
        if a.x0 - left >= SET_IN * a.size and a.text[-1] not in PART_END and not fits(a, b, right)
    ]
    return len(after) > 2 and 2 * sum(after) > len(after)


def _spaces(lines: Sequence[Line], right: float, pitch: float) -> bool:
    """Does a space follow most paragraphs that end before the margin?"""
    steps = [b.top - a.top for a, b in pairwise(lines) if a.page == b.page and fits(a, b, right)]
    return 2 * sum(step > SPACED_OUT * pitch for step in steps) > len(steps)


def join_lines(lines: Sequence[Line], column: Column) -> list[Paragraph]:
    """Join lines into paragraphs, each with the page it begins on."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _ends_paragraph(groups[-1][-1], line, column):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, column) for group in groups]


def _ends_paragraph(line: Line, following: Line, column: Column) -> bool:
    if _is_title_broken(line, following, column):
        return False
    if _goes_on_centred(line, following, column):
        return line.x1 - line.x0 + following.head <= column.right - column.left
    if _begins_anew(line, following, column):
        return True
    if line.page == following.page and (column.spaced or _is_far(line, following, column)):
        return following.top - line.top > SPACED_OUT * column.pitch
    if column.set_in and not column.spaced:
        return False  # an indent would have shown
    return line.text[-1] in SENTENCE_END and bool(MARKER.match(following.text))


def _begins_anew(line: Line, following: Line, column: Column) -> bool:
    """Does the place of the following line, or what it is, tell that it begins a paragraph?"""
    if fits(line, following, column.right) or _is_set_in(line, following, column):
        return True
    is_signature = following.x0 > (column.left + column.right) / 2  # no text goes on in the right half
    return is_signature or bool(ATTACHMENT.fullmatch(following.text))


def _is_title_broken(line: Line, following: Line, column: Column) -> bool:
    """Are both lines of a title in large letters, broken where its words end?"""
    sizes = (line.size, following.size)
    if column.flush or line.page != following.page or not column.size:
        return False
    if min(sizes) < LARGE * column.size or max(sizes) > LARGEST * column.size:
        return False
    is_near = following.top - line.top < NEAR_LINE * line.size and max(sizes) - min(sizes) < 0.5
    return is_near and _is_centred(line, column) and _is_centred(following, column)


def _goes_on_centred(line: Line, following: Line, column: Column) -> bool:
    """Are both lines centred, the lower one shorter? A sentence that ends is none: it is a full line of a text."""
    if column.flush or line.text[-1] in SENTENCE_END or following.x0 <= line.x0:
        return False
    return _is_centred(line, column) and _is_centred(following, column)


def _is_centred(line: Line, column: Column) -> bool:
    return abs(line.middle - (column.left + column.right) / 2) < CENTRED * line.size


def _is_far(line: Line, following: Line, column: Column) -> bool:
    return following.top - line.top > FAR * column.pitch > 0


def _is_set_in(line: Line, following: Line, column: Column) -> bool:
    if column.set_in and following.x0 - column.left >= SET_IN * following.size:
        return True
    return following.x0 - line.x0 > SET_IN * line.size


def fits(line: Line, following: Line, right: float) -> bool:
    """Would the beginning of the following line have had room on this line?"""
    gap = 0.25 * line.size if is_narrow(line.text[-1]) != is_narrow(following.text[0]) else 0.0
    doubt = ROUNDING * line.size * (1 if line.text[-1] in SENTENCE_END else -1)
    return line.x1 + gap + following.head <= right + doubt


def _paragraph(group: Sequence[Line], column: Column) -> Paragraph:
    text = group[0].text
    for line in group[1:]:
        is_word_gap = is_narrow(text[-1]) and is_narrow(line.text[0]) and text[-1].isalpha()
        text += (" " if is_word_gap else "") + line.text
    first = group[0]
    space_left, space_right = first.x0 - column.left, column.right - first.x1
    is_centred = min(space_left, space_right) > 2 * first.size and abs(space_left - space_right) < first.size
    return Paragraph(
        text,
        Place(0, page=first.page),
        centred=is_centred,
        right=not is_centred and len(group) == 1 and space_left > (column.right - column.left) / 2,
        bold=all(line.bold for line in group),
    )
