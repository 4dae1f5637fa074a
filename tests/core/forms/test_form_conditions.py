"""Parts of a form apply or not, and checks over several fields hold or not, as its conditions say."""

from datetime import date

import pytest

from keqiao.core.findings import Weight
from keqiao.core.forms.checking import faults
from keqiao.core.forms.conditions import applies, content, prepared
from tests.core.forms.made import check, compares, specification, told

JOINT = {"id": "joint", "kind": "choice", "label": "申报方式", "options": ["独立申报", "联合申报"]}
CHOSEN = {"kind": "chosen", "field": "joint", "options": ["联合申报"]}
LEAD = {"id": "lead", "kind": "text", "label": "牵头单位", "shown_if": CHOSEN}
REASON = {"id": "reason", "kind": "text", "label": "理由", "shown_if": {"kind": "filled", "field": "lead"}}


def test_a_hidden_field_is_not_asked_and_its_old_answer_is_kept_but_not_submitted():
    stated = specification(JOINT, LEAD, REASON)
    old = {"joint": ["独立申报"], "lead": "某学会", "reason": "熟悉"}

    assert applies(stated, old) == {"joint"}
    assert content(stated, old) == {"joint": ["独立申报"]}
    assert told(faults(stated, old)) == []
    assert content(stated, {**old, "joint": ["联合申报"]}) == {**old, "joint": ["联合申报"]}


def test_what_hangs_on_a_hidden_field_is_hidden_wherever_it_stands():
    stated = specification(REASON, LEAD, JOINT)

    assert applies(stated, {"joint": ["独立申报"], "lead": "某学会"}) == {"joint"}
    assert applies(stated, {"joint": ["联合申报"], "lead": "某学会"}) == {"joint", "lead", "reason"}
    assert applies(stated, {"lead": "某学会"}) == {"joint"}


def test_the_condition_of_a_heading_holds_for_its_whole_part():
    part = {"id": "h", "kind": "heading", "label": "联合", "shown_if": CHOSEN}
    stated = specification(
        JOINT,
        part,
        {"id": "a", "kind": "text", "label": "甲"},
        {"id": "g", "kind": "heading", "label": "另"},
        {"id": "b", "kind": "text", "label": "乙"},
    )

    assert applies(stated, {"joint": ["独立申报"]}) == {"joint", "g", "b"}
    assert told(faults(stated, {"joint": ["联合申报"]})) == [
        ("form.missing", ("a",)),
        ("form.missing", ("b",)),
    ]
    assert [
        (section.heading and section.heading.id, [each.id for each in section.fields])
        for section in stated.sections()
    ] == [
        (None, ["joint"]),
        ("h", ["a"]),
        ("g", ["b"]),
    ]


def test_two_fields_that_wait_for_each_other_are_both_hidden():
    one = {"id": "a", "kind": "text", "label": "甲", "shown_if": {"kind": "filled", "field": "b"}}
    other = {"id": "b", "kind": "text", "label": "乙", "shown_if": {"kind": "filled", "field": "a"}}

    assert applies(specification(one, other), {"a": "x", "b": "y"}) == set()


def test_what_the_office_fills_is_never_asked_nor_submitted():
    stated = specification({"id": "number", "kind": "text", "label": "项目编号", "office_only": True})

    assert (applies(stated, {"number": "1"}), content(stated, {"number": "1"})) == (set(), {})


STEPS = {
    "id": "steps",
    "kind": "table",
    "label": "进度",
    "required": False,
    "columns": [
        {"id": "from", "label": "开始", "kind": "date", "precision": "month"},
        {"id": "to", "label": "结束", "kind": "date", "precision": "month", "required": False},
        {"id": "cost", "label": "经费", "kind": "money", "required": False},
        {"id": "kind", "label": "类别", "kind": "choice", "options": ["调研", "活动"], "required": False},
    ],
}
TOTAL = {"id": "total", "kind": "money", "label": "总额", "required": False}
PERIOD = {"id": "period", "kind": "period", "label": "期限", "required": False}
BUDGET = {"id": "budget", "kind": "budget", "label": "预算", "required": False, "basis": False}
SUM = {
    "id": "sum",
    "kind": "computed",
    "label": "合计",
    "sum_of": ["budget.grant", "budget.own"],
    "unit": "元",
}
CLASS = {"id": "class", "kind": "choice", "label": "类", "options": ["甲", "乙"], "required": False}


