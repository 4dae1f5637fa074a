"""Rows, variants and faults of the forms of statements."""

import pytest

from keqiao.web.programmes import parts
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.proofreading.addresses import new_part_address, part_address
from tests.web import make
from tests.web.programmes.sent_forms import sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(client):
    found = make.draft_call()
    client.force_login(found.created_by)
    return found


def stated_of(call, part: Part):
    call.draft.refresh_from_db()
    return parts.value_at(call.draft.definition, part)


def test_all_faults_stand_at_their_fields_at_once_and_nothing_typed_is_lost(client, call):
    address = part_address(call.pk, Part("c1", "targets", "c1.t1"))
    said = {
        "version": 1,
        "metric": "",
        "comparator": ">=",
        "value": "五场",
        "unit": "场",
        "by": "明年",
        "measure-kind": "ratio",
        "measure-facts": "activity",
        "measure-group_floor-floor": "4",
    }

    page = client.post(address, said)

    form = page.context["form"]
    assert page.status_code == 422
    assert {name: faults[0] for name, faults in form.errors.items()} == {
        "metric": "请填写。",
        "value": "“五场”不是数字。",
        "by": "输入一个有效的日期。",
        "measure-group_floor-by": "请填写。",
    }
    sent = sent_by(page)
    assert {name: sent[name][0] for name in said} == {name: str(value) for name, value in said.items()}


def test_a_row_is_added_moved_and_removed_without_scripts(client, call):
    address = new_part_address(call.pk, "", "endorsement")
    page = client.get(address)
    first = sent_by(page) | {"steps-0-words": ["县科协推荐"]}

    added = client.post(address, first | {"act": ["add:steps"]})
    assert added.context["form"]["steps-1-words"].field.widget.attrs["autofocus"]
    second = sent_by(added) | {"steps-1-words": ["市科协审核"]}
    moved = client.post(address, second | {"act": ["up:steps:1"]})
    removed = client.post(address, sent_by(moved) | {"act": ["remove:steps:1"]})

    assert [sent_by(moved)[f"steps-{n}-words"] for n in (0, 1)] == [["市科协审核"], ["县科协推荐"]]
    assert sent_by(removed)["steps-rows"] == ["1"]
    assert client.post(address, sent_by(removed)).status_code == 302
    call.draft.refresh_from_db()
    assert call.draft.definition["endorsement"] == [{"id": "e1", "steps": [{"words": "市科协审核"}]}]


def test_what_was_typed_for_another_kind_of_money_comes_back_with_it(client, call):
    address = part_address(call.pk, Part("c1", "funding"))
    first = sent_by(client.get(address))

    as_range = sent_by(client.post(address, first | {"kind": ["range"], "act": ["show"]}))
    again = sent_by(client.post(address, as_range | {"kind": ["fixed"], "act": ["show"]}))

    assert "min_fen" in as_range
    assert again["amount_fen"] == first["amount_fen"] == ["30000"]


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ({"kind": "range", "min_fen": "9", "max_fen": "3"}, {"max_fen": "上限低于下限。"}),
        (
            {"kind": "fixed", "amount_fen": "三万"},
            {"amount_fen": "“三万”不是金额。请填写数字，单位为元，例如 150000。"},
        ),
        ({"kind": "ceiling"}, {"max_fen": "请填写。"}),
        ({"kind": ""}, {"kind": "请填写。"}),
    ],
)
def test_faults_of_money_stand_at_its_fields(client, call, said, faults):
    page = client.post(part_address(call.pk, Part("c1", "funding")), said | {"version": 1})

    assert {name: each[0] for name, each in page.context["form"].errors.items()} == faults


def test_faults_in_rows_stand_in_their_rows_though_blank_rows_are_left_out(client, call):
    address = new_part_address(call.pk, "c1", "rules", rule_type="any")
    said = {
        "version": "1",
        "type": "any",
        "summary": "具备下列条件之一",
        "of-rows": "3",
        "of-1-type": "person",
        "of-1-summary": "负责人年龄",
        "of-1-role": "负责人",
        "of-2-type": "quota",
        "of-2-summary": "限报",
        "of-2-max": "-1",
        "of-2-at": "apply",
    }

    page = client.post(address, said)

    assert {name: each[0] for name, each in page.context["form"].errors.items()} == {
        "of-1-attr": "请填写。",
        "of-2-max": "不能小于 0。",
    }


def test_rules_inside_a_rule_get_ids_of_their_own(client, call):
    address = new_part_address(call.pk, "c1", "rules", rule_type="any")
    said = {
        "version": "1",
        "type": "any",
        "summary": "具备下列条件之一",
        "of-rows": "2",
        "of-0-type": "place",
        "of-0-summary": "在本市",
        "of-0-where": "本市",
        "of-1-type": "series",
        "of-1-summary": "纳入科普日",
        "of-1-into": "科普日",
    }

    client.post(address, said)

    (rule,) = stated_of(call, Part("c1", "rules"))
    assert [rule["id"], *(each["id"] for each in rule["of"])] == ["c1.r1", "c1.rules.1", "c1.rules.2"]


def test_particulars_keep_their_kind(client, call):
    address = new_part_address(call.pk, "c1", "rules", rule_type="place")
    rows = [
        ("届次", "number", "5"),
        ("新增", "yes_no", "是"),
        ("地点", "text", "5号楼"),
        ("县", "list", "甲\n乙"),
    ]
    said = {"version": "1", "type": "place", "summary": "在本市", "where": "本市", "details-rows": "4"}
    for number, (name, kind, value) in enumerate(rows):
        said |= {
            f"details-{number}-{part}": each
            for part, each in zip(("name", "kind", "value"), (name, kind, value), strict=True)
        }

    client.post(address, said)

    (rule,) = stated_of(call, Part("c1", "rules"))
    assert rule["details"] == {"届次": 5, "新增": True, "地点": "5号楼", "县": ["甲", "乙"]}
