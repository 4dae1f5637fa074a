"""Blanks inside words: ``项目名称：______``, ``年　月　日``, ``类别：□甲 □乙``. One way to find them for all who look.

Recognising, filling and reading back count the gaps of the same words alike, so that a number is an address.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

OPEN, RULED, DAY, SPAN, BOXES = "open", "ruled", "day", "span", "boxes"
"""Empty room behind a colon, a ruled line, a date to be completed, two such dates, boxes to tick."""

UNITS: Final = ("万元", "元", "人", "次", "个", "场", "%", "㎡", "平方米")
"""Units that may stand behind a gap; they belong to it."""

OPEN_FROM: Final = 4  # half-width places: less room behind a colon only parts words
_BLANK: Final = " \t\u3000\xa0"
_LOW: Final = "_＿"
_UNIT: Final = rf"(?:(?:{'|'.join(map(re.escape, UNITS))})(?![\u4e00-\u9fff]))?"
_ANY: Final = rf"[{_BLANK}{_LOW}]"
_YEAR: Final = rf"{_ANY}*(?:20\d{{0,2}})?{_ANY}*年"
_DAY: Final = rf"{_YEAR}{_ANY}+月(?:{_ANY}*日)?"
_GAPS: Final = re.compile(
    rf"(?P<span>(?<!\d){_DAY}{_ANY}*[至到～~—–-]+{_DAY})"
    rf"|(?P<day>(?<!\d){_YEAR}{_ANY}+月{_ANY}+日|(?:(?<=[:：])|^){_YEAR}{_ANY}+月(?![{_BLANK}]*[:：日]))"
    rf"|(?P<boxes>(?:[{_BLANK}]*[□☐][{_BLANK}]*[^□☐\s:：]+){{2,}})"
    rf"|(?P<ruled>[{_BLANK}]*[{_LOW}]{{2,}}(?:{_ANY}*[{_LOW}])?{_UNIT})"
    rf"|(?P<open>(?<=[:：])[{_BLANK}]+{_UNIT})",
    re.MULTILINE,
)
_WIDTHS: Final = {"\t": OPEN_FROM, "\u3000": 2}
_RULE: Final = re.compile(rf"^[{_LOW}\s]+|[{_LOW}\s]+$|[{_LOW}]{{2,}}")


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a gap begins and ends in the words, and of which kind it is."""

    start: int
    end: int
    kind: str


def gaps_in(words: str) -> tuple[Gap, ...]:
    """The gaps of these words from left to right."""
    found = (Gap(each.start(), each.end(), each.lastgroup or OPEN) for each in _GAPS.finditer(words))
    return tuple(
        _parted(gap, words) if gap.kind == OPEN else gap
        for gap in found
        if gap.kind != OPEN or _width(words[gap.start : gap.end]) >= OPEN_FROM
    )


def _parted(gap: Gap, words: str) -> Gap:
    """Of empty room before other words the last place parts the answer from them."""
    is_inside = gap.end < len(words) and words[gap.end] != "\n" and words[gap.end - 1] in _BLANK
    return Gap(gap.start, gap.end - 1, gap.kind) if is_inside else gap


def _width(blank: str) -> int:
    return sum(_WIDTHS.get(each, 1) for each in blank if each in _BLANK)


def frame_of(words: str) -> tuple[str, ...]:
    """What stands before, between and behind the gaps: one more than there are gaps."""
    gaps = gaps_in(words)
    starts = (0, *(gap.end for gap in gaps))
    ends = (*(gap.start for gap in gaps), len(words))
    return tuple(words[start:end] for start, end in zip(starts, ends, strict=True))


def between(frame: Sequence[str], words: str) -> tuple[str, ...] | None:
    """What was written into each gap of a line with this frame.

    None where the frame is not there any more, or stands there so that more than one reading is possible.
    """
    bare, places = _bare(words)
    first, *inner, last = (_bare(part)[0] for part in frame)
    if not bare.startswith(first) or not bare.endswith(last) or len(bare) < len(first) + len(last):
        return None
    at, end = len(first), len(bare) - len(last)
    found: list[tuple[int, int]] = []
    for part in inner:
        begin = bare.find(part, at, end)
        if not part or begin < 0 or bare.count(part, at, end) > inner.count(part):
            return None
        found.append((at, begin))
        at = begin + len(part)
    return tuple(
        words[places[start] : places[stop - 1] + 1] if stop > start else ""
        for start, stop in (*found, (at, end))
    )


def _bare(words: str) -> tuple[str, list[int]]:
    """The words without white space, colons alike, and where each character stood."""
    kept = [(each, place) for place, each in enumerate(words) if not each.isspace()]
    return "".join("：" if each == ":" else each for each, _place in kept), [place for _each, place in kept]


def without_rule(said: str, gap: str) -> str:
    """What was typed on a ruled line, without what is left of the line."""
    return _RULE.sub("", said) if any(each in _LOW for each in gap) else said.strip()
