"""What sheets and orders have to be, worked out naively on plain data; shares nothing with the core.

Totals are counted in quarters of a point and divided once, with sixty digits; the order is found by comparing each
application with each other one.
"""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from typing import Any

STRENGTH = ["none", "tie_break", "priority", "key_support"]


def leaves(card: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for criterion in card["criteria"] for part in criterion.get("parts") or [criterion]]


def sheet_faults(card: dict[str, Any], sheet: dict[str, Any]) -> set[tuple[str, ...]]:
    """Every fault as (what, where)."""
    found: set[tuple[str, ...]] = set()
    asks = "integrity" in card
    letters = sum(not letter.isspace() for letter in sheet["comment"])
    veto_ids = [veto["id"] for veto in card.get("vetoes", ())]
    fraud = asks and sheet["fraud"] is True
    explains = fraud or any(sheet["vetoes"].get(each) is True for each in veto_ids)
    if explains and letters == 0:
        found.add(("explanation_missing", "comment"))
    elif letters < card.get("comment_min_chars", 0):
        found.add(("comment_short", "comment"))
    if fraud:
        return found
    if asks and sheet["fraud"] is None:
        found.add(("integrity_unanswered", "fraud"))
    if sheet["recommends"] is None:
        found.add(("recommendation_missing", "recommends"))
    found |= {("veto_unanswered", each) for each in veto_ids if sheet["vetoes"].get(each) is None}
    found |= {("not_on_the_card", each) for each in sheet["vetoes"] if each not in veto_ids}
    found |= {
        ("not_on_the_card", each)
        for each in sheet["marks"]
        if each not in [leaf["id"] for leaf in leaves(card)]
    }
    for leaf in leaves(card):
        fault = _mark_fault(card, leaf, *sheet["marks"].get(leaf["id"], (None, None)))
        if fault:
            found.add((fault, leaf["id"]))
    return found


def _mark_fault(card: dict[str, Any], leaf: dict[str, Any], points: Decimal | None, band: str | None) -> str:
    if points is None:
        return "points_missing"
    if points < 0 or points > leaf["points"]:
        return "points_outside"
    if (points * 10 ** card["item_decimals"]) % 1 != 0:
        return "points_too_fine"
    if "bands" not in leaf:
        return ""
    holding = [each["name"] for each in leaf["bands"] if each["least"] <= points <= each["most"]]
    if not holding:
        return "points_in_no_band"
    return "band_differs" if band not in (None, *holding) else ""


class Application:
    """One application with its sheets: its values, each an exact number of quarters over a number of sheets."""

    def __init__(self, card: dict[str, Any], name: str, sheets: list[dict[str, Any]]) -> None:
        self.card, self.name, self.sheets = card, name, sheets
        self.total = self.mean([each["id"] for each in leaves(card)])
        self.told = self.shown(self.total) if sheets else None

    def quarters(self, sheet: dict[str, Any], ids: list[str]) -> int:
        if "integrity" in self.card and sheet["fraud"]:
            return 0
        return sum(int(sheet["marks"][each][0] * 4) for each in ids)

    def mean(self, ids: list[str]) -> tuple[int, int]:
        """Numerator and denominator; in points."""
        values = sorted(self.quarters(sheet, ids) for sheet in self.sheets)
        if self.card["joined"] == "trimmed_mean" and len(values) >= self.card["trim_from"]:
            values = values[1:-1]
        return sum(values), 4 * len(values)

    def shown(self, value: tuple[int, int]) -> Decimal:
        with localcontext(prec=60):
            how = ROUND_HALF_UP if self.card["rounding"] == "half_up" else ROUND_DOWN
            return (Decimal(value[0]) / Decimal(value[1])).quantize(
                Decimal(10) ** -self.card["decimals"], how
            )

    def stated(self, veto: str) -> int:
        return sum(bool(each["vetoes"][veto]) and not each["fraud"] for each in self.sheets)

    def verdict(self) -> str:
        if not self.sheets:
            return "person"
        counts = [self.stated(veto["id"]) for veto in self.card.get("vetoes", ())]
        needed = self.card.get("vetoes_needed", 1)
        if any(count >= needed for count in counts):
            return "fails"
        if any(counts) or len(self.sheets) < self.card.get("experts", 0):
            return "person"
        if "integrity" in self.card and any(each["fraud"] for each in self.sheets):
            return "person"
        mark = self.card.get("pass_mark", 0)
        if self.card["ranked_by"] == "shown":
            assert self.told is not None
            return "fails" if self.told < mark else "passes"
        return "fails" if self.total[0] < mark * self.total[1] else "passes"


