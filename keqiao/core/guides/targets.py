"""Targets (绩效指标): every number that a category promises, with its metric, comparator, unit and window."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from keqiao.core.guides.clauses import clauses, sentences
from keqiao.core.guides.facts import Confidence, Fact
from keqiao.core.guides.lines import Piece
from keqiao.core.guides.numerals import plain_number
from keqiao.core.guides.quantities.counts import AT_LEAST, AT_MOST, EXACTLY, Count
from keqiao.core.guides.tree import Category
from keqiao.core.guides.vocabulary import Vocabulary

_NOT_TARGETS = re.compile(
    r"^数量(?:控制|不超过|为)|每[个家]?(?:申报)?(?:单位|学会|申报主体|主体|推荐单位|县|团队|负责人|人).{0,8}(?:限|不超过|最多|只能|不得超过).{0,6}(?:项|个)|限报|限申报|申报(?:数量|项目)?不(?:得)?超过"
    r"|分为.{0,60}(?:类型|类别|类)|选取.{0,8}(?:项|个)|同时申报|择优|遴选支持|入围本项目|同一.{0,10}单位"
    r"|(?:拟|计划|共)(?:资助|支持|立项|遴选|评选)\D{0,6}\d+(?:个|项)(?:项目)?$|选题方向|不予|一式"
)
_FIELD_LIMIT = re.compile(
    r"(?:说明|简介|摘要|概述|自述|方案)[^,;。]{0,6}(?:限|不超过|控制在)\d{1,6}字|\d{1,6}字(?:以内|以下|之内)"
)
_NOT_COUNTED = re.compile(r"^(?:方面|阶段|部分|层次|环节|月|工作日|年|自然日|学期|星期|名额|维度|标准)")
_OPTIONAL = re.compile(r"探索|鼓励|有条件的|积极探索|可适当")
_ENDS = re.compile(r"[的得地为有共达到出每各及和与、并且]+$")
_STARTS = re.compile(
    r"^(?:的|以上|左右|及以上|且|并|和|与|及|、|等|为|在|其中|还|也|内|,|:|“(?=[^”]{0,200}$)|\s)+"
)
_INTENT = re.compile(
    r"^(?:要求|须|应当?|需|要|必须|原则上|力争|确保|保证|积极|广泛|能够?|可|具有|举办有|至少|不断|其中|年度|实施期|项目)+"
)
_PROPERTY = re.compile(r"^(?:时长|字数|篇幅|面积|长度|人数)")
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_BRACKET = re.compile(r"\((?P<inner>[^()]*)\)")
_TURNOVER = re.compile(r"成交额|合同额|产值|销售|增收|投资额|收入|效益|融资")
_EVENTS = frozenset({"期", "场", "次", "场次", "届"})
_CAPACITY = re.compile(r"场地|团队|面积|馆舍|在编|专职|注册满|成立满|从业|经验")


@dataclass(frozen=True, slots=True)
class _Context:
    """What a clause inherits: the metric before it, the window of its sentence, whether it is optional."""

    name: str = ""
    metric: str = ""
    whole: str = ""
    scope: str = ""
    optional: bool = False


class TargetReader:
    """Reads the targets of categories."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.counts = vocabulary.counts
        verb = _any_of(vocabulary.verbs)
        self._verbs_first = re.compile(rf"^(?:{_any_of(vocabulary.light_verbs)}|了|或)+")
        self._verb_last = re.compile(rf"(?:{verb})(?:了|好|出)?$")
        self._scope = re.compile(_any_of(vocabulary.periods))
        self._per = re.compile(_any_of(vocabulary.pers))

    def read(self, category: Category) -> list[Fact]:
        """Return the targets stated in a category's own words, each once."""
        found: list[Fact] = []
        for piece in target_pieces(category):
            for sentence in sentences(piece):
                found += self._sentence(sentence, category)
        return _distinct(found)

    def _sentence(self, sentence: Piece, category: Category) -> Iterator[Fact]:
        scope = self._scope.search(sentence.text)
        context = _Context(name=category.name, scope=scope.group() if scope else "")
        for clause in clauses(sentence):
            if _NOT_TARGETS.search(clause.text) or _FIELD_LIMIT.search(clause.text):
                continue
            whole = context.whole if "其中" in sentence.text[: clause.end - sentence.start] else ""
            context = replace(context, optional=bool(_OPTIONAL.search(clause.text)), whole=whole)
            for fact in self._clause(clause, context):
                metric = str(fact.value["metric_zh"])
                context = replace(context, metric=metric, whole=context.whole or metric)
                yield replace(fact, path=category.path)

    def _clause(self, clause: Piece, context: _Context) -> Iterator[Fact]:
        brackets = [match.span("inner") for match in _BRACKET.finditer(clause.text)]
        outer = [c for c in self.counts.read(clause.text) if not _inside(c.start, brackets)]
        facts = list(self._run(clause, outer, context))
        yield from facts
        for start, end in brackets:
            before = [fact for fact in facts if fact.words.end - clause.start <= start]
            ahead = self._clean(clause.text[: start - 1])
            metric = str(before[-1].value["metric_zh"]) if before else ahead or context.metric
            inner = clause.part(start, end)
            inherited = replace(context, metric=metric, optional=context.optional)
            yield from self._bracket(inner, inherited, known=bool(before or outer))

    def _bracket(self, inner: Piece, context: _Context, *, known: bool) -> Iterator[Fact]:
        """A bracket refines the target before it (``每部时长1-3分钟``); alone it may be a target of its own."""
        counts = self.counts.read(inner.text)
        if not counts or (not known and not context.optional and counts[0].comparator == EXACTLY):
            return
        for fact in self._run(inner, counts, replace(context, whole="")):
            own = str(fact.value["metric_zh"])
            noun = _noun(context.metric)
            joined = own if own.startswith(noun) else f"{noun}{own}"
            yield replace(fact, value={**fact.value, "metric_zh": joined})

    def _run(self, clause: Piece, counts: Sequence[Count], context: _Context) -> Iterator[Fact]:
        for index, written in enumerate(counts):
            count, group = self._alternative(clause, counts, index)
            start = counts[index - 1].end if index else 0
            end = counts[index + 1].start if index + 1 < len(counts) else len(clause.text)
            before, after = clause.text[start : written.start], clause.text[written.end : end]
            named = context.optional and not before.strip()
            if not (named or self._counts(count, before, after)):
                continue
            if not after.strip(" 的") and index + 1 < len(counts):
                after = clause.text[counts[index + 1].end :]
            metric = self._metric(before, after, count) or self._inherited(count, context) or clause.text
            if _PROPERTY.match(metric) and context.metric:
                metric = f"{_noun(context.metric)}{metric}"
            elif context.whole and count.comparator != EXACTLY and metric != context.whole:
                metric = f"{metric}(含在{_noun(context.whole)}中)"
            words = clause.part(start, max(count.end, end if not before.strip() else count.end))
            yield from self._facts(count, metric, before, words, (context, group))

    def _counts(self, count: Count, before: str, after: str) -> bool:
        """Tell whether a number is a target at all: bare Chinese numerals need a verb before or a noun and an end."""
        if _NOT_COUNTED.match(after) or before.endswith(("第", "近")):
            return False
        if count.unit == "元":
            return count.comparator != EXACTLY and bool(_TURNOVER.search(before))
        if count.comparator != EXACTLY or not count.chinese:
            return True
        plain = _STARTS.sub("", before)
        if self._per.search(before) or self._verb_last.search(plain):
            return True
        return not after.strip(" 。,;") and len(plain) >= 2

    def _inherited(self, count: Count, context: _Context) -> str:
        """A number without a noun counts what was counted before it; times without a noun are times of the category."""
        return context.name if count.unit in _EVENTS and context.name else context.metric

    def _metric(self, before: str, after: str, count: Count) -> str:
        """Return what is counted: the words before the number, or those behind a verb and the number."""
        ahead = "" if before.endswith("或") else self._clean(before)
        behind = _ENDS.sub("", _STARTS.sub("", after)).strip(" ,;。").removesuffix("或")
        head = _STARTS.sub("", self._per.sub("", before)).strip()
        verb_last = bool(self._verb_last.search(_ENDS.sub("", head))) or not _HAN.search(head)
        if count.unit == "%" and len(_HAN.findall(ahead)) >= 2 and len(_HAN.findall(behind)) >= 2:
            return f"{ahead}{behind}"
        if count.base:
            return f"{ahead}占{count.base}"
        if len(_HAN.findall(behind)) >= 2 and (verb_last or len(_HAN.findall(ahead)) < 2):
            return behind
        if len(_HAN.findall(ahead)) >= 2:
            return ahead
        plain = self._scope.sub("", _STARTS.sub("", head))
        return plain if len(_HAN.findall(plain)) >= 2 else behind

    def _clean(self, text: str) -> str:
        text = _STARTS.sub("", re.sub(r"^\([^()]*\)", "", text))
        text = self._per.sub("", self._scope.sub("", text, count=1), count=1)
        previous = ""
        while previous != text:
            previous = text
            text = _STARTS.sub("", _INTENT.sub("", text))
            stripped = self._verbs_first.sub("", text)
            text = stripped if len(_HAN.findall(stripped)) >= 3 else text
        return _ENDS.sub("", text).strip(" ,;。")

    def _alternative(self, clause: Piece, counts: Sequence[Count], index: int) -> tuple[Count, str]:
        """``不少于1家学会或2家企业科协``: the second takes the first's comparator; both form one group."""
        text, count = clause.text, counts[index]
        if index and text[counts[index - 1].end : count.start].endswith("或"):
            if count.comparator == EXACTLY:
                count = replace(count, comparator=counts[index - 1].comparator)
            return count, _pair(text, counts[index - 1], count)
        if index + 1 < len(counts) and text[count.end : counts[index + 1].start].endswith("或"):
            return count, _pair(text, count, counts[index + 1])
        return count, _nouns_in_turn(text, counts, index)

    def _facts(
        self, count: Count, metric: str, before: str, words: Piece, inherited: tuple[_Context, str]
    ) -> Iterator[Fact]:
        context, group = inherited
        per = self._per.search(before)
        value: dict[str, Any] = {"metric_zh": metric, "unit": count.unit}
        if per:
            value["per"] = per.group()
        elif context.scope:
            value["scope"] = context.scope
        if group:
            value["alternative_group"] = group
        if context.optional:
            value["optional"] = True
        if count.soft:
            value["soft"] = True
        sure = Confidence.SOFT if count.soft or context.optional else Confidence.CERTAIN
        for comparator, number in _bounds(count):
            yield Fact(
                "target", (), {**value, "comparator": comparator, "value": plain_number(number)}, words, sure
            )


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def target_pieces(category: Category) -> list[Piece]:
    """Return the words of a category in which numbers are targets.

    Where a label opens targets only those words count; a category without such a label promises in its content
    and, under ``申报要求``, among its conditions (numbers on capacity stay conditions).
    """
    if category.slots.get("targets"):
        return category.slots["targets"]
    mixed = [p for p in category.slots.get("requirements", []) for p in _promises(p)]
    return category.slots.get("content", []) + mixed


