"""What else a category states: limits, bundles, preferences, materials, deliverables, spending, endorsement."""

import re
from collections.abc import Iterator
from typing import Any

from keqiao.core.guides.clauses import clauses, sentences, split
from keqiao.core.guides.facts import Confidence, Fact
from keqiao.core.guides.lines import Piece
from keqiao.core.guides.numerals import NUMBER, number
from keqiao.core.guides.tree import Category

_PER_UNIT = re.compile(
    rf"(?:每[个家一]?|一个|同一|各)(?:申报|推荐)?(?:单位|学会|主体|申报主体|依托单位|法人单位|基地|协会|高校|企业|科协)(?:最多|只|仅|原则上|一般|可|能|限|申报|推荐|报送|数量|项目|的)*"
    rf"(?:不(?:得)?(?:超过|多于)|限(?:报|申报|推荐)?|最多(?:可)?(?:申报|推荐|报)?|(?:仅|只)(?:能|可|限)(?:申报|推荐|报)?|可申报|申报)"
    rf"(?P<n>{NUMBER})(?P<unit>个|项|支|篇|名|件)"
)
_UNDERTAKE = re.compile(r"承担|立项|获批|资助")
_PREFER = re.compile(r"优先|重点支持|同等条件")
_NOT_PREFER = re.compile(r"优先向|优先领域|优先发展")
_BUNDLE = re.compile(
    r"须?(?:同时|一并)申报(?P<names>[^;。(]+?)(?P<open>等)?(?:项目|类别|课题)?(?:的?,|,|。|;|$)"
)
_QUOTED = re.compile(r"“[^“”]+”[^、,;。“”和及]*|[^、,;。和及]+")
_SEVERAL = re.compile(r"\(同时申报(?P<n>两|二|2|三|3|多)[项个](?P<names>[^()]*?)(?:项目)?的")
_SPENDING_LEAD = re.compile(r"^(?:主要)?(?:用于|包括|包含|可用于|支付|列支)+(?:支付)?:?")
_STEP_ENDS = re.compile(
    r"审核盖章|审核|签署同意|签署意见|加盖(?:政府|单位)?公章|盖章|出具[^,;。出]{0,30}推荐函"
    r"|会同[^,;。会]{0,30}汇总|汇总|推荐(?=[,;。])|统一(?:报送|提交)(?:至|到)[^,;。]*"
)
_CLAUSE = re.compile(r"[^,;。]+[,;。]?")
_STEP_LEAD = re.compile(r"^[须需应]?经?")
_LETTER = re.compile(r"出具(?P<name>[^,;。]{2,16}(?:函|证明|意见|文件))")
_SLOTS = (
    "applicants",
    "also:conditions",
    "conditions",
    "requirements",
    "content",
    "targets",
    "procedure",
    "places",
    "preference",
    "general",
)


def read_particulars(category: Category) -> list[Fact]:
    """Return the particulars of one category as facts of several kinds."""
    found: list[Fact] = []
    for slot in dict.fromkeys(_SLOTS):
        for piece in category.slots.get(slot, []):
            for sentence in sentences(piece):
                found += _sentence(category, sentence)
    found += _spending(category)
    found += _deliverables(category)
    return _first_limit(found)


def _sentence(category: Category, sentence: Piece) -> Iterator[Fact]:
    path = category.path
    if (match := _PER_UNIT.search(sentence.text)) and not _UNDERTAKE.search(
        sentence.text[: match.start("n")]
    ):
        limit = number(match["n"])
        if limit is not None:
            soft = "原则上" in match.group()
            yield Fact(
                "per_unit_limit", path, {"max": int(limit), "unit": match["unit"]}, sentence.part(*match.span()),
                Confidence.SOFT if soft else Confidence.CERTAIN,
            )  # fmt: skip
    for clause in clauses(sentence):
        if _PREFER.search(clause.text) and not _NOT_PREFER.search(clause.text):
            yield Fact(
                "preference", path, {"words": clause.written.strip()}, _with_condition(sentence, clause)
            )
        if letter := _LETTER.search(clause.text):
            yield Fact("material", path, {"name": letter["name"]}, clause)
    yield from _endorsement(category, sentence)
    yield from _bundle(category, sentence)