def better(one: tuple[int, int], other: tuple[int, int]) -> int:
    """1, 0 or -1: how two exact values compare, by multiplying out."""
    left, right = one[0] * other[1], other[0] * one[1]
    return (left > right) - (left < right)


class Order:
    """The order of the applications that take part."""

    def __init__(self, card: dict[str, Any], applications: list[Application], beside: dict[str, Any]) -> None:
        self.card, self.beside = card, beside
        self.part = [
            each
            for each in applications
            if each.verdict() == "passes"
            or (each.verdict() == "person" and each.sheets and each.name in beside["admitted"])
        ]

    def by_total(self, one: Application, other: Application) -> int:
        if self.card["ranked_by"] == "shown":
            assert one.told is not None
            assert other.told is not None
            return (one.told > other.told) - (one.told < other.told)
        return better(one.total, other.total)

    def levels(self, name: str) -> set[int]:
        """Every strength that is possible with some answer to what is unknown."""
        strengths = [STRENGTH.index(each) for each in self.beside["strengths"]]
        worlds: list[list[bool]] = [[]]
        for number in range(len(strengths)):
            answer = self.beside["met"][name][number]
            worlds = [
                [*world, each]
                for world in worlds
                for each in ((True, False) if answer is None else (answer,))
            ]
        return {max([0, *(s for s, met in zip(strengths, world, strict=True) if met)]) for world in worlds}

    def by(self, tie_break: dict[str, Any], one: Application, other: Application) -> int:
        if tie_break["by"] == "criterion":
            chosen = next(each for each in self.card["criteria"] if each["id"] == tie_break["criterion"])
            ids = [each["id"] for each in chosen.get("parts") or [chosen]]
            return better(one.mean(ids), other.mean(ids))
        if tie_break["by"] == "recommendations":
            counts = [
                (sum(bool(s["recommends"]) for s in each.sheets), len(each.sheets)) for each in (one, other)
            ]
            return better(*counts)
        if tie_break["by"] == "preference":
            mine, its = max(self.levels(one.name)), max(self.levels(other.name))
        else:
            mine, its = self.beside["votes"][one.name], self.beside["votes"][other.name]
        return (mine > its) - (mine < its)

    def knows(self, tie_break: dict[str, Any], each: Application) -> bool:
        if tie_break["by"] == "vote":
            return each.name in self.beside["votes"]
        return tie_break["by"] != "preference" or len(self.levels(each.name)) == 1

    def compare(self, one: Application, other: Application) -> int:
        """How two compare once everything is asked that may be asked."""
        result = self.by_total(one, other)
        equals = [each for each in self.part if self.by_total(each, one) == 0]
        for tie_break in self.card["tie_breaks"]:
            if result or len(equals) == 1 or not all(self.knows(tie_break, each) for each in equals):
                return result
            result = self.by(tie_break, one, other)
            equals = [each for each in equals if self.by(tie_break, each, one) == 0]
        return result

    def ranks(self) -> dict[str, int]:
        return {one.name: 1 + sum(self.compare(other, one) > 0 for other in self.part) for one in self.part}

    def tied(self) -> dict[str, set[str]]:
        return {
            one.name: {each.name for each in self.part if each is not one and self.compare(each, one) == 0}
            for one in self.part
        }

    def preferred_behind(self) -> dict[str, set[str]]:
        """Who is surely preferred (优先 or more) and stands behind some that surely are less."""
        ranks, found = self.ranks(), {}
        for one in self.part:
            mine = min(self.levels(one.name))
            ahead = {
                each.name
                for each in self.part
                if ranks[each.name] < ranks[one.name] and max(self.levels(each.name)) < mine
            }
            if mine >= 2 and ahead:
                found[one.name] = ahead
        return found
