"""Text files: encodings, and tables that are laid out with tabs."""

import pytest

from keqiao.readers.document import read_document
from keqiao.readers.unreadable import Unreadable
from tests.readers.shown import grids, lines

NOTICE = "关于申报2023年度项目的通知\n\n一、资金支持标准：每项5万元。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_is_read_in_the_encodings_that_offices_use(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(NOTICE.encode(encoding))

    assert lines(path) == [line for line in NOTICE.split("\n") if line]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_wrong_byte_spoils_one_character_and_not_the_file(tmp_path, encoding):
    data = ("关于申报科普项目的通知。" * 20 + "\n完").encode(encoding)
    path = tmp_path / "a.txt"
    path.write_bytes(data[:30] + b"\xff" + data[30:])

    assert lines(path)[-1] == "完"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_divides_paragraphs(tmp_path, ending):
    path = tmp_path / "a.txt"
    path.write_bytes(ending.join(["甲", "", "乙"]).encode())

    found = read_document(path).blocks

    assert [(b.text, b.place.line) for b in found] == [("甲", 1), ("乙", 3)]


def test_lines_led_by_tabs_are_cells_and_blank_lines_divide_rows(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "标题\n\n\t序号\n\t名称\n\t金额\n\n\t1\n\t科普\n讲座\n\t5万元\n\n\t2\n\t展览\n\t3万元\n\n结尾。\n"
    )

    assert grids(path) == [[["序号", "名称", "金额"], ["1", "科普\n讲座", "5万元"], ["2", "展览", "3万元"]]]
    assert lines(path) == ["标题", "结尾。"]


def test_an_empty_cell_in_a_grouping_column_repeats_the_one_above(tmp_path):
    rows = [
        ("序号", "类别", "名称", "备注"),
        ("1", "甲类", "讲座", "一"),
        ("2", "", "展览", ""),
        ("3", "乙类", "竞赛", ""),
    ]
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows))

    assert grids(path)[0][1:] == [
        ["1", "甲类", "讲座", "一"],
        ["2", "^甲类", "展览", ""],
        ["3", "乙类", "竞赛", ""],
    ]


def test_an_empty_cell_of_a_form_stays_a_blank_to_fill(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\t姓名\n\t单位\n\t电话\n\n\t\n\t\n\t\n\n\t承办条件\n\n说明\n\t（200字以内）\n")

    assert grids(path) == [
        [["姓名", "单位", "电话"], ["", "", ""], ["承办条件\n说明", "（200字以内）", "^（200字以内）"]]
    ]


def test_prose_that_is_indented_with_tabs_is_no_table(tmp_path):
    words = "\t为推动科学普及工作，现就申报事项通知如下，请认真组织。\n\t各单位应于4月30日前报送材料，逾期不受理。\n"
    path = tmp_path / "a.txt"
    path.write_text(words + "\n" + words)

    assert grids(path) == []
    assert len(lines(path)) == 4


def test_lines_with_the_same_number_of_tabs_are_a_table(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("清单\n序号\t名称\t金额\n1\t讲座\t5万元\n2\t展览\t3万元\n完\n")

    assert grids(path) == [[["序号", "名称", "金额"], ["1", "讲座", "5万元"], ["2", "展览", "3万元"]]]


@pytest.mark.parametrize("data", [b"\x00" * 5000, bytes(range(1, 32)) * 50, b"\x80\x81\xff\xfe\xfd" * 99])
def test_bytes_that_are_no_text_are_answered(tmp_path, data):
    path = tmp_path / "a.txt"
    path.write_bytes(data)

    with pytest.raises(Unreadable):
        read_document(path)
