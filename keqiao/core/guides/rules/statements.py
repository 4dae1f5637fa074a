"""The rules that a category's sentences state; what no recogniser claims is a statement that a person judges."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from keqiao.core.guides.clauses import clauses, sentences, split
from keqiao.core.guides.facts import Confidence, Fact
from keqiao.core.guides.lines import Piece
from keqiao.core.guides.numerals import plain_number
from keqiao.core.guides.quantities.counts import EXACTLY, CountGrammar
from keqiao.core.guides.rules.recognisers import Recogniser
from keqiao.core.guides.tree import Category

_CONTENT = ("targets", "content", "procedure", "general", "places", "deadline", "money")
_PERSONS = re.compile(r"每人|负责人|主持人|申报人")
_METRIC = re.compile(r"^[的,、且并和至少有具备能]+|[的为有共达到]+$")
_NOT_HELD = re.compile(r"单位.{0,8}(?:限|不超过|最多)|申报.{0,6}(?:限|不超过)|选题|周岁|年龄|申报书|一式")
_ROLE = re.compile(r"托举专家|权威专家|专家(?=\(|须|应)|讲师|主讲嘉宾")
_HEDGE = re.compile(r"原则|一般")
_OPENING_ENDS = re.compile(r"如下[:。]?$")


def read_rules(
    category: Category, known: Sequence[Recogniser], counts: CountGrammar, rest: Sequence[Piece]
) -> list[Fact]:
    """Return the rules that a category's words state; ``rest`` holds the conditions behind the list of applicants."""
    found: list[Fact] = []
    for piece in (*category.slots.get("conditions", []), *rest) if category.path else ():
        found += _counted(piece, category.path, counts)
    for piece in (*category.slots.get("conditions", []), *category.slots.get("requirements", []), *rest):
        for sentence in sentences(piece):
            found += _conditions(sentence, category.path, known)
    for slot in _CONTENT:
        pieces = category.slots.get(slot, [])
        general = slot == "general" and not category.path
        opening = _opening(pieces) if general else 0
        for piece in pieces:
            read = _conditions if general and piece.line.number > opening else _content
            for sentence in sentences(piece):
                found += read(sentence, category.path, known)
    found += _only(category, "table", known, {"quota"})
    if category.path:
        found += _only(category, "applicants", known, {"proxy", "joint"})
    return _with_roles(_once(found))


def _opening(general: Sequence[Piece]) -> int:
    """The last line of the opening of a notice (``现将有关事项通知如下``), 0 without one: names, title and occasion
    stand there, which nobody has to meet.
    """
    return max((piece.line.number for piece in general if _OPENING_ENDS.search(piece.line.text)), default=0)


def _counted(piece: Piece, path: tuple[str, ...], counts: CountGrammar) -> Iterator[Fact]:
    """A threshold among conditions (``占地不少于200亩``) must hold when applying; it is no target."""
    for sentence in sentences(piece):
        for clause in clauses(sentence):
            start = 0
            for count in counts.read(clause.text):
                metric = _METRIC.sub("", clause.text[start : count.start])
                start = count.end
                if count.comparator == EXACTLY or count.unit in ("元", "岁") or _NOT_HELD.search(clause.text):
                    continue
                metric = metric or _METRIC.sub("", clause.text[count.end :])
                value = {
                    "metric": metric,
                    "op": count.comparator,
                    "value": plain_number(count.value),
                    "unit": count.unit,
                }
                sure = Confidence.SOFT if count.soft else Confidence.CERTAIN
                yield Fact(
                    "rule", path, {"type": "count", "summary": clause.written.strip(), **value}, clause, sure
                )


def _with_roles(facts: list[Fact]) -> list[Fact]:
    """A rule about a person that names none is about the person named before it in the same paragraph."""
    kept: list[Fact] = []
    named: dict[int, str] = {}
    for fact in sorted(facts, key=lambda f: (f.words.line.number, f.words.start)):
        line = fact.words.line.number
        if fact.value["type"] == "person":
            role = fact.value.get("role") or _role_in(fact.words.text) or named.get(line, "")
            named[line] = role
            fact = replace(fact, value={**fact.value, "role": role})  # noqa: PLW2901 - the same fact, completed
        kept.append(fact)
    return kept


def _role_in(text: str) -> str:
    found = _ROLE.search(text)
    return found.group() if found else ""


def _only(category: Category, slot: str, known: Sequence[Recogniser], types: set[str]) -> Iterator[Fact]:
    for piece in category.slots.get(slot, []):
        for sentence in sentences(piece):
            yield from (f for f in _content(sentence, category.path, known) if f.value["type"] in types)


def _conditions(sentence: Piece, path: tuple[str, ...], known: Sequence[Recogniser]) -> Iterator[Fact]:
    """Where conditions stand every phrase counts, and a sentence that none claims is a statement of its own."""
    found = [fact for recogniser in known for fact in _recognised(recogniser, sentence, path)]
    yield from found
    if not found and len(sentence.text) > 4:
        yield Fact("rule", path, {"type": "declared", "summary": sentence.written.strip()}, sentence)


def _content(sentence: Piece, path: tuple[str, ...], known: Sequence[Recogniser]) -> Iterator[Fact]:
    for recogniser in known:
        if recogniser.words.also_in_content:
            yield from _recognised(recogniser, sentence, path)


def _recognised(recogniser: Recogniser, sentence: Piece, path: tuple[str, ...]) -> Iterator[Fact]:
    for part in split(sentence, ";"):
        for words in [part] if recogniser.words.in_parts else clauses(part):
            match = recogniser.match(words.text)
            value = recogniser.parameters(match, words.text) if match else None
            if value is None or _is_units_own_limit(recogniser.words.type, value, path, words.text):
                continue
            sure = Confidence.SOFT if _HEDGE.search(words.text) else Confidence.CERTAIN
            stated = {"type": recogniser.words.type, "summary": words.written.strip(), **value}
            yield Fact("rule", path, stated, words, sure)


def _is_units_own_limit(type_: str, value: Mapping[str, Any], path: tuple[str, ...], text: str) -> bool:
    """A category's limit on what a unit may apply for is read as its ``per_unit_limit``, not as a rule."""
    if type_ != "quota" or not path or value["at"] != "apply" or value["max"] is None:
        return False
    return not _PERSONS.search(text)


def _once(facts: list[Fact]) -> list[Fact]:
    """The same words state a rule of one type once; of two mentions of the public notice the fuller one stays."""
    kept: list[Fact] = []
    for fact in facts:
        if any(_twice(fact, known) for known in kept):
            continue
        if fact.value["type"] == "publicity":
            kept = [known for known in kept if not _twice(known, fact)]
        kept.append(fact)
    return kept


def _twice(fact: Fact, known: Fact) -> bool:
    if fact.value["type"] != known.value["type"] or fact.words.line is not known.words.line:
        return False
    if fact.value["type"] == "publicity":
        return "days" not in fact.value or "days" in known.value
    same_words = fact.words.start < known.words.end and known.words.start < fact.words.end
    return same_words and fact.value.get("attr") == known.value.get("attr")
