"""Rules that look something up: registrations, recognitions, track record, incidents, platforms, bans."""

from datetime import date

import pytest

from keqiao.core.rules.answers import Verdict
from keqiao.core.rules.facts import (
    UNKNOWN,
    Case,
    Debarment,
    Entry,
    Human,
    Incident,
    Platform,
    Records,
    Result,
    Unit,
)
from tests.core.rules.asked import asked, rule
from tests.core.rules.units import TODAY, unit

PASSES, FAILS, PERSON = Verdict
CITY = unit("association", "prefecture", ("河南省", "洛阳市"), id="city", name="洛阳市科协")


def case(applicant=CITY, on=TODAY, kept=(), **facts):
    records = {name: facts.pop(name) for name in list(facts) if name in Records.__dataclass_fields__}
    return Case(on, applicant, records=Records(kept=frozenset(kept), **records), **facts)


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"legal_person": True}, PASSES),
        ({"legal_person": False}, FAILS),
        ({}, PERSON),
    ],
)
def test_legal_personality(facts, verdict):
    applicant = unit("company", None, ("河南省",), **facts)

    assert asked(rule("legal_status", legal_person=True), case(applicant)).verdict is verdict


@pytest.mark.parametrize(
    ("since", "verdict"), [(date(2020, 4, 1), PASSES), (date(2020, 4, 2), FAILS), (UNKNOWN, PERSON)]
)
def test_registered_for_three_years_counts_the_anniversary(since, verdict):
    applicant = unit("company", registered_on=since)

    assert asked(rule("legal_status", registered_years_min=3), case(applicant)).verdict is verdict


@pytest.mark.parametrize(("state", "verdict"), [("正常", PASSES), ("冻结", FAILS), (UNKNOWN, PERSON)])
def test_the_account_is_in_the_state_that_the_call_names(state, verdict):
    applicant = unit("company", account_state=state)

    assert asked(rule("legal_status", bank_account="正常"), case(applicant)).verdict is verdict


def test_a_place_of_registration_is_one_of_the_areas():
    inside, outside = (unit("company", None, areas) for areas in (("河南省", "洛阳市"), ("湖北省",)))

    there = rule("legal_status", registered_in="洛阳市")
    assert [asked(there, case(one)).verdict for one in (inside, outside)] == [PASSES, FAILS]


REGISTER = "市级科技小院"


def entry(**facts):
    return Entry(**({"register": REGISTER, "holder": "city", "since": date(2020, 1, 1)} | facts))


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({}, PASSES),
        ({"until": TODAY}, PASSES),  # the last day is included
        ({"until": date(2023, 3, 31)}, FAILS),
        ({"since": TODAY}, PASSES),
        ({"since": date(2023, 4, 2)}, FAILS),
        ({"state": "revoked"}, FAILS),
        ({"state": "rectifying"}, PERSON),
        ({"holder": "another"}, FAILS),
    ],
)
def test_a_recognition_holds_on_the_day_in_its_period(facts, verdict):
    on_it = rule("recognition", register_name=REGISTER)

    assert asked(on_it, case(entries=(entry(**facts),), kept=(REGISTER,))).verdict is verdict


def test_what_a_register_that_is_not_kept_in_full_does_not_hold_is_unknown():
    on_it = rule("recognition", register_name=REGISTER)

    assert asked(on_it, case()).verdict is PERSON
    assert asked(on_it, case(kept=(REGISTER,))).verdict is FAILS


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({}, FAILS),
        ({"state": "revoked"}, PASSES),
        ({"until": date(2022, 1, 1)}, PERSON),  # 已获: ever, or now?
        ({"since": date(2023, 4, 2)}, PASSES),
    ],
)
def test_who_has_the_title_already_is_left_out(facts, verdict):
    without = rule("recognition", register_name=REGISTER, negate=True)

    assert asked(without, case(entries=(entry(**facts),), kept=(REGISTER,))).verdict is verdict


@pytest.mark.parametrize(
    ("grades", "verdict"),
    [
        ([(2021, "优秀")], PASSES),
        ([(2021, "合格")], FAILS),
        ([(2020, "合格"), (2021, "优秀")], PASSES),
        ([(2020, "优秀"), (2021, "合格")], FAILS),
        ([(2021, UNKNOWN)], PERSON),
    ],
)
def test_the_latest_grade_counts(grades, verdict):
    graded = rule("recognition", register_name=REGISTER, grade="优秀")
    entries = tuple(entry(since=date(year, 1, 1), grade=grade) for year, grade in grades)

    assert asked(graded, case(entries=entries, kept=(REGISTER,))).verdict is verdict


