"""Who may apply: kinds of units out of lists such as ``各省辖市、济源示范区科协，各全省学会``."""

import re
from collections.abc import Sequence

from keqiao.core.guides.clauses import sentences, veiled
from keqiao.core.guides.facts import Fact
from keqiao.core.guides.lines import Piece
from keqiao.core.guides.subdivision import aliases
from keqiao.core.guides.tree import Category, folded

_SEPARATORS = re.compile(
    r"以及|[、,;]|和(?!谐)|及(?!其他)|及(?=其他)|或者?(?!其)|与(?!会)|联合(?!会|体|国|总)"
)
_STOP = re.compile(
    r"应(?:当)?(?:以|符合|具备|具有)|均可|进行申报|申报(?!对象)|须|需(?!求)|可(?:以)?(?:由|申)|且|具有(?=独立)(?!.{0,12}的)|参与申报"
)
_NAMED_WAY = re.compile(r"牵头|可联合|应(?:当)?以|进行申报|均可|申报|参与申报|牵头|可联合|均可以")
_LEAD = re.compile(
    r"^(?:由|面向|凡|为|是|主要(?:为|是|面向)|申报(?:单位|对象|主体)(?:必须)?(?:为|是|须为|应为|应是)?|推荐(?:单位|对象)为|必须是|限于?|仅限|须为|应为|包括|即|:|符合条件的|\s)+"
)
_SUFFIX = re.compile(r"等(?:单位|机构|组织|部门)?$|等?均可$")
_EXPLICIT = re.compile(r"(?P<name>[^,;。]{2,20}?)的?申报(?:对象|主体|单位)(?:为|是|:)(?P<kinds>[^;。,]+)")
_LACKS_ASSOCIATION = re.compile(
    r"(?:高校|院校|企业|企事业|事业单位|医院|市|州|区|县|镇|街道|园区|示范区)$(?<!产业园区)(?<!社区)"
)
_CONDITION = re.compile(r"应符合|须|需|具有|能够|申报|名义|活动在")
_FACING = re.compile(r"^面向|(?:^|,)申报(?:对象|主体|单位)(?:为|是)")
_LEVEL = re.compile(r"^(?:国家级|省级|市级|县级|区级)$")
_LONG_ATTRIBUTE = re.compile(r"^.{5,}的(?=[^的]{2,})")
_CAPACITY = re.compile(r"\([^()]*(?:具备|具有|资格|除外)[^()]*\)$")
_SHARED = ("科协", "学会", "协会")


