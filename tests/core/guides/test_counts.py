"""Counts: numbers with a unit, what compares them, and what only looks like one."""

from decimal import Decimal

import pytest

from keqiao.readers.vocabulary import guide_vocabulary


def read(text):
    return guide_vocabulary().counts.read(text)


def short(text):
    """Each count as (comparator, value, high, unit)."""
    return [(c.comparator, c.value, c.high, c.unit) for c in read(text)]


ONE = {
    "不少于5场次": (">=", 5, "场次"),
    "不低于30人": (">=", 30, "人"),
    "不得少于2次": (">=", 2, "次"),
    "不短于40分钟": (">=", 40, "分钟"),
    "不小于60平方米": (">=", 60, "平方米"),
    "不少3次": (">=", 3, "次"),
    "至少4期": (">=", 4, "期"),
    "至少开展4期": (">=", 4, "期"),
    "最少2名": (">=", 2, "名"),
    "达到9篇": (">=", 9, "篇"),
    "达1亿人次": (">=", 100_000_000, "人次"),
    "≥8件": (">=", 8, "件"),
    "2个以上": (">=", 2, "个"),
    "2个及以上": (">=", 2, "个"),
    "20人起": (">=", 20, "人"),
    "5次活动以上": (">=", 5, "次"),
    "3名或3名以上": (">=", 3, "名"),
    "两项或两项以上": (">=", 2, "项"),
    "不超过3项": ("<=", 3, "项"),
    "不得超过3项": ("<=", 3, "项"),
    "不多于3项": ("<=", 3, "项"),
    "不高于3项": ("<=", 3, "项"),
    "最多2个": ("<=", 2, "个"),
    "至多2个": ("<=", 2, "个"),
    "控制在20页": ("<=", 20, "页"),
    "≤7天": ("<=", 7, "天"),
    "300字以内": ("<=", 300, "字"),
    "50人以下": ("<=", 50, "人"),
    "超过10人": (">", 10, "人"),
    "少于10人": ("<", 10, "人"),
    "约15场": ("~", 15, "场"),
    "15场左右": ("~", 15, "场"),
    "举办2次": ("==", 2, "次"),
    "一份": ("==", 1, "份"),
    "十五期": ("==", 15, "期"),
    "两篇": ("==", 2, "篇"),
    "1,200册": ("==", 1200, "册"),
    "1.5万册": ("==", 15_000, "册"),
    "3万字": ("==", 30_000, "字"),
    "20篇(部)": ("==", 20, "篇(部)"),
    "1万家(人、件)": ("==", 10_000, "家(人、件)"),
    "10处/所": ("==", 10, "处/所"),
}


@pytest.mark.parametrize("text", ONE)
def test_a_number_has_its_comparator_value_and_unit(text):
    comparator, value, unit = ONE[text]
    assert short(text) == [(comparator, value, None, unit)]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("1-3分钟", 1, 3, "分钟"),
        ("2至4名", 2, 4, "名"),
        ("5到8个", 5, 8, "个"),
        ("1-2万册", 10_000, 20_000, "册"),
    ],
)
def test_a_range_has_both_ends_and_the_left_takes_the_scale_of_the_right(text, low, high, unit):
    assert short(text) == [("==", low, high, unit)]


@pytest.mark.parametrize(
    ("text", "value", "base"),
    [("覆盖率不低于80%", 80, ""), ("达到社区人口的2%", 2, "社区人口"), ("不高于总场次的50%", 50, "总场次")],
)
def test_a_percentage_keeps_what_it_is_a_share_of(text, value, base):
    (count,) = read(text)
    assert (count.value, count.unit, count.base) == (value, "%", base)


@pytest.mark.parametrize(
    "text",
    [
        "市级以上媒体",
        "二级以上资质",
        "副高级以上",
        "县级以上科协",
        "第3次会议",
        "一次性补助",
        "一系列活动",
        "一定规模",
        "统一部署",
        "第一批",
        "“十个一工程”",
        "《百部科普读物》",
        "三大行动",
        "两化融合",
        "名额不限",
    ],
)
def test_levels_names_and_set_phrases_are_no_counts(text):
    assert read(text) == []


def test_a_level_and_a_count_in_one_clause_are_told_apart():
    assert short("市级以上媒体报道3次以上") == [(">=", 3, None, "次")]


@pytest.mark.parametrize("text", ["原则上不超过2项", "一般不超过2项"])
def test_a_hedge_makes_a_count_soft(text):
    assert [count.soft for count in read(text)] == [True]


def test_words_of_a_count_stand_where_it_says():
    (count,) = read("全年共开展讲座不少于6场。")
    assert "全年共开展讲座不少于6场。"[count.start : count.end] == "不少于6场"


def test_counts_come_in_the_order_of_the_text():
    assert [c.value for c in read("甲2次、乙3场，满意率90%以上，丙4份")] == [
        Decimal(n) for n in (2, 3, 90, 4)
    ]
