"""Random small worlds of experts and applications, as plain data and as the values of the core."""

import random
from datetime import date, timedelta
from typing import Any

from keqiao.core.conflicts.facts import Application, Body, Expert, Part, Person, Post, Relation, Round, Who
from keqiao.core.conflicts.matrix import Asked
from keqiao.core.conflicts.policy import Rule

FIRST = date(2021, 3, 1)
"""Day 0. DAY is 2024-02-28; every year before it has 365 days, as the oracle counts them."""
DAY, YEAR_OF_ROUND = 3 * 365 - 1, 2024
KINDS = ("spouse", "co_author", "same_project")


def random_world(chance: random.Random) -> dict[str, Any]:
    """A world in which names and ids meet often."""
    applications = [_application(chance, str(number)) for number in range(chance.randint(1, 4))]
    experts = [_expert(chance, str(number)) for number in range(chance.randint(1, 4))]
    world: dict[str, Any] = {
        "day": DAY,
        "year": YEAR_OF_ROUND,
        "rules": _rules(chance),
        "applications": applications,
        "experts": experts,
        "relations": [_relation(chance) for _ in range(chance.randint(0, 2))],
        "offices": [_body(chance)] if chance.random() < 0.3 else [],
        "finance": [_body(chance)] if chance.random() < 0.2 else [],
    }
    world["settled"] = _settled(chance, world)
    return world


def _rules(chance: random.Random) -> dict[str, dict[str, Any]]:
    ever: dict[str, Any] = {"years": None}
    rules: dict[str, dict[str, Any]] = {
        code: dict(ever) for code in ("leader", "member", "mentor", "endorsing_person", "declared")
    }
    for code in (
        "unit",
        "host",
        "partner",
        "team_unit",
        "endorsing_unit",
        "office_staff",
        "finance_supervisor",
    ):
        rules[code] = {"years": chance.choice((0, 1, 2, None))}
    rules["own_application"] = {"years": None, "scope": chance.choice(("call", "category"))}
    rules["unsuitable"] = {"years": None, "most": chance.choice((1, 3))}
    rules["kin"] = {"years": None, "kinds": ("spouse",)}
    rules["co_author"] = {"years": chance.choice((1, 2)), "kinds": ("co_author", "same_project")}
    rules["rotation"] = {"years": chance.choice((1, 2))}
    return {code: rule for code, rule in rules.items() if chance.random() < 0.8}


def _who(chance: random.Random) -> tuple[str, str, str]:
    name = chance.choice(("甲", "乙", "丙", "丁"))
    number = chance.choice(("", "", "p1", "p2", "p3"))
    return name, number, chance.choice(("", "", "k1", "k2"))


def _body(chance: random.Random) -> tuple[str, str, str]:
    number = chance.choice(("", "", "b1", "b2", "b3", "b4"))
    whole = chance.choice(("", "b9", "b1")) if number else ""
    return chance.choice(("大学", "学会", "公司")), number, whole


def _day(chance: random.Random) -> int | None:
    """A day, often the very edge of a year before."""
    edges = [DAY - 365 * years + shift for years in (0, 1, 2) for shift in (-1, 0, 1)]
    return chance.choice((None, chance.choice(edges), chance.choice(edges)))


def _post(chance: random.Random) -> tuple[Any, Any, Any]:
    since, until = _day(chance), _day(chance)
    return _body(chance), since, until


def _posts(chance: random.Random) -> list[tuple[Any, Any, Any]]:
    return [_post(chance) for _ in range(chance.randint(0, 2))]


def _relation(chance: random.Random) -> tuple[Any, ...]:
    other: Any = ("body", _body(chance)) if chance.random() < 0.3 else _who(chance)
    return chance.choice(KINDS), _who(chance), other, _day(chance)


