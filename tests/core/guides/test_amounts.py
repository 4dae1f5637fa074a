"""Amounts of money: fixed, ranges, ceilings, what they are paid for, what is no funding."""

import pytest

from keqiao.core.guides.quantities.amounts import read_amounts


def one(text):
    (amount,) = read_amounts(text)
    return amount


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("4万元", 40_000),
        ("1.5万元", 15_000),
        ("5000元", 5_000),
        ("6,000元", 6_000),
        ("三千元", 3_000),
        ("十万元", 100_000),
        ("300万元", 3_000_000),
        ("2亿元", 200_000_000),
        ("4万", 40_000),
        ("人民币4万元", 40_000),
        ("0.35万元", 3_500),
    ],
)
def test_an_amount_is_read_to_the_fen(text, yuan):
    assert (one(text).low_fen, one(text).high_fen) == (yuan * 100, yuan * 100)


@pytest.mark.parametrize("text", ["5-10万元", "5万-10万元", "5至10万元", "5万元-10万元", "5到10万元/项"])
def test_the_left_end_of_a_range_takes_the_unit_of_the_right(text):
    assert (one(text).low_fen, one(text).high_fen) == (5_000_000, 10_000_000)


def test_a_range_in_yuan_takes_no_scale():
    assert (one("6000-10000元").low_fen, one("6000-10000元").high_fen) == (600_000, 1_000_000)


@pytest.mark.parametrize(
    "text", ["不超过8万元", "最高8万元", "上限为8万元", "8万元以内", "不高于8万元", "最多8万元"]
)
def test_a_ceiling_is_told_from_a_fixed_amount(text):
    assert one(text).ceiling


@pytest.mark.parametrize("text", ["不低于8万元", "不少于8万元"])
def test_a_floor_is_told_from_a_fixed_amount(text):
    assert (one(text).floor, one(text).ceiling) == (True, False)


@pytest.mark.parametrize(
    ("text", "per"), [("4万元/项", "项"), ("4万元/个", "个"), ("800元/人", "人"), ("2万元/场", "场")]
)
def test_what_an_amount_is_paid_for_may_stand_behind_it(text, per):
    assert one(text).per == per


@pytest.mark.parametrize("text", ["每个项目4万元", "每项资助4万元", "每个课题给予4万元", "单个项目4万元"])
def test_what_an_amount_is_paid_for_may_stand_before_it(text):
    assert one(text).per != ""


@pytest.mark.parametrize("text", ["共40万元", "合计40万元", "总经费40万元", "总额为40万元"])
def test_a_total_is_told_from_an_amount_for_each(text):
    assert (one(text).total, one(text).per) == (True, "")


@pytest.mark.parametrize(
    "text",
    [
        "年产值2000万元",
        "销售额500万元",
        "注册资本100万元",
        "净资产3万元",
        "营业收入800万元",
        "罚款2000元",
        "合同额30万元",
    ],
)
def test_money_that_is_no_funding_is_left_out(text):
    assert read_amounts(text) == []


@pytest.mark.parametrize("text", ["1万人次", "3万字", "2万册", "5万家企业", "4万亩", "第10号", "2024年"])
def test_counts_in_ten_thousands_are_no_money(text):
    assert read_amounts(text) == []


def test_several_amounts_come_in_order():
    assert [a.low_fen // 1_000_000 for a in read_amounts("一等2万元，二等1万元；其余3万元")] == [2, 1, 3]


def test_words_of_an_amount_stand_where_it_says():
    text = "每项资助不超过8万元/项。"
    assert text[one(text).start : one(text).end] == "不超过8万元/项"
