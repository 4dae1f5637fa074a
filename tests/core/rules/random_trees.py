"""Random trees over everything that a random case may hold: all conditions and terms, lists within lists."""

import random
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from keqiao.core.rules.engine.tree import (
    HOLDS,
    Among,
    AtLeast,
    Attest,
    Compare,
    Condition,
    Fact,
    HowMany,
    Not,
    Span,
    Term,
    Total,
    all_of,
    any_of,
    if_case,
    kept,
)
from tests.core.rules.random_cases import (
    ANSWERS,
    OF_HUMAN,
    OF_POST,
    OF_REGISTERS,
    OF_UNIT,
    POOLS,
    REGISTERS,
    ROLES,
    SUBJECT,
    TEXTS,
    Kind,
)

Known = dict[tuple[str, ...], str]
"""Paths of facts and the kind of value that stands there."""


def below(prefix: tuple[str, ...], shape: dict[str, Kind]) -> Known:
    """The facts of a record that stands at ``prefix``."""
    return {(*prefix, name): kind.name for name, kind in shape.items()}


UNITS = (("applicant",), ("applicant", "host"), ("subjects", SUBJECT))
OF_CASE: Known = {
    ("on",): "date",
    **{path: kind for place in UNITS for path, kind in below(place, OF_UNIT).items()},
    **{(*place, "traits", text): "truth" for place in UNITS for text in TEXTS},
    **{("answers", name): kind for name, kind in ANSWERS.items()},
    **{("cases", text): "truth" for text in TEXTS},
    ("records", "kept"): "text set",
}
LISTS = {
    ("partners",): OF_UNIT,
    **{("people", role): OF_HUMAN for role in ROLES},
    **{("records", register): shape for register, shape in OF_REGISTERS.items()},
}
PLAIN_LISTS = (("applicant", "areas"), ("applicant", "affiliations"), ("answers", "words"))
COMPARATORS = {"number": (">=", "<=", "==", ">", "<", "~"), "date": (">=", "<=", "==", ">", "<")}


