"""Blanks inside the lines of an office's own form, and answers that have no blank in it: on paper and back."""

import shutil
import subprocess

import docx
import pytest
from docx.oxml import OxmlElement

from keqiao.core.forms.paper.gaps import between, frame_of, gaps_in
from keqiao.core.forms.paper.office import ANNEX, SEE_ANNEX
from keqiao.core.forms.paper.single import Answered
from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms import Blank, Form, OfficePaper
from keqiao.readers.forms.filled import State, read_filled
from keqiao.readers.forms.office import recognise
from keqiao.readers.forms.office_expected import expected_of_office
from keqiao.readers.forms.taking import take
from keqiao.writers.forms.office import NoSuchBlank, fill_office_form

LINES = [
    "附件3",
    "某市科协项目申报书",
    "项目名称：______________",
    "申报单位（盖章）：        ",
    "联系人：＿＿＿＿　电话：____________",
    "申请经费：____万元",
    "项目类别：□重点 □一般",
    "起止时间：    年  月 至    年  月",
    "填报日期：    年  月  日",
    "法定代表人（签字）：__________",
    "请如实填写：本表一式三份。",
]
CELLS = [["单位负责人", "姓名：______ 手机：______"], ["项目简介", ""]]
LABELS = [
    *("项目名称", "申报单位", "联系人", "电话", "申请经费", "项目类别"),
    *("起止时间", "填报日期", "姓名", "手机", "项目简介"),
]
ANSWERS = {
    "field-1": "科普进社区",
    "field-2": "某市物理学会",
    "field-3": "赵知行",
    "field-4": "0537-2000001",
    "field-5": 5_000_000,
    "field-6": ["一般"],
    "field-7": {"from": "2026-03", "to": "2027-02"},
    "field-8": "2026-06-01",
    "field-9": "钱守正",
    "field-10": "13800000009",
    "field-11": "面向六个乡镇。",
}
MORE = (
    {"id": "summary", "kind": "long_text", "label": "绩效说明", "max_chars": 200},
    {
        "id": "leader",
        "kind": "person",
        "label": "负责人",
        "parts": ["name", "phone"],
    },
    {
        "id": "goods",
        "kind": "table",
        "label": "设备",
        "columns": [{"id": "a", "label": "名称"}, {"id": "n", "kind": "number", "label": "台数"}],
    },
)
SAID = {
    "summary": "第一段\n第二段",
    "leader": {"name": "孙工", "phone": "13800000001"},
    "goods": [{"a": "投影仪", "n": 2}, {"a": "屏幕", "n": 1}],
}


def template(tmp_path, lines=LINES, cells=CELLS):
    document = docx.Document()
    for words in lines:
        document.add_paragraph(words)
    table = document.add_table(rows=len(cells), cols=2)
    for row, texts in enumerate(cells):
        for column, words in enumerate(texts):
            table.cell(row, column).text = words
    path = tmp_path / "own.docx"
    document.save(str(path))
    return path


def form_of(path, more=(), blanks=()):
    """The form as an officer confirmed it, with fields of the call that its paper has no blank for."""
    found = recognise(take(path))
    paper = OfficePaper(file="0" * 64, blanks=(*found.blanks, *blanks))
    fields = [*(each.model_dump(mode="json", exclude_none=True) for each in found.fields), *more]
    form = Form.model_validate(
        {"id": "own", "title": "申报书", "fields": fields, "paper": paper.model_dump(mode="json")}
    )
    return Specification(form=form, fields=form.fields)


def filled(tmp_path, own, specification, answers, *, to_fill=True):
    path = tmp_path / "filled.docx"
    fill_office_form(own, path, Answered(specification, answers, to_fill=to_fill))
    return path


def read_again(own, path, specification, before=None):
    return read_filled(take(path), specification, expected_of_office(take(own), specification), before=before)


def words_in(path):
    return [piece.text.strip() for piece in take(path).pieces if piece.place == "body"]


def through_libreoffice(path, tmp_path):
    out = tmp_path / "lo"
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    converting = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), str(path)]
    subprocess.run([*command, *converting], check=True, capture_output=True, timeout=120)
    return out / path.name


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("项目名称：______", ["ruled"]),
        ("联系人：　　　　电话：        ", ["open", "open"]),
        ("日期：    年  月  日", ["day"]),
        ("起止：__年__月—__年__月", ["span"]),
        ("类别：□甲 □乙", ["boxes"]),
        ("联系人：张三 电话：0537-1", []),
        ("2026年3月1日", []),
        ("出生 年 月：", []),
        ("姓名： 张三", []),
    ],
)
def test_gaps_are_found_in_words_and_only_where_something_is_to_be_written(words, kinds):
    assert [gap.kind for gap in gaps_in(words)] == kinds


