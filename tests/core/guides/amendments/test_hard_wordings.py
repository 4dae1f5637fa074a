"""Wordings that are easy to misread: what may mean two parts, or is not stated, is asked."""

from datetime import date, time

import pytest

from keqiao.core.guides.amendments.reading import AmendmentReading, kind_of, read_amendment
from keqiao.core.guides.blocks import Cell, Paragraph, Place, SourceDocument, Table
from keqiao.core.programme.amending.asked import Act
from keqiao.core.programme.amending.comparing import in_words
from keqiao.core.programme.amending.matching import propose
from keqiao.core.programme.amending.proposing import Proposal, Sure
from keqiao.readers.programmes import load
from keqiao.readers.vocabulary import guide_vocabulary
from tests.core.guides.amendments.wordings import FOOT, HEAD, document

VOCABULARY = guide_vocabulary()


def reading_of(*sentences: str) -> AmendmentReading:
    return read_amendment(document(*sentences), VOCABULARY)


def proposed(name: str, *sentences: str, **options) -> list[Proposal]:
    changes = reading_of(*sentences).changes
    return [p for found in propose(load(name), [c.asked for c in changes], **options) for p in found]


def shown(proposals: list[Proposal]) -> list[tuple[str, str, list[str]]]:
    """How sure, why, and what each candidate would say."""
    return [
        (
            p.sure.value,
            p.why,
            [f"{c.address.key} {in_words(c.before)}→{in_words(c.after)}" for c in p.candidates],
        )
        for p in proposals
    ]


def test_only_the_project_numbers_that_are_named_get_a_new_deadline():
    found = proposed(
        "yinchuan-2022",
        "项目编号为2022KCZG001至2022KCZG003和2022XHGZ002的项目，申报截止时间延长至2022年7月15日。",
    )
    assert shown(found) == [
        ("exact", "", [f"{node}|deadline|| →2022年7月15日"])
        for node in ("kczg001", "kczg002", "kczg003", "xhgz002")
    ]


def test_a_project_number_that_the_call_does_not_have_is_asked():
    found = proposed("yinchuan-2022", "项目编号2022KCZG099的申报截止时间延长至2022年7月15日。")
    assert [(p.is_plain, p.why) for p in found] == [(False, "amendment.part_unknown")]


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("推荐单位汇总上报时间延长至2023年5月10日。", "forward"),
        ("纸质材料报送时间延长至2023年5月10日。", "paper"),
    ],
)
def test_another_stage_is_never_taken_for_the_applicants_own_deadline(sentence: str, stage: str):
    (change,) = reading_of(sentence).changes
    found = proposed("sanmenxia-2023", sentence)
    assert change.asked.stage == stage
    assert [(p.sure, p.why) for p in found] == [(Sure.NONE, "amendment.stage_not_stated")]


def test_a_length_of_time_is_worked_out_and_asked():
    found = proposed("jining-2023", "申报截止时间延长一周。")
    assert [(p.sure, p.why, in_words(p.candidates[0].after)) for p in found] == [
        (Sure.COMPUTED, "amendment.worked_out", "2022年12月7日")
    ] * 2


def test_working_days_are_worked_out_only_where_a_calendar_is_known():
    sentence = "申报截止时间延长5个工作日。"
    (without, _rule) = proposed("jining-2023", sentence)
    (known, _same_rule) = proposed(
        "jining-2023", sentence, working=lambda day, count: date(day.year, 12, 2 + count)
    )
    assert (without.sure, without.why) == (Sure.NONE, "amendment.cannot_work_out")
    assert (known.sure, in_words(known.candidates[0].after)) == (Sure.COMPUTED, "2022年12月7日")


@pytest.mark.parametrize("sentence", ["申报截止时间延长，具体时间另行通知。", "申报工作推迟，时间另行通知。"])
def test_a_day_that_is_left_open_is_asked(sentence: str):
    assert [(p.sure, p.why) for p in proposed("jining-2023", sentence)] == [
        (Sure.NONE, "amendment.left_open")
    ]


def test_a_deadline_that_would_move_forward_is_a_conflict():
    found = proposed("jining-2023", "申报截止时间调整为2022年11月20日。")
    assert {(p.sure, p.why) for p in found} == {(Sure.CONFLICT, "amendment.earlier")}


