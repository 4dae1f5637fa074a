"""The ready-made forms, and the forms of the five calls that are made from them."""

import re

import pytest

from keqiao.core.forms.attached import Attached
from keqiao.core.forms.checking import faults
from keqiao.core.forms.conditions import applies, prepared
from keqiao.core.forms.specification import Specification, specification_for
from keqiao.core.programme.forms.fields import (
    BudgetField,
    ComputedField,
    FileField,
    HeadingField,
    PersonField,
    RegionField,
    TableField,
    TargetsField,
    UnitField,
)
from keqiao.core.programme.inheritance import effective
from keqiao.core.programme.tree import leaves
from keqiao.core.rules.answers import When
from keqiao.core.rules.category import compile_call
from keqiao.core.rules.table import TYPES, Nature
from keqiao.readers import ready_forms
from keqiao.readers.definition import check_definition
from keqiao.readers.form_examples import example, example_of
from keqiao.readers.programmes import demonstration, load, shipped
from keqiao.readers.rule_words import rule_words
from tests.conftest import seeds_folder

NAMES = ("jidi", "kepu", "quanmeiti", "tongyong", "tuoju", "xuanti", "xuanti-huizong", "xuehui", "xueshu")
OPEN = [
    (call, path)
    for call in shipped()
    for path, _category in leaves(demonstration(call))
    if effective(demonstration(call), path).open_to_applicants
]

ROLES = {"leader": "项目负责人", "host": "依托单位", "supported": "被托举人", "mentor": "托举专家"}
"""Whom a block is about, as rules call them."""

JUDGED_ELSEWHERE = {
    "shifanxian.r3": "it is about every 农技协 of a county, which the register of platforms knows",
    "zhiku.r1": "staff judge it from the reasons for the topic",
    "zhiku.r2": "staff judge it from the reasons for the topic",
}
"""Rules that no field answers, each with the reason. Statements that staff judge from 申报条件说明 are not listed."""


def asked(call: str, path: tuple[str, ...]) -> Specification:
    specification = specification_for(demonstration(call), path)
    assert specification is not None
    return specification


def named(leaf) -> str:
    return f"{leaf[0]}-{leaf[1][-1]}"


def test_the_library_holds_the_forms_of_the_field():
    assert ready_forms.shipped() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_ready_made_form_is_sound(name):
    ready = ready_forms.load(name)
    ids = [field.id for field in ready.form.fields]

    assert ready.form.id == ready.form.ready_made == name
    assert ready.about
    assert len(set(ids)) == len(ids)
    prepared(Specification(ready.form, fields=ready.form.fields))  # raises where a condition leads nowhere


def test_every_category_that_can_be_applied_for_has_a_form_with_fields():
    assert len(OPEN) == 94
    assert [leaf for leaf in OPEN if not asked(*leaf).fields] == []


def test_each_track_has_the_form_of_its_kind():
    forms = {(call, path[-1]): asked(call, path).form.ready_made for call, path in OPEN}

    assert forms["sanmenxia-2023", "ikepu"] == "kepu"
    assert forms["sanmenxia-2023", "yinpin"] == "quanmeiti"
    assert forms["sanmenxia-2023", "chanxueyan"] == "jidi"
    assert forms["sanmenxia-2023", "tuoju"] == forms["henan-2023", "tuoju"] == "tuoju"
    assert forms["sanmenxia-2023", "zhanlue"] == "xuanti"
    assert forms["hunan-2022", "dangjian"] == forms["henan-2023", "xuehui"] == "xuehui"
    assert forms["yinchuan-2022", "xhjl001"] == "xueshu"
    assert forms["jining-2023", "a1"] is None


def test_a_summary_table_goes_with_the_recommended_topics():
    form = next(form for form in demonstration("sanmenxia-2023").forms if form.id == "xuanti-huizongbiao")
    topics = next(field for field in form.fields if field.id == "topics")

    assert (form.purpose, form.title) == ("summary", "三门峡科技智库调研课题推荐选题汇总表")
    assert [column.label for column in topics.columns] == [
        "选题名称",
        "所属专题",
        "推荐人",
        "联系电话",
        "备注",
    ]