@pytest.mark.parametrize(
    ("holds", "right", "wrong"),
    [
        (
            compares({"field": "total"}, "==", {"sum_of": "steps.cost"}),
            {"total": 5, "steps": [{"from": "2026-01", "cost": 2}, {}, {"from": "2026-01", "cost": 3}]},
            {"total": 5, "steps": [{"from": "2026-01", "cost": 2}]},
        ),
        (compares({"field": "total"}, "==", {"sum_of": "steps.cost"}), {"total": 0}, {"total": 1}),
        (compares({"field": "total"}, "<=", {"fixed": 500}), {"total": 500}, {"total": 501}),
        (
            compares({"field": "sum"}, "==", {"field": "total"}),
            {"total": 7, "budget": [{"item": "甲", "grant": 5, "own": 2, "other": 9}]},
            {"total": 8, "budget": [{"item": "甲", "grant": 5, "own": 2}]},
        ),
        (
            compares({"sum_of": "budget"}, "<=", {"field": "total"}),
            {"total": 16, "budget": [{"item": "甲", "grant": 5, "own": 2, "other": 9}]},
            {"total": 15, "budget": [{"item": "甲", "grant": 5, "own": 2, "other": 9}]},
        ),
        (
            compares({"count_of": "steps"}, "<=", {"fixed": 1}),
            {"steps": [{}, {"from": "2026-01"}]},
            {"steps": [{"from": "2026-01"}, {"from": "2026-01"}]},
        ),
        (
            compares({"count_of": "steps.to"}, ">=", {"fixed": 1}),
            {"steps": [{"from": "2026-01", "to": "2026-02"}]},
            {"steps": [{"from": "2026-01"}]},
        ),
        (
            compares({"field": "steps.from"}, "<=", {"field": "steps.to"}),
            {"steps": [{"from": "2026-01", "to": "2026-01"}, {"from": "2026-01"}]},
            {"steps": [{"from": "2026-01", "to": "2026-02"}, {"from": "2026-03", "to": "2026-02"}]},
        ),
        (
            compares({"field": "steps.to"}, "<=", {"field": "period.to"}),
            {"period": {"from": "2026-01", "to": "2026-06"}, "steps": [{"from": "2026-01", "to": "2026-06"}]},
            {"period": {"from": "2026-01", "to": "2026-06"}, "steps": [{"from": "2026-01", "to": "2026-07"}]},
        ),
        (
            compares({"field": "period.to"}, "<=", {"fixed": "2026-12-31"}),
            {"period": {"from": "2026-01", "to": "2026-12"}},
            {"period": {"from": "2026-01", "to": "2027-01"}},
        ),
        (
            compares({"field": "period.to"}, "<=", {"fixed": date(2026, 12, 31)}),
            {"period": {"to": "2026-12", "from": "2026-01"}},
            {"period": {"from": "2026-01", "to": "2027-01"}},
        ),
        (compares({"field": "class"}, "==", {"fixed": "甲"}), {"class": ["甲"]}, {"class": ["乙"]}),
        (
            {"kind": "chosen", "field": "steps.kind", "options": ["调研"]},
            {"steps": [{"from": "2026-01", "kind": ["调研"]}]},
            {"steps": [{"from": "2026-01", "kind": ["活动"]}]},
        ),
        (
            {"kind": "otherwise", "part": {"kind": "filled", "field": "steps.kind"}},
            {"steps": [{"from": "2026-01"}]},
            {"steps": [{"from": "2026-01", "kind": ["活动"]}]},
        ),
        (
            {
                "kind": "together",
                "least": 1,
                "parts": [{"kind": "filled", "field": "total"}, {"kind": "filled", "field": "class"}],
            },
            {"total": 1},
            {},
        ),
        (
            {
                "kind": "together",
                "parts": [{"kind": "filled", "field": "total"}, {"kind": "filled", "field": "class"}],
            },
            {"total": 1, "class": ["甲"]},
            {"total": 1},
        ),
    ],
)
def test_a_check_over_several_fields_fails_on_a_planted_fault(holds, right, wrong):
    stated = specification(STEPS, TOTAL, PERIOD, BUDGET, SUM, CLASS, checks=[check(holds, at="total")])

    assert prepared(stated).wrong == ()
    assert told(faults(stated, right)) == []
    assert told(faults(stated, wrong)) == [("form.check_unmet", ("total",))]


def test_a_check_speaks_of_its_case_only_and_may_warn():
    limited = check(
        compares({"field": "total"}, "<=", {"fixed": 5}),
        at="total",
        weight="warn",
        when={"kind": "chosen", "field": "class", "options": ["甲"]},
    )
    stated = specification(TOTAL, CLASS, checks=[limited])

    [warning] = faults(stated, {"total": 6, "class": ["甲"]})

    assert (warning.weight, warning.values) == (Weight.WARN, {"says": "前后不一致"})
    assert told(faults(stated, {"total": 6, "class": ["乙"]})) == []
    assert told(faults(stated, {"total": 6})) == []


def test_what_is_not_filled_is_missing_there_and_no_fault_of_the_check():
    needed = {**TOTAL, "required": True}
    stated = specification(
        needed, PERIOD, checks=[check(compares({"field": "total"}, "==", {"fixed": 5}), at="total")]
    )

    assert told(faults(stated, {})) == [("form.missing", ("total",))]
    assert told(faults(stated, {"total": "约五元"})) == [("form.money_unreadable", ("total",))]


@pytest.mark.parametrize(
    "holds",
    [
        {"kind": "filled", "field": "nowhere"},
        compares({"field": "total"}, ">=", {"field": "period.from"}),
        compares({"field": "steps.gone"}, ">=", {"fixed": 1}),
        compares({"sum_of": "steps.from"}, ">=", {"fixed": 1}),
        compares({"field": "class"}, ">=", {"fixed": "甲"}),
        compares({"field": "steps.cost"}, ">=", {"field": "budget.grant"}),
    ],
)
def test_a_check_that_no_answers_can_meet_is_found_when_the_form_is_prepared(holds):
    stated = specification(STEPS, TOTAL, PERIOD, BUDGET, CLASS, checks=[check(holds, at="total")])

    assert [finding.code for finding in prepared(stated).wrong] == ["form.condition_unaskable"]


def test_a_condition_may_speak_of_a_field_that_another_category_is_asked():
    elsewhere = {"id": "b", "kind": "text", "label": "乙", "only_in": ["other"]}
    shown = {"id": "a", "kind": "text", "label": "甲", "shown_if": {"kind": "filled", "field": "b"}}
    stated = specification(shown, elsewhere)

    assert [each.id for each in stated.fields] == ["a"]
    assert (prepared(stated).wrong, applies(stated, {"a": "x"})) == ((), set())
