"""The hard cases of call documents, each under its name; where a case has no answer, that it is reported."""

import pytest

from keqiao.core.guides.targets import TargetReader
from keqiao.readers.vocabulary import guide_vocabulary
from tests.core.guides.building import NOTICE, category, export, paths

CONTENT = "2.项目内容与绩效：开展科普讲座不少于6场，每场参与人数不少于40人；制作科普视频3部。"
MONEY = "3.资金支持标准：4万元/项。"
PLACES = "4.项目数量：5个。"


def found(*blocks):
    """The categories by their last name."""
    return {entry["path"][-1]: entry for entry in export(*blocks)["categories"]}


def hut(old, new):
    """The category 科普小屋 of the notice after a change of its words."""
    call = NOTICE.replace(old, new)
    assert call != NOTICE
    return found(call)["科普小屋"]


def rules(call, type_):
    stated = export(call)
    all_rules = [*stated["document"].get("general_rules", [])]
    for entry in stated["categories"]:
        all_rules += entry.get("conditions", [])
    return [rule["formal"] for rule in all_rules if rule["formal"]["type"] == type_]


def kpis(text):
    return [fact.value for fact in TargetReader(guide_vocabulary()).read(category(targets=text))]


def test_01_a_level_and_a_count_in_one_clause():
    (target,) = kpis("市级以上媒体报道3次以上")
    assert (target["value"], target["comparator"], "市级以上媒体" in target["metric_zh"]) == (3, ">=", True)


def test_02_limits_by_kind_inside_a_list_of_conditions():
    call = NOTICE.replace(
        "2.项目内容与绩效：开展", "2.申报条件：每类不超过2个选题方向。\n3.项目内容与绩效：开展"
    )
    assert [rule["pick_max"] for rule in rules(call, "choice")] == [2]


def test_03_counts_on_two_levels_with_one_amount_for_both():
    entries = found(NOTICE.replace(PLACES, "4.项目数量：5个。其中山区小屋3个，湖区小屋2个。"))
    assert [entries[name]["slots"]["count"] for name in ("科普小屋", "山区小屋", "湖区小屋")] == [5, 3, 2]
    assert [("funding" in entries[name]) for name in ("科普小屋", "山区小屋")] == [True, False]


def test_04_an_envelope_in_a_heading_against_its_children():
    guide = (
        "附件1\n项目指南\n一、学术交流（60万元）\n1.水库论坛\n经费安排：20万元\n2.果树沙龙\n经费安排：30万元"
    )
    (check,) = export(guide)["report"]["arithmetic"]
    assert (check["code"], check["values"]["total"], sum(check["values"]["parts"])) == (
        "sum.envelope_differs", 600_000, 500_000,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "base"), [("线上场次不高于总场次的50%", "总场次"), ("惠及人数达到社区人口的2%", "社区人口")]
)
def test_05_a_target_relative_to_another_or_to_a_population(words, base):
    (target,) = kpis(words)
    assert (target["unit"], base in target["metric_zh"]) == ("%", True)


def test_06_a_package_with_its_consequences():
    words = (
        "1.申报对象：各县科协，须同时申报“科普小屋”、“流动展车”等项目。如入围本项目，子项目不再单独支持；"
        "如未入围，子项目按类别参加评审。"
    )
    bundle = found(NOTICE.replace("1.申报对象：各县（市、区）科协。", words))["科普小屋"]["bundle"]
    assert bundle["must_also_apply"] == ["“科普小屋”", "“流动展车”"]
    assert bundle["on_selected"] == "子项目不再单独支持"
    assert bundle["on_not_selected"] == "子项目按类别参加评审"


def test_07_the_year_of_a_deadline_is_that_of_the_issue_not_of_the_programme():
    call = NOTICE.replace("2024年3月1日", "2023年11月8日").replace("4月15日17:00前", "11月30日前")
    assert export(call)["document"]["deadline"] == "2023-11-30"


def test_08_a_completion_date_in_a_merged_cell_with_a_padded_month():
    rows = [
        ["项目类别", "申报项目名称", "项目指标", "完成时间"],
        ["科普活动", "流动展车", "巡展不少于12场", "2024年06月30日前"],
        [None, "科普小屋", "讲座不少于6次", None],
    ]
    entries = found("附件1\n项目清单", rows)
    assert [entries[name]["completion_date"] for name in ("流动展车", "科普小屋")] == [
        "2024-06-30",
        "2024-06-30",
    ]


def test_09_a_lost_number_a_gap_and_a_wrong_pair_of_brackets():
    call = (
        NOTICE.replace("一、项目类别", "项目类别")
        .replace("（二）", "(三）")
        .replace("3.资金支持标准：4", "4、资金支持标准：4")
    )
    assert paths(call) == ["科普小屋", "流动展车"]
    assert found(call)["科普小屋"]["funding"]["amount_yuan"] == 40_000


def test_10_missing_words_and_marks():
    entry = hut(CONTENT, "2.项目内容与绩效开展科普讲座不少6场，每场参与人数不少于40人")
    assert [(k["comparator"], k["value"]) for k in entry["kpis"]] == [(">=", 6), (">=", 40)]


