"""Why an answer is what it is: the conditions that decide it, the facts that they saw, and those that nobody stated.

What is not told here does not matter: any other fact of the case could be different, and the answer would stand.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from keqiao.core.rules.engine.building import Built
from keqiao.core.rules.engine.closures import between
from keqiao.core.rules.engine.paths import Scope, items_of
from keqiao.core.rules.engine.tree import AtLeast, Attest, Condition, Fact, HowMany, Not, Truth
from keqiao.core.rules.facts import UNKNOWN


@dataclass(frozen=True, slots=True)
class Look:
    """A fact that was looked at: its value, or UNKNOWN; ``at`` counts the items it stands in, the outermost first.

    A list is missing where it is not known to be complete and that matters. ``whole``: it stands for all that its
    items hold; else only for how many there are, and what was seen of the items is told beside it.
    """

    fact: Fact
    value: Any
    at: tuple[int, ...] = ()
    whole: bool = True

    @property
    def missing(self) -> bool:
        """Has nobody stated it?"""
        return self.value is UNKNOWN


@dataclass(frozen=True, slots=True)
class Part:
    """A condition that decides: one that looks at facts, or one that is always true or false.

    ``at`` counts the items it is asked of, the outermost first; ``count`` is how many items of a list surely fulfil
    its condition. ``worked_out`` are its totals by name.
    """

    node: Condition
    truth: Truth
    at: tuple[int, ...] = ()
    count: int | None = None
    worked_out: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The truth and what it rests on."""

    truth: Truth
    parts: tuple[Part, ...] = ()
    looks: tuple[Look, ...] = ()

    @property
    def seen(self) -> Mapping[str, Any]:
        """The known values by the label of their fact; several of one label as a tuple.

        Lists are told as counts by name, numbers that are worked out by theirs.
        """
        found: dict[str, list[Any]] = {}
        for part in self.parts:
            if isinstance(part.node, HowMany):
                _add(found, part.node.name or part.node.of.label, part.count)
            for name, value in part.worked_out.items():
                _add(found, name, value)
        lists = {part.node.of.path for part in self.parts if isinstance(part.node, HowMany)}
        for look in self.looks:
            if not look.missing and look.fact.path not in lists and not _is_table(look.value):
                _add(found, look.fact.label, look.value)
        return {label: values[0] if len(values) == 1 else tuple(values) for label, values in found.items()}

    @property
    def missing(self) -> tuple[str, ...]:
        """The labels of the facts that nobody stated, each once."""
        return tuple(dict.fromkeys(look.fact.label for look in self.looks if look.missing))

    @property
    def asks(self) -> tuple[Attest, ...]:
        """What a person has yet to judge."""
        waiting = (
            part.node for part in self.parts if isinstance(part.node, Attest) and part.truth is UNKNOWN
        )
        return tuple(dict.fromkeys(waiting))


def _is_table(value: Any) -> bool:
    """Is it a list of records, which is told by what it adds up to?"""
    return isinstance(value, tuple) and any(isinstance(item, Mapping) for item in value)


def _add(found: dict[str, list[Any]], label: str, value: Any) -> None:
    values = found.setdefault(label, [])
    if value not in values:
        values.append(value)


@dataclass(frozen=True, slots=True)
class _Here:
    """Where in tree and case the explanation stands."""

    scope: Scope
    at: tuple[int, ...] = ()
    each: tuple[str, ...] = ()

    def item(self, node: HowMany, number: int, item: Any) -> "_Here":
        return _Here((item, self.scope), (*self.at, number), (*self.each, node.each))


@dataclass(slots=True)
class _Told:
    parts: list[Part] = field(default_factory=list)
    looks: dict[tuple[object, ...], Look] = field(default_factory=dict)

    def look(self, fact: Fact, value: Any, here: _Here, *, whole: bool = True) -> None:
        """Note a look once; a fact of the case itself stands in no item, whoever asks."""
        level = here.each.index(fact.path[0]) + 1 if fact.path[0] in here.each else 0
        look = Look(fact, value, here.at[:level], whole)
        self.looks.setdefault((fact.path, look.at, look.missing, whole), look)

    def look_at(
        self, facts: Iterable[tuple[Fact, Any]], truth: Truth, here: _Here, *, whole: bool = True
    ) -> None:
        """Note looks of a condition; where its truth is known, an unknown fact had no part in it."""
        for fact, value in facts:
            if value is not UNKNOWN or truth is UNKNOWN:
                self.look(fact, value, here, whole=whole)


