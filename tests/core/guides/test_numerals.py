"""Numbers in Chinese and Arabic characters."""

from decimal import Decimal

import cn2an
import pytest

from keqiao.core.guides.numerals import number


def test_every_chinese_number_below_ten_thousand_is_read():
    wrong = [n for n in range(1, 10_000) if number(cn2an.an2cn(n)) != n]
    assert wrong == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("十", 10), ("十五", 15), ("两百", 200), ("一千五", 1500), ("一百零三", 103), ("叁拾伍", 35),
        ("二〇二二", 2022), ("二○二三", 2023),
        ("1,200", 1200), ("3.5", Decimal("3.5")), ("零", 0),
    ],
)  # fmt: skip
def test_other_ways_to_write_a_number_are_read(words, value):
    assert number(words) == value


@pytest.mark.parametrize("words", ["零十一", "三两", "百", "十百", "一百一千", "百千"])
def test_characters_in_disorder_are_no_number(words):
    assert number(words) is None


def test_a_scale_multiplies():
    assert number("1.5", "万") == 15_000
