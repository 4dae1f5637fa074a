"""Rules that the form settles: partners, roles, numbers, choices, places, papers, texts; and cases and alternatives."""

from datetime import date

import pytest

from keqiao.core.rules.answers import Verdict, When
from keqiao.core.rules.facts import Case, Holding, Records, Stage
from tests.core.rules.asked import asked, rule
from tests.core.rules.units import TODAY, unit

PASSES, FAILS, PERSON = Verdict
CITY = unit("association", "prefecture", ("河南省", "洛阳市"), id="city")
SOCIETY = unit("society", "province", ("河南省", "郑州市"), id="society")
NATIONAL = unit("society", "nation", ("北京市",), id="national")


def case(answer=None, applicant=CITY, **facts):
    answers = {} if answer is None else {"r1": answer}
    return Case(facts.pop("on", TODAY), applicant, answers=answers, **facts)


@pytest.mark.parametrize(
    ("op", "answer", "verdict"),
    [
        (">=", 29, FAILS), (">=", 30, PASSES), ("<=", 30, PASSES), ("<=", 31, FAILS),
        ("==", 30, PASSES), (">", 30, FAILS), (">", 31, PASSES), (">=", None, PERSON),
    ],
)  # fmt: skip
def test_a_threshold_is_included_unless_it_says_more_or_less_than(op, answer, verdict):
    assert asked(rule("count", metric="人数", op=op, value=30), case(answer)).verdict is verdict


OPTIONS = ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    ("facts", "answer", "verdict"),
    [
        ({"pick_min": 2}, ("甲",), FAILS),
        ({"pick_min": 2}, ("甲", "乙"), PASSES),
        ({"pick_max": 2}, ("甲", "乙"), PASSES),
        ({"pick_max": 2}, ("甲", "乙", "丙"), FAILS),
        ({"pick_max": 2}, ("丁",), FAILS),
        ({}, ("甲",), PASSES),  # one of them
        ({}, ("甲", "乙"), FAILS),
        ({"open": True}, ("甲", "乙"), PASSES),
        ({"open": True}, ("丁",), PERSON),
        ({"pick_min": 2}, None, PERSON),
    ],
)
def test_a_choice_has_so_many_of_the_list(facts, answer, verdict):
    assert asked(rule("choice", what="方向", options=OPTIONS, **facts), case(answer)).verdict is verdict


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [(("河南省", "洛阳市"), PASSES), (("湖北省",), FAILS), (None, PERSON)],
)
def test_the_event_takes_place_in_the_region(answer, verdict):
    assert asked(rule("place", where="河南省"), case(answer)).verdict is verdict


@pytest.mark.parametrize(
    ("answer", "verdict"), [(1, FAILS), (2, PASSES), (3, PASSES), (4, FAILS), (None, PERSON)]
)
def test_papers_are_counted_between_least_and_most(answer, verdict):
    assert asked(rule("material", name="代表作品", min=2, max=3), case(answer)).verdict is verdict


@pytest.mark.parametrize(("answer", "verdict"), [(0, FAILS), (1, PERSON)])
def test_what_a_paper_has_to_contain_is_looked_at_by_a_person(answer, verdict):
    assert asked(rule("material", name="协议", contains=["双方责权"]), case(answer)).verdict is verdict


@pytest.mark.parametrize(
    ("text", "needs_data", "verdict"),
    [
        ("字" * 200, False, PASSES), ("字" * 201, False, FAILS),
        ("举办5场", True, PASSES), ("举办多场", True, PERSON), ("字" * 201, True, FAILS), (None, False, PERSON),
    ],
)  # fmt: skip
def test_a_text_keeps_to_its_length_and_rests_on_figures(text, needs_data, verdict):
    limit = rule("text_limit", field="预期成效", value=200, needs_data=needs_data)

    assert asked(limit, case(text)).verdict is verdict


@pytest.mark.parametrize(("answer", "least", "verdict"), [(0, None, FAILS), (1, None, PASSES), (1, 2, FAILS)])
def test_part_of_the_sessions_is_at_least_one(answer, least, verdict):
    assert asked(rule("split", unit="场次", min=least), case(answer)).verdict is verdict