class ApplicantReader:
    """Reads kinds of applicants; ``words`` are the last words of kinds (``data/vocabulary``)."""

    def __init__(self, words: Sequence[str]) -> None:
        self._word = re.compile(
            rf"(?:{'|'.join(re.escape(w) for w in sorted(words, key=len, reverse=True))})$"
        )

    def read(self, category: Category) -> list[Fact]:
        """Return one ``applicants`` fact for each category that the applicants slot of ``category`` names."""
        found: list[Fact] = []
        for piece in category.slots.get("applicants", []):
            if explicit := list(self._explicit(category, piece)):
                found += explicit
                continue
            if kinds := self.kinds(piece.text):
                found.append(Fact("applicants", category.path, {"kinds": kinds}, piece))
        return _joined(found or self._in_content(category))

    def _in_content(self, category: Category) -> list[Fact]:
        """Without a label the content says it: ``面向…。`` at its start, or ``申报对象为…`` in a sentence."""
        found: list[Fact] = []
        for piece in category.slots.get("content", []):
            found += self._explicit(category, piece)
            for sentence in sentences(piece):
                match = _FACING.search(sentence.text)
                kinds = (
                    [_LONG_ATTRIBUTE.sub("", k) for k in self.kinds(sentence.text[match.end() :])]
                    if match
                    else []
                )
                if kinds:
                    value = {"kinds": kinds}
                    found += [
                        Fact("applicants", path, value, sentence) for path in _named(category, sentence)
                    ]
        return found

    def _explicit(self, category: Category, piece: Piece) -> list[Fact]:
        """``甲申报对象为…，乙申报对象为…``: each child its own kinds."""
        found = []
        for match in _EXPLICIT.finditer(piece.text):
            beside = category.parent.children if category.parent else []
            for child in (*category.children, category, *beside):
                name = folded(re.sub(r"\([^()]*\)", "", match["name"]))
                if any(folded(alias) == name for alias in aliases(child.name)):
                    kinds = self.kinds(match["kinds"]) or [match["kinds"]]
                    if self._word.search(match["kinds"]) is None:
                        kinds = [match["kinds"].strip()]
                    found.append(Fact("applicants", child.path, {"kinds": kinds}, piece.part(*match.span())))
        return found

    def kinds(self, text: str) -> list[str]:
        """Return the kinds named at the start of ``text``; empty where its first words name no kind of applicant."""
        first = re.split(r"[。\n]", text)[0]
        plain = veiled(first)
        if (stop := _STOP.search(plain)) and stop.start() > 3:
            cut = stop.start()
            if (
                not _NAMED_WAY.match(stop.group())
                and (comma := max(plain.rfind(",", 0, cut), plain.rfind(";", 0, cut))) > 0
            ):
                cut = comma
            first, plain = first[:cut], plain[:cut]
        lead = _LEAD.match(plain)
        start = lead.end() if lead else 0
        parts: list[tuple[str, str]] = []
        for separator in [*_SEPARATORS.finditer(plain, start), None]:
            end = separator.start() if separator else len(plain)
            parts.append((first[start:end].strip(), separator.group() if separator else ""))
            start = separator.end() if separator else end
        return self._named([part for part in parts if part[0]])

    def _named(self, parts: list[tuple[str, str]]) -> list[str]:
        kinds: list[str] = []
        for index, (words, mark) in enumerate(parts):
            name = _CAPACITY.sub("", _SUFFIX.sub("", words))
            following = _SUFFIX.sub("", parts[index + 1][0]) if index + 1 < len(parts) else ""
            shared = next(
                (tail for tail in _SHARED if following.endswith(tail) and mark in ("、", "和", "及")), ""
            )
            if _LEVEL.match(name) and following:
                name += re.sub(r"^(?:国家级|省级|市级|县级|区级)", "", following)
            lacks = shared == "科协" and _LACKS_ASSOCIATION.search(name) and len(name) <= 10
            if lacks and not following.startswith(("各", "市级", "省级")):
                name += shared
            bare = re.sub(r"\([^()]*\)", "", name)
            if not self._word.search(bare) and not self._word.search(name):
                if not kinds and index + 1 < len(parts) and len(name) <= 12:
                    continue
                break
            kinds.append(name)
        return kinds

    def rest(self, piece: Piece) -> list[Piece]:
        """Return the sentences behind the one that names the kinds (``申报对象与条件`` holds both)."""
        found = list(sentences(piece))
        if found and self.kinds(found[0].text):
            plain = veiled(found[0].text)
            cut = re.search(r"[,;]", plain)
            tail = []
            if cut and _CONDITION.search(plain, cut.end()):
                tail = [found[0].part(cut.end(), len(plain))]
            return [*tail, *found[1:]]
        return found


def _named(category: Category, sentence: Piece) -> list[tuple[str, ...]]:
    """The categories of one parent that a sentence names (``一般课题、青年课题…``), else this one."""
    beside = category.parent.children if category.parent else []
    named = [known.path for known in beside if folded(known.name) in folded(sentence.text)]
    return named or [category.path]


def _joined(facts: list[Fact]) -> list[Fact]:
    """Several lists for one category are one list."""
    by_path: dict[tuple[str, ...], Fact] = {}
    for fact in facts:
        known = by_path.get(fact.path)
        if known is None:
            by_path[fact.path] = fact
            continue
        kinds = list(dict.fromkeys([*known.value["kinds"], *fact.value["kinds"]]))
        by_path[fact.path] = Fact("applicants", fact.path, {"kinds": kinds}, known.words)
    return list(by_path.values())
