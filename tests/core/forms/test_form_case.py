"""What is on record and what the form states, put together for the rules: nobody is guessed."""

from datetime import date
from typing import Any

import pytest

from keqiao.core.forms.case import Register, case_of, not_in_register
from keqiao.core.forms.stating import stated
from keqiao.core.rules.answers import Verdict
from keqiao.core.rules.facts import UNKNOWN, Case, Entry, Human, Platform, Post, Qualification, Records, Unit
from keqiao.readers.rule_words import rule_words
from tests.core.forms.made import specification
from tests.core.rules.asked import asked, rule

NAME = [{"id": "name", "label": "名称"}]
APPLICANT = Unit("a", "渑池县科协", areas=("河南省", "三门峡市", "渑池县"))
SOCIETY = Unit("s", "某学会", kind="society")
DAY = date(2023, 4, 1)


def case(fields: Any, rules: Any, answers: Any, register: Register | None = None, **facts: Any) -> Case:
    form = specification(*fields, category={"rules": rules})
    return case_of(Case(DAY, APPLICANT, **facts), stated(form, answers), register or Register(), rule_words())


PARTNERS = {"id": "partners", "kind": "table", "label": "合作单位", "role": "partner", "columns": NAME}
TWO_UNITS = {"id": "r1", "type": "joint", "mode": "required", "min_units": 2, "summary": "两家以上联合"}
LEAD = {"id": "lead", "kind": "unit", "label": "牵头单位", "rule": "r1", "parts": ["name"]}
LED = {"id": "r1", "type": "joint", "mode": "required", "lead_required": True, "summary": "写明牵头单位"}


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ([], Verdict.FAILS),
        ([{"name": "某学会"}], Verdict.PASSES),
        ([{"name": "没有登记的单位"}], Verdict.PERSON),
        ([{"name": "没有登记的单位"}, {"name": "某学会"}], Verdict.PASSES),
        ([{"name": "渑池县科协"}], Verdict.FAILS),
    ],
)
def test_a_partner_that_no_register_knows_is_for_a_person(typed, verdict):
    register = Register({"s": SOCIETY}, unit_ids={"某学会": "s"})
    found = case([PARTNERS], [TWO_UNITS], {"partners": typed}, register)

    assert asked(rule("joint", mode="required", min_units=2), found).verdict is verdict


def test_the_typed_partner_is_named():
    register = Register({"s": SOCIETY}, unit_ids={"某学会": "s"})
    found = case([PARTNERS], [TWO_UNITS], {"partners": [{"name": "某学会"}, {"name": "某公司"}]}, register)

    assert not_in_register(found) == ("某公司",)


@pytest.mark.parametrize(
    ("lead", "answer"),
    [("渑池县科协", "a"), ("某学会", "s"), ("某公司", None), ("", None)],
)
def test_the_unit_that_leads_is_the_applicant_or_one_of_the_register(lead, answer):
    register = Register({"s": SOCIETY}, unit_ids={"某学会": "s"})
    found = case([LEAD], [LED], {"lead": {"name": lead}}, register)

    assert found.answers.get("r1") == answer


GARDEN = {"id": "garden", "kind": "unit", "label": "园区", "rule": "r1", "role": "beneficiary"}
RECOGNISED = {
    "id": "r1",
    "type": "recognition",
    "register_name": "示范园",
    "subject": "示范园",
    "summary": "已认定",
}


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ({"id": "g"}, Verdict.PASSES),
        ({"name": "春山园"}, Verdict.PASSES),
        ({"name": "秋水园"}, Verdict.FAILS),
        ({"name": "没有登记的园"}, Verdict.PERSON),
        ({}, Verdict.PERSON),
    ],
)
def test_a_body_is_looked_up_under_the_name_of_the_call(typed, verdict):
    known = Register(
        {"g": Unit("g", "春山园"), "w": Unit("w", "秋水园")}, unit_ids={"春山园": "g", "秋水园": "w"}
    )
    records = Records((Entry("示范园", "g", date(2020, 1, 1)),), kept=frozenset({"示范园"}))
    found = case([GARDEN], [RECOGNISED], {"garden": typed}, known, records=records)

    assert asked(rule("recognition", register_name="示范园", subject="示范园"), found).verdict is verdict