def explain(built: Built, scope: Scope) -> Outcome:
    """The answer for ``scope`` and everything that it rests on."""
    told = _Told()
    _tell(built, _Here(scope), told)
    return Outcome(built.truth(scope), tuple(told.parts), tuple(told.looks.values()))


def _tell(built: Built, here: _Here, told: _Told) -> None:
    truth = built.truth(here.scope)
    if isinstance(built.node, HowMany):
        _tell_items(built, built.node, here, told)
        return
    if isinstance(built.node, AtLeast | Not) and built.parts:
        for part in _deciding(built.parts, truth, here, negated=isinstance(built.node, Not)):
            _tell(part, here, told)
        return
    named = {name: get(here.scope) for name, get in built.worked_out}
    known = {name: value for name, value in named.items() if value is not UNKNOWN}
    told.parts.append(Part(built.node, truth, here.at, worked_out=known))
    told.look_at(((fact, get(here.scope)) for fact, get in built.facts), truth, here)


def _deciding(parts: Iterable[Built], truth: Truth, here: _Here, *, negated: bool) -> Iterator[Built]:
    """Those on the side of the answer decide it; where it is unknown, each part still counts."""
    if truth is UNKNOWN or negated:
        yield from parts
    else:
        yield from (part for part in parts if part.truth(here.scope) is truth)


def _tell_items(built: Built, node: HowMany, here: _Here, told: _Told) -> None:
    """What a list decides: the list itself, facts from outside it, and the items that matter.

    Of a register no items are told that do not count (they are other people's affairs, and the list stands for
    them); of a list without ``complete``, such as the people of a project, all are.
    """
    truth, where, listed = built.truth(here.scope), built.parts[0], built.facts[0][1](here.scope)
    items = () if listed is UNKNOWN else tuple(items_of(listed))
    answers = [where.truth((item, here.scope)) for item in items]
    sure = answers.count(True)
    told.parts.append(Part(node, truth, here.at, sure))
    told.look_at(((node.of, listed),), truth, here, whole=node.complete is not None)
    if built.complete is not None and between(sure, None, node.least, node.most) is UNKNOWN:
        _tell_completeness(built.complete, node.of, here, told)
    for number, (item, answer) in enumerate(zip(items, answers, strict=True)):
        if _matters(answer, truth, is_register=node.complete is not None):
            _tell(where, here.item(node, number, item), told)
    told.look_at(_facts_outside(where, frozenset({node.each}), (None, here.scope)), truth, here)


def _matters(answer: Truth, truth: Truth, *, is_register: bool) -> bool:
    """Is an item told? One that may or may not count decides nothing where the answer stands without it."""
    if answer is UNKNOWN:
        return truth is UNKNOWN
    return answer is True or not is_register


def _tell_completeness(complete: Built, listed: Fact, here: _Here, told: _Told) -> None:
    """Nobody has stated what a list does not hold, unless it is complete."""
    if complete.truth(here.scope) is not True:
        told.look(listed, UNKNOWN, here)
    _tell(complete, here, told)


def _facts_outside(built: Built, inside: frozenset[str], scope: Scope) -> Iterator[tuple[Fact, Any]]:
    """The facts below ``built`` that belong to no item named ``inside``; ``scope`` need not have those items."""
    yield from ((fact, get(scope)) for fact, get in built.facts if fact.path[0] not in inside)
    if not isinstance(built.node, HowMany):
        for part in built.parts:
            yield from _facts_outside(part, inside, scope)
        return
    yield from _facts_outside(built.parts[0], inside | {built.node.each}, (None, scope))
    if built.complete is not None:
        yield from _facts_outside(built.complete, inside, scope)
