"""Amounts in fen: what is read, written, put in capitals, and which sums are possible."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keqiao.core.money import (
    Bounds,
    NotAnAmount,
    capitals,
    divides_exactly,
    exact_amount,
    fen_from_yuan,
    format_wan,
    format_yuan,
    parse_amount,
    possible_sums,
    sum_fits,
    yuan_from_fen,
)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("10万元", 10_000_000),
        ("1,000元", 100_000),
        ("０．５亿元", 5_000_000_000),
        ("0.01", 1),
        ("人民币 3.5 万元", 3_500_000),
        ("¥12", 1_200),
    ],
)
def test_an_amount_is_read_in_its_unit(text, fen):
    assert parse_amount(text) == fen


@pytest.mark.parametrize("text", ["", "万元", "-1元", "1.005元", "十万元", "1万亿元", "10万元左右"])
def test_what_is_not_an_amount_is_refused(text):
    with pytest.raises(NotAnAmount):
        parse_amount(text)


def test_yuan_keep_their_fen():
    assert fen_from_yuan(Decimal("12.34")) == 1_234
    assert yuan_from_fen(1_234) == Decimal("12.34")
    assert yuan_from_fen(1_200) == 12
    with pytest.raises(NotAnAmount):
        fen_from_yuan("NaN")
    with pytest.raises(NotAnAmount):
        fen_from_yuan("a")


def test_rounding_is_half_up_and_as_fine_as_asked():
    assert format_yuan(123_450) == "1,234.50"
    assert format_wan(1_235_000, places=1) == "1.2"
    assert format_wan(1_250_000, places=1) == "1.3"
    assert format_wan(1_234_567, places=4) == "1.2346"


@given(st.integers(min_value=0, max_value=10**15))
def test_the_exact_wording_reads_back_as_the_same_fen(fen):
    assert parse_amount(exact_amount(fen)) == fen


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (10_000_000, "壹拾万元整"),
        (100_503, "壹仟零伍元零叁分"),
        (0, "零元整"),
        (50, "伍角"),
        (123_456_789_012, "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分"),
    ],
)
def test_capitals(fen, words):
    assert capitals(fen) == words


def test_capitals_refuse_what_they_cannot_say():
    with pytest.raises(NotAnAmount):
        capitals(-1)
    with pytest.raises(NotAnAmount):
        capitals(10**18)


def test_hunan_money_plan_is_possible():
    wan = 1_000_000
    assert possible_sums(Bounds(5, 8), Bounds(5 * wan, 10 * wan)) == Bounds(25 * wan, 80 * wan)
    assert sum_fits(50 * wan, Bounds(5, 8), Bounds(5 * wan, 10 * wan))
    assert not sum_fits(24 * wan, Bounds(5, 8), Bounds(5 * wan, 10 * wan))
    assert not sum_fits(81 * wan, Bounds(5, 8), Bounds(5 * wan, 10 * wan))
    assert divides_exactly(40 * wan, Bounds(4, 4), 10 * wan)
    assert not divides_exactly(41 * wan, Bounds(4, 4), 10 * wan)


small = st.integers(min_value=0, max_value=6)


@given(
    total=st.integers(min_value=0, max_value=40),
    places=st.tuples(small, small),
    amounts=st.tuples(small, small),
)
def test_a_sum_fits_exactly_when_some_number_of_projects_brings_it(total, places, amounts):
    some = any(
        number * amounts[0] <= total <= number * amounts[1] and amounts[0] <= amounts[1]
        for number in range(places[0], places[1] + 1)
    )
    if amounts[0] <= amounts[1]:
        assert sum_fits(total, Bounds(*places), Bounds(*amounts)) == some


def test_bounds_add_up_and_may_be_open():
    assert Bounds(1, 2) + Bounds(3, 4) == Bounds(4, 6)
    assert Bounds(1, None) + Bounds(3, 4) == Bounds(4, None)
    assert Bounds(3, 2).is_empty
    assert [n in Bounds(1, 2) for n, _ in product(range(4), range(1))] == [False, True, True, False]
    assert sum_fits(0, Bounds(0, None), Bounds(0, None))
