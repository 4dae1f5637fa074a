"""Recusal case by case, with the rules as they are shipped."""

from datetime import date
from time import process_time

import pytest

from keqiao.core.conflicts.facts import Application, Body, Expert, Part, Person, Post, Relation, Round, Who
from keqiao.core.conflicts.matrix import Asked, conflicts
from keqiao.core.conflicts.panels import panel_findings
from keqiao.core.conflicts.policy import LOOKED_AT, with_years
from keqiao.core.findings import Verdict, Weight
from keqiao.readers.conflict_rules import conflict_rules
from keqiao.readers.messages import say, sentences

DAY = date(2026, 5, 6)
OFFICE = Body("市科协", "office")
UNIVERSITY, COLLEGE = Body("市师范大学", "u"), Body("物理学院", "u1", whole="u")
SOCIETY = Body("市物理学会", "s")
LI = Person(Who("李明", "p-li"), Part.LEADER, (Post(COLLEGE),))


def application(number="1", **more):
    stated = {"call": "c", "category": "forum", "unit": SOCIETY, "people": (LI,)} | more
    return Application(id=f"a{number}", **stated)


def expert(*posts, name="王芳", number="p-wang", **more):
    return Expert("e", Who(name, number), posts, **more)


def reasons(judge, *applications, **more):
    asked = Asked(conflict_rules(), Round(DAY, 2026, (OFFICE,)), **more)
    found = conflicts([judge], applications or [application()], asked)
    return [(each.rule, each.verdict) for each in found.between("e", "a1")]


SURE, UNSURE = Verdict.FAILS, Verdict.PERSON


@pytest.mark.parametrize(
    ("judge", "found"),
    [
        (expert(), []),
        (expert(number="p-li"), [("leader", SURE)]),
        (expert(name="李明", number=""), [("leader", UNSURE)]),
        (expert(name="李明", number="p-other"), [("leader", UNSURE)]),
        (expert(Post(SOCIETY)), [("unit", SURE)]),
        (expert(Post(SOCIETY, until=date(2023, 5, 6))), [("unit", SURE)]),
        (expert(Post(SOCIETY, until=date(2023, 5, 5))), []),
        (expert(Post(SOCIETY, since=date(2026, 5, 7))), []),
        (expert(Post(Body("市物理学会"))), [("unit", UNSURE)]),
        (expert(Post(UNIVERSITY)), [("team_unit", SURE)]),
        (expert(Post(Body("化学学院", "u2", whole="u"))), [("team_unit", SURE)]),
        (expert(Post(OFFICE)), [("office_staff", SURE)]),
        (expert(Post(OFFICE, until=date(2026, 5, 5))), []),
        (expert(declared=frozenset({"a1"})), [("declared", SURE)]),
        (expert(served=frozenset({2023, 2024, 2025})), [("rotation", SURE)]),
        (expert(served=frozenset({2022, 2024, 2025})), []),
    ],
)
def test_one_expert_and_one_application(judge, found):
    assert reasons(judge) == found


def test_hosts_partners_and_endorsers_count_too():
    bodies = {"host": UNIVERSITY, "partners": (Body("市天文馆", "m"),), "endorsers": (Body("县科协", "x"),)}
    stated = application(people=(), endorsing=(Who("王芳", "p-wang"),), **bodies)
    judge = expert(Post(COLLEGE), Post(Body("", "m")), Post(Body("", "x")))

    assert [rule for rule, _verdict in reasons(judge, stated)] == [
        "endorsing_person", "endorsing_unit", "host", "partner",
    ]  # fmt: skip


def test_who_has_an_application_of_the_same_kind_judges_none_of_them():
    own = application("2", people=(Person(Who("王芳", "p-wang"), Part.MEMBER),))
    mentored = application("3", people=(Person(Who("王芳", "p-wang"), Part.MENTOR),))
    elsewhere = application("4", category="journal", people=own.people)

    assert reasons(expert(), application(), own) == [("own_application", SURE)]
    assert reasons(expert(), application(), mentored) == []
    assert reasons(expert(), application(), elsewhere) == []


@pytest.mark.parametrize(
    ("kind", "until", "found"),
    [
        ("spouse", date(1990, 1, 1), [("kin", SURE)]),
        ("co_author", date(2021, 5, 6), [("co_author", SURE)]),
        ("co_author", date(2021, 5, 5), []),
        ("same_project", None, [("same_project", SURE)]),
        ("neighbour", None, []),
    ],
)
def test_what_was_declared_counts_both_ways_and_for_its_years(kind, until, found):
    wang, li = Who("王芳", "p-wang"), Who("李明", "p-li")

    for one, other in ((wang, li), (li, wang)):
        assert reasons(expert(), relations=(Relation(kind, one, other, until),)) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (SOCIETY, [("interest", SURE)]),
        (Body("市物理学会"), [("interest", UNSURE)]),
        (COLLEGE, []),
    ],
)
def test_an_interest_in_a_body_is_one_in_what_it_applies_for(body, found):
    assert reasons(expert(), relations=(Relation("interest", Who("王芳", "p-wang"), body),)) == found