def _promises(piece: Piece) -> Iterator[Piece]:
    for sentence in sentences(piece):
        for clause in clauses(sentence):
            if not _CAPACITY.search(clause.text):
                yield clause


def _nouns_in_turn(text: str, counts: Sequence[Count], index: int) -> str:
    """``讲座不少于3场或短视频不少于2部``: the nouns stand before their numbers; both form one group."""
    for first, second in ((index - 1, index), (index, index + 1)):
        if first < 0 or second >= len(counts):
            continue
        between = text[counts[first].end : counts[second].start]
        if between.startswith("或") and len(between) > 2:
            start = counts[first - 1].end if first else 0
            return f"{_ENDS.sub('', text[start : counts[first].start])}或{between[1:]}"
    return ""


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _noun(metric: str) -> str:
    return re.sub(r"(?:数量|次数|总数|人数)$", "", _BRACKET.sub("", metric))


def _pair(text: str, first: Count, second: Count) -> str:
    one = text[first.end : second.start].removesuffix("或").strip()
    two = re.split(r"[,;。(]", text[second.end :])[0].strip()
    return f"{one}或{two}"


def _bounds(count: Count) -> Iterator[tuple[str, Decimal]]:
    if count.high is not None:
        yield AT_LEAST, count.value
        yield AT_MOST, count.high
    else:
        yield count.comparator, count.value


def _distinct(facts: list[Fact]) -> list[Fact]:
    """Drop what is said twice: same number, unit, comparator and window, metric alike."""
    kept: list[Fact] = []
    for fact in facts:
        if not any(_same(fact, known) for known in kept):
            kept.append(fact)
    return kept


def _same(one: Fact, two: Fact) -> bool:
    keys = ("value", "unit", "comparator", "per")
    if any(one.value.get(key) != two.value.get(key) for key in keys):
        return False
    first, second = str(one.value["metric_zh"]), str(two.value["metric_zh"])
    if ("(含在" in first) != ("(含在" in second):
        return False  # a part may ask for as many as its whole
    a, b = set(first), set(second)
    return len(a & b) / max(1, min(len(a), len(b))) >= 0.75