def test_what_was_written_between_the_words_is_told_and_doubt_is_not_guessed_away():
    frame = frame_of("姓名：____ 电话：____")

    assert between(frame, "姓名:  赵  知行 电话： 0537") == ("赵  知行", "0537")
    assert between(frame, "姓名：电话：") == ("", "")
    assert between(frame, "姓名：甲 电话：1 电话：2") is None
    assert between(frame, "联系人：甲 电话：1") is None


def test_blanks_in_lines_and_inside_cells_are_recognised_in_the_order_of_the_paper(tmp_path):
    found = recognise(take(template(tmp_path)))

    assert found.title == "某市科协项目申报书"
    assert [field.label for field in found.fields] == LABELS
    assert {field.label: field.kind for field in found.fields if field.kind != "text"} == {
        "申请经费": "money",
        "项目类别": "choice",
        "起止时间": "period",
        "填报日期": "date",
    }
    assert found.blanks[3] == Blank(field="field-4", paragraph=4, gap=1)
    assert found.blanks[9] == Blank(field="field-10", table=0, row=0, column=1, gap=1)
    assert found.blanks[10] == Blank(field="field-11", table=0, row=1, column=1)
    assert found.unclear == []


def test_gaps_are_filled_where_they_stand_and_read_back(tmp_path):
    own = template(tmp_path)
    specification = form_of(own)

    path = filled(tmp_path, own, specification, ANSWERS)

    words = words_in(path)
    assert words[2:10] == [
        "项目名称：科普进社区",
        "申报单位（盖章）：某市物理学会",
        "联系人：赵知行　电话：0537-2000001",
        "申请经费：5万元",
        "项目类别：□重点 ■一般",
        "起止时间：2026年3月—2027年2月",
        "填报日期：2026年6月1日",
        "法定代表人（签字）：__________",
    ]
    found = read_again(own, path, specification)
    assert found.answers == ANSWERS
    assert (found.doubts, found.left_over) == ((), ())


def test_a_blank_form_looks_as_before_and_says_nothing(tmp_path):
    own = template(tmp_path)
    specification = form_of(own)

    path = filled(tmp_path, own, specification, {})

    assert words_in(path) == words_in(own)
    found = read_again(own, path, specification)
    assert (found.answers, found.doubts, found.left_over) == ({}, (), ())


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_lines_and_annex_survive_a_save_in_libreoffice(tmp_path):
    own = template(tmp_path)
    specification = form_of(own, MORE)

    path = through_libreoffice(filled(tmp_path, own, specification, ANSWERS | SAID), tmp_path)

    found = read_again(own, path, specification)
    assert found.answers == ANSWERS | SAID
    assert found.left_over == ()


def test_somebody_who_writes_beside_the_marks_is_read_as_well(tmp_path):
    own = template(tmp_path)
    specification = form_of(own)
    path = filled(tmp_path, own, specification, {})
    document = docx.Document(str(path))
    for paragraph in document.paragraphs:
        if paragraph.text.startswith("项目名称") or "单位（盖章）" in paragraph.text:
            paragraph.add_run("写在横线后面")
    document.save(str(path))

    found = read_again(own, path, specification)

    assert found.answers == {"field-1": "写在横线后面", "field-2": "写在横线后面"}
    assert found.left_over == ()


def test_the_office_document_itself_filled_in_without_any_mark_is_read_with_a_doubt(tmp_path):
    own = template(tmp_path)
    specification = form_of(own)
    lines = [words.replace("______________", "科普大集") for words in LINES]
    lines[4] = "联系人：李四　电话：0537-3000002"

    (tmp_path / "sent").mkdir()
    found = read_again(own, template(tmp_path / "sent", lines), specification)

    assert {key: found.answers[key] for key in ("field-1", "field-3", "field-4")} == {
        "field-1": "科普大集",
        "field-3": "李四",
        "field-4": "0537-3000002",
    }
    states = {cell.at[0]: cell.state for cell in found.cells}
    assert states["field-1"] is State.DOUBTFUL


def test_words_of_the_line_that_were_changed_make_its_answers_doubtful_and_nothing_is_lost(tmp_path):
    own = template(tmp_path)
    specification = form_of(own)
    path = filled(tmp_path, own, specification, ANSWERS)
    document = docx.Document(str(path))
    (line,) = [each for each in document.paragraphs if each.text.startswith("联系人")]
    line.runs[0].text = "项目联络员："
    document.save(str(path))

    found = read_again(own, path, specification)

    assert (found.answers["field-3"], found.answers["field-4"]) == ("赵知行", "0537-2000001")
    doubts = {cell.at[0]: [why.code for why in cell.why] for cell in found.doubts}
    assert doubts == {name: ["form_paper.label_changed"] for name in ("field-3", "field-4")}
    assert "项目联络员" in "".join(each.text for each in found.left_over)


