"""The performance table against a reckoning on whole hundredths that shares nothing with it, on random projects."""

import random
from decimal import Decimal

import pytest

from keqiao.core.performance import Course, rows_of, table, table_of
from keqiao.core.programme.closing import Closing, Weights
from keqiao.core.programme.targets import Target
from keqiao.core.targets.results import Judgement, Progress, Result
from keqiao.readers.performance_words import performance_words

ROUNDS = 400
KINDS = {"讲座": "output", "浏览量": "effect", "满意率": "satisfaction"}
HUNDRED = 10_000  # hundredths of a point in the whole table


def drawn(chance):
    """A project: its weights, grant and spending in fen, and what was asked and reached of each thing."""
    weights = chance.choice(
        [(10, 50, 0, 30, 10), (20, 40, 0, 30, 10), (0, 60, 0, 40, 0), (10, 40, 20, 20, 10)]
    )
    granted = chance.choice([0, 5_000_000, 7_000_001])
    spent = (
        chance.choice([0, granted // 3, granted - 1, granted, granted + granted // 7]) if granted else None
    )
    asked = [
        (chance.choice(list(KINDS)), chance.randint(1, 30), chance.randint(0, 40))
        for _ in range(chance.randint(1, 5))
    ]
    return weights, granted, spent, [("讲座", 3, chance.randint(0, 4)), *asked], chance.random() < 0.5


def by_hand(weights, granted, spent, things, cuts):
    """Hundredths of points that the project gets, reckoned with whole numbers only."""
    execution, output, cost, effect, satisfaction = (each * 100 for each in weights)
    rows = {"execution": [], "output": [], "cost": [], "effect": [], "satisfaction": []}
    for name, asked, reached in things:
        rows[KINDS[name]].append((min(asked, reached), asked))
    if granted:
        rows["execution"].append((min(spent, granted), granted))
        over = (granted, spent) if spent > granted else (1, 1)
        rows["cost" if cost else "output"].append(over)
    pots = dict(zip(rows, (execution, output, cost, effect, satisfaction), strict=True))
    for empty, taker in (
        ("satisfaction", "effect"),
        ("effect", "output"),
        ("cost", "output"),
        ("execution", "output"),
    ):
        if not rows[empty]:
            pots[taker] += pots[empty]
            pots[empty] = 0
    total = 0
    for part, listed in rows.items():
        left = pots[part]
        for number, (got, whole) in enumerate(listed):
            share = -(-left // (len(listed) - number))  # the larger parts come first
            left -= share
            total += share * got // whole if cuts else (2 * share * got + whole) // (2 * whole)
    return total


def by_table(weights, granted, spent, things, cuts):
    """The same by the table, and whether its points are 100."""
    names = ("execution", "output", "cost", "effect", "satisfaction")
    closing = Closing(
        weights=Weights(**dict(zip(names, weights, strict=True))), rounding="truncated" if cuts else "half_up"
    )
    results = [
        Result(
            Target.model_validate(
                {"id": f"t{number}", "metric": name, "comparator": ">=", "value": asked, "unit": "%"}
            ),
            Progress.MET if reached >= asked else Progress.MISSED,
            asked,
            reached,
            reached,
        )
        for number, (name, asked, reached) in enumerate(things)
    ]
    rows = rows_of(Judgement(tuple(results)), Course(None, None, granted, spent), performance_words())
    made = table_of(rows, closing)
    whole = sum(each.points for part in made.parts for each in part.rows)
    return int(made.total * 100), int(whole * 100)


def difference(seed):
    """The first project on which both do not agree; None: there is none."""
    chance = random.Random(seed)
    for _ in range(ROUNDS):
        project = drawn(chance)
        if by_table(*project) != (by_hand(*project), HUNDRED):
            return project
    return None


def test_the_table_is_what_whole_numbers_say():
    assert difference(20230101) is None


@pytest.mark.parametrize(
    ("name", "planted"),
    [
        ("_shown", lambda value, _closing: Decimal(round(value * 100)).scaleb(-2)),
        ("_divided", lambda points, count, _decimals: [points / count] * count),
        ("_LEFT_TO", table._LEFT_TO[:3]),
    ],
)
def test_a_planted_fault_is_noticed(monkeypatch, name, planted):
    monkeypatch.setattr(table, name, planted)
    try:
        found = difference(20230101)
    except (ValueError, ArithmeticError):
        found = "broken off"
    assert found is not None
