"""List marks: the text of a mark at each level, and the counting of levels while a notice is composed."""

from dataclasses import dataclass, field

import cn2an

from keqiao.writers.notice.plan import Numbering

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def chinese(number: int) -> str:
    """A whole number in Chinese characters: 12 is 十二."""
    return str(cn2an.an2cn(number)).removeprefix("一") if 10 <= number < 20 else str(cn2an.an2cn(number))


def mark_text(kind: str, ordinal: int) -> str:
    """The mark of a kind for a number: ``（一）`` and 3 give ``（三）``.

    Raises:
        KeyError: no such kind of mark.
    """
    return {
        "一、": lambda n: f"{chinese(n)}、",
        "（一）": lambda n: f"（{chinese(n)}）",
        "1.": lambda n: f"{n}.",
        "1、": lambda n: f"{n}、",
        "（1）": lambda n: f"（{n}）",
        "①": lambda n: _CIRCLED[n - 1] if n <= len(_CIRCLED) else f"（{n}）",
        "第一类": lambda n: f"第{chinese(n)}类、",
        "A.": lambda n: f"{_letter(n)}.",
        "1)": lambda n: f"{n})",
        "A类": lambda n: f"{_letter(n)}类：",
    }[kind](ordinal)


def _letter(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26)


@dataclass
class Counter:
    """Counts the headings of one part; a new number at a level starts the levels below it again."""

    numbering: Numbering
    open: list[int] = field(default_factory=list)

    def next(self, level: int, kind: str = "") -> str:
        """The mark of the next heading at ``level`` (from 1), of ``kind`` or the level's own.

        Empty below the levels that have a mark.
        """
        if level > len(self.numbering.kinds):
            return ""
        self.open = [*self.open[:level], *([0] * (level - len(self.open)))]
        self.open[level - 1] += 1
        return mark_text(kind or self.numbering.kinds[level - 1], self.open[level - 1])