def test_an_old_value_that_the_call_does_not_say_is_a_conflict():
    found = proposed("jining-2023", "申报截止时间由2022年11月25日延长至2022年12月10日。")
    assert {(p.sure, p.why) for p in found} == {(Sure.CONFLICT, "amendment.says_otherwise")}


def test_an_amount_that_several_categories_have_is_asked_with_all_of_them():
    (found,) = proposed("sanmenxia-2023", "“5万元/项”更正为“6万元/项”。")
    assert (found.sure, found.why) == (Sure.CHOOSE, "amendment.several_parts")
    assert len(found.candidates) > 1
    assert {in_words(c.before) for c in found.candidates} == {"5万元"}


def test_a_name_that_the_call_does_not_have_is_never_read_as_another():
    (found,) = proposed("sanmenxia-2023", "社区科普大学项目资助标准由10万元/项调整为12万元/项。")
    assert (found.is_plain, found.why) == (False, "amendment.part_unclear")


def test_what_the_call_says_already_changes_nothing():
    found = proposed("jining-2023", "申报截止时间调整为2022年11月30日。")
    assert {p.sure for p in found} == {Sure.SAME}


def test_two_days_for_one_part_in_one_notice_are_asked():
    found = proposed(
        "jining-2023", "申报截止时间延长至2022年12月10日。", "申报截止时间延长至2022年12月12日。"
    )
    assert {(p.sure, p.why) for p in found} == {(Sure.CONFLICT, "amendment.said_twice")}


def test_an_hour_and_letter_spaced_digits_are_read():
    found = proposed("jining-2023", "现将申报截止时间延长至 2022 年 12 月 10 日 下午 5：00，逾期不予受理。")
    after = {(c.after.on, c.after.at) for p in found for c in p.candidates}
    assert after == {(date(2022, 12, 10), time(17, 0))}


def test_the_contrast_that_the_rest_stays_is_no_change():
    changes = reading_of("科普项目申报截止时间延长至2023年5月20日，其他项目申报截止时间不变。").changes
    assert [in_words(c.asked.after) for c in changes] == ["2023年5月20日"]


@pytest.mark.parametrize(
    "sentence",
    [
        "除青年人才托举工程外，其他项目申报截止时间延长至2023年5月20日。",
        "其余项目申报截止时间延长至2023年5月20日。",
        "申报截止时间（不含科技智库选题）延长至2023年5月20日。",
    ],
)
def test_parts_that_are_left_out_are_never_taken_for_those_that_are_meant(sentence: str):
    assert [p.why for p in proposed("sanmenxia-2023", sentence)] == ["amendment.exception"]


def test_a_name_cut_short_is_asked_with_the_part_that_comes_nearest():
    (found,) = proposed("sanmenxia-2023", "科技智库调研课题选题报送截止日期更改为2023年5月20日。")
    assert (found.sure, {c.address.node for c in found.candidates}) == (Sure.CHOOSE, {"zhiku-track", "zhiku"})


def test_what_stands_behind_the_last_change_of_a_sentence_is_not_dropped():
    changes = reading_of("科普项目申报截止时间延长至2023年5月20日，其余项目不再受理。").changes
    assert [(c.asked.act, c.words.written) for c in changes] == [
        (Act.EXTEND, "科普项目申报截止时间延长至2023年5月20日"),
        (Act.UNREAD, "其余项目不再受理"),
    ]


def test_the_year_of_the_old_day_is_that_of_the_new_one():
    (change,) = reading_of("申报截止日期由2022年12月20日延至1月5日。").changes
    assert in_words(change.asked.after) == "2023年1月5日"


def test_a_heading_holds_for_the_lines_below_it_and_no_longer():
    changes = reading_of(
        "一、科学家精神科普教育基地",
        "资助标准调整为8万元/项。",
        "二、资助标准调整为9万元/项。",
        "（一）首席科普专家工作室",
        "1.资助标准调整为6万元/项。",
        "2.立项数量调整为3项。",
        "（二）资助标准调整为7万元/项。",
    ).changes
    assert [c.asked.about for c in changes] == [
        "科学家精神科普教育基地资助标准",
        "资助标准",
        "首席科普专家工作室资助标准",
        "首席科普专家工作室立项数量",
        "资助标准",
    ]


