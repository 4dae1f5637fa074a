"""Glyphs to lines: reading order on one line, gaps that are spaces, and how much of a line cannot be
broken."""

import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

Glyph = dict[str, Any]  # as pdfplumber gives it: text, x0, x1, top, bottom, size, fontname

NO_START = frozenset("、，。；：？！）》】〕」』〉％…—·,.;:?!)]}%")  # never first on a line
NO_END = frozenset("（《【〔「『〈([{+±¥￥№")  # never last on a line (signs before a number or word too)
GLUE = frozenset("“”‘’")  # some layouts break neither before nor after a quotation mark
SAME_LINE = 0.5  # of the height: glyphs that overlap more stand on one line
# A gap counts as a space from this share of the font size on. Between Chinese and Latin letters every layout
# leaves a quarter by itself, which is no space.
GAP_WIDE, GAP_MIXED, GAP_NARROW = 0.6, 0.45, 0.18
# Fonts often name a character by its radical (⻓ for 长, ⼀ for 一): alike to the eye, different to a search.
RADICALS = (
    str.maketrans(
        "⺁⺕⺠⺩⻄⻅⻆⻉⻋⻐⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "厂彐民王西见角贝车钅长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
    )
    | {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | {0x2E3A: "——"}
)
DOUBLE_STRIKE = 0.1  # of the size: the same glyph printed again so near is imitated bold


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; lengths in points, ``top`` from the top of the page, ``page`` from 1.

    ``head`` is the width of its beginning that no layout would have left on the line before.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int
    head: float = 0.0
    solid_x1: float = 0.0  # right end without closing punctuation, which may hang over the margin
    bold: bool = False

    @property
    def middle(self) -> float:
        """Half way between left and right end."""
        return (self.x0 + self.x1) / 2


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """Group glyphs into lines, top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g["top"] + g["bottom"], g["x0"])):
        if rows and _on_line(rows[-1], glyph):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines = (_line(row, page) for row in rows)
    return [line for line in lines if line.text.strip()]


def _on_line(row: Sequence[Glyph], glyph: Glyph) -> bool:
    last = row[-1]
    overlap = min(last["bottom"], glyph["bottom"]) - max(last["top"], glyph["top"])
    height = min(last["bottom"] - last["top"], glyph["bottom"] - glyph["top"])
    return bool(overlap > SAME_LINE * max(height, 0.1))


def _line(row: Sequence[Glyph], page: int) -> Line:
    glyphs = _without_double_strikes(sorted(row, key=lambda g: g["x0"]))
    printed = [g for g in glyphs if g["text"].strip()] or glyphs
    size = statistics.median(g["size"] for g in printed)
    line = Line(
        text=_text(glyphs, size).strip(),
        x0=printed[0]["x0"],
        x1=printed[-1]["x1"],
        top=min(g["top"] for g in printed),
        bottom=max(g["bottom"] for g in printed),
        size=size,
        page=page,
        bold=all("bold" in str(g["fontname"]).lower() for g in printed),
    )
    return replace(line, head=_head_width(printed), solid_x1=_solid_end(printed))


def _without_double_strikes(glyphs: Sequence[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in glyphs:
        near = DOUBLE_STRIKE * glyph["size"]
        is_again = kept and kept[-1]["text"] == glyph["text"] and glyph["x0"] - kept[-1]["x0"] < near
        if not is_again:
            kept.append(glyph)
    return kept


def _text(glyphs: Sequence[Glyph], size: float) -> str:
    pieces: list[str] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None and glyph["x0"] - before["x1"] > size * _gap(before["text"], glyph["text"]):
            pieces.append(" ")
        pieces.append(glyph["text"].translate(RADICALS))
        before = glyph
    return "".join(pieces)


def _gap(left: str, right: str) -> float:
    if " " in {left, right}:
        return float("inf")
    narrow = is_narrow(left) + is_narrow(right)
    return (GAP_WIDE, GAP_MIXED, GAP_NARROW)[narrow]


def is_narrow(text: str) -> bool:
    """Is this glyph of the Latin kind (letters, digits, ASCII marks)?"""
    return text.isascii()


def _head_width(glyphs: Sequence[Glyph]) -> float:
    end = 0
    while end + 1 < len(glyphs) and not _may_break(glyphs[end], glyphs[end + 1]):
        end += 1
    return float(glyphs[end]["x1"] - glyphs[0]["x0"])


def _may_break(left: Glyph, right: Glyph) -> bool:
    before, after = left["text"][-1], right["text"][0]
    if before in NO_END or after in NO_START or GLUE & {before, after}:
        return False
    is_one_word = is_narrow(before) and is_narrow(after)
    return not (is_one_word and right["x0"] - left["x1"] < GAP_NARROW * left["size"])


def _solid_end(glyphs: Sequence[Glyph]) -> float:
    for glyph in reversed(glyphs):
        if glyph["text"][-1] not in NO_START and glyph["text"][-1] not in GLUE:
            return float(glyph["x1"])
    return float(glyphs[-1]["x1"])
