"""Scores a reading against an answer key, group by group: how many facts match, are missing, are too many.

Independent of the reader: it knows the flat export and nothing else. Money, counts, dates and numbers must be
equal, names are compared without quotes, brackets and spaces, a target's metric must share a third of its
characters with the key's.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

MARKS = re.compile(r"[“”\"'《》<>\s·]")
SCORED_RULES = {
    "quota": ("max",), "sanction": ("years",), "person": ("value", "born_after", "level"), "publicity": ("days",),
    "period": ("years", "finish_by"), "deadline": ("date",), "legal_status": ("registered_years_min",),
    "recognition": (), "joint": ("min_units",), "proxy": (), "material": ("min", "max"), "text_limit": ("value",),
    "endorsement": (),
}  # fmt: skip


@dataclass(frozen=True)
class Score:
    """Matched, expected and produced facts; ``missing`` and ``extra`` name the others."""

    matched: int
    expected: int
    produced: int
    missing: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.matched / (self.expected + self.produced) if self.expected + self.produced else 1.0


def folded(words: Any) -> str:
    """Return words for comparison."""
    return MARKS.sub("", unicodedata.normalize("NFKC", str(words))).lower()


def path(value: Iterable[str]) -> str:
    """Return a category's path for comparison, list marks left out."""
    return "/".join(
        re.sub(r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、.])", "", folded(name)) for name in value
    )


def score(key: dict[str, Any], reading: dict[str, Any]) -> Score:
    """Score ``reading`` against ``key``, both flat exports."""
    expected, produced = list(facts(key)), list(facts(reading))
    missing, extra = _exact(
        [fact for fact in expected if fact[0] != "target"], [fact for fact in produced if fact[0] != "target"]
    )
    lost, left = _targets(
        [f for f in expected if f[0] == "target"], [f for f in produced if f[0] == "target"]
    )
    missing, extra = [*missing, *lost], [*extra, *left]
    matched = len(expected) - len(missing)
    shown = (tuple(str(fact) for fact in missing), tuple(str(fact) for fact in extra))
    return Score(matched, len(expected), matched + len(extra), *shown)


def facts(flat: dict[str, Any]) -> Iterable[tuple[Any, ...]]:
    """Yield the facts of a flat export as tuples that can be compared."""
    document = flat["document"]
    if document.get("deadline"):
        yield "deadline", str(document["deadline"])[:10]
    if document.get("copies"):
        yield "copies", document["copies"]["paper"]
    yield from _contacts(flat)
    rules = [*document.get("general_rules", [])]
    for category in flat["categories"]:
        yield from _category(category)
        rules += category.get("conditions", [])
    for rule in rules:
        yield from _rule(rule["formal"])


def _category(category: dict[str, Any]) -> Iterable[tuple[Any, ...]]:
    where = path(category["path"])
    yield "category", where
    if funding := category.get("funding"):
        money = tuple(funding.get(name) for name in ("amount_yuan", "min_yuan", "max_yuan", "total_yuan"))
        yield "funding", where, funding["kind"], money
    if slots := category.get("slots"):
        yield "slots", where, slots.get("count"), slots.get("min"), slots.get("max")
    for name in ("per_unit_limit", "completion_date"):
        if category.get(name) is not None:
            yield name, where, str(category[name])
    for kind in category.get("applicant_kinds", []):
        yield "applicant", where, re.sub(r"^(?:各|全[省市县])+|等(?:单位)?$", "", folded(kind))
    for target in category.get("kpis", []):
        comparator = ">=" if target["comparator"] == "==" else target["comparator"]
        unit = re.sub(r"\(.*\)", "", folded(target["unit"]).replace("平方米", "m2"))
        yield "target", where, float(target["value"]), unit, comparator, folded(target["metric_zh"])


def _contacts(flat: dict[str, Any]) -> Iterable[tuple[Any, ...]]:
    contacts = [*flat["document"].get("contacts", [])]
    contacts += [contact for category in flat["categories"] for contact in category.get("contacts", [])]
    phones = {re.sub(r"\D", "", phone)[-7:] for contact in contacts for phone in contact.get("phones", [])}
    mails = {str(contact["email"]).lower() for contact in contacts if contact.get("email")}
    yield from (("phone", phone) for phone in sorted(phones))
    yield from (("mail", mail) for mail in sorted(mails))


def _rule(formal: dict[str, Any]) -> Iterable[tuple[Any, ...]]:
    if formal["type"] in SCORED_RULES:
        numbers = tuple(str(formal.get(name)) for name in SCORED_RULES[formal["type"]])
        yield "rule", formal["type"], numbers


def _exact(expected: list[Any], produced: list[Any]) -> tuple[list[Any], list[Any]]:
    wanted, given = Counter(expected), Counter(produced)
    return list((wanted - given).elements()), list((given - wanted).elements())


def _targets(expected: list[Any], produced: list[Any]) -> tuple[list[Any], list[Any]]:
    """Pair targets greedily; one stated above may serve several below it."""
    left = list(produced)
    missing = []
    for wanted in expected:
        found = _best(wanted, left, lambda mine, its: mine == its)
        if found is None:
            above = _best(wanted, produced, lambda mine, its: mine.startswith(its))
            if above is None:
                missing.append(wanted)
            continue
        left.remove(found)
    served = [
        fact
        for fact in left
        if any(_best(w, [fact], lambda mine, its: mine.startswith(its)) for w in expected)
    ]
    return missing, [fact for fact in left if fact not in served]


def _best(wanted: Any, given: list[Any], place: Callable[[str, str], bool]) -> Any:
    fits = [
        g
        for g in given
        if place(wanted[1], g[1]) and wanted[2:5] == g[2:5] and _alike(wanted[5], g[5]) >= 1 / 3
    ]
    return max(fits, key=lambda g: _alike(wanted[5], g[5]), default=None)


def _alike(key: str, other: str) -> float:
    return len(set(key) & set(other)) / max(1, len(set(key)))
