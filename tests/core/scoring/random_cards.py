"""Random small scorecards, sheets and what stands beside them, as plain data and as the values of the core."""

import random
from decimal import Decimal
from typing import Any

from keqiao.core.programme.selection import Preference, Scorecard
from keqiao.core.scoring.ranking import Beside
from keqiao.core.scoring.sheets import Mark, Sheet

STRENGTHS = ("tie_break", "priority", "key_support")


def random_card(chance: random.Random) -> dict[str, Any]:
    """A card without faults, as it stands in a definition."""
    card: dict[str, Any] = {
        "criteria": [_criterion(chance, name) for name in "abc"[: chance.randint(1, 3)]],
        "item_decimals": chance.choice((0, 0, 1)),
        "joined": chance.choice(("mean", "trimmed_mean")),
        "trim_from": chance.choice((3, 4, 5)),
        "decimals": chance.choice((0, 1, 2, 2)),
        "rounding": chance.choice(("half_up", "truncated")),
        "ranked_by": chance.choice(("shown", "exact")),
        "recommendation": True,
        "least_applicants": chance.choice((1, 3)),
    }
    if chance.random() < 0.4:
        card["integrity"] = "是否发现弄虚作假"
    if chance.random() < 0.4:
        card["vetoes"] = [{"id": f"v{n}", "name": f"否决{n}"} for n in range(chance.randint(1, 2))]
        card["vetoes_needed"] = chance.choice((1, 2))
    if chance.random() < 0.4:
        card["experts"] = chance.choice((2, 3))
    if chance.random() < 0.5:
        card["pass_mark"] = chance.randint(1, 8)
    if chance.random() < 0.3:
        card["comment_min_chars"] = chance.choice((1, 3))
    kinds = [
        "recommendations",
        "preference",
        "vote",
        *(f"criterion:{each['id']}" for each in card["criteria"]),
    ]
    chosen = chance.sample(kinds, chance.randint(0, min(3, len(kinds))))
    card["tie_breaks"] = [
        {"by": "criterion", "criterion": each.partition(":")[2]} if ":" in each else {"by": each}
        for each in chosen
    ]
    return card


def _criterion(chance: random.Random, name: str) -> dict[str, Any]:
    if chance.random() < 0.3:
        parts = [{"id": f"{name}{n}", "name": f"{name}{n}", "points": chance.randint(1, 3)} for n in (1, 2)]
        return {"id": name, "name": name, "points": sum(each["points"] for each in parts), "parts": parts}
    points = chance.randint(2, 6)
    criterion: dict[str, Any] = {"id": name, "name": name, "points": points}
    if chance.random() < 0.4:
        middle = chance.randint(1, points)
        criterion["bands"] = [
            {"name": "好", "least": middle, "most": points},
            {"name": "差", "least": 0, "most": middle - 1},
        ]
    return criterion


def leaves(card: dict[str, Any]) -> list[dict[str, Any]]:
    """What takes points."""
    return [part for criterion in card["criteria"] for part in criterion.get("parts") or [criterion]]


def random_sheet(chance: random.Random, card: dict[str, Any], *, sound: bool) -> dict[str, Any]:
    """A sheet as plain data; a sound one could be sealed."""
    step = Decimal("0.5") if card["item_decimals"] else Decimal(1)
    sheet: dict[str, Any] = {
        "marks": {},
        "fraud": chance.random() < 0.15 if "integrity" in card else None,
        "vetoes": {veto["id"]: chance.random() < 0.2 for veto in card.get("vetoes", ())},
        "comment": "写 了评语",
        "recommends": chance.random() < 0.5,
    }
    for leaf in leaves(card):
        possible = [step * n for n in range(int(leaf["points"] / step) + 1)]
        if "bands" in leaf:
            possible = [p for p in possible if any(b["least"] <= p <= b["most"] for b in leaf["bands"])]
        sheet["marks"][leaf["id"]] = (chance.choice(possible), None)
    if not sound:
        _spoil(chance, card, sheet)
    return sheet


def _spoil(chance: random.Random, card: dict[str, Any], sheet: dict[str, Any]) -> None:
    """Plant some faults, or none."""
    for leaf in leaves(card):
        points = chance.choice((None, Decimal(-1), Decimal("0.25"), Decimal(99), Decimal(1), Decimal(2)))
        if chance.random() < 0.3:
            sheet["marks"][leaf["id"]] = (points, chance.choice((None, "好", "差", "无")))
        if chance.random() < 0.1:
            del sheet["marks"][leaf["id"]]
    foreign: list[tuple[str, Any]] = [("marks", (Decimal(1), None)), ("vetoes", True)]
    for part, value in foreign:
        if chance.random() < 0.1:
            sheet[part]["x"] = value
    sheet["vetoes"] |= {veto["id"]: None for veto in card.get("vetoes", ()) if chance.random() < 0.2}
    sheet["comment"] = chance.choice(("", "  ", "好", "写了评语"))
    sheet["recommends"] = chance.choice((None, True, False))
    if "integrity" in card:
        sheet["fraud"] = chance.choice((None, True, False, False))


def random_beside(chance: random.Random, names: list[str]) -> dict[str, Any]:
    """Preferences, who meets them, votes, whom a person let in."""
    strengths = [chance.choice(STRENGTHS) for _ in range(chance.randint(0, 2))]
    known = chance.random() < 0.6
    answers = (True, False) if known else (True, False, None)
    return {
        "strengths": strengths,
        "met": {name: {n: chance.choice(answers) for n in range(len(strengths))} for name in names},
        "votes": {name: chance.randint(0, 2) for name in names if known or chance.random() < 0.7},
        "admitted": {name for name in names if chance.random() < 0.3},
    }


def card_of(data: dict[str, Any]) -> Scorecard:
    """The value of the core."""
    return Scorecard.model_validate(data)


def sheet_of(name: str, data: dict[str, Any]) -> Sheet:
    """The value of the core."""
    marks = {each: Mark(points, band) for each, (points, band) in data["marks"].items()}
    return Sheet(name, marks, data["fraud"], data["vetoes"], data["comment"], data["recommends"])


def beside_of(data: dict[str, Any]) -> Beside:
    """The value of the core."""
    preferences = tuple(
        Preference(words=f"优先{number}", strength=each) for number, each in enumerate(data["strengths"])
    )
    return Beside(preferences, data["met"], data["votes"], frozenset(data["admitted"]))
