"""Which characters of a document say which part of the draft."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from keqiao.core.guides.blocks import Paragraph
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.parts import HEAD, Part, nodes
from keqiao.web.programmes.proofreading.addresses import parts_by_key

ParagraphAt = tuple[int, int, int, int]
"""A paragraph by block, row, column and number in its cell."""

TINTS = {
    "funding": "money",
    "spending": "money",
    "places": "count",
    "per_unit_limit": "count",
    "opens": "date",
    "deadline": "date",
    "completion": "date",
    "term": "date",
    "targets": "target",
    "deliverables": "target",
    "office_list": "contact",
    "offices": "contact",
    HEAD: "name",
}
"""By slot: the kind that its words are tinted as; a condition where nothing is said here."""

TINTS_OF_RULES = {
    "deadline": "date",
    "period": "date",
    "publicity": "date",
    "quota": "count",
    "count": "count",
}
"""By type of rule, where it is something else than a condition."""

KINDS = ("money", "count", "date", "condition", "target", "contact")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters ``start`` to ``end`` of a paragraph, as people see it, say ``part``.

    ``key`` is what they are tied by. ``kind`` is one of ``KINDS``, or ``name`` for the heading of a node, ``left``
    for a number that nothing uses, ``sum`` for a sum; the last two are no parts. ``sure`` is false where the
    reading was not.
    """

    key: str
    kind: str
    start: int
    end: int
    part: Part | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Tied:
    """Words with their place, and what to mark them as."""

    key: str
    kind: str
    words: Mapping[str, Any]
    part: Part | None = None


def tied_parts(values: Values, words: Mapping[str, Any]) -> Iterator[Tied]:
    """Yield what the words of a draft are tied to; words of parts that are gone are passed over."""
    parts, rule_types = parts_by_key(values), _rule_types(values)
    for key, tied in words.items():
        if part := parts.get(key):
            yield Tied(key, tint_of(part, rule_types.get(part.entry, "")), tied, part)


def tint_of(part: Part, rule_type: str = "") -> str:
    """Return the kind that the words of a part are tinted as."""
    if part.slot == "rules":
        return TINTS_OF_RULES.get(rule_type, "condition")
    return TINTS.get(part.slot, "condition")


def marks_by_paragraph(
    tied: Iterator[Tied], paragraphs: Mapping[ParagraphAt, Paragraph]
) -> dict[ParagraphAt, list[Mark]]:
    """Return the marks of each paragraph. Words that their paragraph does not hold (any more) mark it whole."""
    found: dict[ParagraphAt, list[Mark]] = {}
    for each in tied:
        place = each.words.get("place") or {}
        here = paragraph_at(place)
        if here in paragraphs:
            start, end = _span(paragraphs[here].full_text, str(each.words.get("words", "")), place)
            sure = each.words.get("confidence", "certain") == "certain"
            found.setdefault(here, []).append(Mark(each.key, each.kind, start, end, each.part, sure))
    return found


def paragraph_at(place: Mapping[str, Any]) -> ParagraphAt:
    """Return the paragraph of a place as the reading writes it down."""
    block, row, column = (place.get(name, -1) for name in ("block", "row", "column"))
    return (block, row, column, place.get("paragraph", 0))


def _span(text: str, words: str, place: Mapping[str, Any]) -> tuple[int, int]:
    """Where the words stand: the reading counts from the start of their line, a selection from the paragraph's."""
    start, end = place.get("start"), place.get("end")
    if start is not None and end is not None:
        for offset in _starts_of_lines(text):
            if text[offset + start : offset + end].strip() == words:
                return offset + start, offset + end
    at = text.find(words) if words else -1
    return (at, at + len(words)) if at >= 0 else (0, len(text))


def _starts_of_lines(text: str) -> Iterator[int]:
    offset = 0
    for line in text.split("\n"):
        yield offset
        offset += len(line) + 1


def _rule_types(values: Values) -> dict[str, str]:
    rules = (rule for _node, stated in nodes(values) for rule in stated.get("rules", ()))
    return {rule["id"]: rule["type"] for rule in rules}