def test_a_region_is_stated_by_the_names_of_its_areas():
    place = {"id": "place", "kind": "region", "label": "地点", "rule": "r1"}
    county = {"id": "county", "kind": "region", "label": "县", "rule": "r2"}
    rules = [
        {"id": "r1", "type": "place", "where": "河南省", "summary": "在我省举办"},
        {
            "id": "r2",
            "type": "recognition",
            "register_name": "示范县",
            "subject": "区域",
            "summary": "示范县",
        },
    ]
    register = Register(areas={"411221": ("河南省", "三门峡市", "渑池县")})
    found = case([place, county], rules, {"place": "411221", "county": "411221"}, register)

    assert found.answers == {"r1": ("河南省", "三门峡市", "渑池县")}
    assert found.subjects["区域"].id == "渑池县"
    assert case([place, county], rules, {"place": "999999"}, register).answers == {}


LIVE = [
    {"id": "secrecy", "kind": "choice", "label": "是否涉密", "options": ["涉密", "非涉密"]},
    {"id": "live", "kind": "choice", "label": "直播", "options": ["是", "否"], "rule": "r1"},
]


@pytest.mark.parametrize(
    ("picked", "cases"), [(["涉密"], {"涉密": True}), (["非涉密"], {"涉密": False}), (None, {})]
)
def test_a_choice_says_which_case_it_is(picked, cases):
    stream = {"id": "r1", "type": "declared", "unless": "涉密", "summary": "应开展直播"}

    assert case(LIVE, [stream], {"secrecy": picked} if picked else {}).cases == cases


ACCOUNT = {"id": "account", "kind": "text", "label": "账号", "rule": "r1"}
JOINED = {"id": "r1", "type": "platform", "platform": "科创中国", "action": "join", "summary": "入驻"}


def test_an_account_that_the_form_names_is_one_of_the_applicant():
    found = case([ACCOUNT], [JOINED], {"account": "KC-1"})

    assert found.records.platforms == (Platform("a", "科创中国", number="KC-1"),)
    assert asked(rule("platform", platform="科创中国", action="join"), found).verdict is Verdict.PASSES


def test_where_all_accounts_are_on_record_the_form_adds_none():
    records = Records(kept=frozenset({"platforms:科创中国"}))
    found = case([ACCOUNT], [JOINED], {"account": "KC-1"}, records=records)

    assert asked(rule("platform", platform="科创中国", action="join"), found).verdict is Verdict.FAILS


def people(**rules: Any) -> list[Any]:
    shared = {"type": "person", "role": "被托举人", "summary": "某项要求"}
    return [{**shared, "id": f"r.{name}", **each} for name, each in rules.items()]


SUPPORTED = [
    {"id": "supported", "kind": "person", "label": "被托举人", "role": "supported"},
    {"id": "part", "kind": "choice", "label": "作用", "options": ["主持", "参与"], "rule": "r.part"},
    {"id": "science", "kind": "choice", "label": "学科", "options": ["工程技术"], "rule": "r.place"},
    {"id": "workplace", "kind": "region", "label": "工作地", "rule": "r.place"},
    {"id": "member", "kind": "choice", "label": "会员", "options": ["是", "否"], "rule": "r.member"},
]
ABOUT = people(
    part={"attr": "participation", "any_of": ["主持"]},
    place={"attr": "workplace_and_field", "where": "河南省", "fields": ["工程技术"]},
    member={"attr": "membership", "of": "申报单位"},
)
SAID = {
    "supported": {"name": "张", "id": "p", "birth_date": "1990-01-01"},
    "part": ["主持"],
    "science": ["工程技术"],
    "workplace": "41",
    "member": ["是"],
}


