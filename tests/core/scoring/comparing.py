"""One random round: the core against the oracle, and faults to plant in the core."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from keqiao.core.scoring import checking, ranking, results, totals
from keqiao.core.scoring.checking import check_sheet
from keqiao.core.scoring.preferences import Level
from keqiao.core.scoring.results import result_of
from tests.core.scoring.oracle import Application, Order, sheet_faults
from tests.core.scoring.random_cards import (
    beside_of,
    card_of,
    random_beside,
    random_card,
    random_sheet,
    sheet_of,
)

FAULTS: dict[str, tuple[Any, str, Any]] = {
    "half-goes-to-even": (totals, "floor", lambda value: round(value - Fraction(1, 2))),
    "all-count": (results, "joined", lambda _card, values: sum(values) / len(values)),
    "fraud-keeps-its-points": (totals, "found_fraud", lambda *_: False),
    "one-veto-is-enough": (
        results,
        "_doubts",
        lambda card, sheets: (
            each for each in RIGHT_DOUBTS(card, sheets) if each.code != "scoring.veto_by_some"
        ),
    ),
    "a-tie-is-decided-by-name": (
        ranking,
        "_deciding",
        lambda result, *_: Fraction(ord(result.application)),
    ),
    "unknown-preference-is-none": (
        ranking.Beside,
        "level",
        lambda beside, name: Level(*[ranking.level_of(beside.preferences, beside.met[name]).least] * 2),
    ),
    "bands-are-not-asked": (checking, "band_of", lambda line, _points: line.bands[0].name),
}
RIGHT_DOUBTS = results._doubts


@contextmanager
def planted(fault: str | None) -> Iterator[None]:
    """Work with the fault in place; take it out again."""
    if fault is None:
        yield
        return
    where, name, wrong = FAULTS[fault]
    right = where.__dict__[name]
    setattr(where, name, wrong)
    try:
        yield
    finally:
        setattr(where, name, right)


def faults_of(chance: random.Random) -> Iterator[str]:
    """What the core answers differently in one round."""
    card = random_card(chance)
    value = card_of(card)
    for number in range(3):
        sheet = random_sheet(chance, card, sound=False)
        found = {
            (each.code.removeprefix("scoring."), str(each.at[-1]))
            for each in check_sheet(value, sheet_of(str(number), sheet))
        }
        if found != sheet_faults(card, sheet):
            yield f"sheet: {found ^ sheet_faults(card, sheet)}"
    names = list("ABCDE"[: chance.randint(1, 5)])
    sheets = {
        name: [random_sheet(chance, card, sound=True) for _ in range(chance.randint(0, 5))] for name in names
    }
    yield from _order_faults(card, sheets, random_beside(chance, names))


def _order_faults(
    card: dict[str, Any], sheets: dict[str, list[dict[str, Any]]], beside: dict[str, Any]
) -> Iterator[str]:
    value = card_of(card)
    found = [
        result_of(value, name, [sheet_of(f"{name}{n}", each) for n, each in enumerate(given)])
        for name, given in sheets.items()
    ]
    expected = [Application(card, name, given) for name, given in sheets.items()]
    for one, other in zip(found, expected, strict=True):
        if one.verdict.value != other.verdict():
            yield f"verdict of {one.application}: {one.verdict} {other.verdict()}"
        if one.shown != other.told:
            yield f"shown for {one.application}: {one.shown} {other.told}"
        if one.total is not None and one.total != Fraction(*other.total):
            yield f"total of {one.application}"
    order = ranking.ranking(value, found, beside_of(beside))
    yield from _differences(order, Order(card, expected, beside))
    few = any(each.code == "scoring.few_applicants" for each in order.findings)
    if few != (len(sheets) < card["least_applicants"]):
        yield "few applicants"


def _differences(order: ranking.Ranking, right: Order) -> Iterator[str]:
    if {each.application: each.rank for each in order.order} != right.ranks():
        yield f"ranks: {[(each.application, each.rank) for each in order.order]} {right.ranks()}"
    if {each.application: set(each.tied) for each in order.order} != right.tied():
        yield "ties"
    behind = {
        each.values["application"]: set(each.values["ahead"])
        for each in order.findings
        if each.code == "scoring.preferred_behind"
    }
    if behind != right.preferred_behind():
        yield "preferred behind"
