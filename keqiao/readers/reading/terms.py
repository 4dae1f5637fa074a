"""What a category of a flat reading states, as statements of a definition."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from keqiao.core.programme.endorsement import EndorsementChain, EndorsementStep
from keqiao.core.programme.facts import Comparator, is_placeholder
from keqiao.core.programme.funding import (
    CeilingFunding,
    EnvelopeFunding,
    FixedFunding,
    Funding,
    Places,
    RangeFunding,
    UnitLimit,
)
from keqiao.core.programme.papers import Paper, Spending
from keqiao.core.programme.parties import Applicants
from keqiao.core.programme.reading_names import PREFERENCE_WORDS
from keqiao.core.programme.schedule import Day, Deadline, Term
from keqiao.core.programme.selection import Preference
from keqiao.core.programme.targets import Target
from keqiao.core.programme.terms import OpenQuestion, Slot
from keqiao.readers.reading.rules import rule_from
from keqiao.readers.reading.values import (
    LONGEST,
    excerpt,
    fen,
    months,
    number,
    possible_date,
    source,
    text,
    texts,
    time_of_day,
    whole,
)

Flat = Mapping[str, Any]

_COMPARATORS = {"=": "==", "≥": ">=", "≤": "<=", "≈": "~"}
_PER = {"project", "category", "unit", "session", "year", "place"}


def terms_from(flat: Flat, identifier: str) -> dict[str, Any]:
    """The statements of one category as arguments of ``Category``; ids begin with the category's
    ``identifier``.
    """
    stated: dict[str, Any] = {
        "source": source(flat.get("cite")),
        "applicants": _applicants(flat),
        "rules": [rule_from(r, f"{identifier}.r{n}") for n, r in _numbered(flat.get("conditions"))],
        "targets": [target_from(k, f"{identifier}.t{n}") for n, k in _numbered(flat.get("kpis"))],
        "funding": funding_from(flat.get("funding")),
        "places": places_from(flat.get("slots")),
        "per_unit_limit": _unit_limit(flat.get("per_unit_limit")),
        "completion": _completion(flat.get("completion_date")),
        "term": _term(flat.get("term")),
        "materials": [Paper(name=name) for name in texts(flat.get("materials") or ())],
        "deliverables": [Paper(name=name) for name in texts(flat.get("deliverables") or ())],
        "spending": _spending(flat.get("expenditure_scope")),
        "preferences": [preference_from(words) for words in texts(flat.get("preference") or ())],
        "endorsement": _endorsement(flat.get("endorsement"), f"{identifier}.e1"),
    }
    stated["open_questions"] = _questions(flat, stated)
    return {key: value for key, value in stated.items() if value is not None}


def _numbered(entries: object) -> list[tuple[int, Flat]]:
    found = [entry for entry in entries if isinstance(entry, Mapping)] if isinstance(entries, list) else []
    return list(enumerate(found, start=1))


def _applicants(flat: Flat) -> Applicants | None:
    kinds = texts(flat.get("applicant_kinds") or ())
    return Applicants(kinds=kinds) if kinds else None


def target_from(flat: Flat, identifier: str) -> Target:
    """One target in words. A value that is no number is kept in the metric and ``needs_answer``."""
    stated = str(flat.get("comparator") or "==")
    comparator = _COMPARATORS.get(stated, stated)
    value = number(flat.get("value"))
    known = value is not None and comparator in get_args(Comparator)
    metric = text(flat.get("metric_zh")) or "（未写明）"
    said = text(str(flat.get("value")))
    return Target(
        id=identifier,
        metric=(metric if value is not None else f"{metric}（{said}）")[:LONGEST],
        comparator=comparator if comparator in get_args(Comparator) else "==",
        value=0 if value is None else value,
        unit=text(flat.get("unit")),
        per=text(flat.get("per")),
        scope=text(flat.get("scope")),
        alternative_group=text(flat.get("alternative_group")),
        optional=bool(flat.get("optional")),
        source=source(flat.get("cite")),
        needs_answer=not known,
    )


def funding_from(flat: object) -> Funding | None:
    """The funding of a category; None where nothing is stated or the statement has no amount."""
    if not isinstance(flat, Mapping):
        return None
    amount, least, most, total = (fen(flat.get(f"{k}_yuan")) for k in ("amount", "min", "max", "total"))
    per = flat["per"] if str(flat.get("per")) in _PER else "project"
    kind = flat.get("kind")
    if kind == "fixed" and amount is not None:
        return FixedFunding(kind="fixed", amount_fen=amount, total_fen=total, per=per)
    if kind == "range" and least is not None and most is not None and least <= most:
        return RangeFunding(kind="range", min_fen=least, max_fen=most, total_fen=total, per=per)
    if kind == "ceiling" and most is not None:
        return CeilingFunding(kind="ceiling", max_fen=most, total_fen=total, per=per)
    if kind == "envelope" and total is not None:
        return EnvelopeFunding(kind="envelope", total_fen=total)
    return None


def places_from(flat: object) -> Places | None:
    """The places of a category, from a number or ``{count}`` or ``{min, max}``."""
    stated = flat if isinstance(flat, Mapping) else {"count": flat}
    count, least, most = (whole(stated.get(key)) for key in ("count", "min", "max"))
    if count is not None:
        return Places(count=count)
    if (least is None and most is None) or (least or 0) > (most if most is not None else least or 0):
        return None
    return Places(min=least, max=most)


def _unit_limit(value: object) -> UnitLimit | None:
    limit = whole(value)
    return UnitLimit(max=limit) if limit else None


def _completion(value: object) -> Day | None:
    day = possible_date(value)
    return Day(on=day, needs_answer=is_placeholder(day)) if day else None


def deadline_from(value: object) -> Deadline | None:
    """A deadline from ``2023-04-30`` or ``2023-04-30T17:30``; None where it is no date."""
    day = possible_date(value)
    return Deadline(on=day, at=time_of_day(value), needs_answer=is_placeholder(day)) if day else None


def _term(value: object) -> Term | None:
    words = text(value)
    if words is None:
        return None
    length = months(words)
    return Term(months=length) if length else Term(words=words, needs_answer=True)


def _spending(value: object) -> list[Spending]:
    kinds = texts(value or ())
    return [Spending(kinds=kinds, open=any(k.endswith("等") or "相关" in k for k in kinds))] if kinds else []


def preference_from(words: str) -> Preference:
    """A preference with the strength that its words give it."""
    strength = next((strength for word, strength in PREFERENCE_WORDS if word in words), "priority")
    return Preference(words=words, strength=strength)


def _endorsement(value: object, identifier: str) -> list[EndorsementChain]:
    steps = tuple(EndorsementStep(words=words) for words in texts(value or ()))
    return [EndorsementChain(id=identifier, steps=steps)] if steps else []


_PLACED: tuple[tuple[str, str, Slot], ...] = (
    ("funding", "funding", "funding"),
    ("slots", "places", "places"),
    ("completion_date", "completion", "completion"),
)


def _questions(flat: Flat, stated: Mapping[str, Any]) -> Sequence[OpenQuestion]:
    """One question for each statement of the reading that could not be placed."""
    return [
        OpenQuestion(about=slot, question=f"原文读作“{excerpt(flat[key])}”，请核对。", needs_answer=True)
        for key, name, slot in _PLACED
        if flat.get(key) and stated[name] is None
    ]
