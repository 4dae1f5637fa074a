"""Rules about people: ages and birth dates on both sides of the day, offices, certificates, exceptions."""

from datetime import date

import pytest

from keqiao.core.rules.answers import Verdict
from keqiao.core.rules.facts import UNKNOWN, Case, Human, Post, Qualification
from tests.core.rules.asked import asked, rule
from tests.core.rules.units import TODAY, unit

PASSES, FAILS, PERSON = Verdict
SOCIETY = unit("society", "province", ("河南省",), id="society")
BORN_AFTER = {"role": "被托举人", "attr": "age", "op": "<=", "value": 35, "born_after": date(1987, 10, 30)}


def case(*people, role="被托举人", **facts):
    return Case(facts.pop("on", TODAY), SOCIETY, people={role: people} if people else {}, **facts)


def born(day):
    return Human("p", "王某", birth_date=day)


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(1987, 10, 29), FAILS),
        (date(1987, 10, 30), PASSES),  # 以后 takes in the day itself
        (date(1987, 10, 31), PASSES),
        (UNKNOWN, PERSON),
    ],
)
def test_the_birth_date_decides_and_its_day_is_included(day, verdict):
    assert asked(rule("person", **BORN_AFTER), case(born(day))).verdict is verdict


def test_somebody_born_on_the_very_day_passes_with_a_note_to_check():
    on_the_day = asked(rule("person", **BORN_AFTER), case(born(date(1987, 10, 30))))
    later = asked(rule("person", **BORN_AFTER), case(born(date(1987, 10, 31))))

    assert [finding.code for finding in on_the_day.findings] == ["eligibility.exact_day"]
    assert later.findings == ()


AGE = {"role": "被托举人", "attr": "age", "op": "<=", "value": 35}


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(1987, 4, 30), PASSES),  # 36 on the day after the deadline
        (date(1987, 4, 29), FAILS),  # 36 on the deadline itself
    ],
)
def test_without_a_birth_date_the_age_is_counted_in_full_years_on_the_deadline(day, verdict):
    deadline = date(2023, 4, 29)

    assert asked(rule("person", **AGE), case(born(day)), deadline=deadline).verdict is verdict


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(1987, 1, 1), PASSES),
        (date(1986, 12, 31), FAILS),
    ],
)
def test_a_stated_reference_day_goes_before_the_deadline(day, verdict):
    stated = rule("person", **AGE, on_date=date(2022, 12, 31))

    assert asked(stated, case(born(day)), deadline=date(2030, 1, 1)).verdict is verdict


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(1983, 1, 1), PASSES),  # 40 until the end of 2023
        (date(1982, 12, 31), PERSON),  # 40 today, 41 on the last day of 2023
        (date(1982, 4, 2), PERSON),
        (date(1982, 4, 1), FAILS),  # 41 today
    ],
)
def test_without_any_reference_day_only_what_holds_until_the_end_of_the_year_is_decided(day, verdict):
    assert asked(rule("person", **(AGE | {"value": 40})), case(born(day))).verdict is verdict


@pytest.mark.parametrize(
    ("born_after", "day", "verdict", "said"),
    [
        ("1988-xx-xx", date(1987, 12, 31), FAILS, "eligibility.person"),  # before every day of 1988
        ("1988-xx-xx", date(1988, 1, 1), PERSON, "eligibility.birth_date_unsettled"),
        ("1988-xx-xx", date(2000, 1, 1), PERSON, "eligibility.birth_date_unsettled"),
        ("xxxx-xx-xx", date(1960, 1, 1), PERSON, "eligibility.birth_date_unsettled"),
    ],
)
def test_a_birth_date_left_unfilled_is_never_computed_but_its_year_is_stated(born_after, day, verdict, said):
    answer = asked(rule("person", **(AGE | {"born_after": born_after})), case(born(day)))

    assert (answer.verdict, [finding.code for finding in answer.findings]) == (verdict, [said])


STRICT = rule("person", **AGE)
RELAXED = rule("person", id="r2", role="被托举人", attr="age", op="<=", value=40, exception_for="特殊人才")