@pytest.mark.parametrize(
    ("answer", "partners", "verdict"),
    [
        (("全国学会",), (), PASSES),
        (("某公司",), (), FAILS),
        (None, (NATIONAL,), PASSES),
        (None, (), PERSON),
    ],
)
def test_one_of_several_bodies_takes_the_role(answer, partners, verdict):
    role = rule("co_actor", role="主办单位", any_of=["全国学会", "全国性学术组织"])

    assert asked(role, case(answer, partners=partners)).verdict is verdict


def test_all_bodies_that_are_named_take_the_role():
    role = rule("co_actor", role="联合主办单位", all_of=["全国学会", "河南省科协"])

    assert asked(role, case(("全国学会", "河南省科学技术协会"))).verdict is PASSES
    assert asked(role, case(("全国学会",))).verdict is FAILS


JOINT = rule(
    "joint", mode="required", lead=["省辖市科协"], with_any=["全省学会", "高校科协"], lead_required=True
)


@pytest.mark.parametrize(
    ("applicant", "partners", "lead", "verdict", "when"),
    [
        (CITY, (SOCIETY,), "city", PASSES, When.FORM),
        (CITY, (), "city", FAILS, When.FORM),
        (CITY, (SOCIETY,), "society", FAILS, When.FORM),
        (CITY, (SOCIETY,), None, PERSON, When.FORM),
        (SOCIETY, (CITY,), "city", PASSES, When.FORM),
        (SOCIETY, (), "society", FAILS, When.BEFORE),  # who may not lead knows before typing
    ],
)
def test_a_required_joint_application_has_its_lead_and_its_partner(applicant, partners, lead, verdict, when):
    answer = asked(JOINT, case(lead, applicant, partners=partners))

    assert (answer.verdict, answer.when) == (verdict, when)


@pytest.mark.parametrize(
    ("partners", "lead", "verdict"),
    [((), None, PASSES), ((SOCIETY,), None, PERSON), ((SOCIETY,), "city", PASSES)],
)
def test_who_may_apply_alone_names_the_lead_only_when_it_does_not(partners, lead, verdict):
    allowed = rule("joint", mode="allowed", min_units=2, lead_required=True)

    assert asked(allowed, case(lead, partners=partners)).verdict is verdict


PROXY = rule("proxy", kinds=["高校科协", "企业科协"], in_name_of=["依托的高校", "企业"])
UNIVERSITY = unit("university", id="uni")


@pytest.mark.parametrize(
    ("facts", "verdict"), [({"host": UNIVERSITY}, PASSES), ({"host": None}, FAILS), ({}, PERSON)]
)
def test_a_hosted_body_applies_in_the_name_of_its_host(facts, verdict):
    applicant = unit("university_association", None, ("河南省",), **facts)

    assert asked(PROXY, case(applicant=applicant)).verdict is verdict
    assert asked(PROXY, case()).verdict is PASSES


def test_facts_of_registration_are_those_of_the_host_where_hosts_stand_in():
    normal = unit("university", id="uni", account_state="正常")
    applicant = unit("university_association", None, ("河南省",), account_state="未开户", host=normal)

    account = rule("legal_status", bank_account="正常")

    assert asked(account, case(applicant=applicant), proxies=(PROXY,)).verdict is PASSES
    assert asked(account, case(applicant=applicant)).verdict is FAILS


@pytest.mark.parametrize(("said", "verdict"), [(True, FAILS), (False, PASSES), (None, PERSON)])
def test_a_rule_for_one_case_says_nothing_outside_it(said, verdict):
    international = rule("count", metric="国家数", op=">=", value=3, when="国际性")
    cases = {} if said is None else {"国际性": said}

    assert asked(international, case(1, cases=cases)).verdict is verdict


