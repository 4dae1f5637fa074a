"""Generated units on one day, each with people, records and answers; about one fact in seven is unknown."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from benchmarks.rule_engines.thirty import (
    AFFILIATIONS,
    AREAS,
    FORMS,
    GRADES,
    KINDS,
    LEVELS,
    REGISTERS,
    TOPICS,
)
from keqiao.core.rules.facts import (
    UNKNOWN,
    Case,
    Debarment,
    Entry,
    Human,
    Known,
    Platform,
    Records,
    Result,
    T,
    Unit,
)

ON = date(2023, 3, 1)
UNKNOWN_SHARE = 0.14
REGISTERS_KEPT = (*REGISTERS, "results", "debarments", "platforms")


def units(size: int, seed: int) -> Iterator[Case]:
    """``size`` cases; the same ones for the same seed."""
    for number in range(size):
        yield case(random.Random(f"{seed}-{number}"), f"u{number}")


def case(chance: random.Random, name: str) -> Case:
    """One unit that asks."""
    return Case(
        on=ON,
        applicant=unit(chance, name, host=True),
        partners=tuple(unit(chance, f"{name}.{n}") for n in range(chance.choice((0, 0, 1, 2)))),
        people={"leader": (human(chance),)} if chance.random() > UNKNOWN_SHARE else {},
        records=records(chance, name),
        answers=dict(answers(chance)),
        cases={"国际性": chance.random() < 0.2} if chance.random() > UNKNOWN_SHARE else {},
        approved=frozenset({"exception"}) if chance.random() < 0.1 else frozenset(),
    )


def perhaps(chance: random.Random, make: Callable[[], T]) -> Known[T]:
    """A value, or nobody knows it."""
    return UNKNOWN if chance.random() < UNKNOWN_SHARE else make()


def day(chance: random.Random, first: int, last: int) -> date:
    """A day of the years from ``first`` to ``last``."""
    start = date(first, 1, 1)
    return start + timedelta(days=chance.randrange((date(last, 12, 31) - start).days + 1))


def unit(chance: random.Random, name: str, *, host: bool = False) -> Unit:
    """A unit; a hosted one now and then."""
    hosted = host and chance.random() < 0.3
    return Unit(
        id=name,
        name=name,
        kind=perhaps(chance, lambda: chance.choice(KINDS)),
        level=perhaps(chance, lambda: chance.choice(LEVELS)),
        areas=perhaps(chance, lambda: tuple(chance.sample(AREAS, 2))),
        affiliations=perhaps(chance, lambda: frozenset(chance.sample(AFFILIATIONS, chance.randrange(3)))),
        traits={"重点高校": chance.random() < 0.3} if chance.random() > UNKNOWN_SHARE else {},
        legal_person=perhaps(chance, lambda: chance.random() < 0.7),
        account_state=perhaps(chance, lambda: chance.choice(("normal", "normal", "frozen"))),
        registered_on=perhaps(chance, lambda: day(chance, 2015, 2022)),
        host=unit(chance, f"{name}.host") if hosted else perhaps(chance, lambda: None),
    )


def human(chance: random.Random) -> Human:
    """Somebody who leads a project."""
    return Human(id="p", name="某人", birth_date=perhaps(chance, lambda: day(chance, 1975, 1999)))


def records(chance: random.Random, name: str) -> Records:
    """What registers hold about the unit and a few others."""
    holders = (name, name, "another")
    return Records(
        entries=tuple(_entry(chance, chance.choice(holders)) for _ in range(chance.randrange(4))),
        results=tuple(_result(chance, chance.choice(holders)) for _ in range(chance.randrange(3))),
        debarments=tuple(_bar(chance, chance.choice(holders)) for _ in range(chance.choice((0, 0, 0, 1)))),
        platforms=tuple(
            Platform(chance.choice(holders), chance.choice(("科创中国", "科普中国")))
            for _ in range(chance.randrange(3))
        ),
        kept=frozenset(word for word in REGISTERS_KEPT if chance.random() > UNKNOWN_SHARE),
    )


def _entry(chance: random.Random, holder: str) -> Entry:
    grade = perhaps(chance, lambda: chance.choice(GRADES))
    return Entry(chance.choice(REGISTERS), holder, day(chance, 2018, 2023), _end(chance), grade=grade)


def _result(chance: random.Random, holder: str) -> Result:
    outcome = perhaps(chance, lambda: chance.choice(("good", "poor", "unfinished")))
    return Result(holder, "项目", chance.choice((2021, 2022)), outcome)


def _bar(chance: random.Random, holder: str) -> Debarment:
    stayed = chance.random() < 0.1
    return Debarment(holder, "不合格", "通知", day(chance, 2019, 2022), _end(chance), stayed=stayed)


def _end(chance: random.Random) -> date | None:
    return None if chance.random() < 0.5 else day(chance, 2022, 2025)


def answers(chance: random.Random) -> Iterator[tuple[str, Any]]:
    """What the form tells; some of it nobody has typed."""
    possible = {
        "area": chance.randrange(400),
        "visitors": chance.randrange(3000),
        "informants": chance.randrange(60),
        "staff": chance.randrange(3),
        "topics": tuple(chance.sample(TOPICS, chance.randrange(4))),
        "forms": tuple(chance.sample(FORMS, chance.randrange(3))),
        "with": tuple(chance.sample(("国际学术组织", "全国学会"), 1)),
        **{name: chance.random() < 0.6 for name in ("team", "room", "plan")},
    }
    for name, value in possible.items():
        if chance.random() > UNKNOWN_SHARE:
            yield name, value
