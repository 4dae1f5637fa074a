"""Random checks on the fields of a small form, with random values: left empty, not stated, tables with rows."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from keqiao.core.rules.engine.compiled import compile_for
from keqiao.core.rules.engine.tree import (
    Compare,
    Condition,
    Fact,
    HowMany,
    Not,
    Term,
    Total,
    all_of,
    any_of,
    equals,
)
from keqiao.core.rules.engine.worlds import Fields, Rows, World
from keqiao.core.rules.facts import UNKNOWN
from tests.core.rules import naive

NUMBERS = (0, 1, 2, 3, Decimal("0.5"))
NAMES, TEXTS, OPERATORS = ("a", "b", "c"), ("甲", "乙"), ("==", ">=", "<=", ">", "<")
ROW = Fields({"number": int | Decimal, "text": str})
FORM = World(Fields({**dict.fromkeys(NAMES, int | Decimal), "rows": Rows(ROW)}))


def values(chance: random.Random) -> dict[str, Any]:
    """A form that is filled in part."""
    rows = tuple(
        _stated({"number": _or_empty(chance, NUMBERS), "text": _or_empty(chance, TEXTS)}, chance)
        for _ in range(chance.randrange(4))
    )
    return _stated({**{name: _or_empty(chance, NUMBERS) for name in NAMES}, "rows": rows}, chance)


def _or_empty(chance: random.Random, pool: tuple[Any, ...]) -> Any:
    return None if chance.random() < 0.2 else chance.choice(pool)


def _stated(record: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    return {name: value for name, value in record.items() if chance.random() < 0.9}


@dataclass
class Checks:
    """A maker of checks; ``row`` is the name of the row inside which it stands."""

    chance: random.Random

    def check(self, depth: int, row: str = "") -> Condition:
        """A condition of at most ``depth`` levels."""
        kind = self.chance.randrange(6) if depth else 0
        if kind == 1:
            return Not(self.check(depth - 1, row))
        if kind == 2:
            join = self.chance.choice((all_of, any_of))
            return join(*(self.check(depth - 1, row) for _ in range(self.chance.randrange(4))))
        if kind == 3 and not row:
            least, most = self.chance.choice(((1, None), (0, 0), (1, 2)))
            return HowMany("row", Fact(("rows",)), self.check(depth - 1, "row"), least, most)
        return Compare(self.number(2, row), self.chance.choice(OPERATORS), self.number(1, row))

    def number(self, depth: int, row: str = "", *, alone: bool = False) -> Term:
        """A field, a constant, or what a table adds up to; ``alone``: nothing outside the row."""
        kind = self.chance.randrange(4) if depth else self.chance.randrange(2)
        if kind == 0:
            return self.chance.choice(NUMBERS)
        if kind == 1 or alone:
            return self.field(row, alone=alone)
        return self.total(depth)

    def field(self, row: str, *, alone: bool) -> Fact:
        in_row = row and (alone or self.chance.random() < 0.5)
        return Fact((row, "number")) if in_row else Fact((self.chance.choice(NAMES),))

    def total(self, depth: int) -> Total:
        where = equals(Fact(("line", "text")), self.chance.choice(TEXTS))
        value = self.number(depth - 1, "line", alone=True)
        return Total("line", Fact(("rows",)), value, self.chance.choice((None, where, Not(where))))


def form_faults(chance: random.Random) -> Iterator[str]:
    """What is wrong with the engine's answer to one random check of one random form."""
    tree, form = Checks(chance).check(3), values(chance)
    rule = compile_for(FORM, tree)
    truth, outcome = rule.truth(form), rule(form)
    if truth is not naive.truth(tree, form):
        yield "truth"
    if outcome.truth is not truth:
        yield "outcome"
    if (truth is UNKNOWN) != bool(outcome.missing):
        yield "missing"