def test_a_length_of_time_is_never_taken_for_a_number_of_projects():
    found = proposed("sanmenxia-2023", "项目实施周期由1年延长至2年。")
    assert [(p.sure, p.candidates) for p in found] == [(Sure.NONE, ())]


def test_two_changes_in_one_sentence_are_two_changes():
    changes = reading_of(
        "申报截止时间由4月30日延长至5月15日，完成时间由2023年12月31日调整为2024年3月31日。"
    ).changes
    assert [(c.asked.subject.value, in_words(c.asked.before), in_words(c.asked.after)) for c in changes] == [
        ("deadline", "2023年4月30日", "2023年5月15日"),
        ("completion", "2023年12月31日", "2024年3月31日"),
    ]


def test_an_added_item_is_put_where_the_notice_says():
    (found,) = proposed("sanmenxia-2023", "在“社会化科普工作专项”中增加“科普研学活动”项目，每项资助3万元。")
    assert (found.sure, [c.address.node for c in found.candidates]) == (Sure.EXACT, ["shehuihua"])
    assert found.entry == {"name": "科普研学活动", "funding": {"kind": "fixed", "amount_fen": 3_000_000}}


def test_an_added_item_without_a_place_is_asked():
    (found,) = proposed("sanmenxia-2023", "增加“科普研学活动”项目。")
    assert (found.sure, found.why) == (Sure.CHOOSE, "amendment.where_to_add")


def test_an_item_is_taken_away_by_its_name():
    (found,) = proposed("sanmenxia-2023", "取消“首席科普专家工作室”项目的申报。")
    assert (found.sure, found.removes, [c.address.node for c in found.candidates]) == (
        Sure.EXACT,
        True,
        ["shouxi"],
    )


def test_a_part_of_a_name_is_asked_before_anything_is_taken_away():
    (found,) = proposed("sanmenxia-2023", "取消“i科普”项目。")
    assert (found.sure, [c.address.node for c in found.candidates]) == (Sure.CHOOSE, ["ikepu"])


def test_an_exchanged_attachment_is_left_to_a_person_who_is_shown_which():
    (found,) = proposed("sanmenxia-2023", "附件2《2023年度科普项目申报书》以本通知附件为准。")
    assert (found.sure, found.why) == (Sure.NONE, "amendment.attachment_exchanged")
    assert [c.before.text for c in found.candidates] == ["2023年度科普项目申报书"]


def test_a_sentence_with_a_number_that_nothing_understood_is_kept_with_its_words():
    changes = reading_of("申报单位须于6月1日前完成备案，共3个步骤。").changes
    assert [(c.asked.act, c.words.written) for c in changes] == [
        (Act.UNREAD, "申报单位须于6月1日前完成备案，共3个步骤")
    ]


def test_a_notice_that_says_nothing_of_numbers_asks_for_nothing():
    assert reading_of("请各单位认真组织申报。").changes == ()


def test_a_table_of_corrections_is_read_row_by_row():
    def cell(text: str, row: int, column: int) -> Cell:
        return Cell((Paragraph(text, Place(9, row, column)),), row, column)

    rows = (("位置", "更正前", "更正后"), ("申报截止时间", "2022年11月30日", "2022年12月10日"))
    grid = tuple(tuple(cell(text, r, c) for c, text in enumerate(row)) for r, row in enumerate(rows))
    blocks = (*document().blocks[: len(HEAD)], Table(grid, Place(9)), *document().blocks[-len(FOOT) :])
    reading = read_amendment(SourceDocument("更正.docx", "docx", blocks), VOCABULARY)
    assert [(in_words(c.asked.before), in_words(c.asked.after)) for c in reading.changes] == [
        ("2022年11月30日", "2022年12月10日")
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于延长2023年度科普项目申报时间的通知", "extension"),
        ("关于《关于组织申报2023年度项目的通知》的更正公告", "correction"),
        ("关于2023年度科普项目申报的补充通知", "supplement"),
        ("关于取消部分项目申报的通知", "cancellation"),
        ("关于组织申报2023年度科普项目的通知", ""),
        ("关于2023年度科普项目拟立项名单的公示", ""),
    ],
)
def test_the_title_says_which_kind_of_paper_it_is(title: str, kind: str):
    assert kind_of(title) == kind