@pytest.mark.parametrize(("said", "verdict"), [(True, PASSES), (False, FAILS), (None, PERSON)])
def test_an_excepted_case_is_met(said, verdict):
    live = rule("declared", unless="涉密")
    cases = {} if said is None else {"涉密": said}

    assert asked(live, case(False, cases=cases)).verdict is verdict  # an answer of the form


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [(30, None, PASSES), (29, 10, PASSES), (29, 9, FAILS), (29, None, PERSON), (None, None, PERSON)],
)
def test_one_of_several_rules_is_enough(first, second, verdict):
    several = rule(
        "any",
        of=[
            {"type": "count", "id": "a", "summary": "甲", "metric": "人数", "op": ">=", "value": 30},
            {"type": "count", "id": "b", "summary": "乙", "metric": "场次", "op": ">=", "value": 10},
        ],
    )
    answers = {key: value for key, value in (("a", first), ("b", second)) if value is not None}

    assert asked(several, Case(TODAY, CITY, answers=answers)).verdict is verdict


@pytest.mark.parametrize("type_", ["declared", "conduct", "self_set_kpi", "finance", "ip"])
def test_a_statement_is_judged_by_a_person_and_fails_only_where_the_applicant_denies_it(type_):
    statement = rule(type_)

    assert asked(statement, case()).verdict is PERSON
    assert asked(statement, case(True)).verdict is PERSON
    assert asked(statement, case(False)).verdict is FAILS
    assert asked(statement, case(approved=frozenset({"r1"}))).verdict is PASSES


@pytest.mark.parametrize(("facts", "verdict"), [({"optional": True}, PASSES), ({"quantified": True}, PERSON)])
def test_what_is_only_allowed_needs_no_judgement(facts, verdict):
    assert asked(rule("self_set_kpi", **facts), case()).verdict is verdict


@pytest.mark.parametrize(
    "type_", ["series", "filing", "endorsement", "review", "publicity", "publish", "period"]
)
def test_a_task_of_a_later_part_is_listed_and_never_decided(type_):
    later = rule(type_, **({"into": "某论坛"} if type_ == "series" else {}))

    answer = asked(later, case())

    assert (answer.verdict, answer.findings[0].code) == (PERSON, "eligibility.task")
    assert answer.when not in (When.BEFORE, When.FORM)


@pytest.mark.parametrize(("on", "verdict"), [(date(2023, 4, 30), PASSES), (date(2023, 5, 1), FAILS)])
def test_the_last_day_counts_in_full(on, verdict):
    assert asked(rule("deadline", date=date(2023, 4, 30)), case(on=on)).verdict is verdict


def test_an_item_that_the_association_keeps_is_closed():
    assert asked(rule("hosting", open_to_applicants=False), case()).verdict is FAILS
    assert asked(rule("hosting", host="市科协"), case()).when is When.CONDUCT


def held(project, **facts):
    usual = {"unit": "city", "call": "call", "path": ("top", "leaf"), "year": 2023, "stage": Stage.APPLIED}
    return Holding(project, **(usual | facts))


@pytest.mark.parametrize(
    ("holdings", "verdict"),
    [
        ((), PASSES),
        ((held("a"),), PASSES),
        ((held("a"), held("b")), FAILS),
        ((held("a"), held("a")), PASSES),
        ((held("a"), held("b", lead="society")), PASSES),
        ((held("a"), held("b", path=("other",))), PASSES),
        ((held("a"), held("b", call="another")), PASSES),
    ],
)
def test_a_limit_leaves_room_for_one_more_or_it_does_not(holdings, verdict):
    limit = rule("quota", max=2, per=["每个单位"])
    known = Records(holdings=holdings, kept=frozenset({"holdings"}))

    assert asked(limit, case(records=known)).verdict is verdict


def test_a_stated_lack_of_a_limit_passes_and_holdings_that_may_be_missing_are_asked():
    assert asked(rule("quota"), case()).verdict is PASSES
    assert asked(rule("quota", max=1), case()).verdict is PERSON


def test_a_hedged_rule_warns():
    answer = asked(rule("count", metric="面积", op=">=", value=200, hedge="原则上"), case(1))

    assert (answer.verdict, answer.weight, answer.findings[0].weight) == (FAILS, "warn", "warn")


def test_a_rule_that_only_asks_never_refuses():
    asks = rule("count", metric="面积", op=">=", value=200, weight="ask")

    assert [asked(asks, case(number)).verdict for number in (1, 200)] == [PERSON, PASSES]