@pytest.mark.parametrize(("since", "verdict"), [(date(2021, 12, 31), PASSES), (date(2022, 1, 1), FAILS)])
def test_recognised_before_a_day_takes_in_the_day(since, verdict):
    early = rule("recognition", register_name=REGISTER, before=date(2021, 12, 31))

    assert asked(early, case(entries=(entry(since=since),), kept=(REGISTER,))).verdict is verdict


@pytest.mark.parametrize(
    ("by", "verdict"),
    [("河南省科协", PASSES), ("河南省科学技术协会", PASSES), ("中国科协", FAILS), ("", PERSON)],
)
def test_the_giver_is_the_association_by_any_of_its_names(by, verdict):
    given = rule("recognition", register_name=REGISTER, by="省科协")

    assert asked(given, case(entries=(entry(by=by),), kept=(REGISTER,))).verdict is verdict


@pytest.mark.parametrize(("state", "verdict"), [("聘任期内", PASSES), ("年度考核中", PERSON)])
def test_a_state_that_is_more_than_being_in_force_is_judged_by_a_person(state, verdict):
    in_state = rule("recognition", register_name=REGISTER, state=state)

    assert asked(in_state, case(entries=(entry(),), kept=(REGISTER,))).verdict is verdict


@pytest.mark.parametrize(("ids", "verdict"), [(["p"], PASSES), (["q"], FAILS), (["p", "q"], FAILS)])
def test_everybody_who_leads_is_on_the_register(ids, verdict):
    leader = rule("recognition", register_name="首席科普专家", state="聘任期内", subject="项目负责人")
    people = {"项目负责人": tuple(Human(identifier, identifier) for identifier in ids)}
    known = case(entries=(entry(register="首席科普专家", holder="p"),), kept=("首席科普专家",), people=people)

    assert asked(leader, known).verdict is verdict


@pytest.mark.parametrize("entries", [(), (entry(),)])
@pytest.mark.parametrize("negate", [False, True])
def test_a_body_that_has_not_been_named_is_never_taken_for_the_applicant(entries, negate):
    about_another = rule("recognition", register_name=REGISTER, subject="示范园", negate=negate)

    answer = asked(about_another, case(entries=entries, kept=(REGISTER,)))

    assert (answer.verdict, answer.when) == (PERSON, "form")


@pytest.mark.parametrize(
    "parameters",
    [
        {"type_": "platform", "platform": "科创中国", "action": "join"},
        {"type_": "history", "what": ["某项目"]},
        {"type_": "history", "what": ["某事件"], "outcome": "none"},
        {"type_": "continuation", "previous": "某项目"},
        {"type_": "legal_status", "legal_person": True},
    ],
)
def test_nothing_is_known_of_a_body_that_has_not_been_named(parameters):
    about_another = rule(**parameters, subject="示范园")

    assert asked(about_another, case(kept=("platforms", "results", "incidents"))).verdict is PERSON


def test_a_title_of_the_territory_is_looked_up_by_its_name():
    city = rule("recognition", register_name="“科创中国”试点市", negate=True, subject="省辖市")
    titled = entry(register="科创中国试点市", holder="洛阳市")

    assert asked(city, case(entries=(titled,), kept=("“科创中国”试点市",))).verdict is FAILS


def done(year, outcome, what="某项目"):
    return Result("city", what, year, outcome)


LAST_YEAR = rule("history", what=["某项目"], period="上一年度", years_back=1)


@pytest.mark.parametrize(
    ("results", "verdict"),
    [
        ((), PASSES),  # nothing to fail in
        ((done(2022, "good"),), PASSES),
        ((done(2022, "poor"),), FAILS),
        ((done(2022, "unfinished"),), FAILS),
        ((done(2021, "poor"),), PASSES),
        ((done(2023, "poor"),), PASSES),
        ((done(2022, UNKNOWN),), PERSON),
    ],
)
def test_the_year_before_went_well_or_there_was_nothing(results, verdict):
    assert asked(LAST_YEAR, case(results=results, kept=("results",))).verdict is verdict


@pytest.mark.parametrize(
    ("kept", "verdict"),
    [((), PERSON), (("results:2021",), PERSON), (("results:2022",), PASSES), (("results:某项目",), PASSES)],
)
def test_a_look_back_needs_the_years_looked_at_to_be_complete(kept, verdict):
    assert asked(LAST_YEAR, case(kept=kept)).verdict is verdict


def test_of_what_comes_again_the_latest_counts():
    elected = rule("history", what=["换届"])
    earlier = (done(2015, "unfinished", "换届"), done(2020, "good", "换届"))

    assert asked(elected, case(results=earlier, kept=("results",))).verdict is PASSES
    assert asked(elected, case(results=earlier[:1], kept=("results",))).verdict is FAILS


