"""The words of the document behind each statement of a definition that was made from a reading."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from keqiao.core.programme.tree import names_at, walk
from keqiao.core.programme.types import Category, Programme

Flat = Mapping[str, Any]

_CITE = re.compile(r"^(?P<where>[^「]*)「(?P<words>.*)」\s*$", re.DOTALL)
_COUNTED = re.compile(r"第(\d+)段(?: 表格第(\d+)行第(\d+)列)?$")
_SINGLE = {
    "applicants": "applicants",
    "funding": "funding",
    "slots": "places",
    "per_unit_limit": "per_unit_limit",
    "completion": "completion",
    "term": "term",
    "spending": "spending",
    "endorsement": "endorsement",
    "bundle": "bundle",
    "preference": "preferences",
    "material": "materials",
    "deliverable": "deliverables",
}
"""By kind of fact in the report: the name of the statement in the definition."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the document says: its words, where they stand, how sure their reading is.

    ``where`` is for people, ``place`` for programs (line, block, row, column, paragraph, page, start, end).
    """

    words: str
    where: str = ""
    place: Mapping[str, int] | None = None
    confidence: str = "certain"
    note: str = ""

    def as_values(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


def words_of(flat: Flat, programme: Programme) -> dict[str, Words]:
    """The words of ``programme``, which was made from ``flat`` and not changed since, by key.

    The key of a category, target, rule or office is its id; that of a single statement the id of its
    category (empty for the programme), a colon and the statement's name: ``c1.2:funding``, ``:deadline``.
    """
    facts = _Facts(flat)
    found: dict[str, Words] = dict(_of_the_whole(flat, programme, facts))
    entries = {tuple(entry.get("path") or ()): entry for entry in _maps(flat.get("categories"))}
    for path, category in walk(programme):
        names = names_at(programme, path)
        found |= dict(_of_category(category, entries.get(names, {}), names, facts))
    return found


class _Facts:
    """The facts of the report, found by kind and words, or by kind and category."""

    def __init__(self, flat: Flat) -> None:
        self.entries = _maps((flat.get("report") or {}).get("facts"))

    def of(self, kind: str, path: tuple[str, ...]) -> Words | None:
        """The first fact of ``kind`` that the category at ``path`` states."""
        stated = (f for f in self.entries if f.get("kind") == kind and tuple(f.get("path") or ()) == path)
        return next(map(_from_fact, stated), None)

    def cited(self, cite: object, path: tuple[str, ...]) -> Words | None:
        """The words of a citation of the category at ``path``, with place and confidence.

        They come from the fact of the same words and category; the same words stand in many categories.
        """
        parts = _CITE.match(str(cite or "").strip())
        if parts is None:
            return None
        words, where = parts["words"].strip(), parts["where"].strip()
        for fact in self.entries:
            if str(fact.get("words", "")).strip() == words and tuple(fact.get("path") or ()) == path:
                known = _from_fact(fact)
                return Words(words, where, known.place, known.confidence, known.note)
        return Words(words, where, _place_in(where))


def _place_in(where: str) -> Mapping[str, int] | None:
    """The place that a citation names by counting; None where it counts lines, which no block knows."""
    found = _COUNTED.match(where)
    if found is None:
        return None
    block, row, column = (int(n) - 1 if n else -1 for n in found.groups())
    return {"block": block, "row": row, "column": column}


def _from_fact(fact: Flat) -> Words:
    stated = fact.get("place")
    place = {k: v for k, v in stated.items() if isinstance(v, int)} if isinstance(stated, Mapping) else None
    words, sure = str(fact.get("words", "")).strip(), str(fact.get("confidence") or "certain")
    return Words(words, "", place, sure, str(fact.get("note") or ""))


def _of_the_whole(flat: Flat, programme: Programme, facts: _Facts) -> Iterator[tuple[str, Words]]:
    document = flat.get("document") or {}
    yield from _paired(programme.rules, document.get("general_rules"), (), facts)
    yield from _paired(programme.office_list, document.get("contacts"), (), facts)
    yield from _single("", (), facts)
    for rule in _maps(document.get("general_rules")):
        if (rule.get("formal") or {}).get("type") == "deadline" and (
            words := facts.cited(rule.get("cite"), ())
        ):
            yield ":deadline", words
            return


def _of_category(
    category: Category, entry: Flat, names: tuple[str, ...], facts: _Facts
) -> Iterator[tuple[str, Words]]:
    if words := facts.cited(entry.get("cite"), names):
        yield category.id, words
    yield from _paired(category.targets, entry.get("kpis"), names, facts)
    yield from _paired(category.rules, entry.get("conditions"), names, facts)
    yield from _single(category.id, names, facts)


def _paired(
    made: Iterable[Any], stated: object, path: tuple[str, ...], facts: _Facts
) -> Iterator[tuple[str, Words]]:
    """Statements are made from their entries one by one, in order."""
    for statement, entry in zip(made, _maps(stated), strict=False):
        if words := facts.cited(entry.get("cite"), path):
            yield statement.id, words


def _single(identifier: str, names: tuple[str, ...], facts: _Facts) -> Iterator[tuple[str, Words]]:
    for kind, statement in _SINGLE.items():
        if words := facts.of(kind, names):
            yield f"{identifier}:{statement}", words


def _maps(value: object) -> list[Flat]:
    entries = value if isinstance(value, list) else []
    return [entry for entry in entries if isinstance(entry, Mapping)]
