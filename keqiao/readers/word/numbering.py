"""Computes the automatic numbers of Word paragraphs (ECMA-376 part 1, 17.9).

Counters belong to the abstract list, so two lists that share it go on counting together; a
``startOverride`` restarts the count at the first paragraph that uses the overriding list at that level.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from keqiao.readers.word.counting import write_count
from keqiao.readers.word.package import W
from keqiao.readers.word.styles import Styles, switched_on, value

LEVELS = 9
PLACEHOLDER = re.compile(r"%([1-9])")
DIVIDES = re.compile(r"[\x21-\x7e\u4e00-\u9fff]\Z")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and looks."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None  # 1-based level that restarts this one; 0 = never; None = any level above
    legal: bool = False
    style: str = ""


@dataclass
class Numbering:
    """The lists of one document and how far each has counted."""

    lists: dict[str, str] = field(default_factory=dict)  # numId -> abstractNumId
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # abstractNumId -> levels
    replaced: dict[str, dict[int, Level]] = field(default_factory=dict)  # numId -> levels that override
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)  # numId -> level -> start
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, root: etree._Element | None, styles: Styles) -> "Numbering":
        """Read ``numbering.xml``; a document without it has no automatic numbers."""
        numbering = cls()
        if root is None:
            return numbering
        links: dict[str, str] = {}
        for abstract in root.iterfind(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId", "")
            numbering.levels[key] = _levels(abstract)
            if link := value(abstract, "numStyleLink"):
                links[key] = link
        for number in root.iterfind(W + "num"):
            numbering._add_list(number)
        for key, style_id in links.items():
            numbering._follow_link(key, styles.numbering(style_id))
        return numbering

    def _add_list(self, number: etree._Element) -> None:
        key = number.get(W + "numId", "")
        self.lists[key] = value(number, "abstractNumId") or ""
        for override in number.iterfind(W + "lvlOverride"):
            index = _integer(override.get(W + "ilvl"), 0)
            start = value(override, "startOverride")
            if start is not None:
                self.restarts.setdefault(key, {})[index] = _integer(start, 1)
            level = override.find(W + "lvl")
            if level is not None:
                self.replaced.setdefault(key, {})[index] = _level(level)

    def _follow_link(self, key: str, target: tuple[str, int | None, str] | None) -> None:
        """Give an abstract list without levels those of the numbering style it links to."""
        if target and (real := self.lists.get(target[0])) in self.levels and not self.levels[key]:
            self.levels[key] = self.levels[real]

    def level_of_style(self, number_id: str, style_id: str) -> int | None:
        """Return the level that is tied to a paragraph style (``w:pStyle``)."""
        levels = self.levels.get(self.lists.get(number_id, ""), {})
        for index, level in {**levels, **self.replaced.get(number_id, {})}.items():
            if level.style and level.style == style_id:
                return index
        return None

    def next_number(self, number_id: str, index: int) -> str:
        """Count one more paragraph and return its number as written; "" for bullets and unknown lists."""
        key = self.lists.get(number_id)
        if key is None or key not in self.levels:
            return ""
        levels = {**self.levels[key], **self.replaced.get(number_id, {})}
        level = levels.get(index)
        if level is None:
            return ""
        counts = self.counts.setdefault(key, {})
        self._advance(counts, levels, number_id, index)
        return _write(level, levels, counts)

    def _advance(self, counts: dict[int, int], levels: dict[int, Level], number_id: str, index: int) -> None:
        restart = self.restarts.get(number_id, {}).get(index)
        if restart is not None and (number_id, index) not in self.begun:
            counts[index] = restart
        else:
            start = levels[index].start if restart is None else restart
            counts[index] = counts[index] + 1 if index in counts else start
        self.begun.add((number_id, index))
        for deeper in [d for d in counts if d > index and _restarts(levels.get(d), index)]:
            del counts[deeper]


def _restarts(level: Level | None, used: int) -> bool:
    if level is None or level.restart is None:
        return True
    return level.restart > 0 and used <= level.restart - 1


def _write(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    if level.number_format == "bullet":
        return ""

    def write_one(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        shown = levels.get(index, Level())
        number_format = "decimal" if level.legal and shown.number_format != "none" else shown.number_format
        return write_count(counts.get(index, shown.start), number_format)

    text = PLACEHOLDER.sub(write_one, level.text)
    # A gap is kept where it divides: "3." + "5万元" must not become 3.5, nor "专项一" + "乡村" one word. After 、
    # or ） nothing is lost without it.
    gap = level.suffix != "nothing" and DIVIDES.search(text)
    return text + " " if gap else text


def _levels(parent: etree._Element) -> dict[int, Level]:
    found = {}
    for element in parent.iterfind(W + "lvl"):
        index = _integer(element.get(W + "ilvl"), 0)
        if 0 <= index < LEVELS:
            found[index] = _level(element)
    return found


def _level(element: etree._Element) -> Level:
    # Word wraps formats that old versions do not know: the first one found is the wanted one.
    number_format = next(element.iter(W + "numFmt"), None)
    restart = value(element, "lvlRestart")
    return Level(
        start=_integer(value(element, "start"), 0),
        number_format=_format_name(number_format),
        text=value(element, "lvlText") or "",
        suffix=value(element, "suff") or "tab",
        restart=None if restart is None else _integer(restart, 0),
        legal=bool(switched_on(element, "isLgl")),
        style=value(element, "pStyle") or "",
    )


def _format_name(element: etree._Element | None) -> str:
    if element is None:
        return "decimal"
    name = element.get(W + "val", "decimal")
    is_padded = name == "custom" and element.get(W + "format", "").startswith("0")
    return "decimalZero" if is_padded else name


def _integer(text: str | None, default: int) -> int:
    try:
        return int(text) if text else default
    except ValueError:
        return default
