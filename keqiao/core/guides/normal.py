"""Normalised text that never forgets where its characters came from.

Offices, converters and web pages write the same words with full-width or half-width marks, with letter-spaced
labels, with stray spaces between a digit and its unit. The grammar reads one form only; every position in it maps
back to the words as they were written.
"""

import re
import unicodedata
from dataclasses import dataclass

_DROPPED = frozenset("\ufeff\u200b\u200c\u200d\u2060\u00ad\ufffc")
_FOLDED = {
    **dict.fromkeys("‐‑‒–—―−－~～〜∼", "-"),
    **dict.fromkeys("：∶﹕︰", ":"),
    **dict.fromkeys("“〝「『„‟", "“"),
    **dict.fromkeys("”〞」』", "”"),
    **dict.fromkeys("\u3000\u00a0\u2002\u2003\u2009\t", " "),
    **{sign: unicodedata.normalize("NFKC", sign) for sign in "㎡㎞㎏"},
}
_NOISE = re.compile(r"\[bookmark:\s*\w*\]")
_HAN = re.compile(r"[\u3400-\u9fff〇]")
_NUMERAL = re.compile(r"^[一二三四五六七八九十]{1,2}$")
_RUN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class NormalText:
    """``text`` for the grammar; ``origin[i]`` is the offset of ``text[i]`` in the words as written.

    ``origin`` has one more entry than ``text``: the offset just behind the last character.
    """

    text: str
    origin: tuple[int, ...]

    def written_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the written words for a span of the normalised text."""
        if start >= end:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.origin[end - 1] + 1


def normalise(written: str) -> NormalText:
    """Fold widths, dashes, ratio signs, quotes and spaces; keep the way back to ``written``."""
    characters: list[str] = []
    offsets: list[int] = []
    noise = [range(*m.span()) for m in _NOISE.finditer(written)]
    for offset, character in enumerate(written):
        if character in _DROPPED or any(offset in span for span in noise):
            continue
        for folded in _fold(character):
            characters.append(folded)
            offsets.append(offset)
    kept = _kept_spaces("".join(characters))
    text = "".join(characters[i] for i in kept)
    return NormalText(text, (*(offsets[i] for i in kept), len(written)))


def _fold(character: str) -> str:
    if "\uff01" <= character <= "\uff5e" and character not in _FOLDED:
        return chr(ord(character) - 0xFEE0)
    return _FOLDED.get(character, character)


def _kept_spaces(text: str) -> list[int]:
    """Return the indexes to keep: spaces stay only between two words that a space really divides.

    A space goes where a label is letter-spaced (``联 系 人``), between a Han character and a digit or mark, and at
    both ends. One space stays between two Latin or digit runs (two phones) and between two Han words of two or more
    characters (two names, two issuers).
    """
    kept: list[int] = []
    runs = [m.span() for m in _RUN.finditer(text)]
    for number, (start, end) in enumerate(runs):
        if number and _divides(text, runs[number - 1], (start, end)):
            kept.append(runs[number - 1][1])
        kept.extend(range(start, end))
    return kept


def _divides(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    before, after = text[left[1] - 1], text[right[0]]
    if before == "\n" or after == "\n":
        return False
    han_before, han_after = bool(_HAN.match(before)), bool(_HAN.match(after))
    if han_before and han_after:
        if left[0] == 0 and _NUMERAL.match(text[left[0] : left[1]]):
            return True  # 一 工作目标: the stop behind the number is missing
        return min(_han_run(text, left[1] - 1, -1), _han_run(text, right[0], 1)) >= 2
    return not han_before and not han_after and before.isalnum() and after.isalnum()


def _han_run(text: str, start: int, step: int) -> int:
    length = 0
    while 0 <= start < len(text) and _HAN.match(text[start]):
        length += 1
        start += step
    return length