@pytest.mark.parametrize(
    ("day", "approved", "verdict"),
    [
        (date(1990, 1, 1), frozenset(), PASSES),
        (date(1985, 1, 1), frozenset(), PERSON),
        (date(1985, 1, 1), frozenset({"r2"}), PASSES),
        (date(1975, 1, 1), frozenset({"r2"}), FAILS),
        (date(1975, 1, 1), frozenset(), FAILS),
    ],
)
def test_an_exception_needs_its_own_condition_and_an_approval(day, approved, verdict):
    facts = {"exceptions": {"r1": RELAXED}, "deadline": date(2023, 4, 30)}

    assert asked(STRICT, case(born(day), approved=approved), **facts).verdict is verdict


def test_everybody_in_the_role_has_to_fulfil_it_and_nobody_is_no_answer():
    young, old = born(date(1990, 1, 1)), born(date(1960, 1, 1))

    assert asked(rule("person", **BORN_AFTER), case(young, old)).verdict is FAILS
    assert asked(rule("person", **BORN_AFTER), case()).verdict is PERSON


@pytest.mark.parametrize(
    ("office", "verdict"),
    [
        ("会员", FAILS),
        ("会员代表", FAILS),
        ("理事", PASSES),
        ("委员", PASSES),
        ("常务理事", PASSES),
        ("理事长", PASSES),
        ("名誉顾问", PERSON),  # nobody knows its rank
    ],
)
def test_an_office_or_one_above_it(office, verdict):
    position = rule(
        "person", role="托举专家", attr="position", any_of=["理事", "委员"], of="申报单位", or_above=True
    )
    expert = Human("p", "李某", posts=(Post("society", office),))

    assert asked(position, case(expert, role="托举专家")).verdict is verdict


@pytest.mark.parametrize(
    ("posts", "verdict"),
    [
        ((Post("society", "会员"),), PASSES),
        ((Post("other", "理事长"),), FAILS),
        ((), FAILS),
        (UNKNOWN, PERSON),
    ],
)
def test_membership_is_any_post_in_that_very_unit(posts, verdict):
    member = rule("person", role="被托举人", attr="membership", of="申报单位")

    assert asked(member, case(Human("p", "王某", posts=posts))).verdict is verdict


@pytest.mark.parametrize(
    ("held", "verdict"),
    [
        (Qualification("国家心理咨询师", 1), PASSES),
        (Qualification("国家心理咨询师", 2), PASSES),
        (Qualification("国家心理咨询师", 3), FAILS),
        (Qualification("国家心理咨询师"), PERSON),
        (Qualification("讲师"), PASSES),
        (Qualification("助教"), FAILS),
        (Qualification("副教授"), PERSON),
    ],
)
def test_of_levels_the_smaller_number_is_the_higher(held, verdict):
    speaker = rule(
        "person", role="主讲嘉宾", attr="qualification", any_of=["国家心理咨询师", "讲师"], level=2,
        level_op=">=", level_order="一级最高",
    )  # fmt: skip

    assert (
        asked(speaker, case(Human("p", "赵某", qualifications=(held,)), role="主讲嘉宾")).verdict is verdict
    )


@pytest.mark.parametrize(
    ("areas", "fields", "verdict"),
    [
        (("河南省", "洛阳市"), {"工程技术"}, PASSES),
        (("湖北省",), {"工程技术"}, FAILS),
        (("河南省",), {"历史"}, FAILS),
        (("河南省",), UNKNOWN, PERSON),
    ],
)
def test_working_place_and_field_both_count(areas, fields, verdict):
    both = rule(
        "person", role="被托举人", attr="workplace_and_field", where="河南省", fields=["自然科学", "工程技术"]
    )
    known = fields if fields is UNKNOWN else frozenset(fields)

    assert asked(both, case(Human("p", "王某", areas=areas, fields=known))).verdict is verdict


@pytest.mark.parametrize(("approved", "verdict"), [(frozenset(), PERSON), (frozenset({"r1"}), PASSES)])
def test_what_is_no_plain_fact_is_judged_by_a_person(approved, verdict):
    broad = rule("person", role="项目负责人", attr="experience")

    assert asked(broad, case(Human("p", "王某"), role="项目负责人", approved=approved)).verdict is verdict


def test_a_hedged_age_warns_and_never_refuses():
    hedged = rule("person", **BORN_AFTER, hedge="一般")

    assert asked(hedged, case(born(date(1960, 1, 1)))).weight == "warn"
