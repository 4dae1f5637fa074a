"""The answer for a category: all its rules, the verdict of those that are due, and sentences for every reason."""

import re
from datetime import date
from pathlib import Path

import pytest

from keqiao.core.programme import effective
from keqiao.core.rules.answers import Verdict, When
from keqiao.core.rules.category import category_answer, compile_call
from keqiao.core.rules.facts import Case, Debarment, Entry, Human, Platform, Records, Result, Unit
from keqiao.core.rules.judging import is_due
from keqiao.readers import programmes
from keqiao.readers.messages import say, sentences
from keqiao.readers.rule_words import rule_words
from tests.core.rules.units import unit

PASSES, FAILS, PERSON = Verdict
KEPT = frozenset({"debarments", "holdings", "results", "incidents", "platforms"})
ON = date(2023, 4, 1)
COUNTY = unit(
    "association", "county", ("河南省", "三门峡市", "渑池县"), id="county", name="渑池县科协", legal_person=True,
    account_state="正常",
)  # fmt: skip
SMX = programmes.load("sanmenxia-2023")
PARK = ("kepu", "zhuji", "xiangcun", "shifanyuan")
CALLS = {
    identifier: compile_call(programmes.load(identifier), rule_words()) for identifier in programmes.shipped()
}


def test_a_county_association_may_apply_for_a_park_before_it_names_the_park():
    case = Case(ON, COUNTY, records=Records(kept=KEPT))

    assert category_answer(SMX, PARK, case, rule_words()).verdict is PASSES
    assert category_answer(SMX, PARK, case, rule_words(), When.FORM).verdict is PERSON


def test_every_rule_that_holds_stands_in_the_answer_with_its_clause():
    answer = category_answer(SMX, PARK, Case(ON, COUNTY), rule_words())
    rules = [stated.fact for stated in effective(SMX, PARK).rules]

    by_id = {judged.rule: judged for judged in answer.judged}
    assert [judged.rule for judged in answer.judged][-len(rules) :] == [rule.id for rule in rules]
    assert [by_id[rule.id].source for rule in rules] == [rule.source for rule in rules]
    assert list(by_id)[: -len(rules)] == [
        "open_to_applicants", "deadline", "applicants", "beneficiary", "debarment",
    ]  # fmt: skip


def test_a_soft_rule_that_fails_warns_and_never_decides():
    subjects = {"示范园": unit("cooperative", None, COUNTY.areas, id="park", name="甲园")}
    entry = Entry("市级现代农业科普示范园", "park", date(2020, 1, 1), by="三门峡市科协")
    numbers = {"shifanyuan.r2": 10, "shifanyuan.r4": 2000, "shifanyuan.r8": 30}
    judged = {"declared", "finance", "conform"}
    ids = frozenset(rule.fact.id for rule in effective(SMX, PARK).rules if rule.fact.type in judged)
    case = Case(
        ON,
        COUNTY,
        subjects=subjects,
        answers=numbers,
        approved=ids,
        records=Records(entries=(entry,), kept=KEPT),
    )

    answer = category_answer(SMX, PARK, case, rule_words(), When.FORM)

    soft = next(judged for judged in answer.judged if judged.rule == "shifanyuan.r2")
    assert (soft.verdict, soft.weight, answer.verdict) == (FAILS, "warn", PASSES)


def test_who_may_not_apply_is_told_at_once_and_why():
    answer = category_answer(SMX, PARK, Case(ON, unit("company", None, COUNTY.areas)), rule_words())
    applicants = next(judged for judged in answer.judged if judged.rule == "applicants")

    assert answer.verdict is FAILS
    assert say(applicants.findings[0]) == "贵单位不在本类别的申报对象之内。申报对象为：各县（市、区）科协。"