def _with_condition(sentence: Piece, clause: Piece) -> Piece:
    """A bare ``同等条件下优先考虑`` needs the clause before it."""
    if len(clause.text) > 12 or clause.start == sentence.start:
        return clause
    return Piece(clause.line, sentence.start, clause.end)


def _endorsement(category: Category, sentence: Piece) -> Iterator[Fact]:
    if not re.search(r"审核|盖章|推荐函|签署|汇总", sentence.text):
        return
    steps = [step for clause in _CLAUSE.findall(sentence.text) for step in _clause_steps(clause)]
    if steps and not re.search(r"[A4一]式|份", sentence.text):
        yield Fact("endorsement", category.path, {"steps": steps}, sentence)


def _clause_steps(clause: str) -> Iterator[str]:
    start = 0
    for match in _STEP_ENDS.finditer(clause):
        step = _STEP_LEAD.sub("", clause[start : match.end()])
        if 3 <= len(step) <= 40:
            yield step.strip()
        start = match.end()


def _bundle(category: Category, sentence: Piece) -> Iterator[Fact]:
    match = _BUNDLE.search(sentence.text)
    if match is None or sentence.text[max(0, match.start() - 1) : match.start()] == "(":
        return
    names = [m.group().strip() for m in _QUOTED.finditer(match["names"]) if len(m.group().strip()) > 1]
    value: dict[str, Any] = {"must_also_apply": names, "open_list": bool(match["open"])}
    rest = sentence.line.text[sentence.start :]
    if "入围" in rest or "入选" in rest or "立项" in rest:
        value |= _consequences(rest)
    whole = Piece(sentence.line, sentence.start, len(sentence.line.text))
    yield Fact("bundle", category.path, value, whole)


def _consequences(rest: str) -> dict[str, Any]:
    value: dict[str, Any] = {}
    if found := re.search(
        r"(?:入围|入选|立项)[^,入立]{0,30}?[后,],?(?P<what>[^。;]{0,60}?(?:子项目|纳入|不再)[^。;]*)", rest
    ):
        value["on_selected"] = found["what"].strip(" ,")
    if found := re.search(r"如?未(?:入围|入选|立项)[^,未]*,(?P<what>[^。;]*)", rest):
        value["on_not_selected"] = found["what"].strip(" ,")
    if several := _SEVERAL.search(rest):
        names = [m.group().strip() for m in _QUOTED.finditer(several["names"]) if len(m.group().strip()) > 1]
        value["when_several"] = {"category": names, "applied": int(number(several["n"]) or 2)}
    return value


def _spending(category: Category) -> Iterator[Fact]:
    items: list[str] = []
    words: Piece | None = None
    for piece in category.slots.get("spending", []):
        words = words or piece
        for part in split(piece, "、,;。"):
            for item in re.split(r"以及|及(?!其)", part.text):
                name = _SPENDING_LEAD.sub("", item).strip(" 。")
                if name and name not in items:
                    items.append(name)
    if words is not None and items:
        yield Fact("spending", category.path, {"items": items}, words)


def _deliverables(category: Category) -> Iterator[Fact]:
    names: dict[str, Piece] = {}
    for slot in ("targets", "content"):
        for piece in category.slots.get(slot, []):
            for sentence in sentences(piece):
                for clause in clauses(sentence):
                    if re.search(
                        r"提交|形成|汇集成册|汇聚成册|有[^,]{0,12}总结|编制|出台|制定|完成一", clause.text
                    ):
                        names.setdefault(
                            re.sub(
                                r"\d+|不少于|不低于|[一两三](?=[份篇部册])|[份篇部册项次](?=$)",
                                "",
                                clause.text,
                            ).strip(),
                            clause,
                        )
    for name, clause in names.items():
        yield Fact("deliverable", category.path, {"name": name}, clause)


def _first_limit(facts: list[Fact]) -> list[Fact]:
    """One limit per unit and category; said twice it counts once."""
    kept: list[Fact] = []
    for fact in facts:
        if fact.kind in ("per_unit_limit", "bundle") and any(k.kind == fact.kind for k in kept):
            continue
        kept.append(fact)
    return kept
