"""Counts with a unit: ``不少于5场次``, ``2个以上``, ``3名或3名以上``, ``1-3分钟``, ``一份``, ``达到社区人口的2%``.

A level is not a count: ``市级以上``, ``二级以上`` have no unit of count and are never read here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from keqiao.core.guides.numerals import CHINESE, NUMBER, SCALE, number

AT_LEAST, AT_MOST, EXACTLY, ABOUT, MORE, LESS = ">=", "<=", "==", "~", ">", "<"

_HAVING = "(?:具备|有|要有|开展|举办|组织|建有|完成|参加|应有)?"
_BEFORE = {
    AT_LEAST: "|".join(
        (
            r"不得?(?:少于|低于|小于|短于)",
            r"不少(?=[\d一二两三四五六七八九十])",  # a slip for 不少于 that many notices make
            rf"(?:至少|最少|起码){_HAVING}",
            r"达到|达|≥|>=|最低",
        )
    ),
    AT_MOST: r"不得?(?:超过|多于|高于|大于|超)|最多|至多|最高|≤|<=|控制在",
    MORE: r"超过|多于|大于|>",
    LESS: r"少于|低于|小于|<",
    ABOUT: r"大约|约|近",
}
_AFTER = {
    AT_LEAST: r"(?:及|或者?)?以上|起",
    AT_MOST: r"(?:及|或者?)?以下|以内|之内",
    ABOUT: r"左右|上下",
}
_HEDGE = re.compile(r"原则上?|一般|尽量|力争")
_TITLES = re.compile(r"《[^《》]{0,80}(?:<[^<>]{0,60}>[^《》]{0,60})?》|“[^“”]{1,10}”")
_BASE = r"(?P<base>[^,;:。、\d]{0,16}?)"


@dataclass(frozen=True, slots=True)
class Count:
    """One number with its unit and comparator, at ``text[start:end]``.

    ``value`` is the number (``low`` of a range, with ``high`` set). ``base`` holds the words between comparator and
    a percentage (``社区人口``). ``chinese`` says that the number is written in Chinese characters.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    comparator: str = EXACTLY
    high: Decimal | None = None
    soft: bool = False
    base: str = ""
    chinese: bool = False


def masked(text: str) -> str:
    """Blank out book titles and short quoted names, whose numbers count nothing (``“四个一批”``); same length."""
    return _TITLES.sub(lambda m: "\u00b7" * len(m.group()), text)


class CountGrammar:
    """Reads counts for a given list of units (``data/vocabulary``)."""

    def __init__(self, units: Sequence[str]) -> None:
        unit = "|".join(re.escape(u) for u in sorted(units, key=len, reverse=True))
        unit = rf"(?P<unit>(?:{unit})(?:\((?:{unit})(?:、(?:{unit}))*\)|/(?:{unit}))?)"
        before = "|".join(f"(?P<{_group('b', name)}>{words})" for name, words in _BEFORE.items())
        after = "|".join(f"(?P<{_group('a', name)}>{words})" for name, words in _AFTER.items())
        amount = rf"(?P<low>{NUMBER})(?P<lowscale>{SCALE})?(?:余|多)?(?:个(?=课时|学时|小时|学期))?"
        high = rf"(?:(?:-|至|到)(?P<high>{NUMBER})(?P<highscale>{SCALE})?)?"
        again = rf"(?:或(?P=low){_again(unit)}(?={'|'.join(_AFTER.values())}))?"
        self._count = re.compile(
            rf"(?:{before})?(?P<gap>[为在]?)(?<![\d第.{CHINESE}]){amount}{high}{unit}{again}"
            rf"(?P<noun>[^\d,;:。、()的]{{0,4}}?)(?:{after})?"
        )
        self._tail = re.compile(rf"[^\d,;:。、()的]{{0,3}}(?:{'|'.join(_AFTER.values())})")
        self._percent = re.compile(
            rf"(?=[^,;:。、]{{0,40}}%)(?:(?:{before}){_BASE}的?)?(?<![\d.])(?P<low>\d{{1,9}}(?:\.\d{{1,4}})?)(?:-(?P<high>\d{{1,9}}(?:\.\d{{1,4}})?))?%(?:{after})?"
        )

    def read(self, text: str) -> list[Count]:
        """Return the counts in ``text`` in order, percentages included, book titles and quoted names left out."""
        plain = masked(text)
        found = [count for match in self._count.finditer(plain) if (count := self._count_of(match, plain))]
        found += [_percent_of(match, plain) for match in self._percent.finditer(plain)]
        return sorted(found, key=lambda count: count.start)

    def _count_of(self, match: re.Match[str], plain: str) -> Count | None:
        low, high = match["low"], match["high"]
        scale = match["lowscale"] or ""
        value = number(low, scale or (match["highscale"] or "" if high else ""))
        if value is None or _is_name(plain, match):
            return None
        end, comparator = match.end("unit"), _comparator(match)
        if match.end() > match.end("noun"):
            end = match.end()
        elif comparator == EXACTLY and (tail := self._tail.match(plain, end)):
            end, comparator = tail.end(), _after(tail.group())
        elif match.end("noun") > match.end("unit"):
            end = match.end("unit")
        return Count(
            start=match.start(),
            end=end,
            value=value,
            unit=match["unit"],
            comparator=comparator,
            high=number(high, match["highscale"] or "") if high else None,
            soft=bool(_HEDGE.search(plain[max(0, match.start() - 8) : match.start()])),
            chinese=low[0] in CHINESE,
        )


def _group(side: str, comparator: str) -> str:
    return side + {AT_LEAST: "ge", AT_MOST: "le", MORE: "gt", LESS: "lt", ABOUT: "about"}[comparator]


def _again(unit: str) -> str:
    return unit.replace("?P<unit>", "?:", 1)


def _comparator(match: re.Match[str]) -> str:
    groups = match.groupdict()
    for side, names in (("b", _BEFORE), ("a", _AFTER)):
        for name in names:
            if groups.get(_group(side, name)):
                return name
    return EXACTLY


def _after(words: str) -> str:
    return next(name for name, pattern in _AFTER.items() if re.search(rf"(?:{pattern})$", words))


_NAMES = re.compile(
    r"三门峡|一(?:次性|些|系列|定|般|流|线|体|致|起|批|直|方面)|[一两三四五六七八九十百千](?:大|化|位一体)"
)
_BEHIND = re.compile(r"^(?:次性|个方面|个面向|个确保|个服务|个意识|个自信|个维护|个全面|名额)")


def _is_name(plain: str, match: re.Match[str]) -> bool:
    """Tell whether a number written in Chinese is part of a name or a set phrase."""
    start = match.start("low")
    if plain[max(0, start - 1) : start] in ("第", "统", "唯", "“"):
        return True
    if match["low"][0] not in CHINESE:
        return False
    return bool(_NAMES.match(plain, start) or _BEHIND.match(plain[match.end("low") :]))


def _percent_of(match: re.Match[str], plain: str) -> Count:
    start = match.start()
    base = match["base"] or ""
    comparator = _comparator(match)
    has_before = any(match.groupdict().get(_group("b", name)) for name in _BEFORE)
    if not has_before:
        start, base = match.start("low"), ""
    return Count(
        start=start,
        end=match.end(),
        value=Decimal(match["low"]),
        unit="%",
        comparator=comparator,
        high=Decimal(match["high"]) if match["high"] else None,
        soft=bool(_HEDGE.search(plain[max(0, start - 8) : start])),
        base=base.removesuffix("的"),
    )
