"""Labels and blanks of an office's own Word form are recognised."""

from pathlib import Path

import docx
import pytest

from keqiao.readers.forms.office import Proposed, Spot, proposed
from keqiao.readers.forms.uploaded import pieces_of_upload
from keqiao.readers.unreadable import Unreadable

PAPER = [
    ["项目名称", "", "申报类别", "□A类 □B类"],
    ["负责人", "", "联系电话", ""],
    ["起止时间", "", "申请经费", "万元"],
    ["项目简介（500字以内）", "", "", ""],
    ["姓名", "单位", "职务", "分工"],
    ["", "", "", ""],
    ["", "", "", ""],
    ["单位意见", "（盖章）\n年 月 日", "", ""],
]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("项目申报表")
    document.add_paragraph("申报单位：__________")
    table = document.add_table(rows=len(PAPER), cols=4)
    for row, cells in enumerate(PAPER):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    for row in (3, 7):
        table.cell(row, 1).merge(table.cell(row, 3))
    path = tmp_path / "form.docx"
    document.save(str(path))
    return path


def found_in(path: Path) -> list[Proposed]:
    return list(proposed(pieces_of_upload(path)))


def test_labels_and_blanks_are_recognised(paper):
    found = {each.label: each for each in found_in(paper)}

    assert found["申报单位"].at == Spot(paragraph=1)
    assert found["项目名称"].at == Spot(0, 0, 1)
    assert (found["申报类别"].kind, found["申报类别"].options) == ("choice", ("A类", "B类"))
    assert [found[each].kind for each in ("负责人", "起止时间", "申请经费")] == ["text", "period", "money"]
    assert (found["项目简介"].kind, found["项目简介"].max_chars) == ("long_text", 500)
    assert found["单位意见"].role == "opinion"


def test_rows_that_repeat_are_one_list_with_its_columns(paper):
    lists = [each for each in found_in(paper) if each.role == "list"]

    assert [[name for name, _kind, _at in each.columns] for each in lists] == [
        ["姓名", "单位", "职务", "分工"]
    ]
    assert [at for _name, _kind, at in lists[0].columns] == [Spot(0, 5, column) for column in range(4)]


def test_a_title_is_no_blank(paper):
    assert "项目申报表" not in [each.label for each in found_in(paper)]


def test_what_is_no_word_file_is_refused(tmp_path):
    path = tmp_path / "form.docx"
    path.write_bytes(b"MZ not a form")

    with pytest.raises(Unreadable):
        pieces_of_upload(path)


def test_words_that_look_like_a_template_stay_words(tmp_path):
    document = docx.Document()
    document.add_paragraph("{{ 7 * 7 }}{% for x in y %}：")
    path = tmp_path / "form.docx"
    document.save(str(path))

    assert [each.label for each in found_in(path)] == ["{{7*7}}{%forxiny%}"]
