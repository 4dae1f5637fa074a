"""Trees that cannot be right are refused, and an answer says what it saw and what is missing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from keqiao.core.rules.engine.compiled import compile_rule
from keqiao.core.rules.engine.paths import BadTree
from keqiao.core.rules.engine.tree import (
    FAILS,
    HOLDS,
    Among,
    Attest,
    Compare,
    Fact,
    HowMany,
    Span,
    all_of,
    any_of,
    equals,
    if_case,
    kept,
)
from keqiao.core.rules.facts import UNKNOWN, Case, Debarment, Human, Records, Unit

ON = Fact(("on",))
KIND = Fact(("applicant", "kind"), name="kind")
SINCE = Fact(("applicant", "registered_on"), name="registered_on")
BIRTH = Fact(("person", "birth_date"), name="birth_date")
PEOPLE = Fact(("people", "被托举人"))
CASE = Case(date(2023, 3, 1), Unit("u1", "某学会"), records=Records(kept=frozenset({"debarments"})))


def too_old(years):
    older = Compare(Span(BIRTH, ON, name="age"), ">", years)
    return HowMany("person", PEOPLE, older, most=0, name=f"at most {years}")


DEBARRED = HowMany(
    "bar",
    Fact(("records", "debarments")),
    all_of(
        Compare(Fact(("bar", "subject")), "==", Fact(("applicant", "id"))),
        any_of(equals(Fact(("bar", "until")), None), Compare(Fact(("bar", "until")), ">=", ON)),
    ),
    most=0,
    complete=kept("debarments"),
    name="debarments",
)
YOUNG = any_of(too_old(35), all_of(too_old(40), Attest("tuoju.r3", name="exception")))


def applicant(**facts):
    return replace(CASE, applicant=Unit("u1", "某学会", **facts))


def with_people(*born):
    people = tuple(Human(f"p{n}", "某人", birth_date=day) for n, day in enumerate(born))
    return replace(CASE, people={"被托举人": people})


@pytest.mark.parametrize(
    ("tree", "says"),
    [
        (equals(Fact(("applicant", "knd")), "society"), "nothing has applicant.knd"),
        (equals(Fact(("people", "被托举人", "id")), "p"), "nothing has people.被托举人.id"),
        (equals(Fact(()), "p"), "a path needs a step"),
        (Compare(SINCE, ">=", 3), "registered_on >= 3: these cannot be compared"),
        (Compare(KIND, "<", "society"), "these cannot be compared"),
        (Compare(SINCE, "~", date(2020, 1, 1)), "these cannot be compared"),
        (Compare(Fact(("applicant", "areas")), "==", "三门峡市"), "applicant.areas is a list"),
        (Compare(Span(KIND, ON), ">", 3), "kind counts between what are no dates"),
        (Among(KIND, (3,)), "kind can never be 3"),
        (Among(KIND, ("society",), least=2, most=1), "no number is at least 2 and at most 1"),
        (HowMany("one", KIND, HOLDS, least=1), "kind is no list"),
        (HowMany("entry", Fact(("records", "entries")), HOLDS), "say when it is complete"),
        (HowMany("people", PEOPLE, HOLDS), "the name 'people' already means something"),
        (HowMany("person", PEOPLE, Attest("x")), "a person judges the whole"),
    ],
)
def test_a_tree_that_cannot_be_right_is_refused(tree, says):
    with pytest.raises(BadTree) as refused:
        compile_rule(tree)

    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("since", "on", "years", "months"),
    [
        (date(1987, 10, 30), date(2022, 10, 29), 34, 419),
        (date(1987, 10, 30), date(2022, 10, 30), 35, 420),
        (date(2004, 2, 29), date(2022, 2, 28), 17, 215),
        (date(2004, 2, 29), date(2022, 3, 1), 18, 216),
        (date(2023, 1, 31), date(2023, 2, 28), 0, 0),
        (date(2023, 3, 1), date(2023, 2, 28), -1, -1),
    ],
)
def test_a_span_counts_whole_years_and_months(since, on, years, months):
    case = replace(applicant(registered_on=since), on=on)

    assert compile_rule(Compare(Span(SINCE, ON), "==", years)).truth(case) is True
    assert compile_rule(Compare(Span(SINCE, ON, "months"), "==", months)).truth(case) is True


@pytest.mark.parametrize(
    ("answer", "tolerance", "truth"),
    [
        (20, None, True),
        (19, None, UNKNOWN),
        (18, Decimal("0.1"), True),
        (22, Decimal("0.1"), True),
        (23, Decimal("0.1"), False),
    ],
)
def test_about_a_number_is_unknown_until_somebody_says_how_near(answer, tolerance, truth):
    rule = compile_rule(Compare(Fact(("answers", "r1")), "~", 20, tolerance))

    assert rule.truth(replace(CASE, answers={"r1": answer})) is truth


def test_what_a_register_does_not_hold_did_not_happen_only_where_it_is_kept_in_full():
    rule = compile_rule(DEBARRED)
    barred = Debarment("u1", "结项不合格", "通知一", date(2022, 1, 1))

    assert rule.truth(CASE) is True
    assert rule.truth(replace(CASE, records=Records())) is UNKNOWN
    assert rule(replace(CASE, records=Records())).missing == ("records.debarments",)
    assert rule.truth(replace(CASE, records=Records(debarments=(barred,)))) is False


def test_outside_its_case_a_rule_is_met_and_an_unknown_case_leaves_it_open():
    rule = compile_rule(if_case(equals(Fact(("cases", "国际性")), True), FAILS))

    assert [
        rule.truth(replace(CASE, cases=cases)) for cases in ({"国际性": False}, {"国际性": True}, {})
    ] == [
        True,
        False,
        UNKNOWN,
    ]


def test_what_belongs_to_a_host_that_is_not_there_is_not_there():
    rule = compile_rule(equals(Fact(("applicant", "host", "kind")), "university"))

    assert rule.truth(applicant(host=None)) is False
    assert rule.truth(applicant(host=UNKNOWN)) is UNKNOWN
    assert rule.truth(applicant(host=Unit("h", "某大学", kind="university"))) is True


def test_the_reasons_name_what_was_seen_and_what_nobody_has_stated():
    young, unknown = date(1990, 1, 1), UNKNOWN

    outcome = compile_rule(too_old(35))(with_people(young, unknown))

    assert outcome.truth is UNKNOWN
    assert outcome.seen == {"at most 35": 0, "birth_date": young, "on": date(2023, 3, 1)}
    assert outcome.missing == ("birth_date",)


def test_only_what_decides_is_told():
    rule = compile_rule(
        all_of(equals(KIND, "society", name="kind rule"), Compare(SINCE, "<=", date(2020, 1, 1)))
    )

    outcome = rule(applicant(kind="company"))

    assert (outcome.truth, outcome.seen, outcome.missing) == (False, {"kind": "company"}, ())
    assert [part.node.name for part in outcome.parts] == ["kind rule"]


def test_an_exception_waits_for_a_person_who_may_grant_it():
    rule, case = compile_rule(YOUNG), with_people(date(1985, 5, 1))

    assert rule.truth(case) is UNKNOWN
    assert rule(case).asks == (Attest("tuoju.r3", name="exception"),)
    assert rule.truth(replace(case, approved=frozenset({"tuoju.r3"}))) is True
    assert rule.truth(replace(with_people(date(1980, 1, 1)), approved=frozenset({"tuoju.r3"}))) is False