@dataclass
class Trees:
    """A maker of trees: what it may speak of grows inside lists, and no two lists give their items one name."""

    chance: random.Random
    names: "count[int]"

    def tree(self, depth: int, facts: Known = OF_CASE, *, inside: bool = False) -> Condition:
        """A condition of at most ``depth`` levels; ``inside`` a list nobody is asked to judge."""
        makers = [self.compare, self.among, self.among]
        if depth > 0:
            makers += [self.joined, self.joined, self.joined, self.negated, self.how_many, self.how_many]
        elif not inside:
            makers.append(lambda *_: Attest(self.chance.choice(TEXTS), self.name()))
        return self.chance.choice(makers)(depth, facts, inside)

    def name(self) -> str:
        return self.chance.choice(("", "", "甲条", "乙条"))

    def fact(self, facts: Known, *kinds: str) -> Fact:
        """One of the facts of these kinds; those of the nearest item come up as often as all others."""
        paths = [path for path, kind in facts.items() if kind in kinds]
        item = [path for path in paths if path[0] == next(reversed(facts))[0]]
        return Fact(self.chance.choice(item if item and self.chance.random() < 0.5 else paths))

    def compare(self, _depth: int, facts: Known, _inside: bool) -> Condition:
        kind = self.chance.choice(("number", "date", "date", "text", "truth"))
        op = self.chance.choice(COMPARATORS.get(kind, ("==",)))
        tolerance = self.chance.choice((None, Decimal("0.5"))) if op == "~" else None
        return Compare(self.left(kind, facts), op, self.right(kind, facts), tolerance, self.name())

    def left(self, kind: str, facts: Known) -> Term:
        if kind == "number" and self.chance.random() < 0.4:
            return self.total(facts)
        if kind == "number" and self.chance.random() < 0.7:
            until = self.chance.choice((Fact(("on",)), self.chance.choice(POOLS["date"])))
            return Span(self.fact(facts, "date"), until, self.chance.choice(("years", "months")))
        return self.fact(facts, kind)

    def right(self, kind: str, facts: Known) -> Term:
        if self.chance.random() < 0.3:
            return self.fact(facts, kind)
        return self.chance.choice(POOLS[kind])

    def total(self, facts: Known) -> Total:
        """A list that is no register: its items counted, or their years; all, or those with some text."""
        each = f"item{next(self.names)}"
        path, within = self.items(each, facts)
        while path[0] == "records":
            path, within = self.items(each, facts)
        days = [fact for fact, kind in within.items() if kind == "date"]
        spans = [Span(Fact(day), self.chance.choice(POOLS["date"])) for day in days]
        where = Among(self.fact(within, "text"), tuple(self.chance.sample(TEXTS, 2)))
        value = self.chance.choice((1, Decimal("0.5"), *spans))
        return Total(each, Fact(path), value, self.chance.choice((None, where, Not(where))), self.name())

    def among(self, _depth: int, facts: Known, _inside: bool) -> Condition:
        kinds = self.chance.choice((("text", "texts", "text set"), ("date",), ("truth",)))
        pool = POOLS[kinds[0]]
        values = self.chance.sample(pool, min(len(pool), self.chance.randrange(1, 4)))
        values += [None] if self.chance.random() < 0.2 else []
        values += [self.fact(facts, kinds[0])] if self.chance.random() < 0.2 else []
        least, most = self.bounds(common=(1, None))
        return Among(self.fact(facts, *kinds), tuple(values), least, most, self.name())

    def bounds(self, common: tuple[int, int | None]) -> tuple[int, int | None]:
        least = self.chance.randrange(3)
        some = (least, self.chance.choice((None, least, least + 1)))
        return common if self.chance.random() < 0.6 else some

    def joined(self, depth: int, facts: Known, inside: bool) -> Condition:
        size = self.chance.randrange(5)
        parts = tuple(self.tree(self.chance.randrange(depth), facts, inside=inside) for _ in range(size))
        kind = self.chance.randrange(4)
        if kind == 0 and size == 2:
            return if_case(*parts, name=self.name())
        if kind == 1:
            return AtLeast(self.chance.randrange(size + 2), parts, self.name())
        return (all_of if kind == 2 else any_of)(*parts, name=self.name())

    def negated(self, depth: int, facts: Known, inside: bool) -> Condition:
        return Not(self.tree(depth - 1, facts, inside=inside), self.name())

    def how_many(self, depth: int, facts: Known, _inside: bool) -> Condition:
        each = f"item{next(self.names)}"
        path, within = self.items(each, facts)
        where = (
            self.tree(depth - 1, {**facts, **within}, inside=True) if self.chance.random() < 0.9 else HOLDS
        )
        least, most = self.bounds(common=self.chance.choice(((1, None), (0, 0))))
        complete = None
        if path[0] == "records" or self.chance.random() < 0.1:
            registers = self.chance.sample(REGISTERS, self.chance.randrange(3))
            complete = self.chance.choice((kept(*registers), any_of(*map(kept, registers)), kept(path[-1])))
        return HowMany(each, Fact(path), where, least, most, complete, self.name())

    def items(self, each: str, facts: Known) -> tuple[tuple[str, ...], Known]:
        """The path of a list, and what may be said of its items."""
        people = [path[0] for path in facts if path[1:] == ("birth_date",)]
        if people and self.chance.random() < 0.6:
            return (self.chance.choice(people), "posts"), below((each,), OF_POST)
        if self.chance.random() < 0.15:
            return self.chance.choice(PLAIN_LISTS), {(each,): "text"}
        path = self.chance.choice(tuple(LISTS))
        return path, below((each,), LISTS[path])


def random_tree(chance: random.Random, depth: int = 4) -> Condition:
    """A tree of at most ``depth`` levels of conditions."""
    return Trees(chance, count()).tree(depth)
