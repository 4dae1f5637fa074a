"""What people type, and what stands in the cells of Word forms, becomes the value that is kept; nothing is lost."""

import pytest

from keqiao.core.forms.typed import read
from keqiao.core.forms.written import cells, written
from tests.core.forms.made import field

NUMBER = field("number", unit="人次", decimals=2)
WAN = field("money", unit="万元", decimals=6)
YUAN = field("money", unit="元")
DAY, MONTH, YEAR = (field("date", precision=each) for each in ("day", "month", "year"))
PERIOD = field("period", precision="month")
CLASSES = field("choice", options=["A类", "B类"])
AUDIENCE = field("choice", options=["青少年", "农民", "老年人"], most_picks=None, other=True)


@pytest.mark.parametrize(
    ("asked", "typed", "kept"),
    [
        (field("text"), "  科普大篷车\u200b进校园 ", "科普大篷车进校园"),
        (field("text"), "一\n二", "一 二"),
        (field("long_text"), "第一段\r\n\r\n第二段 \n", "第一段\n\n第二段"),
        (NUMBER, "１，２００", 1200),
        (NUMBER, "1200人次", 1200),
        (NUMBER, "1.2万人次", 12000),
        (NUMBER, "12.50", "12.5"),
        (NUMBER, "12.0", 12),
        (NUMBER, "−3", -3),
        (field("number", unit="万人"), "5万人", 5),
        (field("number", unit="%"), "95％", 95),
        (field("number", unit="㎡"), "300 m2", 300),
        (WAN, "5", 5_000_000),
        (WAN, "５万元", 5_000_000),
        (WAN, "50000元", 5_000_000),
        (WAN, "0.000001", 1),
        (WAN, "3.5万", 3_500_000),
        (YUAN, "5万元", 5_000_000),
        (YUAN, "￥1,234.56", 123_456),
        (YUAN, "人民币100元整", 10_000),
        (YUAN, "1.2亿元", 12_000_000_000),
        (DAY, "2026年3月1日", "2026-03-01"),
        (DAY, "2026.3.1", "2026-03-01"),
        (DAY, "20260301", "2026-03-01"),
        (DAY, "二〇二六年三月一日", "2026-03-01"),
        (DAY, "二○二六年十二月三十一日", "2026-12-31"),
        (MONTH, "2026年 3 月", "2026-03"),
        (MONTH, "2026-03-15", "2026-03"),
        (YEAR, "2026年", "2026"),
        (PERIOD, "2026年3月—2026年12月", {"from": "2026-03", "to": "2026-12"}),
        (PERIOD, "2026.3至2026.12", {"from": "2026-03", "to": "2026-12"}),
        (PERIOD, "2026-03 - 2026-12", {"from": "2026-03", "to": "2026-12"}),
        (PERIOD, "2026年3月-2026年12月", {"from": "2026-03", "to": "2026-12"}),
        (PERIOD, {"from": "2026年3月", "to": ""}, {"from": "2026-03"}),
        (CLASSES, "■A类 □B类", ["A类"]),
        (CLASSES, "□A类  ■B类", ["B类"]),
        (CLASSES, "□A类☑B类", ["B类"]),
        (CLASSES, "A类（√） B类（ ）", ["A类"]),
        (CLASSES, "A类（ ） B类（√）", ["B类"]),
        (CLASSES, "√A类 B类", ["A类"]),
        (CLASSES, "A类 √B类", ["B类"]),
        (CLASSES, "A类√ B类", ["A类"]),
        (CLASSES, "[x] A类 [ ] B类", ["A类"]),
        (CLASSES, "A类", ["A类"]),
        (CLASSES, ["B类", ""], ["B类"]),
        (CLASSES, "□A类 □B类", None),
        (AUDIENCE, "农民、老年人", ["农民", "老年人"]),
        (AUDIENCE, "老年人 青少年", ["青少年", "老年人"]),
        (AUDIENCE, "□青少年 ■农民 □老年人 ■其他：社区居民", ["农民", "社区居民"]),
        (AUDIENCE, "□青少年 ■农民 □老年人 □其他：____", ["农民"]),
        (AUDIENCE, "■青少年 □农民 □老年人 ■其他：", ["青少年", "其他"]),
        (AUDIENCE, ["社区居民", "农民"], ["农民", "社区居民"]),
        (field("choice", options=["全国学会", "学会"]), "□全国学会 ■学会", ["学会"]),
        (
            field("person", parts=["name", "birth_date", "signature"]),
            {"name": " 张三 ", "birth_date": "1990.5.2", "signature": "x"},
            {"name": "张三", "birth_date": "1990-05-02"},
        ),
        (
            field("unit", parts=["name", "staff"]),
            {"name": "某学会", "staff": "12人", "id": "u1"},
            {"name": "某学会", "staff": 12, "id": "u1"},
        ),
        (
            field("budget", unit="万元"),
            [{"item": "场地费", "grant": "1.5", "own": "", "basis": "3场×5000元"}, {}],
            [{"item": "场地费", "grant": 1_500_000, "basis": "3场×5000元"}],
        ),
        (
            field("targets"),
            [{"target": "t", "op": "≥", "value": "20", "unit": "场"}],
            [{"target": "t", "op": ">=", "value": 20, "unit": "场"}],
        ),
        (field("pledge", words=["属实"]), "√", None),
        (field("heading"), "x", None),
        (field("number"), "", None),
        (field("number"), "　", None),
    ],
)
def test_what_is_typed_is_kept_as(asked, typed, kept):
    found = read(asked, typed)

    assert (found.value, found.faults) == (kept, ())


