"""The head of a document, its kind, what is left over, its sums."""

import pytest

from keqiao.core.guides.heading import classify
from keqiao.readers.vocabulary import guide_vocabulary
from tests.core.guides.building import NOTICE, export, paths


def test_a_notice_says_who_what_when_and_where():
    found = export(NOTICE)["document"]
    expected = {
        "kind": "call", "title": "关于申报2024年度科普行动项目的通知", "issuers": ["浦州市科学技术协会"],
        "document_number": "浦科协〔2024〕15号", "issue_date": "2024-03-01", "region": "浦州市", "year": 2024,
        "attachments": ["申报书"],
    }  # fmt: skip
    assert {name: found[name] for name in expected} == expected


def test_a_title_may_be_broken_over_lines():
    call = NOTICE.replace("关于申报2024年度科普行动项目的通知", "关于申报2024年度\n科普行动项目的通知")
    assert export(call)["document"]["title"] == "关于申报2024年度科普行动项目的通知"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于申报2024年度科普项目的通知", "call"),
        ("2024年度科普项目申报指南", "call"),
        ("关于延长2024年度科普项目申报时间的通知", "extension"),
        ("关于更正《2024年度项目指南》有关内容的通知", "extension"),
        ("2024年度科普项目拟立项名单公示", "publicity"),
        ("关于下达2024年度科普项目立项的通知", "award"),
        ("关于公布2024年度科普基地名单的通知", "award"),
        ("关于征集2025年度科普选题的通知", "solicitation"),
        ("转发《关于申报2024年度科普项目的通知》的通知", "relay"),
        ("关于表彰科普工作者的决定", "award"),
        ("关于召开座谈会的通知", "other"),
    ],
)
def test_the_title_tells_what_a_document_is(title, kind):
    assert classify(title, "", guide_vocabulary()) == kind


def unused(call):
    return [found["words"] for found in export(call)["report"]["unused"]]


def test_a_notice_that_is_read_whole_leaves_no_number_over():
    assert unused(NOTICE) == []


def test_a_number_that_no_fact_took_is_reported():
    call = NOTICE.replace("现将有关事项通知如下。", "全市现有科普小屋37间。")
    assert unused(call) == ["全市现有科普小屋37间"]


@pytest.mark.parametrize(
    "words", ["为落实“十个一”工程。", "依据《2023年规划》。", "第三届科普节。", "2023年度工作。"]
)
def test_numbers_in_names_and_years_are_not_left_over(words):
    assert unused(NOTICE.replace("现将有关事项通知如下。", words)) == []


def test_what_a_category_does_not_state_is_a_gap():
    call = NOTICE.replace("3.资金支持标准：4万元/项。\n", "")
    assert {"path": ["科普小屋"], "slot": "money"} in export(call)["report"]["gaps"]


def test_a_notice_without_a_deadline_has_that_gap():
    call = NOTICE.replace("请于4月15日17:00前将", "请将")
    assert {"path": [], "slot": "deadline"} in export(call)["report"]["gaps"]


def test_an_inferred_year_is_a_doubt():
    doubts = export(NOTICE)["report"]["doubts"]
    assert [d["value"]["date"] for d in doubts if d["note"] == "deadline.year_inferred"] == ["2024-04-15"]


def sums(call):
    return {found["code"] for found in export(call)["report"]["arithmetic"]}


@pytest.mark.parametrize(("total", "code"), [(20, "agrees"), (25, "differs")])
def test_places_times_amount_is_compared_with_the_total(total, code):
    call = NOTICE.replace("3.资金支持标准：4万元/项。", f"3.资金支持标准：4万元/项，共{total}万元。")
    assert f"sum.places_times_amount_{code}" in sums(call)


@pytest.mark.parametrize(("parts", "code"), [((2, 3), "agree"), ((2, 4), "differ")])
def test_parts_are_compared_with_the_whole(parts, code):
    words = f"4.项目数量：5个。其中山区小屋{parts[0]}个、湖区小屋{parts[1]}个。"
    assert f"sum.places_{code}" in sums(NOTICE.replace("4.项目数量：5个。", words))


@pytest.mark.parametrize(("envelope", "code"), [(50, "agrees"), (60, "differs")])
def test_an_envelope_is_compared_with_its_children(envelope, code):
    guide = (
        f"附件1\n2024年度项目指南\n一、学术交流（{envelope}万元）\n1.水库论坛\n经费安排：20万元\n"
        "2.果树沙龙\n经费安排：30万元"
    )
    assert f"sum.envelope_{code}" in sums(guide)


@pytest.mark.parametrize(("total", "code"), [(30, "agree"), (32, "differ")])
def test_totals_imply_one_number_of_areas(total, code):
    words = (
        f"2.项目内容与绩效：科普讲座不少于24场（每县不少于4场）；宣传展板不少于{total}块（每县不少于5块）。"
    )
    call = NOTICE.replace("2.项目内容与绩效：巡展不少于12场次。", words)
    assert f"sum.areas_{code}" in sums(call)


def test_an_attachment_that_only_lists_names_is_read_as_categories():
    assert paths("附件1\n2024年度选题指南\n1.水库生态调研\n2.果树品种改良") == [
        "水库生态调研",
        "果树品种改良",
    ]


def test_limits_of_a_form_are_rules():
    form = [["项目名称", ""], ["项目简介", "（300字以内）"], ["推荐意见", "（盖章）"]]
    rules = [r["formal"] for r in export(NOTICE, "附件1\n项目申报书", form)["document"]["general_rules"]]
    assert {"type": "text_limit", "field": "项目简介", "op": "<=", "value": 300, "unit": "字"} in rules
    assert {"type": "endorsement", "steps": ["推荐意见"]} in rules


def test_the_date_below_the_signatures_is_no_deadline_where_no_attachments_are_listed():
    call = """
关于申报2024年度科普项目的通知
一、项目类别
（一）科普讲座
1.资金支持标准：3万元/项。
二、申报时间：2024年6月30日前。
江州市科学技术协会　　江州市财政局
2024年3月5日
"""
    document = export(call)["document"]

    assert (document["issuers"], document["issue_date"]) == (
        ["江州市科学技术协会", "江州市财政局"],
        "2024-03-05",
    )
    due = [
        rule["formal"]["date"] for rule in document["general_rules"] if rule["formal"]["type"] == "deadline"
    ]
    assert due == ["2024-06-30"]


@pytest.mark.parametrize("mark", ["—", "——", "/", "／"])
def test_a_mark_in_a_cell_that_is_empty_on_purpose_states_nothing(mark):
    rows = [
        ["序号", "项目名称", "申报单位", "优先条件", "资金支持标准"],
        ["1", "科普讲座", "市级学会", "有配套经费的优先", "3万元/项"],
        ["2", "科普展览", "县科协", mark, "5万元/项"],
    ]
    found = export("关于申报2024年度科普项目的通知\n一、项目类别", rows)["categories"]

    assert [category.get("preference") for category in found] == [["有配套经费的优先"], None]