def _expert(chance: random.Random, number: str) -> dict[str, Any]:
    return {
        "id": f"e{number}",
        "who": _who(chance),
        "posts": _posts(chance),
        "served": {year for year in (2022, 2023) if chance.random() < 0.5},
        "declared": {each for each in ("a0", "a1") if chance.random() < 0.1},
    }


def _application(chance: random.Random, number: str) -> dict[str, Any]:
    people = [
        (_who(chance), chance.choice(("leader", "member", "mentor")), _posts(chance))
        for _ in range(chance.randint(0, 2))
    ]
    return {
        "id": f"a{number}",
        "call": chance.choice(("c1", "c1", "c2")),
        "category": chance.choice(("x", "y")),
        "unit": _body(chance),
        "host": [_body(chance)] if chance.random() < 0.3 else [],
        "partners": [_body(chance)] if chance.random() < 0.3 else [],
        "people": people,
        "endorsers": [_body(chance)] if chance.random() < 0.3 else [],
        "endorsing": [_who(chance)] if chance.random() < 0.3 else [],
        "unsuitable": [_who(chance) for _ in range(chance.choice((0, 0, 1, 2, 4)))],
    }


def _settled(chance: random.Random, world: dict[str, Any]) -> dict[tuple[str, str, str, str], bool]:
    """Answers of a person about some names and bodies, most of them about nothing that was asked."""
    found = {}
    for expert in world["experts"]:
        for application in world["applications"]:
            for code in world["rules"]:
                if chance.random() < 0.3:
                    about = chance.choice(("甲", "乙", "丙", "大学", "学会", "p1", "b1", "k1"))
                    found[expert["id"], application["id"], code, about] = chance.random() < 0.5
    return found


def day_of(number: int | None) -> date | None:
    """The date of a day."""
    return None if number is None else FIRST + timedelta(days=number)


def posts_of(posts: list[Any]) -> tuple[Post, ...]:
    """The values of the core."""
    return tuple(Post(body_of(body), day_of(since), day_of(until)) for body, since, until in posts)


def who_of(who: tuple[str, str, str]) -> Who:
    """The value of the core."""
    return Who(*who)


def body_of(body: tuple[str, str, str]) -> Body:
    """The value of the core."""
    return Body(*body)


def experts_of(world: dict[str, Any]) -> list[Expert]:
    """The values of the core."""
    return [
        Expert(
            each["id"],
            who_of(each["who"]),
            posts_of(each["posts"]),
            frozenset(each["served"]),
            frozenset(each["declared"]),
        )
        for each in world["experts"]
    ]


def applications_of(world: dict[str, Any]) -> list[Application]:
    """The values of the core."""
    return [
        Application(
            id=each["id"],
            call=each["call"],
            category=each["category"],
            unit=body_of(each["unit"]),
            host=body_of(each["host"][0]) if each["host"] else None,
            partners=tuple(body_of(body) for body in each["partners"]),
            people=tuple(
                Person(who_of(who), Part(part), posts_of(posts)) for who, part, posts in each["people"]
            ),
            endorsers=tuple(body_of(body) for body in each["endorsers"]),
            endorsing=tuple(who_of(who) for who in each["endorsing"]),
            unsuitable=tuple(who_of(who) for who in each["unsuitable"]),
        )
        for each in world["applications"]
    ]


def asked_of(world: dict[str, Any]) -> Asked:
    """The value of the core."""
    rules = {
        code: Rule(code, **{**stated, "kinds": frozenset(stated.get("kinds", ()))})
        for code, stated in world["rules"].items()
    }
    relations = tuple(
        Relation(kind, who_of(one), body_of(other[1]) if other[0] == "body" else who_of(other), day_of(until))
        for kind, one, other, until in world["relations"]
    )
    day = day_of(world["day"])
    assert day is not None
    bodies = {name: tuple(body_of(body) for body in world[name]) for name in ("offices", "finance")}
    return Asked(rules, Round(day, world["year"], **bodies), relations, world["settled"])
