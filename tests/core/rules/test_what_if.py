"""What a change would do, and who could be invited: against a plain search of all possibilities."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keqiao.core.findings import Weight
from keqiao.core.rules.answers import CategoryAnswer, Judged, Verdict, When
from keqiao.core.rules.facts import UNKNOWN, Case, Holding, Human, Records, Stage, Unit
from keqiao.core.rules.what_if import (
    Applied,
    about,
    all_of,
    answered,
    best_first,
    difference,
    has_applied,
    invitees,
    joined_by,
    led_by,
    what_if,
)

DAY = date(2022, 10, 20)
BORN_AFTER = date(1987, 10, 30)
CITY, SOCIETY, OTHER = (
    Unit(name, name, kind=kind)
    for name, kind in (("city", "association"), ("society", "society"), ("other", "company"))
)
PATH = ("plan", "kind")


def judged(rule: str, verdict: Verdict, weight: Weight = Weight.REFUSE, path=()) -> Judged:
    return Judged(rule, "person", verdict, weight, When.FORM, path)


def of_age(case: Case) -> Verdict:
    born = [human.birth_date for human in case.people.get("leader", ())]
    if not born or UNKNOWN in born:
        return Verdict.PERSON
    return Verdict.PASSES if all(day >= BORN_AFTER for day in born) else Verdict.FAILS


def with_a_society(case: Case) -> Verdict:
    return Verdict.PASSES if any(unit.kind == "society" for unit in case.partners) else Verdict.FAILS


def ask(case: Case) -> CategoryAnswer:
    """A small category of two rules: the leader is young enough, and a society joins."""
    rules = (judged("age", of_age(case)), judged("joint", with_a_society(case)))
    verdicts = {rule.verdict for rule in rules}
    worst = next(
        verdict for verdict in (Verdict.FAILS, Verdict.PERSON, Verdict.PASSES) if verdict in verdicts
    )
    return CategoryAnswer(PATH, worst, rules)


def leader(name: str, born: object) -> Human:
    return Human(name, name, birth_date=born)


YOUNG, OLD, UNSAID = (
    leader("young", date(1987, 10, 30)),
    leader("old", date(1987, 10, 29)),
    leader("unsaid", UNKNOWN),
)
ALONE = Case(on=DAY, applicant=CITY, people={"leader": (OLD,)})


def test_another_leader_turns_the_rule_about_the_leader_and_no_other():
    made = what_if(ask, ALONE, led_by("leader", YOUNG))

    assert [(turned.before.rule, turned.before.verdict, turned.after.verdict) for turned in made.turned] == [
        ("age", Verdict.FAILS, Verdict.PASSES)
    ]
    assert (made.before.verdict, made.after.verdict) == (Verdict.FAILS, Verdict.FAILS)


def test_a_leader_and_a_partner_together_turn_the_whole_answer():
    made = what_if(ask, ALONE, all_of(led_by("leader", YOUNG), joined_by(SOCIETY)))

    assert made.after.verdict is Verdict.PASSES
    assert [turned.after.rule for turned in made.turned] == ["age", "joint"]


def test_the_case_that_was_asked_about_stays_as_it_is():
    asked = replace(ALONE, answers={"r": 1}, subjects={"park": OTHER})
    change = all_of(led_by("leader", YOUNG), joined_by(SOCIETY), answered("r", 2), about("park", SOCIETY))

    changed = change(asked)

    assert (changed.people, changed.partners) == ({"leader": (YOUNG,)}, (SOCIETY,))
    assert (changed.answers, changed.subjects) == ({"r": 2}, {"park": SOCIETY})
    assert (asked.people, asked.partners) == ({"leader": (OLD,)}, ())
    assert (asked.answers, asked.subjects) == ({"r": 1}, {"park": OTHER})


@pytest.mark.parametrize("unit", [CITY, SOCIETY])
def test_nobody_joins_twice_and_nobody_joins_itself(unit: Unit):
    joined = replace(ALONE, partners=(SOCIETY,))

    assert joined_by(unit)(joined) == joined


def test_a_change_that_changes_nothing_turns_nothing():
    assert what_if(ask, ALONE, led_by("leader", OLD)).turned == ()


VERDICTS = st.sampled_from(Verdict)
JUDGEMENTS = st.lists(
    st.builds(
        judged, st.sampled_from("ab"), VERDICTS, st.sampled_from(Weight), st.sampled_from([(), ("plan",)])
    ),
    max_size=5,
)


@given(before=JUDGEMENTS, after=JUDGEMENTS)
def test_the_turned_rules_are_those_that_a_search_place_by_place_finds(
    before: list[Judged], after: list[Judged]
):
    made = difference(
        CategoryAnswer(PATH, Verdict.PASSES, tuple(before)),
        CategoryAnswer(PATH, Verdict.PASSES, tuple(after)),
    )

    expected = []
    for rule, path in product("ab", [(), ("plan",)]):
        old = [one for one in before if (one.rule, one.path) == (rule, path)]
        new = [one for one in after if (one.rule, one.path) == (rule, path)]
        for place in range(max(len(old), len(new))):
            pair = (old[place] if place < len(old) else None, new[place] if place < len(new) else None)
            if None in pair or (pair[0].verdict, pair[0].weight) != (pair[1].verdict, pair[1].weight):
                expected.append(pair)
    found = [(turned.before, turned.after) for turned in made.turned]
    assert sorted(map(repr, found)) == sorted(map(repr, expected))


@given(leaders=st.permutations([YOUNG, OLD, UNSAID]), partner=st.sampled_from([None, SOCIETY, OTHER]))
def test_the_leaders_to_choose_from_stand_as_asking_each_of_them_ranks_them(
    leaders: list[Human], partner: Unit | None
):
    case = replace(ALONE, partners=(partner,) if partner else ())

    ranked = best_first(ask, case, {human.id: led_by("leader", human) for human in leaders})

    each = {human.id: ask(replace(case, people={"leader": (human,)})).verdict for human in leaders}
    assert {name: made.after.verdict for name, made in ranked} == each
    order = [name for verdict in ("passes", "person", "fails") for name in each if each[name] == verdict]
    assert [name for name, _made in ranked] == order


def holding(unit: str, call: str, path: tuple[str, ...], stage: Stage) -> Holding:
    return Holding(f"{unit}-{call}-{path}", unit, call, path, 2023, stage)


HOLDINGS = st.lists(
    st.builds(
        holding,
        st.sampled_from(["city", "society", "host"]),
        st.sampled_from(["this", "last"]),
        st.sampled_from([("plan",), PATH, (*PATH, "sort"), ("plan", "other")]),
        st.sampled_from(Stage),
    ),
    max_size=4,
)
HOST = Unit("host", "host", kind="university")
HOSTED = Unit("hosted", "hosted", kind="university_association", host=HOST)
ANSWERS = {"city": Verdict.PASSES, "society": Verdict.FAILS, "hosted": Verdict.PERSON}


def by_unit(case: Case) -> CategoryAnswer:
    return CategoryAnswer(PATH, ANSWERS[case.applicant.id], ())


@given(
    held=HOLDINGS,
    kept=st.sampled_from(
        [frozenset(), frozenset({"holdings"}), frozenset({"holdings:this"}), frozenset({"holdings:last"})]
    ),
)
def test_those_to_invite_are_those_that_a_search_of_units_and_holdings_leaves_over(
    held: list[Holding], kept: frozenset[str]
):
    cases = [
        Case(on=DAY, applicant=unit, records=Records(holdings=tuple(held), kept=kept))
        for unit in (CITY, SOCIETY, HOSTED)
    ]

    found = {one.case.applicant.id: one.applied for one in invitees(by_unit, "this", PATH, cases)}

    taken = {one.unit for one in held if one.call == "this" and one.path in {PATH, (*PATH, "sort")}}
    left = {"city": "city", "hosted": "host"}.items()
    sure = bool(kept & {"holdings", "holdings:this"})
    assert found == {
        name: Applied.NO if sure else Applied.UNKNOWN for name, bearer in left if bearer not in taken
    }


def test_a_unit_that_applied_in_a_sibling_category_has_not_applied_here():
    records = Records(
        holdings=(holding("city", "this", ("plan", "other"), Stage.APPLIED),), kept=frozenset({"holdings"})
    )
    case = Case(on=DAY, applicant=CITY, records=records)

    assert has_applied("this", PATH, case) is Applied.NO
    assert has_applied("this", ("plan",), case) is Applied.YES