@pytest.mark.parametrize(
    ("day", "what", "verdict"),
    [
        (date(2020, 3, 31), "伪科学活动", PASSES),
        (date(2020, 4, 1), "伪科学活动", FAILS),  # three years end with the anniversary
        (date(2023, 4, 1), "伪科学活动", FAILS),
        (date(2022, 1, 1), "群众反映的事件", PERSON),
    ],
)
def test_nothing_of_the_kind_in_the_last_three_years(day, what, verdict):
    nothing = rule("history", what=["伪科学活动"], outcome="none", years_back=3, subject="辖区")

    assert (
        asked(nothing, case(incidents=(Incident("洛阳市", what, day),), kept=("incidents",))).verdict
        is verdict
    )


@pytest.mark.parametrize(("first", "verdict"), [(2020, PASSES), (2021, PERSON)])
def test_a_look_back_on_incidents_needs_each_year_that_it_touches(first, verdict):
    nothing = rule("history", what=["伪科学活动"], outcome="none", years_back=3, subject="辖区")
    years = tuple(f"incidents:{year}" for year in range(first, 2024))

    assert asked(nothing, case(kept=years)).verdict is verdict


@pytest.mark.parametrize(
    ("account", "verdict"),
    [
        (Platform("city", "科创中国", date(2023, 4, 1)), PASSES),
        (Platform("city", "科创中国", date(2023, 4, 2)), FAILS),
        (Platform("other", "科创中国", date(2020, 1, 1)), FAILS),
    ],
)
def test_an_account_on_a_platform_under_any_of_its_names(account, verdict):
    joined = rule("platform", platform="“科创中国”平台", action="join")

    assert asked(joined, case(platforms=(account,), kept=("platforms",))).verdict is verdict


def barred(**facts):
    usual = {
        "subject": "city",
        "cause": "弄虚作假",
        "basis": "通知",
        "since": date(2020, 4, 2),
        "until": TODAY,
    }
    return Debarment(**(usual | facts))


BAN = rule("sanction", effect="ban", years=3, what="新的科普项目")


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({}, FAILS),  # the last day still bars
        ({"until": date(2023, 3, 31)}, PASSES),
        ({"until": None}, FAILS),
        ({"since": date(2023, 4, 2), "until": None}, PASSES),
        ({"stayed": True}, PASSES),
        ({"subject": "another"}, PASSES),
        ({"scope": "新的科普项目"}, FAILS),
        ({"scope": "另一类项目"}, PASSES),
        ({"scope": "说不清的范围"}, PERSON),
    ],
)
def test_a_ban_holds_in_its_days_and_its_scope(facts, verdict):
    scopes = {
        "own_scopes": frozenset({"新的科普项目"}),
        "other_scopes": frozenset({"另一类项目", "新的科普项目"}),
    }

    answer = asked(BAN, case(debarments=(barred(**facts),), kept=("debarments",)), **scopes)

    assert answer.verdict is verdict


def test_a_leader_who_is_barred_bars_the_application_whatever_the_role_is_called():
    known = case(debarments=(barred(subject="p"),), kept=("debarments",))
    led = case(
        debarments=(barred(subject="p"),), kept=("debarments",), people={"课题负责人": (Human("p", "王某"),)}
    )

    assert [asked(BAN, one).verdict for one in (known, led)] == [PASSES, FAILS]


def test_a_unit_that_joins_and_is_barred_bars_the_application_and_one_of_no_register_does_not():
    bans = {"debarments": (barred(subject="p"),), "kept": ("debarments",)}
    known = case(**bans, partners=(Unit("q", "某企业"), Unit("", "无名合作社")))
    joined = case(**bans, partners=(Unit("q", "某企业"), Unit("p", "某学院")))

    assert [asked(BAN, one).verdict for one in (known, joined)] == [PASSES, FAILS]


@pytest.mark.parametrize(
    ("results", "verdict"),
    [
        ((), PASSES),
        ((Result("city", "提能项目", 2022, "good"),), PASSES),
        ((Result("city", "提能项目", 2022, "poor"),), FAILS),
        ((Result("city", "提能项目", 2022, UNKNOWN),), PERSON),
    ],
)
def test_support_goes_on_only_after_it_went_well(results, verdict):
    goes_on = rule("continuation", previous="提能项目", requires=["项目进展报告"])

    answer = asked(goes_on, case(results=results, kept=("results",)))

    assert (answer.verdict, answer.evidence) == (verdict, ("项目进展报告",))