def test_an_applicant_names_three_at_most():
    four = (Who("甲", "p1"), Who("乙", "p2"), Who("丙", "p3"), Who("王芳", "p-wang"))
    asked = Asked(conflict_rules(), Round(DAY, 2026))

    found = conflicts([expert()], [application(unsuitable=four)], asked)

    assert found.pairs == {}
    assert [(each.code, each.values["named"]) for each in found.findings] == [
        ("conflict.too_many_unsuitable", 4)
    ]
    assert reasons(expert(), application(unsuitable=four[1:])) == [("unsuitable", SURE)]


def test_a_person_settles_only_what_is_unsure():
    namesake = expert(name="李明", number="p-other")
    said = {("e", "a1", "leader", "p-li"): False}

    assert reasons(namesake) == [("leader", UNSURE)]
    assert reasons(namesake, settled=said) == []
    assert reasons(namesake, settled={**said, ("e", "a1", "leader", "p-li"): True}) == [("leader", SURE)]
    assert reasons(expert(number="p-li"), settled=said) == [("leader", SURE)]


def test_an_id_number_tells_namesakes_apart():
    stated = application(people=(Person(Who("李明", key="k1"), Part.LEADER),))

    assert reasons(Expert("e", Who("李明", key="k2")), stated) == []
    assert reasons(Expert("e", Who("黎明", key="k1")), stated) == [("leader", SURE)]


def test_an_association_may_look_back_further_but_not_less_far_than_the_law():
    policy = conflict_rules()

    assert with_years(policy, {"unit": 5})["unit"].years == 5
    assert with_years(policy, {"co_author": 1})["co_author"].years == 1
    for change in ({"unit": 2}, {"leader": 3}, {"friends": 1}):
        with pytest.raises(ValueError, match=next(iter(change))):
            with_years(policy, change)


def test_every_rule_has_a_name_a_source_and_somebody_who_looks():
    for code, rule in conflict_rules().items():
        assert f"word.conflict.{code}" in sentences()
        assert rule.source is not None
        assert bool(rule.kinds) != (code in LOOKED_AT)


def test_a_panel_has_one_expert_of_a_body_at_most():
    def panel(*bodies):
        members = [Expert(f"e{n}", Who(f"专家{n}"), (Post(body),)) for n, body in enumerate(bodies)]
        return [
            (each.weight, each.values["experts"]) for each in panel_findings(members, conflict_rules(), DAY)
        ]

    assert panel(UNIVERSITY, COLLEGE, SOCIETY) == [(Weight.REFUSE, ("e0", "e1"))]
    assert panel(UNIVERSITY, Body("市师范大学"), SOCIETY) == [(Weight.ASK, ("e0", "e1"))]
    assert panel(UNIVERSITY, SOCIETY) == []


def test_every_reason_is_said_in_both_languages():
    found = conflicts(
        [expert(name="李明", number="")], [application()], Asked(conflict_rules(), Round(DAY, 2026))
    )

    [reason] = found.between("e", "a1")
    assert "负责人" in say(reason.finding())
    assert "leads the project" in say(reason.finding(), "en")


def test_a_matrix_of_five_hundred_by_five_hundred_takes_half_a_second_where_nothing_else_runs():
    bodies = [Body(f"单位{n}", f"b{n}") for n in range(200)]
    experts = [
        Expert(
            f"e{n}",
            Who(f"姓名{n * 8}", f"p{n}" if n % 2 else ""),
            (Post(bodies[n % 200]), Post(bodies[n % 7])),
        )
        for n in range(500)
    ]
    applications = [
        Application(
            id=f"a{n}",
            call="c",
            category=f"k{n % 9}",
            unit=bodies[n % 190],
            partners=(bodies[(n * 7) % 200],),
            people=tuple(
                Person(Who(f"姓名{n * 8 + m}", f"q{n}-{m}"), Part.MEMBER, (Post(bodies[(n + m) % 200]),))
                for m in range(8)
            ),
        )
        for n in range(500)
    ]
    begun = process_time()

    found = conflicts(experts, applications, Asked(conflict_rules(), Round(DAY, 2026)))

    assert len(found.pairs) > 5_000
    assert process_time() - begun < 3  # asking about every pair takes more than that anywhere
