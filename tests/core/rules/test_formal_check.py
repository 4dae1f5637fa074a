"""What the office looks at, and what stands against passing and refusing: cases written before the code ran."""

import pytest

from keqiao.core.findings import Finding, Source, Verdict, Weight
from keqiao.core.rules.answers import Judged, When
from keqiao.core.rules.formal_check import (
    Point,
    Said,
    Topic,
    against_answer,
    against_passing,
    against_refusing,
    points_of_rules,
)

CLAUSE = Source(clause="附件3·三1")
ASKED = (Finding("eligibility.statement", Weight.ASK, {"summary": "有稳定队伍"}),)


def judged(rule: str, verdict: Verdict, **more: object) -> Judged:
    said = {"weight": Weight.REFUSE, "when": When.FORM, "source": CLAUSE, "findings": ASKED} | more
    return Judged(rule=rule, type="declared", verdict=verdict, **said)  # type: ignore[arg-type]


def point(key: str = "r1", **more: object) -> Point:
    return Point(key, Topic.RULE, ASKED, CLAUSE, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("verdict", "weight", "when", "is_point"),
    [
        (Verdict.PERSON, Weight.REFUSE, When.FORM, True),
        (Verdict.PERSON, Weight.WARN, When.BEFORE, True),
        (Verdict.PASSES, Weight.REFUSE, When.FORM, False),
        (
            Verdict.FAILS,
            Weight.WARN,
            When.FORM,
            True,
        ),  # 原则上: it only warns, but somebody has to have seen it
        (Verdict.FAILS, Weight.REFUSE, When.FORM, False),  # it could not have been submitted
        (Verdict.PERSON, Weight.REFUSE, When.CONDUCT, False),  # judged while the project runs
    ],
)
def test_a_rule_is_looked_at_where_the_facts_leave_it_to_a_person(verdict, weight, when, is_point):
    found = points_of_rules([judged("r1", verdict, weight=weight, when=when)], {})

    assert [each.key for each in found] == (["r1"] if is_point else [])


def test_a_rule_that_relaxes_another_is_no_point_but_lets_the_other_be_excepted():
    rules = [judged("tuoju.r4", Verdict.PERSON), judged("tuoju.r5", Verdict.PERSON)]

    found = points_of_rules(rules, {"tuoju.r4": "tuoju.r5"})

    assert [(each.key, each.exception) for each in found] == [("tuoju.r4", "tuoju.r5")]


def test_a_point_carries_its_clause_and_what_to_look_at():
    (found,) = points_of_rules([judged("r1", Verdict.PERSON, evidence=("协议",))], {})

    assert (found.source, found.evidence, found.findings) == (CLAUSE, ("协议",), ASKED)


def test_rules_that_ask_the_very_same_are_one_point_by_another_clause_they_are_two():
    elsewhere = Source(clause="二3")
    rules = [
        judged("debarment", Verdict.PERSON),
        judged("general.r4", Verdict.PERSON),
        judged("general.r5", Verdict.PERSON, source=elsewhere),
    ]

    assert [each.key for each in points_of_rules(rules, {})] == ["debarment", "general.r5"]


@pytest.mark.parametrize(
    ("said", "reason", "exception", "codes"),
    [
        (Said.MEETS, "", "", []),
        (Said.FAILS, "缺协议", "", []),
        (Said.FAILS, " ", "", ["formal_check.reason_missing"]),
        (Said.IRRELEVANT, "", "", ["formal_check.reason_missing"]),
        (Said.EXCEPTED, "特殊人才", "r5", []),
        (Said.EXCEPTED, "特殊人才", "", ["formal_check.no_exception"]),
        (Said.EXCEPTED, "", "", ["formal_check.no_exception", "formal_check.reason_missing"]),
    ],
)
def test_an_answer_needs_its_reason_and_an_exception_its_rule(said, reason, exception, codes):
    assert [each.code for each in against_answer(point(exception=exception), said, reason)] == codes


def test_it_passes_when_every_point_is_answered_and_none_is_wanting():
    points = (point("a"), point("b"), point("c", exception="r5"), point("d", is_soft=True))
    answers = {"a": Said.MEETS, "b": Said.IRRELEVANT, "c": Said.EXCEPTED, "d": Said.FAILS}

    assert against_passing(points, answers) == ()


def test_everything_that_stands_against_passing_is_said_at_once_with_clause_and_place():
    found = against_passing((point("a"), point("b"), point("c")), {"b": Said.FAILS})

    assert [(each.code, each.at, each.source) for each in found] == [
        ("formal_check.unanswered", ("a",), CLAUSE),
        ("formal_check.unanswered", ("c",), CLAUSE),
        ("formal_check.wanting", ("b",), CLAUSE),
    ]


@pytest.mark.parametrize(
    ("said", "is_soft", "may_refuse"),
    [(Said.FAILS, False, True), (Said.FAILS, True, False), (Said.MEETS, False, False), (None, False, False)],
)
def test_it_is_refused_only_for_a_point_that_was_found_wanting_and_counts(said, is_soft, may_refuse):
    answers = {"a": said} if said else {}

    assert (against_refusing((point("a", is_soft=is_soft),), answers) == ()) is may_refuse
