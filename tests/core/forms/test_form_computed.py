"""What follows from other cells is worked out in fen and never kept."""

from decimal import Decimal

from keqiao.core.forms.computed import computed_value, sums_of, unit_of, written_sums
from keqiao.core.forms.written import written
from tests.core.forms.made import field, specification

TOTAL = {"id": "total", "kind": "money", "label": "总额"}
BUDGET = {"id": "budget", "kind": "budget", "label": "预算"}
SUM = {
    "id": "sum",
    "kind": "computed",
    "label": "合计",
    "sum_of": ["budget.grant", "budget.own"],
    "unit": "元",
}
STEPS = {
    "id": "steps",
    "kind": "table",
    "label": "进度",
    "columns": [{"id": "cost", "label": "经费", "kind": "money"}],
}
PRICED = field(
    "table",
    columns=[
        {"id": "pieces", "label": "数量", "kind": "number", "decimals": 1, "summed": True},
        {"id": "price", "label": "单价", "kind": "money", "unit": "元"},
        {"id": "fee", "label": "运费", "kind": "money", "unit": "元"},
        {
            "id": "cost",
            "label": "小计",
            "kind": "computed",
            "computed": "product",
            "of": ["pieces", "price"],
            "unit": "万元",
            "summed": True,
        },
        {
            "id": "all",
            "label": "合计",
            "kind": "computed",
            "computed": "sum",
            "of": ["cost", "fee"],
            "summed": True,
        },
        {"id": "loop", "label": "环", "kind": "computed", "computed": "sum", "of": ["loop"]},
    ],
)


def test_columns_are_worked_out_and_added_up_in_fen():
    rows = [
        {"pieces": 3, "price": 150_000, "fee": 1},
        {"pieces": "0.5", "price": 3},
        {"fee": 7},
        {"pieces": "x"},
        {},
    ]

    assert sums_of(PRICED, rows) == {
        "pieces": Decimal("3.5"),
        "cost": Decimal("450001.5"),
        "all": Decimal("450009.5"),
    }
    assert written_sums(PRICED, rows) == {"pieces": "3.5", "cost": "0.4500015万元", "all": "0.4500095万元"}
    assert sums_of(PRICED, []) == {}


def test_computed_fields_add_amounts_numbers_columns_and_each_other():
    fields = {
        each.id: each
        for each in specification(
            TOTAL,
            BUDGET,
            SUM,
            STEPS,
            {
                "id": "rest",
                "kind": "computed",
                "label": "余",
                "sum_of": ["sum"],
                "less": ["total", "steps.cost"],
            },
            {"id": "loop", "kind": "computed", "label": "环", "sum_of": ["loop", "total"]},
        ).fields
    }
    answers = {"total": 3, "budget": [{"grant": 10, "own": 5}, {"grant": "约"}], "steps": [{"cost": 2}]}

    assert computed_value(fields["sum"], fields, answers) == 15
    assert computed_value(fields["rest"], fields, answers) == 10
    assert computed_value(fields["loop"], fields, answers) == 3
    assert computed_value(fields["sum"], fields, {}) is None
    assert written(fields["sum"], 15) == "0.15元"
    assert [unit_of(fields[each], fields) for each in ("sum", "rest", "loop")] == ["元", "元", "元"]


def test_a_sum_of_numbers_has_no_unit_of_money_and_one_of_a_column_with_money_has():
    asked = specification(
        STEPS,
        {"id": "n", "kind": "number", "label": "数"},
        {"id": "numbers", "kind": "computed", "label": "数和", "sum_of": ["n"], "unit": "人"},
        {"id": "costs", "kind": "computed", "label": "经费和", "sum_of": ["steps.cost"]},
        {"id": "wan", "kind": "computed", "label": "万", "sum_of": ["steps.cost"], "unit": "万元"},
    )
    fields = {each.id: each for each in asked.fields}

    assert [unit_of(fields[each], fields) for each in ("numbers", "costs", "wan")] == [None, "元", "万元"]
    assert (written(fields["numbers"], Decimal("1.5")), written(fields["wan"], 1)) == (
        "1.5人",
        "0.000001万元",
    )
