"""The budget adds up in fen, keeps to the money of the category, and buys what the call permits."""

import pytest

from keqiao.core.findings import Weight
from keqiao.core.forms.budget import Sums, items_offered, sums_of_budget
from keqiao.core.forms.checking import faults
from keqiao.readers.messages import say
from tests.core.forms.made import field, specification, told

WAN = 1_000_000
FIXED = {"kind": "fixed", "amount_fen": 10 * WAN, "source": {"clause": "附件1·二（一）3"}}
RANGE = {"kind": "range", "min_fen": 5 * WAN, "max_fen": 10 * WAN}
CEILING = {"kind": "ceiling", "max_fen": 3 * WAN}
SESSION = {"kind": "fixed", "amount_fen": 2 * WAN, "per": "session"}
SPLIT = {"id": "r", "type": "split", "unit": "期", "summary": "可申报一期或多期"}
SPENDING = {
    "kinds": ["场地费", "劳务费", "资料费"],
    "forbidden": ["招待费", "罚款"],
    "source": {"clause": "附件1·序号3"},
}
OPEN = {"kinds": ["讲师劳务费", "与该项目相关的支出"], "open": True}


def line(item, grant=None, **more):
    said = {"item": item, "grant": grant, "basis": "3场×5000元", **more}
    return {key: value for key, value in said.items() if value is not None}


def asked(funding=None, spending=(), rules=(), **about):
    budget = {"id": "a", "kind": "budget", "label": "经费预算", "unit": "万元", **about}
    fields = [budget, {"id": "n", "kind": "number", "label": "期数", "rule": "r", "required": False}]
    return specification(*fields, category={"funding": funding, "spending": spending, "rules": rules})


def found(rows, funding=None, spending=(), **about):
    return faults(asked(funding, spending, **about), {"a": rows})


def test_lines_add_up_and_what_cannot_be_read_counts_as_nothing():
    rows = [{"grant": 1, "own": 2}, {"grant": "3万", "other": 4}, "x", {}, {"grant": True, "own": -5}]

    assert sums_of_budget(rows) == Sums(grant=1, own=2, other=4)
    assert sums_of_budget(rows).total == 7
    assert sums_of_budget(None) == Sums()


def test_the_permitted_spending_is_offered_unless_the_form_has_lines_of_its_own():
    stated = asked(spending=[SPENDING, OPEN])

    assert items_offered(stated, field("budget")) == (
        "场地费",
        "劳务费",
        "资料费",
        "讲师劳务费",
        "与该项目相关的支出",
    )
    assert items_offered(stated, field("budget", items=["设备费"])) == ("设备费",)


@pytest.mark.parametrize(
    ("funding", "grant", "code"),
    [
        (None, 99 * WAN, None),
        (FIXED, 10 * WAN, None),
        (FIXED, 10 * WAN - 1, "form.grant_not_fixed"),
        (FIXED, 10 * WAN + 1, "form.grant_not_fixed"),
        (RANGE, 5 * WAN, None),
        (RANGE, 10 * WAN, None),
        (RANGE, 5 * WAN - 1, "form.grant_below"),
        (RANGE, 10 * WAN + 1, "form.grant_above"),
        (CEILING, 3 * WAN, None),
        (CEILING, 1, None),
        (CEILING, 3 * WAN + 1, "form.grant_above"),
        ({"kind": "none"}, 1, "form.grant_none"),
        ({"kind": "none"}, 0, None),
        (SESSION, 2 * WAN, "form.grant_for_each"),
    ],
)
def test_the_grant_is_what_the_category_gives_to_the_fen(funding, grant, code):
    findings = found([line("场地费", grant, own=1)], funding)

    assert told(findings) == ([(code, ("a", "grant"))] if code else [])


def test_an_amount_for_each_session_is_taken_times_the_sessions_asked_for():
    stated = asked(SESSION, rules=[SPLIT])
    rows = [line("场地费", 6 * WAN)]

    assert told(faults(stated, {"a": rows, "n": 3})) == []
    assert told(faults(stated, {"a": rows, "n": 2})) == [("form.grant_not_fixed", ("a", "grant"))]
    [doubt] = faults(stated, {"a": rows})
    assert (doubt.code, doubt.weight) == ("form.grant_for_each", Weight.ASK)


