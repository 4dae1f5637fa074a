"""What would change the answer: another leader, one more partner, another reply; and who could be invited.

Pure functions over whatever answers a case (``Ask``), so that they hold for every category and every call.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from keqiao.core.rules.answers import CategoryAnswer, Judged, Verdict
from keqiao.core.rules.facts import Answer, Case, Holding, Human, Unit

Ask = Callable[[Case], CategoryAnswer]
"""Answers a case in one category, due by one moment: ``lambda case: category.answer(case, When.FORM)``."""

Change = Callable[[Case], Case]
"""Makes another case of a case; the first one stays as it is."""

BETTER_FIRST = (Verdict.PASSES, Verdict.PERSON, Verdict.FAILS)


def led_by(role: str, *people: Human) -> Change:
    """The role (项目负责人, 被托举人) is held by these people instead."""
    return lambda case: replace(case, people={**case.people, role: people})


def joined_by(partner: Unit) -> Change:
    """One more unit joins. One that has joined already, or that asks itself, joins no second time."""

    def change(case: Case) -> Case:
        known = {case.applicant.id, *(unit.id for unit in case.partners)}
        return case if partner.id in known else replace(case, partners=(*case.partners, partner))

    return change


def about(subject: str, unit: Unit) -> Change:
    """Another body stands in the role in which the call names it (示范园, 依托单位)."""
    return lambda case: replace(case, subjects={**case.subjects, subject: unit})


def answered(rule: str, answer: Answer) -> Change:
    """The form gives this answer to the rule with this id."""
    return lambda case: replace(case, answers={**case.answers, rule: answer})


def all_of(*changes: Change) -> Change:
    """Several changes, one after the other."""

    def change(case: Case) -> Case:
        for one in changes:
            case = one(case)
        return case

    return change


@dataclass(frozen=True, slots=True)
class Turned:
    """A rule that answers otherwise than before; None where it was not, or is no longer, asked."""

    before: Judged | None
    after: Judged | None


@dataclass(frozen=True, slots=True)
class Difference:
    """The answers without and with a change, and the rules whose verdict or weight it turns."""

    before: CategoryAnswer
    after: CategoryAnswer
    turned: tuple[Turned, ...]


def what_if(ask: Ask, case: Case, change: Change) -> Difference:
    """What the change would do to the answer."""
    return difference(ask(case), ask(change(case)))


def best_first(ask: Ask, case: Case, changes: Mapping[str, Change]) -> tuple[tuple[str, Difference], ...]:
    """Each change by its name with what it would do: those that pass first, then those that need a person.

    Among equals the order given stays. ``changes`` are alternatives (one per leader to choose from).
    """
    before = ask(case)
    tried = [(name, difference(before, ask(change(case)))) for name, change in changes.items()]
    return tuple(sorted(tried, key=lambda one: BETTER_FIRST.index(one[1].after.verdict)))


def difference(before: CategoryAnswer, after: CategoryAnswer) -> Difference:
    """Compare two answers of one category, rule by rule, in the order of the first answer."""
    old, new = _by_place(before.judged), _by_place(after.judged)
    places = (*old, *(place for place in new if place not in old))
    pairs = (Turned(old.get(place), new.get(place)) for place in places)
    return Difference(
        before, after, tuple(pair for pair in pairs if _weighs(pair.before) != _weighs(pair.after))
    )


def _by_place(judged: Iterable[Judged]) -> dict[tuple[str, tuple[str, ...], int], Judged]:
    """By rule, by the node that states it, and counted: a limit stated twice is judged twice."""
    seen: Counter[tuple[str, tuple[str, ...]]] = Counter()
    found = {}
    for one in judged:
        found[(one.rule, one.path, seen[one.rule, one.path])] = one
        seen[one.rule, one.path] += 1
    return found


def _weighs(judged: Judged | None) -> tuple[str, str] | None:
    return None if judged is None else (judged.verdict, judged.weight)


class Applied(StrEnum):
    """Has a unit applied in a category?"""

    NO = "no"
    UNKNOWN = "unknown"
    YES = "yes"


class HasVerdict(Protocol):
    """An answer of a category, with its reasons or without."""

    @property
    def verdict(self) -> Verdict: ...


Given = TypeVar("Given", bound=HasVerdict)


@dataclass(frozen=True, slots=True)
class Invitee(Generic[Given]):
    """A unit that may apply and has not, as far as is known.

    ``answer`` passes or needs a person; ``applied`` is ``unknown`` where applications are not kept in full.
    """

    case: Case
    answer: Given
    applied: Applied


def invitees(
    ask: Callable[[Case], Given], call: str, path: tuple[str, ...], cases: Iterable[Case]
) -> Iterator[Invitee[Given]]:
    """Which of those who are asked about may apply at ``path`` of the call, or below it, and have not.

    Whoever has joined the application of another, or has applied through its host, has applied.
    """
    for case in cases:
        applied = has_applied(call, path, case)
        if applied is Applied.YES:
            continue
        answer = ask(case)
        if answer.verdict is not Verdict.FAILS:
            yield Invitee(case, answer, applied)


def has_applied(call: str, path: tuple[str, ...], case: Case) -> Applied:
    """Does any application or project at ``path`` of the call, or below it, belong to the applicant or its host?"""
    bearers = _bearers(case.applicant)
    if any(_stands_at(held, call, path) and held.unit in bearers for held in case.records.holdings):
        return Applied.YES
    complete = {"holdings", f"holdings:{call}"} & case.records.kept
    return Applied.NO if complete else Applied.UNKNOWN


def _bearers(unit: Unit) -> set[str]:
    return {unit.id} | ({unit.host.id} if isinstance(unit.host, Unit) else set())


def _stands_at(held: Holding, call: str, path: tuple[str, ...]) -> bool:
    return held.call == call and held.path[: len(path)] == path
