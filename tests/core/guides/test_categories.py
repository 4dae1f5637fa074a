"""Which headings, rows and names are categories, and what of the text belongs to which."""

import pytest

from tests.core.guides.building import NOTICE, export, paths


def by_name(*blocks):
    """The categories of a small document by their last name."""
    return {found["path"][-1]: found for found in export(*blocks)["categories"]}


def test_headings_with_labels_below_are_categories_and_their_container_is_none():
    assert paths(NOTICE) == ["科普小屋", "流动展车"]


def test_headings_about_procedure_are_no_categories():
    assert "申报要求" not in "".join(paths(NOTICE))


def test_a_heading_with_an_envelope_is_a_category_with_its_children():
    guide = (
        "附件1\n2024年度项目指南\n一、学术交流（50万元）\n1.甲论坛\n资助标准：20万元/项\n"
        "2.乙沙龙\n资助标准：30万元/项"
    )
    assert paths(guide) == ["学术交流", "学术交流/甲论坛", "学术交流/乙沙龙"]


def test_run_in_heads_ending_with_a_stop_are_categories():
    guide = (
        "一、项目类别\n（一）创新基地\n1.项目内容与绩效：基地分为两种类型。\n产业协作类。聚焦产业开展服务不少于3次。\n"
        "创业孵化类。孵化企业不少于2家。\n2.资助标准：5万元/项"
    )
    assert {"创新基地/产业协作类", "创新基地/创业孵化类"} <= set(paths(guide))


def test_a_list_of_names_only_is_a_list_of_categories():
    assert paths("一、选题范围\n1.水库生态调研\n2.果树品种改良\n3.乡村医生培训") == [
        "水库生态调研",
        "果树品种改良",
        "乡村医生培训",
    ]


def test_names_with_their_own_places_are_categories_below():
    found = by_name(NOTICE.replace("4.项目数量：5个。", "4.项目数量：5个。其中山区小屋2个、湖区小屋3个。"))
    assert {name: found[name]["slots"] for name in ("科普小屋", "山区小屋", "湖区小屋")} == {
        "科普小屋": {"count": 5},
        "山区小屋": {"count": 2},
        "湖区小屋": {"count": 3},
    }


def test_names_with_their_own_amounts_are_categories_below():
    found = by_name(
        NOTICE.replace(
            "3.资金支持标准：4万元/项。", "3.资金支持标准：水库论坛1项，10万元；果树大会1项，20万元。"
        )
    )
    assert (found["水库论坛"]["funding"]["amount_yuan"], found["果树大会"]["funding"]["amount_yuan"]) == (
        100_000,
        200_000,
    )


def test_a_label_with_a_name_before_it_belongs_to_that_name():
    guide = (
        "一、项目类别\n（一）示范县培育或全域试点\n1.申报对象：各县科协。\n2.示范县培育项目内容与绩效：开展讲座不少于3次。\n"
        "3.全域试点项目内容与绩效：建立小屋不少于4个。"
    )
    found = by_name(guide)
    assert [found[name]["kpis"][0]["value"] for name in ("示范县培育", "全域试点")] == [3, 4]


TABLE = [
    ["序号", "项目类别", "申报项目名称", "项目指标", "资助金额（万元）", "完成时间"],
    ["1", "科普活动", "流动展车", "1、巡展不少于12场；2、提交总结1份", "8", "2024年10月30日前"],
    ["2", None, "科普小屋", "讲座不少于6次", "4", None],
    ["3", "学会服务", "专家门诊", "义诊不少于3次", "2-5", "2024年06月30日前"],
    ["合计", "", "", "", "14", ""],
]


def test_the_rows_of_a_project_table_are_categories_below_their_merged_cell():
    assert paths("附件1\n项目清单", TABLE) == [
        "科普活动", "科普活动/流动展车", "科普活动/科普小屋", "学会服务", "学会服务/专家门诊",
    ]  # fmt: skip


def test_a_bare_number_takes_the_unit_of_its_column():
    found = by_name("附件1\n项目清单", TABLE)
    assert found["流动展车"]["funding"] == {"kind": "fixed", "per": "project", "amount_yuan": 80_000}
    assert found["专家门诊"]["funding"]["max_yuan"] == 50_000


def test_a_row_inherits_the_date_of_its_merged_cell():
    found = by_name("附件1\n项目清单", TABLE)
    assert (found["科普小屋"]["completion_date"], found["专家门诊"]["completion_date"]) == (
        "2024-10-30",
        "2024-06-30",
    )


def test_the_numbered_items_of_a_cell_are_targets_each():
    found = by_name("附件1\n项目清单", TABLE)
    assert [(k["value"], k["unit"]) for k in found["流动展车"]["kpis"]] == [(12, "场"), (1, "份")]


def test_the_row_of_totals_is_no_category():
    assert "合计" not in "".join(paths("附件1\n项目清单", TABLE))


def test_a_form_makes_no_categories():
    form = [["项目名称", ""], ["申报单位", ""], ["项目简介（300字以内）", ""]]
    assert paths(NOTICE, "附件1\n项目申报书", form) == ["科普小屋", "流动展车"]


@pytest.mark.parametrize(
    ("words", "amounts"),
    [
        ("科普小屋、流动展车分别资助3万元/项、6万元/项。", [30_000, 60_000]),
        ("科普小屋、流动展车各资助3万元。", [30_000, 30_000]),
        ("科普小屋资助3万元，流动展车资助6万元。", [30_000, 60_000]),
    ],
)
def test_figures_are_shared_out_among_the_names_before_them(words, amounts):
    call = NOTICE.replace("3.资金支持标准：4万元/项。\n", "").replace(
        "3.资金支持标准：不超过8万元/项。\n", ""
    )
    found = by_name(call.replace("二、申报要求", f"二、申报要求\n{words}"))
    assert [found[name]["funding"]["amount_yuan"] for name in ("科普小屋", "流动展车")] == amounts


def test_lists_of_unequal_length_are_left_alone():
    call = NOTICE.replace("3.资金支持标准：4万元/项。\n", "").replace(
        "3.资金支持标准：不超过8万元/项。\n", ""
    )
    words = "科普小屋、流动展车分别资助3万元/项、6万元/项、9万元/项。"
    found = by_name(call.replace("二、申报要求", f"二、申报要求\n{words}"))
    assert [found[name].get("funding") for name in ("科普小屋", "流动展车")] == [None, None]
