"""Of a form that is filled in fully and rightly, no rule stays open that the form could answer.

Each category of the five calls is asked with the example of its form, by a unit whose people, partners and bodies all
stand in registers that are kept in full. What is open then, somebody has to judge: ``JUDGED`` says why.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest

from keqiao.core.forms.case import Register, case_of
from keqiao.core.forms.personal import born_on
from keqiao.core.forms.specification import specification_for
from keqiao.core.forms.stating import Stated, stated
from keqiao.core.programme.inheritance import effective
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.tree import leaves
from keqiao.core.rules.answers import Verdict, When
from keqiao.core.rules.category import CompiledCall
from keqiao.core.rules.facts import UNKNOWN, Case, Entry, Human, Records, Unit
from keqiao.core.rules.table import TYPES, Nature
from keqiao.readers.form_examples import example
from keqiao.readers.programmes import demonstration, shipped
from keqiao.readers.rule_words import rule_words
from tests.core.rules.calls import compiled

OPEN = [
    (call, path)
    for call in shipped()
    for path, _category in leaves(demonstration(call))
    if effective(demonstration(call), path).open_to_applicants
]

AREAS = {
    "henan-2023": ("河南省", "三门峡市"),
    "hunan-2022": ("湖南省", "长沙市"),
    "jining-2023": ("山东省", "济宁市"),
    "sanmenxia-2023": ("河南省", "三门峡市"),
    "yinchuan-2022": ("宁夏回族自治区", "银川市"),
}

JUDGED = {
    "chuangxinjidi.r1": "依托单位 is one of an open list (等): whether it is meant, a person says",
    "chuangxinjidi.r5": "依托单位 is one of an open list (等): whether it is meant, a person says",
    "gongzuozhan.r2": "the agreement is attached; that it holds the four clauses, a person reads",
    "ikepu.r3": "熟悉科普工作并有广泛号召力 is a reputation",
    "kczg001.r1": "权威专家 is a reputation",
    "qingnian.r1": "执行主席负责制度 is a way of working: the form names the chair, a person looks at the rest",
    "quanyu.r1": "the scheme is attached; that it is one in the office's form, a person reads",
    "shifanxian.r3": "it is about every 农技协 of a county, which the form does not list",
    "tuoju.r5": "特殊高科技项目及人才 is an exception that the office approves one by one; it decides nothing",
    "xiaoyuan.r3": "涉农企业等单位 is an open list: whether the yard's body is meant, a person says",
    "zhiku.r3": "whether a partner is one of 政产学研用相关单位, a person says; the rule only encourages",
}
"""Rules that decide something and stay open all the same, each with the reason."""

STATEMENTS = "what the applicant declares and staff judge by its evidence"
"""Why every rule of the nature ``STATEMENT`` stays open: the form can only say no."""

TRAITS = {
    "涉农企业": True,
    "创新型企业": True,
    "市级现代农业科普示范园": True,
    "科普示范园": True,
    "科普示范社区": True,
}
KINDS = {"示范园": "company", "科技小院": "science_yard", "社区": "community", "建馆学校": "school"}
"""Bodies that calls name, as a register keeps them."""


@cache
def rules_of(call: str) -> CompiledCall:
    return compiled(demonstration(call))


def named(leaf) -> str:
    return f"{leaf[0]}-{leaf[1][-1]}"


def known_unit(name: str, call: str, word: str = "") -> Unit:
    """A body of which everything is on record."""
    return Unit(
        name,
        name,
        kind=KINDS.get(word, "society"),
        level="prefecture",
        areas=AREAS[call],
        affiliations=frozenset({"三门峡市科学技术协会", "三门峡市科协"}),
        traits={
            **TRAITS,
            "农村中学": True,
            "中学": True,
            "市级科普示范社区": True,
            "市级考核为优秀的科普教育基地": True,
        },
        legal_person=True,
        account_state="正常",
        registered_on=date(2000, 1, 1),
        host=None,
        supervisor=None,
        hosts=(),
    )


def registers(said: Stated, call: str) -> Register:
    """Registers that know everybody in the form, and of people only who they are."""
    units = {block["name"]: "" for blocks in said.units.values() for block in blocks if "name" in block}
    units |= {block["name"]: word for word, blocks in said.bodies.items() for block in blocks}
    blocks = [block for found in (said.people, said.named) for each in found.values() for block in each]
    people = {block["name"] for block in blocks if "name" in block}
    return Register(
        units={name: known_unit(name, call, word) for name, word in units.items()},
        people={name: Human(name, name) for name in people},
        unit_ids={name: name for name in units},
        person_ids={
            (block["name"], born): block["name"]
            for block in blocks
            if "name" in block and (born := born_on(block)) is not None
        },
        areas=dict.fromkeys(said.codes, AREAS[call]),
    )


def recognised(rules: Mapping[str, AnyRule], case: Case) -> Records:
    """Registers kept in full, in which everybody has every recognition that a rule asks for."""
    asked = [rule for rule in rules.values() if rule.type == "recognition" and not rule.negate]
    holders = {
        holder
        for of in (case.subjects.values(), *case.people.values(), [case.applicant])
        for one in of
        for holder in (one.id, *(one.areas if one.areas is not UNKNOWN else ()))
    }
    entries = tuple(
        Entry(
            rule.register_name,
            holder,
            date(2020, 1, 1),
            by=next(iter(rule.by), ""),
            grade=rule.grade or UNKNOWN,
        )
        for rule in asked
        for holder in sorted(holders)
    )
    kept = {"results", "incidents", "debarments", "holdings", *(rule.register_name for rule in asked)}
    return Records(entries=entries, kept=frozenset(kept))


def case_for(call: str, path: tuple[str, ...]) -> tuple[Case, dict[str, AnyRule]]:
    programme, words = demonstration(call), rule_words()
    said = stated(specification_for(programme, path), example(programme, path))
    register = registers(said, call)
    applicant = known_unit("云岫科学学会（演示）", call)
    rules = {each.fact.id: each.fact for each in effective(programme, path).rules}
    bare = case_of(Case(date(programme.year or 2023, 4, 1), applicant), said, register, words)
    case = Case(date(programme.year or 2023, 4, 1), applicant, records=recognised(rules, bare))
    return case_of(case, said, register, words), rules


@pytest.mark.parametrize("leaf", OPEN, ids=named)
def test_what_stays_open_is_for_a_person_to_judge(leaf):
    call, path = leaf
    case, rules = case_for(call, path)
    answer = rules_of(call).answer(path, case, When.FORM)
    late = [judged for judged in answer.judged if judged.when is When.FORM]
    judged_by_people = {
        rule.id for rule in rules.values() if TYPES[rule.type].nature is Nature.STATEMENT
    } | set(JUDGED)

    assert {each.rule for each in late if each.verdict is Verdict.PERSON} - judged_by_people == set()
    assert [each.rule for each in late if each.verdict is Verdict.FAILS] == []


def test_no_reason_is_kept_of_a_rule_that_is_answered():
    open_somewhere = set()
    for call, path in OPEN:
        answer = rules_of(call).answer(path, case_for(call, path)[0], When.FORM)
        open_somewhere |= {each.rule for each in answer.judged if each.verdict is Verdict.PERSON}

    assert set(JUDGED) - open_somewhere == set()
