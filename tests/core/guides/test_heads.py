"""What a line begins with: list marks, labels, titles."""

import pytest

from keqiao.core.guides.heads import bare_name, read_head, read_heads, read_mark
from keqiao.core.guides.outline import build_outline
from keqiao.readers.vocabulary import guide_vocabulary
from tests.core.guides.building import piece


def head(text):
    return read_head(piece(text).line, guide_vocabulary())


@pytest.mark.parametrize(
    ("text", "kind", "ordinal"),
    [
        ("一、项目", "一、", 1),
        ("十二、项目", "一、", 12),
        ("（三）项目", "（一）", 3),
        ("(六）项目", "（一）", 6),
        ("1.项目", "1.", 1),
        ("1．项目", "1.", 1),
        ("2、项目", "1、", 2),
        ("（4）项目", "（1）", 4),
        ("3)项目", "1)", 3),
        ("③项目", "①", 3),
        ("1.2项目", "1.1", 2),
        ("第三条 项目", "第N条", 3),
        ("第二章 项目", "第N章", 2),
        ("A类：项目", "A类", 1),
        ("【科普小屋】各县", "【】", 0),
        ("1.2018年以来", "1.", 1),
    ],
)
def test_a_list_mark_has_its_kind_and_number(text, kind, ordinal):
    mark = read_mark(piece(text).text)
    assert (mark.kind, mark.ordinal) == (kind, ordinal)


@pytest.mark.parametrize(
    "text",
    [
        "3.5万元支持",
        "2023-1-1",
        "17条优势产业链",
        "一定要办好",
        "三会两队",
        "2024年3月1日",
        "十四五规划",
        "50%以上",
    ],
)
def test_numbers_that_begin_a_line_are_no_marks(text):
    assert read_mark(piece(text).text) is None


@pytest.mark.parametrize(
    ("text", "slot", "content"),
    [
        ("申报对象：各县科协", "applicants", "各县科协"),
        ("1.申报对象：各县科协", "applicants", "各县科协"),
        ("（1）资助标准：3万元", "money", "3万元"),
        ("申 报 对 象：各县科协", "applicants", "各县科协"),
        ("2、项目内容与绩效弘扬科学精神不少于3次", "targets", "弘扬科学精神不少于3次"),
        ("考核指标如下：开展讲座3次", "targets", "开展讲座3次"),
        ("3.被托举人条件", "conditions", None),
        ("申报对象", "applicants", None),
    ],
)
def test_a_label_opens_its_slot(text, slot, content):
    found = head(text)
    assert found.slots[0] == slot
    assert (found.content.text if found.content else None) == content


def test_a_double_label_opens_both_slots():
    assert head("申报对象与条件：各县科协").slots == ("applicants", "conditions")


def test_a_name_before_a_label_is_its_prefix():
    assert head("科普小屋项目内容与绩效：讲座3次").prefix == "科普小屋"


def test_labels_that_follow_one_another_on_a_line_are_heads_of_their_own():
    found = read_heads(
        piece("大讲堂 申报主体：各县科协。考核指标：讲座3次。资助标准：2万元。").line, guide_vocabulary()
    )
    assert [h.slots for h in found] == [(), ("applicants",), ("targets",), ("money",)]


@pytest.mark.parametrize("text", ["申报对象的确定由科协负责，并报市科协。", "资助标准和名额另行通知。"])
def test_a_sentence_that_begins_with_a_label_is_none(text):
    assert head(text).slots == ()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("科普小屋（50万元）", "科普小屋"),
        ("科普小屋（2024年10月30日前完成）", "科普小屋"),
        ("科普小屋（县级）", "科普小屋（县级）"),
    ],
)
def test_an_aside_behind_a_title_is_no_part_of_the_name(title, name):
    assert bare_name(title) == name


def tree(*lines):
    """The outline as nested titles."""

    def shown(node):
        return [(child.title, shown(child)) if child.children else child.title for child in node.children]

    return shown(build_outline([piece(text).line for text in lines], guide_vocabulary()))


def test_marks_nest_in_the_order_in_which_they_appear():
    assert tree("一、甲组", "（一）乙组", "1.丙组", "二、丁组") == [("甲组", [("乙组", ["丙组"])]), "丁组"]


def test_the_depth_of_a_mark_is_that_of_the_document():
    assert tree("1.甲组", "一、乙组", "二、丙组", "2.丁组") == [("甲组", ["乙组", "丙组"]), "丁组"]


def test_numbers_that_restart_below_a_new_heading_stay_below_it():
    assert tree("一、甲组", "1.乙组", "2.丙组", "二、丁组", "1.戊组") == [
        ("甲组", ["乙组", "丙组"]),
        ("丁组", ["戊组"]),
    ]


def test_two_ways_to_write_one_mark_are_one_list():
    assert tree("1.甲组", "2、乙组", "3.丙组") == ["甲组", "乙组", "丙组"]


def test_a_gap_in_the_numbers_ends_no_list():
    assert tree("7、甲组", "9、乙组") == ["甲组", "乙组"]


def test_a_heading_that_lost_its_number_stands_beside_the_next():
    assert tree("工作目标", "二、甲组", "三、乙组") == ["工作目标", "甲组", "乙组"]


def test_a_mark_of_the_wrong_kind_goes_on_where_its_number_fits():
    assert tree("一、甲组", "二、乙组", "三、丙组", "（四）丁组") == ["甲组", "乙组", "丙组", "丁组"]


def test_labels_stand_below_the_heading_that_holds_them():
    assert tree("一、甲组", "申报对象：各县科协", "资助标准：2万元", "二、乙组") == [
        ("甲组", ["申报对象", "资助标准"]),
        "乙组",
    ]