def test_a_wrong_grant_is_told_in_the_unit_of_the_form_with_its_clause():
    [fault] = found([line("场地费", 9 * WAN + 1)], FIXED)

    assert say(fault) == "本类别资助标准为10万元，预算中申请资助合计9.000001万元。请调整为10万元。"
    assert fault.source is not None
    assert fault.source.clause == "附件1·二（一）3"


@pytest.mark.parametrize(
    ("rows", "about", "faulty"),
    [
        (None, {}, [("form.missing", ("a",))]),
        ("5万", {}, [("form.shape", ("a",))]),
        ([line("场地费", "五万")], {}, [("form.money_unreadable", ("a", 0, "grant"))]),
        ([line("场地费")], {}, [("form.budget_line_empty", ("a", 0, "grant"))]),
        ([line("场地费", 0)], {}, [("form.budget_line_empty", ("a", 0, "grant"))]),
        ([{"grant": 5, "basis": "x"}], {}, [("form.cell_missing", ("a", 0, "item"))]),
        ([{"item": "场地费", "grant": 5}], {}, [("form.budget_no_basis", ("a", 0, "basis"))]),
        ([{"item": "场地费", "grant": 5}], {"basis": False}, []),
        ([line("场地费", 5, own=5)], {"own": False}, [("form.budget_column_closed", ("a", 0, "own"))]),
        ([line("场地费", 5, other=5)], {"other": False}, [("form.budget_column_closed", ("a", 0, "other"))]),
        ([line("场地费", 5), line("场地费", 5)], {}, [("form.budget_item_twice", ("a", 1, "item"))]),
        ([line("场地费", 5), line("场地费", 5, basis="另一处")], {}, []),
        ([line("差旅费", 5)], {"items": ["场地费"]}, [("form.budget_item_strange", ("a", 0, "item"))]),
        ([line("场地费"), line("资料费", 5)], {"items": ["场地费", "资料费"]}, []),
        ([line("场地费", 200, own=99)], {"own_share_least": 50}, [("form.own_share_low", ("a", "own"))]),
        ([line("场地费", 200, own=60, other=40)], {"own_share_least": 50}, []),
        ([line("场地费", 201, own=100)], {"own_share_least": 50}, [("form.own_share_low", ("a", "own"))]),
    ],
)  # fmt: skip
def test_lines_are_checked_one_by_one(rows, about, faulty):
    assert told(found(rows, **about)) == faulty


@pytest.mark.parametrize(
    ("item", "spending", "code", "weight"),
    [
        ("招待费", [SPENDING], "form.budget_item_forbidden", Weight.REFUSE),
        ("业务招待费及场地费", [OPEN, SPENDING], "form.budget_item_forbidden", Weight.REFUSE),
        ("购车", [SPENDING], "form.budget_item_unlisted", Weight.ASK),
        ("购车", [SPENDING, OPEN], None, None),
        ("购车", [], None, None),
        ("讲师劳务费", [SPENDING], None, None),
        ("资料", [SPENDING], None, None),
    ],
)
def test_spending_is_compared_with_what_the_call_lists_and_forbids(item, spending, code, weight):
    findings = found([line(item, 5)], spending=spending)

    assert [(fault.code, fault.weight, fault.at) for fault in findings] == (
        [(code, weight, ("a", 0, "item"))] if code else []
    )
    assert all(fault.source is not None and fault.source.clause == "附件1·序号3" for fault in findings)


def test_forbidden_words_in_the_reckoning_are_looked_at_by_staff():
    [fault] = found([line("场地费", 5, basis="场地2000元，招待费1000元")], spending=[SPENDING])

    assert (fault.code, fault.weight, fault.at) == (
        "form.budget_basis_forbidden",
        Weight.ASK,
        ("a", 0, "basis"),
    )
