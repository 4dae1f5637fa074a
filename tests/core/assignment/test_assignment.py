"""Balanced proposals: case by case, and against trying everything."""

import random
from time import process_time

import pytest

from keqiao.core.assignment.proposing import propose
from keqiao.core.assignment.values import Judge, Limits, Wanted
from keqiao.readers.messages import say
from tests.core.assignment.comparing import FAULTS, broken, faults_of, planted

ROUNDS = 300


def pairs(proposal):
    return [(each.expert, each.application) for each in proposal.given]


def test_each_application_gets_its_experts_and_the_work_is_spread():
    judges = [Judge(f"e{n}") for n in range(5)]
    wanted = [Wanted(f"a{n}", 3) for n in range(4)]

    proposal = propose(judges, wanted)

    assert [sum(each.application == w.id for each in proposal.given) for w in wanted] == [3, 3, 3, 3]
    assert sorted(proposal.loads.values()) == [2, 2, 2, 3, 3]
    assert proposal.findings == ()


def test_places_are_passed_on_where_the_first_choice_would_block():
    judges = [Judge("e1", most=1), Judge("e2", most=1)]
    barred = {("e2", "a2"): ("unit",)}

    assert pairs(propose(judges, [Wanted("a1", 1), Wanted("a2", 1)], Limits(barred))) == [
        ("e2", "a1"),
        ("e1", "a2"),
    ]


def test_what_cannot_be_filled_is_told_with_the_reason():
    judges = [Judge("e1", most=1), Judge("e2", most=1), Judge("e3")]
    barred = {("e3", "a1"): ("unit",), ("e3", "a2"): ("unit", "kin")}

    proposal = propose(judges, [Wanted("a1", 2), Wanted("a2", 1)], Limits(barred))

    short, knot = proposal.findings
    assert (short.code, knot.code) == ("assignment.short", "assignment.shortage")
    assert {name: knot.values[name] for name in ("applications", "needed", "possible", "missing")} == {
        "applications": 2, "needed": 3, "possible": 2, "missing": 1,
    }  # fmt: skip
    assert (short.values["barred"], short.values["allowed"], short.values["full"]) == (1, 2, 2)
    assert "申报单位" in say(short)
    assert all(say(each, "en") for each in proposal.findings)


def test_fields_are_matched_where_it_costs_nobody_anything():
    judges = [Judge("e1", fields=frozenset({"物理"})), Judge("e2", fields=frozenset({"化学"}))]
    wanted = [Wanted("a1", 1, frozenset({"化学"})), Wanted("a2", 1, frozenset({"物理"}))]

    proposal = propose(judges, wanted)

    assert pairs(proposal) == [("e2", "a1"), ("e1", "a2")]
    assert all(each.matches for each in proposal.given)


def test_an_application_of_which_nobody_knows_the_field_is_told():
    proposal = propose([Judge("e1", fields=frozenset({"物理"}))], [Wanted("a1", 1, frozenset({"医学"}))])

    assert [(each.code, each.values["fields"]) for each in proposal.findings] == [
        ("assignment.no_field", ("医学",))
    ]


def test_one_body_sends_one_expert_at_most():
    judges = [Judge("e1", body="u"), Judge("e2", body="u"), Judge("e3", body="s")]

    proposal = propose(judges, [Wanted("a1", 2), Wanted("a2", 1)], Limits(of_one_body=1))

    assert sorted(pairs(proposal)) == [("e1", "a1"), ("e2", "a2"), ("e3", "a1")]


def test_what_stands_already_stays_and_counts():
    judges = [Judge("e1", has=1), Judge("e2")]
    fixed = Limits(fixed=frozenset({("e1", "a1")}))

    proposal = propose(judges, [Wanted("a1", 1), Wanted("a2", 1), Wanted("a3", 1)], fixed)

    assert pairs(proposal) == [("e1", "a1"), ("e2", "a2"), ("e2", "a3")]
    assert [each.fixed for each in proposal.given] == [True, False, False]
    assert proposal.loads == {"e1": 2, "e2": 2}


def test_a_conflict_is_never_given_even_where_it_was_fixed():
    limits = Limits({("e1", "a1"): ("kin",)}, frozenset({("e1", "a1")}))

    proposal = propose([Judge("e1")], [Wanted("a1", 1)], limits)

    assert proposal.given == ()
    assert proposal.findings[0].code == "assignment.fixed_in_conflict"


@pytest.mark.parametrize(
    ("judges", "wanted", "limits"),
    [
        ([Judge("e1"), Judge("e1")], [Wanted("a1", 1)], Limits()),
        ([Judge("e1")], [Wanted("a1", 1)], Limits(fixed=frozenset({("e2", "a1")}))),
    ],
)
def test_what_cannot_be_meant_is_refused(judges, wanted, limits):
    with pytest.raises(ValueError, match=r"twice|not there"):
        propose(judges, wanted, limits)


def test_proposals_are_as_good_as_trying_everything():
    for number in range(ROUNDS):
        assert list(faults_of(random.Random(number))) == [], number


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_planted_fault_is_noticed(fault):
    with planted(fault):
        assert any(list(faults_of(random.Random(number))) for number in range(ROUNDS))


def test_three_hundred_applications_with_five_experts_each_are_proposed_in_seconds():
    chance = random.Random(7)
    fields = ("物理", "化学", "生物", "农学")
    judges = [
        Judge(f"e{n:03}", most=20, fields=frozenset({chance.choice(fields)}), body=f"u{n % 60}")
        for n in range(150)
    ]
    wanted = [Wanted(f"a{n:03}", 5, frozenset({chance.choice(fields)})) for n in range(300)]
    barred = {(j.id, w.id): ("unit",) for j in judges for w in wanted if chance.random() < 0.1}
    limits = Limits(barred, of_one_body=1)
    begun = process_time()

    proposal = propose(judges, wanted, limits)

    assert process_time() - begun < 20
    assert len(proposal.given) == 1_500
    assert set(proposal.loads.values()) == {10}
    assert list(broken(judges, wanted, limits, proposal)) == []
    assert sum(each.matches for each in proposal.given) > 1_300