def test_gaps_that_reach_over_several_runs_are_filled_whole(tmp_path):
    document = docx.Document()
    line = document.add_paragraph("项目")
    for words in ("名称：", "____", "____", "__　电话：", "___", "_"):
        line.add_run(words).bold = words == "____"
    document.save(str(tmp_path / "own.docx"))
    own = tmp_path / "own.docx"
    specification = form_of(own)

    path = filled(tmp_path, own, specification, {"field-1": "甲", "field-2": "乙"})

    assert words_in(path) == ["项目名称：甲　电话：乙"]
    assert read_again(own, path, specification).answers == {"field-1": "甲", "field-2": "乙"}


def test_paragraphs_are_counted_alike_when_read_and_when_filled(tmp_path):
    """Content controls around paragraphs, text boxes and deleted ones must not move the numbers."""
    document = docx.Document()
    body = document.element.body
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(content)
    content.append(document.add_paragraph("说明")._p)
    body.insert(0, control)
    gone = OxmlElement("w:del")
    gone.append(document.add_paragraph("旧行：____")._p)
    body.insert(1, gone)
    document.add_paragraph("项目名称：____")
    document.save(str(tmp_path / "own.docx"))
    own = tmp_path / "own.docx"
    specification = form_of(own)

    path = filled(tmp_path, own, specification, {"field-1": "科普"})

    assert "项目名称：科普" in words_in(path)


def test_a_gap_that_is_not_in_the_document_is_told(tmp_path):
    own = template(tmp_path)
    specification = form_of(own, blanks=(Blank(field="field-11", paragraph=0, gap=0),))
    other = form_of(own, MORE, blanks=(Blank(field="summary", paragraph=0, gap=7),))

    filled(tmp_path, own, specification, ANSWERS)
    with pytest.raises(NoSuchBlank):
        filled(tmp_path, own, other, SAID)


def test_what_has_no_blank_stands_on_a_sheet_behind_and_is_read_back(tmp_path):
    own = template(tmp_path)
    specification = form_of(own, MORE)

    path = filled(tmp_path, own, specification, ANSWERS | SAID)

    words = words_in(path)
    assert words.index(ANNEX) > words.index("项目简介")
    assert [word for word in ("绩效说明", "第一段\n第二段", "孙工", "投影仪") if word not in words] == []
    found = read_again(own, path, specification, before=ANSWERS | SAID)
    assert found.answers == ANSWERS | SAID
    assert (found.doubts, found.left_over) == ((), ())


def test_what_was_handed_in_has_a_sheet_only_for_what_was_answered(tmp_path):
    own = template(tmp_path)
    specification = form_of(own, MORE)

    without = words_in(filled(tmp_path, own, specification, ANSWERS, to_fill=False))
    partly = words_in(
        filled(tmp_path, own, specification, ANSWERS | {"summary": SAID["summary"]}, to_fill=False)
    )

    assert ANNEX not in without
    assert ("绩效说明" in partly, "设备" in partly) == (True, False)


def test_parts_of_a_person_without_a_blank_stand_on_the_sheet(tmp_path):
    own = template(tmp_path)
    blank = Blank(field="leader", part="name", table=0, row=1, column=1)
    found = recognise(take(own))
    paper = OfficePaper(file="0" * 64, blanks=(*found.blanks[:1], blank))
    fields = [{"id": "field-1", "kind": "text", "label": "项目名称"}, MORE[1]]
    form = Form.model_validate(
        {"id": "own", "title": "申报书", "fields": fields, "paper": paper.model_dump(mode="json")}
    )
    specification = Specification(form=form, fields=form.fields)

    path = filled(tmp_path, own, specification, {"leader": SAID["leader"]})

    words = words_in(path)
    assert (words.count("孙工"), words.count("13800000001")) == (1, 1)
    assert words.index("孙工") < words.index(ANNEX) < words.index("13800000001")
    assert read_again(own, path, specification).answers == {"leader": SAID["leader"]}


def test_a_blank_that_cannot_hold_the_whole_answer_points_to_the_sheet(tmp_path):
    own = template(tmp_path)
    specification = form_of(own, MORE, blanks=(Blank(field="goods", table=0, row=0, column=0),))

    path = filled(tmp_path, own, specification, {"goods": SAID["goods"]})

    assert f"单位负责人{SEE_ANNEX}" in words_in(path)
    assert read_again(own, path, specification).answers == {"goods": SAID["goods"]}


@pytest.mark.parametrize(
    "payload", ["{{ 7*7 }}", "<w:p/>", "]]>&amp;", "DDEAUTO c:\\x", "____", "\ud800x\x00"]
)
def test_words_that_look_like_markup_stay_words_in_a_gap(payload, tmp_path):
    own = template(tmp_path)
    specification = form_of(own)

    path = filled(tmp_path, own, specification, {"field-1": f"甲{payload}乙"})

    kept = "".join(each for each in payload if each not in "\ud800\x00")
    assert words_in(path)[2] == f"项目名称：甲{kept}乙"