def test_what_single_fields_say_is_said_of_whoever_holds_the_role():
    found = case(SUPPORTED, ABOUT, SAID, Register(areas={"41": ("河南省",)}))

    assert found.people["被托举人"] == (
        Human(
            "",
            "张",
            birth_date=date(1990, 1, 1),
            areas=("河南省",),
            fields=frozenset({"工程技术"}),
            posts=(Post("a", "会员"),),
            part="主持",
        ),
    )


def test_the_register_goes_before_the_form_and_offices_of_both_count():
    known = Human("p", "张", date(1980, 1, 1), ("湖北省",), frozenset({"法学"}), (Post("b", "理事"),))
    register = Register(people={"p": known}, areas={"41": ("河南省",)})
    (found,) = case(SUPPORTED, ABOUT, SAID, register).people["被托举人"]

    assert (found.birth_date, found.areas, found.fields) == (
        date(1980, 1, 1),
        ("湖北省",),
        frozenset({"法学"}),
    )
    assert found.posts == (Post("b", "理事"), Post("a", "会员"))


def test_who_is_said_to_be_no_member_holds_no_office_that_nobody_knows_of():
    (found,) = case(SUPPORTED, ABOUT, {**SAID, "member": ["否"]}).people["被托举人"]

    assert found.posts == ()
    (open_,) = case(SUPPORTED, ABOUT, {"supported": {"name": "张"}}).people["被托举人"]
    assert open_.posts is UNKNOWN


def test_a_person_is_found_by_name_and_day_of_birth_and_by_no_name_alone():
    born = date(1980, 1, 1)
    register = Register(people={"p": Human("p", "张", born)}, person_ids={("张", born): "p"})
    said = (
        {},
        {"birth_date": "1980-01-01"},
        {"birth_date": "1981-01-01"},
        {"id_number": "410105198001011239"},
        {"id_number": "no number"},
    )

    ids = [
        case(SUPPORTED, ABOUT, {"supported": {"name": "张", **each}}, register).people["被托举人"][0].id
        for each in said
    ]

    assert ids == ["", "p", "", "p", ""]


def test_people_and_units_in_a_role_are_those_whom_rules_name_by_its_word():
    head = {"id": "head", "kind": "person", "label": "负责人", "role": "head", "parts": ["name"]}
    host = {"id": "host", "kind": "unit", "label": "挂靠", "role": "host", "parts": ["name"]}
    found = case([head, host], [], {"head": {"name": "张"}, "host": {"name": "某大学"}})

    assert {role: [human.name for human in people] for role, people in found.people.items()} == {
        "单位负责人": ["张"]
    }
    assert {word: unit.name for word, unit in found.subjects.items()} == {"依托单位": "某大学"}


def test_offices_and_certificates_stand_in_the_rows_of_a_table():
    columns = [*NAME, {"id": "post", "label": "任职"}, {"id": "qualification", "label": "证书"}]
    tables = [
        {"id": "mentors", "kind": "table", "label": "专家", "rule": "r1", "columns": columns},
        {"id": "speakers", "kind": "table", "label": "嘉宾", "rule": "r2", "columns": columns},
    ]
    rules = [
        {
            "id": "r1",
            "type": "person",
            "role": "托举专家",
            "attr": "position",
            "any_of": ["理事"],
            "summary": "理事",
        },
        {"id": "r2", "type": "person", "role": "主讲嘉宾", "attr": "qualification", "summary": "二级以上"},
    ]
    row = {"name": "王", "post": "常务理事", "qualification": "国家二级心理咨询师"}
    found = case(tables, rules, {"mentors": [row], "speakers": [row, {**row, "qualification": "讲师"}]})

    assert [each.posts for each in found.people["托举专家"]] == [(Post("a", "常务理事"),)]
    assert [each.qualifications for each in found.people["主讲嘉宾"]] == [
        (Qualification("国家心理咨询师", 2),),
        (Qualification("讲师"),),
    ]