@pytest.mark.parametrize("leaf", OPEN, ids=named)
def test_targets_and_money_are_asked_where_there_are_any(leaf):
    call, path = leaf
    kinds = {type(field) for field in asked(call, path).fields}
    expected = (
        call != "jining-2023" and path[0] != "zhiku"
    )  # its own table has neither; topics bring no grant

    assert (TargetsField in kinds, BudgetField in kinds) == (expected, expected)


@pytest.mark.parametrize("call", shipped())
def test_every_rule_that_a_form_can_answer_is_answered_in_it(call):
    programme = demonstration(call)
    compiled = compile_call(programme, rule_words())
    for path in [path for each, path in OPEN if each == call]:
        rules = {stated.fact.id: stated.fact for stated in effective(programme, path).rules}
        late = [judge.about.rule for judge in compiled.categories[path].judges if judge.when is When.FORM]

        assert [rule for rule in late if not is_answered(rule, rules, asked(call, path))] == []


def is_answered(identifier, rules, specification) -> bool:
    if identifier == "beneficiary":
        return any(getattr(field, "role", None) == "beneficiary" for field in specification.fields)
    rule = rules[identifier]
    if identifier in JUDGED_ELSEWHERE or any(field.rule == identifier for field in specification.fields):
        return True
    if TYPES[rule.type].nature is Nature.STATEMENT:
        return any(field.id == "conditions" for field in specification.fields)
    if rule.type == "joint":
        partners = any(getattr(field, "role", None) == "partner" for field in specification.fields)
        return partners and not rule.lead_required
    if rule.type == "person":
        return rule.attr in SEEN_OF_A_PERSON and rule.role in bodies(specification, rules)
    return rule.type in SEEN_OF_A_BODY and rule.subject in bodies(specification, rules)


SEEN_OF_A_PERSON = {"age", "qualification", "responsibility"}
SEEN_OF_A_BODY = {"applicant_kind", "legal_status", "recognition"}
"""What is known, or looked up in a register, once it is said whom or what it is about."""


def bodies(specification, rules) -> set[str]:
    """Whom the blocks and tables of a form are about, as rules call them: by role, and by the rule they answer."""
    found = set()
    for field in specification.fields:
        if isinstance(field, PersonField | UnitField | TableField | RegionField):
            found.add(ROLES.get(getattr(field, "role", None) or "", ""))
            if field.rule:
                found |= {rules[field.rule].subject, getattr(rules[field.rule], "role", None)}
    return found - {None, ""}


def test_what_only_some_categories_need_is_asked_in_these_alone():
    garden = {
        field.id for field in asked("sanmenxia-2023", ("kepu", "zhuji", "xiangcun", "shifanyuan")).fields
    }
    school = {
        field.id for field in asked("sanmenxia-2023", ("kepu", "zhuji", "xiangcun", "nongzhongguan")).fields
    }

    assert {"garden-area", "garden-visitors"} <= garden
    assert garden & {"school", "hall-area"} == school & {"garden-area", "garden-visitors"} == set()


@pytest.mark.parametrize("leaf", OPEN, ids=named)
def test_an_example_is_complete_and_has_no_fault(leaf):
    call, path = leaf
    specification, answers = asked(call, path), example(demonstration(call), path)
    shown = applies(specification, answers)
    left_open = [
        field.id
        for field in specification.fields
        if field.id in shown and field.required and not isinstance(field, HeadingField | ComputedField)
    ]

    assert [each for each in left_open if each not in answers] == []
    assert faults(specification, answers, attachments=stored(specification, answers)) == ()


def stored(specification, answers) -> dict[str, Attached]:
    kinds = {"pdf": "pdf", "jpg": "image", "mp3": "audio", "mp4": "video"}
    slots = [field.id for field in specification.fields if isinstance(field, FileField)]
    files = [file for slot in slots for file in answers.get(slot, ())]
    return {file["file"]: Attached(kinds[file["name"][-3:]], file["size"], file["digest"]) for file in files}


def test_an_example_of_the_summary_table_has_no_fault():
    programme = demonstration("sanmenxia-2023")
    form = next(form for form in programme.forms if form.purpose == "summary")
    specification = Specification(form, fields=form.fields)

    assert faults(specification, example_of(specification, programme.id)) == ()


