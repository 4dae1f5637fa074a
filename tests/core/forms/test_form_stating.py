"""What a form states for the rules, and what is filled in before anybody types."""

from decimal import Decimal

from keqiao.core.forms.prefilling import prefilled
from keqiao.core.forms.stating import stated
from tests.core.forms.made import specification

RULES = [
    {
        "id": "r.count",
        "type": "count",
        "metric": "占地面积",
        "op": ">=",
        "value": 200,
        "summary": "不少于200亩",
    },
    {"id": "r.limit", "type": "text_limit", "field": "方案", "value": 500, "summary": "限500字"},
    {"id": "r.choice", "type": "choice", "what": "方向", "options": ["甲", "乙"], "summary": "选一"},
    {"id": "r.paper", "type": "material", "name": "代表作品", "min": 2, "max": 3, "summary": "2至3部"},
    {"id": "r.split", "type": "split", "unit": "期", "summary": "可申报一期或多期"},
    {"id": "r.joint", "type": "joint", "mode": "allowed", "lead_required": True, "summary": "写明牵头单位"},
    {"id": "r.said", "type": "declared", "about": "capacity", "summary": "没有发生过"},
    {"id": "r.person", "type": "person", "role": "主讲嘉宾", "attr": "qualification", "summary": "二级以上"},
    {"id": "r.place", "type": "place", "where": "河南省", "summary": "在我省举办"},
    {
        "id": "r.garden",
        "type": "recognition",
        "register_name": "示范园",
        "subject": "示范园",
        "summary": "已认定",
    },
]
PEOPLE = [{"id": "name", "label": "姓名"}]
ASKED = specification(
    {"id": "area", "kind": "number", "label": "面积", "rule": "r.count", "decimals": 1},
    {"id": "plan", "kind": "long_text", "label": "方案", "rule": "r.limit"},
    {
        "id": "topic",
        "kind": "choice",
        "label": "方向",
        "rule": "r.choice",
        "options": ["甲", "乙"],
        "most_picks": 2,
    },
    {"id": "works", "kind": "file", "label": "作品", "rule": "r.paper", "most": 3},
    {"id": "issues", "kind": "number", "label": "期数", "rule": "r.split"},
    {"id": "lead", "kind": "unit", "label": "牵头单位", "rule": "r.joint", "parts": ["name"]},
    {"id": "clean", "kind": "choice", "label": "没有发生", "rule": "r.said", "options": ["是", "否"]},
    {"id": "speakers", "kind": "table", "label": "嘉宾", "rule": "r.person", "columns": PEOPLE},
    {"id": "place", "kind": "region", "label": "地点", "rule": "r.place"},
    {"id": "garden", "kind": "unit", "label": "园区", "rule": "r.garden", "role": "beneficiary"},
    {"id": "leader", "kind": "person", "label": "负责人", "role": "leader"},
    {"id": "team", "kind": "table", "label": "成员", "role": "team", "columns": PEOPLE},
    {"id": "budget", "kind": "budget", "label": "预算"},
    {
        "id": "more",
        "kind": "person",
        "label": "另",
        "role": "leader",
        "shown_if": {"kind": "filled", "field": "nobody"},
    },
    {"id": "nobody", "kind": "text", "label": "空"},
    category={"rules": RULES},
)


def test_the_form_answers_the_rules_that_its_fields_decide():
    answers = {
        "area": "260.5",
        "plan": "一\n二",
        "topic": ["甲"],
        "works": [{"file": "1"}, {"file": "2"}],
        "issues": 3,
        "lead": {"name": "某学会", "id": "u1"},
        "clean": ["否"],
        "speakers": [{"name": "王"}, {}],
        "place": "411221",
        "garden": {"name": "园"},
        "leader": {"name": "张", "id": "p1"},
        "team": [{"name": "李"}, {"name": "赵"}],
        "budget": [{"grant": 5, "own": 2}, {"grant": 7}],
        "more": {"name": "藏"},
    }

    said = stated(ASKED, answers)

    assert said.answers == {
        "r.count": Decimal("260.5"),
        "r.limit": "一二",
        "r.choice": ("甲",),
        "r.paper": 2,
        "r.split": 3,
        "r.said": False,
    }
    assert said.people == {"leader": ({"name": "张", "id": "p1"},), "team": ({"name": "李"}, {"name": "赵"})}
    assert said.units == {"beneficiary": ({"name": "园"},)}
    assert said.named == {"主讲嘉宾": ({"name": "王"},)}
    assert said.bodies == {"示范园": ({"name": "园"},)}
    assert said.leads == {"r.joint": {"name": "某学会", "id": "u1"}}
    assert (said.regions, said.grant_fen, said.sessions) == ({"r.place": "411221"}, 12, 3)


def test_what_the_form_does_not_settle_is_not_stated():
    said = stated(
        ASKED, {"lead": {"name": "某学会"}, "clean": ["基本没有"], "area": "约二百", "issues": "1.5"}
    )

    assert (said.answers, said.grant_fen, said.sessions) == ({"r.split": Decimal("1.5")}, None, None)


def test_first_values_come_from_the_unit_the_person_and_last_year():
    asked = specification(
        {
            "id": "unit",
            "kind": "unit",
            "label": "单位",
            "role": "applicant",
            "parts": ["name", "credit_code", "founded_on"],
        },
        {"id": "contact", "kind": "person", "label": "联系人", "fills": "person", "parts": ["name", "phone"]},
        {"id": "head", "kind": "person", "label": "负责人", "role": "head"},
        {"id": "address", "kind": "text", "label": "地址", "fills": "unit.address"},
        {"id": "category", "kind": "text", "label": "类别", "fills": "category.name"},
        {"id": "area", "kind": "number", "label": "面积", "fills": "unit.area"},
        {"id": "basis", "kind": "long_text", "label": "依据"},
        {"id": "when", "kind": "date", "label": "时间"},
        {"id": "number", "kind": "text", "label": "编号", "office_only": True},
        {"id": "pledge", "kind": "pledge", "label": "承诺", "words": ["属实"]},
    )
    profile = {
        "unit": {
            "id": "u1",
            "name": "某学会",
            "address": "某路1号",
            "founded_on": "2001-02-03",
            "area": "很大",
            "more": 1,
        },
        "person": {"name": "张三", "phone": "13800000000"},
        "category": {"name": "科普讲座"},
        "last": {
            "basis": "去年所写",
            "when": "2025-03-01",
            "number": "1",
            "pledge": {"version": "1", "by": "u"},
            "head": 5,
        },
    }

    assert prefilled(asked, profile) == {
        "unit": {"name": "某学会", "founded_on": "2001-02-03", "id": "u1"},
        "contact": {"name": "张三", "phone": "13800000000"},
        "address": "某路1号",
        "category": "科普讲座",
        "basis": "去年所写",
    }
    assert prefilled(asked, {}) == {}
