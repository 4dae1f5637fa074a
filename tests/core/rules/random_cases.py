"""Random cases: units, people and records with small pools of values, so that comparisons often meet."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from keqiao.core.rules.facts import (
    UNKNOWN,
    Case,
    Debarment,
    Entry,
    Human,
    Post,
    Records,
    Result,
    Unit,
)

NUMBERS = (0, 1, 2, 3, 35, Decimal("0.5"), Decimal(2))
DATES = tuple(
    map(
        date.fromisoformat,
        ("1987-10-29", "1987-10-30", "2000-02-29", "2023-02-28", "2023-03-01", "2023-03-31"),
    )
)
TEXTS = ("甲", "乙", "丙")
REGISTERS = ("entries", "results", "results:2022", "debarments", "甲", "乙")
POOLS = {"number": NUMBERS, "date": DATES, "text": TEXTS, "truth": (True, False)}

Make = Callable[[random.Random], Any]


@dataclass(frozen=True)
class Kind:
    """What a fact holds, and how one of its values is made; ``unknown`` and ``absent`` say whether it may be so."""

    name: str
    unknown: bool = True
    absent: bool = False

    def make(self, chance: random.Random) -> Any:
        if self.unknown and chance.random() < 0.2:
            return UNKNOWN
        if self.absent and chance.random() < 0.2:
            return None
        if self.name == "texts":
            return tuple(chance.sample(TEXTS, chance.randrange(3)))
        if self.name == "text set":
            return frozenset(chance.sample(TEXTS, chance.randrange(3)))
        return chance.choice(POOLS[self.name])


STATED = {"unknown": False}
OF_UNIT = {
    "id": Kind("text", **STATED),
    "kind": Kind("text"),
    "areas": Kind("texts"),
    "affiliations": Kind("text set"),
    "legal_person": Kind("truth"),
    "registered_on": Kind("date"),
}
OF_HUMAN = {
    "id": Kind("text", **STATED),
    "birth_date": Kind("date"),
    "fields": Kind("text set"),
    "areas": Kind("texts"),
    "part": Kind("text"),
}
OF_POST = {"unit": Kind("text", **STATED), "post": Kind("text", **STATED)}
OF_ENTRY = {
    "register": Kind("text", **STATED),
    "holder": Kind("text", **STATED),
    "since": Kind("date", **STATED),
    "until": Kind("date", unknown=False, absent=True),
    "grade": Kind("text"),
}
OF_RESULT = {
    "holder": Kind("text", **STATED),
    "what": Kind("text", **STATED),
    "year": Kind("number", **STATED),
    "outcome": Kind("text"),
}
OF_DEBARMENT = {
    "subject": Kind("text", **STATED),
    "cause": Kind("text", **STATED),
    "basis": Kind("text", **STATED),
    "since": Kind("date", **STATED),
    "until": Kind("date", unknown=False, absent=True),
    "stayed": Kind("truth", **STATED),
}
OF_REGISTERS = {"entries": OF_ENTRY, "results": OF_RESULT, "debarments": OF_DEBARMENT}
ANSWERS = {"number": "number", "day": "date", "word": "text", "words": "texts", "yes": "truth"}
OF_FORM = {name: Kind(kind, **STATED) for name, kind in {**ANSWERS, "on": "date"}.items()}
ROLES = ("负责人", "被托举人")
SUBJECT = "示范园"


def fields(shape: dict[str, Kind], chance: random.Random) -> dict[str, Any]:
    """One value for each field."""
    return {name: kind.make(chance) for name, kind in shape.items()}


def several(make: Make, chance: random.Random, most: int = 3) -> tuple[Any, ...]:
    """None up to ``most`` of what ``make`` makes."""
    return tuple(make(chance) for _ in range(chance.randrange(most + 1)))


def unit(chance: random.Random, depth: int = 1) -> Unit:
    """A unit, perhaps with a host of its own."""
    host = unit(chance, depth - 1) if depth and chance.random() < 0.6 else chance.choice((None, UNKNOWN))
    traits = {name: chance.random() < 0.5 for name in chance.sample(TEXTS, 2)}
    return Unit(name="某单位", host=host, traits=traits, **fields(OF_UNIT, chance))


def human(chance: random.Random) -> Human:
    """A person with posts, or posts that nobody knows."""
    posts = UNKNOWN if chance.random() < 0.2 else several(lambda c: Post(**fields(OF_POST, c)), chance, 2)
    return Human(name="某人", posts=posts, **fields(OF_HUMAN, chance))


def case(chance: random.Random) -> Case:
    """A case in which every part may be missing."""
    return Case(
        on=chance.choice(DATES),
        applicant=unit(chance),
        partners=several(unit, chance, 2),
        subjects={SUBJECT: unit(chance)} if chance.random() < 0.8 else {},
        people={role: several(human, chance, 2) for role in ROLES if chance.random() < 0.8},
        records=Records(
            entries=several(lambda c: Entry(**fields(OF_ENTRY, c)), chance),
            results=several(lambda c: Result(**fields(OF_RESULT, c)), chance),
            debarments=several(lambda c: Debarment(**fields(OF_DEBARMENT, c)), chance),
            kept=frozenset(chance.sample(REGISTERS, chance.randrange(len(REGISTERS)))),
        ),
        answers={name: OF_FORM[name].make(chance) for name in ANSWERS if chance.random() < 0.7},
        cases={name: chance.random() < 0.5 for name in TEXTS if chance.random() < 0.7},
        approved=frozenset(chance.sample(TEXTS, chance.randrange(2))),
    )