def cases():
    everything = Records(
        entries=(Entry("市级科技小院", "u", date(2020, 1, 1), state="rectifying"),),
        results=(Result("u", "换届", 2022), Result("u", "该类项目", 2022)),
        debarments=(Debarment("u", "甲", "乙", date(2020, 1, 1), scope="说不清"),),
        platforms=(Platform("u", "科创中国"),),
    )
    subjects = [
        "示范园",
        "科技小院",
        "建馆学校",
        "社区",
        "依托单位",
        "建站单位",
        "科普教育基地",
        "农技协",
        "科技志愿服务团队",
    ]
    roles = ["被托举人", "托举专家", "项目负责人", "执行主席", "主讲嘉宾", "宣讲专家"]
    full = {
        "people": {role: (Human("p", "张某"),) for role in roles},
        "subjects": {subject: Unit(subject, subject) for subject in subjects},
        "partners": (Unit("v", "某单位"),),
    }
    for kind in (
        "association",
        "society",
        "university",
        "company",
        "science_base",
        "company_association",
        None,
    ):
        somebody = Unit("u", "某单位") if kind is None else unit(kind, "prefecture", ("河南省", "三门峡市"))
        for records in (Records(), Records(kept=KEPT), everything):
            yield Case(ON, somebody, records=records)
            yield Case(ON, somebody, records=records, **full)


@pytest.mark.parametrize("identifier", programmes.shipped())
def test_the_fast_verdict_is_that_of_the_full_answer_and_every_reason_can_be_said(identifier):
    call = CALLS[identifier]
    for case in cases():
        for when in (When.BEFORE, When.FILING):
            full = {answer.path: answer for answer in call.answers(case, when)}
            assert call.verdicts(case, when) == {path: answer.verdict for path, answer in full.items()}
        for judged in (judged for answer in full.values() for judged in answer.judged):
            for finding in (*judged.findings, *judged.missing, *judged.change):
                for language in ("zh", "en"):
                    said = say(finding, language)
                    assert "word." not in said
                    assert "applicant of" not in said
            if judged.verdict is not PASSES:
                assert (*judged.findings, *judged.missing) != (), judged


@pytest.mark.parametrize("identifier", programmes.shipped())
def test_a_category_that_is_due_later_never_turns_a_failure_into_a_pass(identifier):
    order = list(When)
    for case in list(cases())[::5]:
        for path in CALLS[identifier].categories:
            verdicts = [CALLS[identifier].answer(path, case, when).verdict for when in order]
            worst = [verdict is FAILS for verdict in verdicts]
            assert worst == sorted(worst)


def test_what_a_parent_states_is_asked_once_for_all_that_stands_below():
    answers = {answer.path: answer for answer in CALLS["sanmenxia-2023"].answers(Case(ON, COUNTY))}
    above = [
        next(judged for judged in answers[path].judged if judged.rule == "kepu.r1")
        for path in (("kepu",), PARK)
    ]

    assert above[0] is above[1]
    assert is_due(When.BEFORE, When.FORM)
    assert not is_due(When.FORM, When.BEFORE)


def test_the_province_round_a_city_is_taken_from_the_applicant():
    path = ("kepu", "zhuji", "xianyu", "quanyu")
    praised = Entry("科普工作表彰", "渑池县", date(2021, 1, 1), by="河南省科学技术协会")
    answer = category_answer(
        SMX, path, Case(ON, COUNTY, records=Records(entries=(praised,), kept=KEPT)), rule_words()
    )

    assert next(judged for judged in answer.judged if judged.rule == "xianyu.r1").verdict is PASSES


USED = re.compile(r'"(eligibility\.[a-z_.]+)"')
BUILT = {
    "eligibility.recognition_": ("unregistered", "graded", "negated"),
    "eligibility.no_": ("host", "supervisor"),
    "eligibility.change.": ("host", "supervisor", "platform", "platform_upload"),
    "eligibility.missing_": ("fact", "trait", "body", "people", "answer", "case", "register", "question"),
    "eligibility.": ("not_yet_open", "closed", "date_unsettled"),
}
"""Codes that are put together: the beginning, and the endings that occur."""


def test_every_code_has_its_sentence_and_no_sentence_is_unused():
    files = Path("keqiao/core/rules").rglob("*.py")
    used = {code for path in files for code in USED.findall(path.read_text(encoding="utf-8"))}
    used |= {beginning + ending for beginning, endings in BUILT.items() for ending in endings}

    assert used == {code for code in sentences() if code.startswith("eligibility.")}


def test_who_applies_in_a_listed_category_has_chosen_and_who_proposes_its_own_asks():
    answers = {answer.path: answer for answer in CALLS["jining-2023"].answers(Case(ON, COUNTY))}
    chosen = {
        path: next(judged for judged in answers[path].judged if judged.rule == "b.r1").verdict
        for path in (("b",), ("b", "b5"))
    }

    assert chosen == {("b",): PERSON, ("b", "b5"): PASSES}