ANNEX = [
    ("申报项目", None),
    ("项目类别", None),
    ("申报单位", None),
    ("通讯地址", None),
    ("单位负责人", None),
    ("项目联系人", None),
    ("承办条件说明", 200),
    ("实施方案", 500),
    ("预期成效", 200),
]
"""The labels of the form that Jining attaches, in its order, with its limits."""


def test_the_form_of_jining_is_that_of_the_annex():
    form = load("jining-2023").forms[0]
    people = [field.parts for field in form.fields if isinstance(field, PersonField)]

    assert [(field.label, getattr(field, "max_chars", None)) for field in form.fields] == ANNEX
    assert form.fields[1].options == ("A类", "B类")
    assert people == [("name", "employer", "post", "phone", "email")] * 2
    assert [(opinion.who, opinion.seal) for opinion in form.opinions] == [
        ("申报单位", True),
        ("市科协", True),
    ]


def test_only_where_part_can_be_applied_for_the_form_of_jining_gains_fields():
    gained = {
        path[-1]: [field.label for field in asked(call, path).fields[len(ANNEX) :]]
        for call, path in OPEN
        if call == "jining-2023"
    }

    assert {name: labels for name, labels in gained.items() if labels} == {
        "a3": ["申报期数", "申报方式", "联合申报单位"],
        "a4": ["申报场次", "申报方式", "联合申报单位"],
        "a5": ["申报场次", "申报方式", "联合申报单位"],
    }


@pytest.mark.seeds
def test_the_labels_of_jining_stand_word_for_word_in_the_annex():
    text = (seeds_folder() / "jining-2023.txt").read_text(encoding="utf-8")
    annex = re.sub(r"\s", "", text[text.rindex("附件3") :])
    places = [annex.index(label) for label, _limit in ANNEX]

    assert places == sorted(places)
    for label, limit in ANNEX[-3:]:
        assert re.search(rf"{label}（[^）]*{limit}字以内）", annex)


DEFINITION = "id: call\ntitle: 甲\nforms:\n  - {{id: paper, title: 申报表, ready_made: {name}{more}}}\n"


def test_a_definition_that_names_a_ready_made_form_holds_the_whole_of_it():
    checked = check_definition(DEFINITION.format(name="kepu", more=""))

    assert checked.programme is not None
    assert checked.programme.forms[0].fields == ready_forms.load("kepu").form.fields
    assert (checked.programme.forms[0].id, checked.programme.forms[0].title) == ("paper", "申报表")


def test_a_definition_with_fields_of_its_own_is_left_alone():
    checked = check_definition(DEFINITION.format(name="kepu", more=", fields: [{id: one, label: 名称}]"))

    assert checked.programme is not None
    assert [field.id for field in checked.programme.forms[0].fields] == ["one"]


def test_a_form_that_the_library_does_not_have_is_a_fault_with_its_line():
    checked = check_definition(DEFINITION.format(name="nothing", more=""))

    assert checked.programme is None
    assert [(fault.finding.code, fault.line) for fault in checked.faults] == [("definition.not_one_of", 4)]


def test_a_copy_says_what_the_call_says_itself_and_leaves_the_library_alone():
    before = ready_forms.load("tuoju").form
    own = {
        "id": "mine",
        "ready_made": "tuoju",
        "fields": [
            {"id": "member", "rule": "r1"},
            {"id": "new", "kind": "text", "label": "新栏"},
            {"id": "last", "kind": "text", "label": "末栏", "after": "pledge"},
        ],
    }
    copy = ready_forms.adapted(own, stated={"title"})
    ids = [field["id"] for field in copy["fields"]]

    assert "title" not in copy
    assert next(field for field in copy["fields"] if field["id"] == "member")["rule"] == "r1"
    assert ids[ids.index("conditions") + 1] == "new"
    assert ids[-2:] == ["pledge", "last"]
    assert ready_forms.load("tuoju").form == before
    assert len(copy["fields"]) == len(before.fields) + 2


@pytest.mark.parametrize(
    "own", [{"ready_made": "nothing"}, {"ready_made": "kepu", "fields": [{"id": "new", "after": "nowhere"}]}]
)
def test_what_the_library_does_not_have_cannot_be_copied(own):
    with pytest.raises(KeyError):
        ready_forms.adapted(own)
