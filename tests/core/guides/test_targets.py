"""Targets: metric, comparator, unit, window, alternatives, and the numbers that are none."""

import pytest

from keqiao.core.guides.targets import TargetReader
from keqiao.readers.vocabulary import guide_vocabulary
from tests.core.guides.building import category


def targets(text, slot="targets"):
    return [fact.value for fact in TargetReader(guide_vocabulary()).read(category(**{slot: text}))]


def short(text, slot="targets"):
    """Each target as (metric, comparator, value, unit)."""
    return [(t["metric_zh"], t["comparator"], t["value"], t["unit"]) for t in targets(text, slot)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("开展科普讲座不少于6场", ("科普讲座", ">=", 6, "场")),
        ("开展不少于6场科普讲座", ("科普讲座", ">=", 6, "场")),
        ("科普讲座6场以上", ("科普讲座", ">=", 6, "场")),
        ("参与人数不少于40人", ("参与人数", ">=", 40, "人")),
        ("线上浏览量达1亿人次", ("线上浏览量", ">=", 100_000_000, "人次")),
        ("制作科普视频3部", ("科普视频", "==", 3, "部")),
        ("提交总结报告一份", ("总结报告", "==", 1, "份")),
        ("群众满意度不低于90%", ("群众满意度", ">=", 90, "%")),
        ("技术合同成交额不低于300万元", ("技术合同成交额", ">=", 3_000_000, "元")),
    ],
)
def test_a_target_has_its_metric_on_either_side_of_the_number(text, expected):
    assert short(text) == [expected]


def test_a_range_is_two_targets():
    assert [(c, v) for _, c, v, _ in short("每部视频时长1-3分钟")] == [(">=", 1), ("<=", 3)]


def test_several_targets_of_a_sentence_come_in_order():
    assert [(v, u) for _, _, v, u in short("讲座不少于6场，覆盖不少于4个乡镇，报道不少于3次。")] == [
        (6, "场"), (4, "个"), (3, "次"),
    ]  # fmt: skip


@pytest.mark.parametrize("per", ["每场", "每期", "每部", "每年", "每月"])
def test_what_a_target_holds_for_is_kept(per):
    assert [t.get("per") for t in targets(f"{per}参与人数不少于40人")] == [per]


def test_the_window_of_a_sentence_is_kept():
    assert [t.get("scope") for t in targets("全年开展科普讲座不少于6场")] == ["全年"]


def test_one_metric_may_have_a_monthly_and_a_yearly_floor():
    assert [(t["per"], t["value"]) for t in targets("更新展板每月不少于1次，每年不少于8次")] == [
        ("每月", 1),
        ("每年", 8),
    ]


def test_alternatives_form_one_group_and_share_the_comparator():
    first, second = targets("成立不少于1家学会或2家企业科协")
    assert first["alternative_group"] == second["alternative_group"]
    assert (first["comparator"], second["comparator"]) == (">=", ">=")


def test_an_or_between_nouns_is_one_target():
    assert [t.get("alternative_group") for t in targets("举办研讨会或座谈会不少于2次")] == [None]


def test_a_part_names_the_whole_that_holds_it():
    _, part = targets("创作作品不少于20篇，其中短视频不少于5部")
    assert (part["value"], "含在" in part["metric_zh"]) == (5, True)


def test_a_bracket_refines_the_target_before_it():
    assert [(t["value"], t.get("per")) for t in targets("开展讲座不少于24场（每县不少于4场）")] == [
        (24, None),
        (4, "每县"),
    ]


@pytest.mark.parametrize("text", ["鼓励举办论坛不少于1次", "有条件的开展讲座2次", "探索建立小屋3个"])
def test_what_is_only_encouraged_is_optional(text):
    assert [t.get("optional") for t in targets(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "每个单位限报2项",
        "每个学会申报不超过2个",
        "拟资助5个项目",
        "项目分为三种类型",
        "项目简介不超过300字",
        "书面材料一式三份",
        "第3次全体会议",
        "近3年成果",
        "公示7个工作日",
        "市级以上媒体广泛宣传",
    ],
)
def test_numbers_for_other_purposes_are_no_targets(text):
    assert targets(text) == []


def test_a_hedged_target_is_soft():
    assert [t.get("soft") for t in targets("原则上不少于4场讲座")] == [True]


def test_the_same_target_said_twice_counts_once():
    assert len(targets(["开展科普讲座不少于6场。", "开展科普讲座不少于6场。"])) == 1


def test_numbers_on_capacity_below_requirements_are_no_targets():
    assert short("场地面积不少于60平方米，开展科普讲座不少于6场", "requirements") == [
        ("科普讲座", ">=", 6, "场")
    ]


def test_where_a_label_opens_targets_other_content_promises_nothing():
    made = category(targets="讲座不少于6场", content="去年开展讲座99场")
    assert [f.value["value"] for f in TargetReader(guide_vocabulary()).read(made)] == [6]