@pytest.mark.parametrize(
    ("asked", "typed", "code"),
    [
        (NUMBER, "约一百", "form.number_unreadable"),
        (NUMBER, "1,2", "form.number_unreadable"),
        (NUMBER, "5人", "form.number_unreadable"),
        (NUMBER, "1.2345678", "form.number_unreadable"),
        (NUMBER, "9" * 16, "form.number_unreadable"),
        (WAN, "约5万元", "form.money_unreadable"),
        (WAN, "1,5万元", "form.money_unreadable"),
        (WAN, "-5", "form.money_unreadable"),
        (WAN, "0.0000001", "form.money_unreadable"),
        (YUAN, "0.001元", "form.money_unreadable"),
        (YUAN, "5-10万元", "form.money_unreadable"),
        (DAY, "2026年3月", "form.date_unreadable_day"),
        (DAY, "2026年2月30日", "form.date_unreadable_day"),
        (DAY, "二〇二六年十三月一日", "form.date_unreadable_day"),
        (MONTH, "2026年", "form.date_unreadable_month"),
        (YEAR, "今年", "form.date_unreadable_year"),
        (PERIOD, "2026年3月", "form.period_unreadable"),
        (PERIOD, {"from": "2026"}, "form.date_unreadable_month"),
        (CLASSES, "C类", "form.choice_unreadable"),
        (CLASSES, "■C类", "form.choice_unreadable"),
        (CLASSES, "■A类 □B类 见附页", "form.choice_unreadable"),
    ],
)
def test_what_cannot_be_read_is_kept_as_typed_and_told(asked, typed, code):
    found = read(asked, typed)

    assert [fault.code for fault in found.faults] == [code]
    assert found.value == typed
    assert written(asked, found.value) == (typed if isinstance(typed, str) else "2026年—")


def test_every_cell_of_a_table_that_cannot_be_read_is_told_in_its_place():
    table = field(
        "table", columns=[{"id": "name", "label": "活动"}, {"id": "times", "label": "场次", "kind": "number"}]
    )

    found = read(
        table, [{"name": "讲座", "times": "十余"}, {}, {"name": "展览", "times": "３"}, {"times": ""}]
    )

    assert found.value == [{"name": "讲座", "times": "十余"}, {}, {"name": "展览", "times": 3}]
    assert [(fault.code, fault.at) for fault in found.faults] == [
        ("form.number_unreadable", ("a", 0, "times"))
    ]


def test_fixed_rows_keep_their_places():
    table = field(
        "table", rows=["专职", "兼职"], columns=[{"id": "people", "label": "人数", "kind": "number"}]
    )

    assert read(table, [{"people": ""}, {"people": "4"}]).value == [{}, {"people": 4}]
    assert read(table, [{"people": "4"}, {"people": ""}]).value == [{"people": 4}, {}]
    assert read(table, [{"people": ""}, {}]).value is None


def test_nothing_of_a_sensitive_field_stands_in_a_sentence():
    fault = read(field("number", sensitive=True), "1101051949一").fault

    assert fault is not None
    assert fault.values["typed"] == "…"


def test_what_a_pledge_and_a_file_keep_is_handed_over_and_not_typed():
    pledge = {"version": "1", "by": "u", "on": "2026-11-22", "more": "x"}
    file = {
        "file": "f1",
        "name": "推荐函.pdf",
        "size": 5,
        "digest": "d",
        "number": "三政文〔2026〕5号",
        "date": "2026年1月5日",
    }

    assert read(field("pledge", words=["属实"]), pledge).value == {
        "version": "1",
        "by": "u",
        "on": "2026-11-22",
    }
    assert read(field("file"), [file, {"name": "无"}]).value == [{**file, "date": "2026-01-05"}]


def test_computed_cells_are_shown_and_never_read():
    table = field(
        "table",
        columns=[
            {"id": "price", "label": "单价", "kind": "money", "unit": "元"},
            {"id": "pieces", "label": "数量", "kind": "number", "unit": "件"},
            {
                "id": "sum",
                "label": "小计",
                "kind": "computed",
                "computed": "product",
                "of": ["price", "pieces"],
            },
        ],
    )
    rows = [{"price": 1_999, "pieces": 3}, {"price": 500}]

    shown = cells(table, rows)

    assert shown == [
        {"price": "19.99元", "pieces": "3件", "sum": "59.97元"},
        {"price": "5元", "pieces": "", "sum": ""},
    ]
    assert read(table, shown).value == rows