def test_11_a_placeholder_in_a_date_of_birth_is_kept_as_printed():
    call = NOTICE.replace(
        "2.项目内容与绩效：开展",
        "2.申报条件：负责人年龄不超过35周岁（1989年x月x日以后出生）。\n3.项目内容与绩效：开展",
    )
    assert [rule["born_after"] for rule in rules(call, "person")] == ["1989-xx-xx"]


def test_12_one_amount_for_several_names():
    call = NOTICE.replace(MONEY + "\n", "").replace("3.资金支持标准：不超过8万元/项。\n", "")
    entries = found(call.replace("二、申报要求", "二、申报要求\n科普小屋、流动展车各资助3万元。"))
    assert [entries[name]["funding"]["amount_yuan"] for name in ("科普小屋", "流动展车")] == [30_000, 30_000]


def test_13_one_name_with_a_monthly_and_a_yearly_number():
    assert [(t["per"], t["value"]) for t in kpis("更新展板每月不少于1次，每年不少于8次")] == [
        ("每月", 1),
        ("每年", 8),
    ]


def test_14_numbered_categories_decide_against_announced_ones():
    call = NOTICE.replace("一、项目类别\n", "一、项目类别\n项目分为科普小屋、流动展车、专家门诊三类。\n")
    assert paths(call) == ["科普小屋", "流动展车"]


def test_15_a_category_without_money_and_one_that_the_issuer_runs():
    call = NOTICE.replace(MONEY, "3.组织方式：由市科协统一实施，不受理申报。").replace(PLACES, "")
    assert "funding" not in found(call)["科普小屋"]
    assert {"path": ["科普小屋"], "slot": "money"} in export(call)["report"]["gaps"]
    assert [rule["open_to_applicants"] for rule in rules(call, "hosting")] != []


def test_16_a_list_of_names_only():
    assert paths("附件2\n选题方向\n1.水库生态调研\n2.果树品种改良") == ["水库生态调研", "果树品种改良"]


def test_17_a_relay_has_the_deadline_of_whoever_passes_it_on():
    call = (
        "浦州学院\n转发《关于申报2024年度科普项目的通知》的通知\n各学院：\n我校限报8项。"
        "请于2024年4月10日前将申报书一式两份交科技处。\n2024年3月5日"
    )
    stated = export(call)["document"]
    assert (stated["kind"], stated["deadline"]) == ("relay", "2024-04-10")


@pytest.mark.parametrize("damaged", ["199011日", "315日前", "20251229日"])
def test_18_a_damaged_run_of_digits_is_no_date_and_is_reported(damaged):
    call = NOTICE.replace("请于4月15日17:00前将", "请将").replace(
        "现将有关事项通知如下。", f"{damaged}前完成有关工作。"
    )
    report = export(call)["report"]
    assert "deadline" not in export(call)["document"]
    assert any(damaged in entry["words"] for entry in report["unused"])


def test_19_an_extension_that_moves_one_stage():
    call = (
        "浦州市科协\n关于延长2024年度科普项目申报时间的通知\n各县区科协：\n原定于2024年4月15日截止申报，"
        "现将申报截止时间延长至2024年4月25日17:00。\n浦州市科协\n2024年4月12日"
    )
    stated = export(call)["document"]
    assert (stated["kind"], stated["deadline"]) == ("extension", "2024-04-25T17:00")


def test_20_word_limits_in_a_form_are_no_targets():
    form = [["项目名称", ""], ["项目简介", "（200字以内）"], ["预期成效", "（500字以内）"]]
    limits = [r["value"] for r in rules_of_form(form)]
    assert limits == [200, 500]


def rules_of_form(form):
    stated = export(NOTICE, "附件1\n项目申报书", form)["document"]["general_rules"]
    return [rule["formal"] for rule in stated if rule["formal"]["type"] == "text_limit"]


@pytest.mark.parametrize("words", ["落实2016—2020年规划", "（2023-2025年度）实施方案", "推进2024年度工作"])
def test_21_years_are_no_ranges_of_targets_or_money(words):
    entry = hut(CONTENT, f"2.项目内容与绩效：{words}。")
    assert "kpis" not in entry
    assert entry["funding"]["amount_yuan"] == 40_000


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2024年度科普项目拟立项名单公示的通知", "publicity"),
        ("关于公布2024年度科普基地名单的通知", "award"),
        ("关于征集2025年度科普选题的通知", "solicitation"),
        ("关于延长申报时间的通知", "extension"),
        ("转发《关于申报科普项目的通知》的通知", "relay"),
    ],
)
def test_22_a_notice_that_is_no_call_is_told_first(title, kind):
    call = NOTICE.replace("关于申报2024年度科普行动项目的通知", title)
    assert export(call)["document"]["kind"] == kind


def test_the_opening_of_a_notice_states_nothing_that_has_to_be_met():
    opening = ("甲市科学技术协会", "各县科协：", "为做好工作，结合实际，现将有关事项通知如下。")
    behind = "各单位须实事求是填写。"

    rules = export("\n".join([*opening, behind]), "附件1\n项目申报书")["document"]["general_rules"]

    assert [rule["summary_zh"] for rule in rules] == [behind.rstrip("。")]
