"""Which font plays which part, and which characters no font has.

Official documents are set in fonts that are licensed (方正小标宋, 仿宋_GB2312, 楷体_GB2312). Where the installation
has them, or free ones drawn alike, they are used; what every installation has after ``make setup`` comes last.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

import typst

from keqiao.confined import ROOT

FOLDERS = (ROOT / "build" / "fonts",)
"""Where ``make setup`` puts Noto Serif SC and Noto Sans SC (both OFL; all of GBK)."""

SHIPPED = ("Noto Serif SC", "Noto Sans SC")
REGULAR, MEDIUM, BOLD = 400, 500, 700
GETA = "〓"
"""What printers set where they have no type for a character."""

_UNSEEN = frozenset("\t\n\r\u200b\ufeff")


@dataclass(frozen=True, slots=True)
class Part:
    """A part that a font plays: the families fit for it, best first, and the weight of each."""

    families: tuple[tuple[str, int], ...]


PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "title": Part((("FZXiaoBiaoSong-B05S", REGULAR), ("FZXiaoBiaoSong-B05", REGULAR), (SHIPPED[0], BOLD))),
        "body": Part(
            (("FangSong_GB2312", REGULAR), ("FangSong", REGULAR), ("FandolFang R", REGULAR), (SHIPPED[0], REGULAR))
        ),
        "first": Part((("SimHei", REGULAR), (SHIPPED[1], MEDIUM))),
        "second": Part(
            (
                ("KaiTi_GB2312", REGULAR),
                ("KaiTi", REGULAR),
                ("LXGW WenKai", REGULAR),
                ("FandolKai R", REGULAR),
                (SHIPPED[0], BOLD),
            )
        ),
        "foot": Part((("SimSun", REGULAR), (SHIPPED[0], REGULAR))),
    }
)  # fmt: skip
"""``title`` 小标宋, ``body`` 仿宋, ``first`` 黑体, ``second`` 楷体 (headings of two levels), ``foot`` 宋体."""


def cast(found: Iterable[str]) -> dict[str, dict[str, object]]:
    """Give each part its fonts among the families ``found``: the best that is there, then those that have more.

    Only families that are there are named: Typst warns of all others.

    Raises:
        KeyError: a part has none; the name of the part.
    """
    there = set(found)
    chosen: dict[str, dict[str, object]] = {}
    for name, part in PARTS.items():
        fitting = [(family, weight) for family, weight in part.families if family in there]
        if not fitting:
            raise KeyError(name)
        families = [fitting[0][0], *(family for family in SHIPPED if family in there)]
        chosen[name] = {"families": list(dict.fromkeys(families)), "weight": fitting[0][1]}
    return chosen


def without_type(words: str, fonts: Iterable[typst.FontInfo]) -> str:
    """The characters of ``words`` that no font has, each once, in the order of the code."""
    asked = {ord(sign) for sign in words if sign not in _UNSEEN}
    for path in dict.fromkeys(font.path for font in fonts if font.path):
        if not asked:
            break
        begins, ends = _ranges(path)
        asked = {code for code in asked if code > ends[bisect_right(begins, code)]}
    return "".join(map(chr, sorted(asked)))


def type_missing_for(words: str, folders: Iterable[Path] = FOLDERS) -> str:
    """The characters of ``words`` that no font in ``folders`` has."""
    return without_type(words, _fonts(tuple(map(str, folders))))


@cache
def _fonts(folders: tuple[str, ...]) -> tuple[typst.FontInfo, ...]:
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
    return tuple(found.fonts())


@cache
def _ranges(path: str) -> tuple[list[int], list[int]]:
    """The ranges of code points that a TrueType or OpenType file maps to glyphs; none for a collection.

    Their first codes in order, and for each number of ranges begun the last code that is reached, -1 before the first.
    """
    with Path(path).open("rb") as file:
        found = sorted(
            mapped for tag, offset in _tables(file) if tag == b"cmap" for mapped in _mapped(file, offset)
        )
    return [low for low, _ in found], list(accumulate((high for _, high in found), max, initial=-1))


def _tables(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    count = struct.unpack(">4xH6x", file.read(12))[0]
    yield from struct.iter_unpack(">4s4xI4x", file.read(16 * count))


def _mapped(file: BinaryIO, start: int) -> Iterator[tuple[int, int]]:
    """The ranges of the subtables of formats 4 (16 bits) and 12 (32 bits), which all fonts of our time have."""
    file.seek(start)
    count = struct.unpack(">2xH", file.read(4))[0]
    places = {offset for _, offset in struct.iter_unpack(">4sI", file.read(8 * count))}
    for offset in sorted(places):
        file.seek(start + offset)
        kind = struct.unpack(">H", file.read(2))[0]
        if kind == 12:
            groups = struct.unpack(">10xI", file.read(14))[0]
            yield from ((low, high) for low, high, _ in struct.iter_unpack(">3I", file.read(12 * groups)))
        elif kind == 4:
            segments = struct.unpack(">4xH6x", file.read(12))[0] // 2
            ends = struct.unpack(f">{segments}H2x", file.read(2 * segments + 2))
            starts = struct.unpack(f">{segments}H", file.read(2 * segments))
            yield from ((low, high) for low, high in zip(starts, ends, strict=True) if low <= high < 0xFFFF)
