"""What the office looks at before experts do (形式审查): the rules that need a person, and what papers leave open.

The facts have decided the rest by the time an application arrives. A point is answered by an officer; an application
passes when every point is answered and none is found wanting, and is refused for points found wanting, each with its
clause. Source: inventory E1; domain D13.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from keqiao.core.findings import Finding, Source, Weight
from keqiao.core.rules.answers import Judged, Verdict, When
from keqiao.core.rules.judging import is_due


class Said(StrEnum):
    """What an officer says of a point. ``excepted``: by the exception that the call allows, with a reason."""

    MEETS = "meets"
    FAILS = "fails"
    EXCEPTED = "excepted"
    IRRELEVANT = "irrelevant"


class Topic(StrEnum):
    """Where a point comes from: a rule of the call, the papers, or what is looked at in every application."""

    RULE = "rule"
    PAPER = "paper"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at. ``key`` is the id of its rule or a name of its own; no two points share one.

    ``findings`` say what is asked, ``source`` is the clause, ``evidence`` what to look at. ``is_soft``: whatever is
    said of it only warns (原则上). ``exception`` is the id of the rule by which the office may approve an exception.
    """

    key: str
    topic: Topic
    findings: tuple[Finding, ...]
    source: Source | None = None
    evidence: tuple[str, ...] = ()
    is_soft: bool = False
    exception: str = ""


def points_of_rules(judged: Iterable[Judged], exceptions: Mapping[str, str]) -> tuple[Point, ...]:
    """Return a point for each rule due on filing that the facts leave to a person, in the order of the rules.

    ``exceptions`` are the ids of the rules that relax another, by the id of that other: no points of their own. A soft
    rule that the facts fail is a point too: somebody has to have seen it. Rules that ask the very same are one point.
    """
    relaxing = frozenset(exceptions.values())
    found: list[Point] = []
    for each in judged:
        if not is_due(each.when, When.FORM) or each.rule in relaxing or not _is_left_to_a_person(each):
            continue
        point = _point(each, exceptions.get(each.rule, ""))
        if not any(_asks_the_same(point, other) for other in found):
            found.append(point)
    return tuple(found)


def _is_left_to_a_person(judged: Judged) -> bool:
    is_soft = judged.weight is Weight.WARN
    return judged.verdict is Verdict.PERSON or (judged.verdict is Verdict.FAILS and is_soft)


def _point(judged: Judged, exception: str) -> Point:
    return Point(
        key=judged.rule,
        topic=Topic.RULE,
        findings=judged.findings or judged.missing,
        source=judged.source,
        evidence=judged.evidence,
        is_soft=judged.weight is Weight.WARN,
        exception=exception,
    )


def _asks_the_same(point: Point, other: Point) -> bool:
    return bool(point.findings) and replace(point, key=other.key) == other


def unanswered(points: Iterable[Point], answers: Mapping[str, Said]) -> tuple[Point, ...]:
    """Return the points of which nothing has been said."""
    return tuple(point for point in points if point.key not in answers)


def wanting(points: Iterable[Point], answers: Mapping[str, Said]) -> tuple[Point, ...]:
    """Return the points that were found wanting and count: soft ones only warn."""
    return tuple(point for point in points if answers.get(point.key) is Said.FAILS and not point.is_soft)


def against_answer(point: Point, said: Said, reason: str) -> tuple[Finding, ...]:
    """Return what stands against this answer: an exception needs a rule that allows it, a fault needs a reason."""
    found = []
    if said is Said.EXCEPTED and not point.exception:
        found.append(
            Finding("formal_check.no_exception", Weight.REFUSE, source=point.source, at=(point.key,))
        )
    if said in NEEDS_REASON and not reason.strip():
        found.append(
            Finding("formal_check.reason_missing", Weight.REFUSE, source=point.source, at=(point.key,))
        )
    return tuple(found)


NEEDS_REASON = frozenset({Said.FAILS, Said.EXCEPTED, Said.IRRELEVANT})
"""Answers that say why: whoever reads them later was not there."""


def against_passing(points: Iterable[Point], answers: Mapping[str, Said]) -> tuple[Finding, ...]:
    """Return everything that stands against passing: points not answered, points found wanting."""
    listed = tuple(points)
    return (
        *(_stands("formal_check.unanswered", point) for point in unanswered(listed, answers)),
        *(_stands("formal_check.wanting", point) for point in wanting(listed, answers)),
    )


def against_refusing(points: Iterable[Point], answers: Mapping[str, Said]) -> tuple[Finding, ...]:
    """Return what stands against refusing: nothing that counts was found wanting."""
    return () if wanting(points, answers) else (Finding("formal_check.nothing_wanting", Weight.REFUSE),)


def _stands(code: str, point: Point) -> Finding:
    return Finding(code, Weight.REFUSE, source=point.source, at=(point.key,))
