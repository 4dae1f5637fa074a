"""Sums that a document implies: places × amount and its total, parts and the whole, children and an envelope."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from keqiao.core.guides.facts import Fact
from keqiao.core.guides.lines import Piece
from keqiao.core.guides.reading import Reading
from keqiao.core.guides.tree import Category


@dataclass(frozen=True, slots=True)
class Check:
    """One sum: ``code`` says which and whether it agrees, ``values`` its numbers (yuan and counts)."""

    path: tuple[str, ...]
    code: str
    values: dict[str, Any]
    words: Piece


def check_sums(reading: Reading) -> list[Check]:
    """Return every sum that can be made from what is stated; nothing is ever corrected."""
    found: list[Check] = []
    funding = {fact.path: fact for fact in reading.of("funding")}
    places = {fact.path: fact for fact in reading.of("slots")}
    for category in reading.categories:
        found += _product(category, funding, places)
        found += _parts(category, places)
        found += _envelope(category, funding)
    found += _areas(reading)
    return found


def _product(
    category: Category, funding: dict[tuple[str, ...], Fact], places: dict[tuple[str, ...], Fact]
) -> Iterator[Check]:
    money, count = funding.get(category.path), places.get(category.path)
    if money is None or count is None or "total_yuan" not in money.value or money.value["kind"] == "envelope":
        return
    unit, total = money.value, money.value["total_yuan"]
    low = unit.get("amount_yuan", unit.get("min_yuan", 0)) * count.value.get(
        "count", count.value.get("min", 0)
    )
    high = unit.get("amount_yuan", unit.get("max_yuan", 0)) * count.value.get(
        "count", count.value.get("max", 0)
    )
    agrees = low <= total <= high
    code = "sum.places_times_amount_agrees" if agrees else "sum.places_times_amount_differs"
    yield Check(category.path, code, {"low": low, "high": high, "total": total}, money.words)


def _parts(category: Category, places: dict[tuple[str, ...], Fact]) -> Iterator[Check]:
    whole = places.get(category.path)
    parts = [places[child.path].value.get("count") for child in category.children if child.path in places]
    if whole is None or "count" not in whole.value or len(parts) < 2 or None in parts:
        return
    total = sum(part for part in parts if part is not None)
    code = "sum.places_agree" if total == whole.value["count"] else "sum.places_differ"
    yield Check(category.path, code, {"parts": parts, "total": whole.value["count"]}, whole.words)


def _envelope(category: Category, funding: dict[tuple[str, ...], Fact]) -> Iterator[Check]:
    money = funding.get(category.path)
    parts = [_total(funding[child.path]) for child in category.children if child.path in funding]
    if money is None or "total_yuan" not in money.value or len(parts) < 2 or None in parts:
        return
    total = sum(part for part in parts if part is not None)
    code = "sum.envelope_agrees" if total == money.value["total_yuan"] else "sum.envelope_differs"
    yield Check(category.path, code, {"parts": parts, "total": money.value["total_yuan"]}, money.words)


def _total(fact: Fact) -> int | float | None:
    total: int | float | None = fact.value.get("total_yuan", fact.value.get("amount_yuan"))
    return total


def _same_metric(one: Fact, two: Fact) -> bool:
    a, b = set(str(one.value["metric_zh"])), set(str(two.value["metric_zh"]))
    return one.value["unit"] == two.value["unit"] and len(a & b) / max(1, min(len(a), len(b))) >= 0.6


def _areas(reading: Reading) -> Iterator[Check]:
    """Totals beside a figure for each area imply a number of areas: all of them must imply the same."""
    implied: list[tuple[Fact, Fact, float]] = []
    for fact in reading.of("target"):
        if "县" not in str(fact.value.get("per", "")):
            continue
        implied += [
            (fact, whole, whole.value["value"] / fact.value["value"])
            for whole in reading.of("target", fact.path)
            if "per" not in whole.value and _same_metric(fact, whole) and fact.value["value"]
        ]
    numbers = {number for _, _, number in implied}
    for fact, whole, number in implied:
        agrees = len(numbers) == 1 and number == int(number)
        code = "sum.areas_agree" if agrees else "sum.areas_differ"
        values = {"each": fact.value["value"], "total": whole.value["value"], "areas": number}
        yield Check(fact.path, code, values, fact.words)
