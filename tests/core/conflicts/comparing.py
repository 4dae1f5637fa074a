"""One random world: the core against the oracle, and faults to plant in the core."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from keqiao.core.conflicts import identity, matrix
from keqiao.core.conflicts.matrix import conflicts
from tests.core.conflicts.oracle import Oracle
from tests.core.conflicts.random_worlds import applications_of, asked_of, experts_of, random_world

RIGHT = {
    "matches": identity.Index.matches,
    "years_before": identity.years_before,
    "same_body": matrix.same_body,
    "_related": matrix._Search._related,
}
FAULTS: dict[str, tuple[Any, str, Any]] = {
    "one-name-is-one-person": (
        identity.Index,
        "matches",
        lambda index, mention: ((beside, True) for beside, _sure in RIGHT["matches"](index, mention)),
    ),
    "a-name-says-nothing": (
        identity.Index,
        "matches",
        lambda index, mention: (each for each in RIGHT["matches"](index, mention) if each[1]),
    ),
    "a-year-is-a-day-short": (
        identity,
        "years_before",
        lambda day, years: RIGHT["years_before"](day, years).replace(day=2) if years else day,
    ),
    "relations-go-one-way": (
        matrix._Search,
        "_related",
        lambda search, rule, judge, person: (
            iter(()) if judge.name > person.name else RIGHT["_related"](search, rule, judge, person)
        ),
    ),
    "an-interest-in-a-body-is-nothing": (
        matrix._Search,
        "_interested",
        lambda _search, _rule, _judge, _body: iter(()),
    ),
    "a-mentor-has-an-application": (matrix, "TEAM", frozenset(matrix.Part)),
    "what-is-sure-is-settled-away": (
        matrix,
        "_settled",
        lambda expert, application, found, asked: (
            found if asked.settled.get((expert, application, found.rule, found.about)) is not False else None
        ),
    ),
    "a-part-is-another-body": (
        matrix,
        "same_body",
        lambda one, other: RIGHT["same_body"](replace(one, whole=""), replace(other, whole="")),
    ),
}


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
    """What the core answers differently in one world."""
    world = random_world(chance)
    oracle, found = Oracle(world), conflicts(experts_of(world), applications_of(world), asked_of(world))
    listed = set(found.pairs)
    for expert in world["experts"]:
        for application in world["applications"]:
            pair = (expert["id"], application["id"])
            said = {(each.rule, each.verdict.value, each.about) for each in found.between(*pair)}
            right = oracle.found(expert, application)
            if said != right:
                yield f"{pair}: {sorted(said ^ right)}"
            verdicts = {verdict for _rule, verdict, _about in right}
            worst = next((each for each in ("fails", "person") if each in verdicts), "passes")
            if found.verdict(*pair).value != worst:
                yield f"verdict of {pair}"
            listed.discard(pair)
    if listed:
        yield f"pairs that are not there: {listed}"
