"""What must be true of every answer of the engine, on any tree and any case; each fault comes back by its name."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from keqiao.core.rules.engine.compiled import Compiled, compile_rule
from keqiao.core.rules.engine.explaining import Look, Outcome
from keqiao.core.rules.engine.tree import AtLeast, Compare, Condition, Fact, HowMany, Not
from keqiao.core.rules.facts import UNKNOWN, Case
from tests.core.rules import naive, random_cases

Steps = tuple[str | int, ...]
"""Where a fact stands in a case: names of fields, keys, and numbers of items."""

TRIED = 6
"""How many facts that are not told are changed for each answer."""


@dataclass(frozen=True)
class Tried:
    """A tree, a case, and the engine's two answers."""

    tree: Condition
    case: Case
    rule: Compiled
    outcome: Outcome


def tried(tree: Condition, case: Case) -> Tried:
    """Compile the tree and ask for its reasons."""
    rule = compile_rule(tree)
    return Tried(tree, case, rule, rule(case))


def faults(one: Tried, chance: random.Random) -> Iterator[str]:
    """The names of what is wrong with the answers."""
    truth = one.rule.truth(one.case)
    if truth is not naive.truth(one.tree, one.case):
        yield "truth"
    if one.outcome.truth is not truth:
        yield "outcome"
    if (truth is UNKNOWN) != bool(open_ends(one.outcome)):
        yield "missing"
    if any(one.rule.truth(other) is not truth for other in with_other_facts_changed(one, chance)):
        yield "untold"


def open_ends(outcome: Outcome) -> list[Any]:
    """What keeps an answer from being known: missing facts, a judgement, 左右 without a tolerance."""
    vague = [
        part.node
        for part in outcome.parts
        if isinstance(part.node, Compare) and part.node.op == "~" and part.truth is UNKNOWN
    ]
    return [*outcome.missing, *outcome.asks, *vague]


def with_other_facts_changed(one: Tried, chance: random.Random) -> Iterator[Case]:
    """Cases in which a fact is different that the tree names and the explanation does not tell."""
    told = list(told_places(one.tree, one.outcome.looks))
    named = {path[-1] for path in paths_of(one.tree)}
    free = [
        place
        for place in places(one.case)
        if place[-1] in named and not any(covers(each, place) for each in told)
    ]
    for place in chance.sample(free, min(TRIED, len(free))):
        yield put(one.case, place, another(place, chance))


@dataclass(frozen=True)
class ToldPlace:
    """A place that is told; ``whole``: with all that stands in it."""

    place: Steps
    whole: bool


def told_places(tree: Condition, looks: tuple[Look, ...]) -> Iterator[ToldPlace]:
    """Where the facts stand that an explanation tells, the judgements of people included."""
    lists = {node.each: node for node in lists_of(tree)}
    yield ToldPlace(("approved",), whole=True)
    for look in looks:
        yield ToldPlace(place_of(look.fact.path, look.at, lists), look.whole)


def place_of(path: tuple[str, ...], at: tuple[int, ...], lists: Mapping[str, HowMany]) -> Steps:
    """Turn a path that begins with the name of an item into one that begins at the case."""
    if path[0] not in lists:
        return path
    return (*place_of(lists[path[0]].of.path, at[:-1], lists), at[-1], *path[1:])


def covers(told: ToldPlace, place: Steps) -> bool:
    """Is a change at ``place`` one of what was told: the same, something round it, or part of a whole?"""
    if told.place[: len(place)] == place:
        return True
    return told.whole and place[: len(told.place)] == told.place


def lists_of(tree: Condition) -> Iterator[HowMany]:
    """Every condition on a list, those within lists included."""
    if isinstance(tree, HowMany):
        yield tree
        yield from lists_of(tree.where)
    elif isinstance(tree, AtLeast):
        yield from (found for part in tree.parts for found in lists_of(part))
    elif isinstance(tree, Not):
        yield from lists_of(tree.part)


def paths_of(tree: Any) -> Iterator[Steps]:
    """The paths of all facts that a tree names."""
    if isinstance(tree, Fact):
        yield tree.path
    elif isinstance(tree, tuple):
        yield from (path for part in tree for path in paths_of(part))
    elif is_dataclass(tree):
        yield from (path for field in fields(tree) for path in paths_of(getattr(tree, field.name)))


def places(value: Any, here: Steps = ()) -> Iterator[Steps]:
    """Every place of a random case where one value stands that can be made anew."""
    if is_dataclass(value):
        for field in fields(value):
            yield from places(getattr(value, field.name), (*here, field.name))
    elif isinstance(value, Mapping):
        for key in value:
            yield from places(value[key], (*here, key))
    elif isinstance(value, tuple) and any(map(is_dataclass, value)):
        for number, item in enumerate(value):
            yield from places(item, (*here, number))
    if shape_at(here) is not None:
        yield here


def shape_at(place: Steps) -> random_cases.Kind | None:
    """The kind of value that stands there, by the shape of random cases."""
    name = str(place[-1]) if place else ""
    shapes: dict[str, random_cases.Kind] = {}
    match place:
        case ("on",) | ("answers", _):
            shapes = random_cases.OF_FORM
        case ("cases", _) | (*_, "traits", _):
            return random_cases.Kind("truth", unknown=False)
        case (*_, "posts", int(), _):
            shapes = random_cases.OF_POST
        case ("people", _, int(), _):
            shapes = random_cases.OF_HUMAN
        case ("records", str(register), int(), _):
            shapes = random_cases.OF_REGISTERS[register]
        case ("applicant" | "subjects" | "partners", *_, _):
            shapes = random_cases.OF_UNIT
    return shapes.get(name)


def another(place: Steps, chance: random.Random) -> Any:
    """Some value that may stand there."""
    kind = shape_at(place)
    assert kind is not None, place
    return kind.make(chance)


def put(base: Any, place: Steps, value: Any) -> Any:
    """The same with ``value`` at this place."""
    if not place:
        return value
    step, rest = place[0], place[1:]
    if isinstance(base, tuple):
        return tuple(put(item, rest, value) if number == step else item for number, item in enumerate(base))
    if isinstance(base, Mapping):
        return {**base, step: put(base.get(step), rest, value)}
    return replace(base, **{str(step): put(getattr(base, str(step)), rest, value)})
