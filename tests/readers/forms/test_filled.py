"""Filled Word forms are read back: right, or reported."""

import random

import docx
import pytest
from docx.oxml.ns import qn

from keqiao.core.forms.paper import paper_of
from keqiao.readers.forms.filled import State, read_filled, read_filled_upload
from keqiao.readers.forms.taking import take
from keqiao.readers.unreadable import Unreadable
from keqiao.writers.forms.word import write_word
from tests.readers.forms import changes
from tests.writers.forms.specifications import asking, one_of_each_form

NOT_IN_WORD = frozenset({"file", "pledge", "computed", "heading"})
SPECIFICATION = asking(
    {"id": "project", "kind": "text", "label": "申报项目", "max_chars": 30},
    {"id": "class", "kind": "choice", "label": "项目类别", "options": ["A类", "B类"]},
    {"id": "unit", "kind": "text", "label": "申报单位", "help": "填公章上的全称"},
    {"id": "head", "kind": "person", "label": "单位负责人"},
    {"id": "money", "kind": "money", "label": "经费", "unit": "万元"},
    {
        "id": "team",
        "kind": "table",
        "label": "团队",
        "columns": [{"id": "name", "label": "姓名"}, {"id": "part", "label": "分工"}],
    },
    notes=["一个项目填一张表。"],
)
ANSWERS = {
    "project": "科普进社区",
    "class": ["B类"],
    "unit": "云岫科学学会",
    "head": {"name": "赵知行", "phone": "13800000009"},
    "money": 5000000,
    "team": [{"name": "钱一", "part": "讲解"}, {"name": "孙二", "part": "宣传"}],
}


def document(tmp_path, answers=ANSWERS):
    write_word(paper_of(SPECIFICATION, answers), tmp_path / "form.docx")
    return docx.Document(str(tmp_path / "form.docx"))


def read_again(document, tmp_path, **more):
    document.save(str(tmp_path / "sent.docx"))
    return read_filled(take(tmp_path / "sent.docx"), SPECIFICATION, **more)


def blank_of(document, field):
    """The cell of a field of one value."""
    tags = document.element.body.iter(qn("w:tag"))
    found = next(each for each in tags if each.get(qn("w:val")) == field)
    return next(each for each in found.iterancestors() if each.tag == qn("w:tc"))


def type_into(cell, words):
    next(cell.iter(qn("w:t"))).text = words


def states(found):
    return {cell.at: cell.state for cell in found.cells}


@pytest.mark.parametrize("number", range(len(one_of_each_form())))
def test_every_form_of_the_calls_is_read_back_as_it_was_filled(number, tmp_path):
    specification, answers = one_of_each_form()[number]
    write_word(paper_of(specification, answers), tmp_path / "form.docx")

    found = read_filled(take(tmp_path / "form.docx"), specification, before=answers)

    asked = {f.id for f in specification.fields if f.kind not in NOT_IN_WORD and not f.office_only}
    assert found.is_this_form
    assert found.doubts == ()
    assert found.left_over == ()
    assert {key: without_empty(found.answers.get(key)) for key in asked} == {
        key: without_empty(answers.get(key)) for key in asked
    }


def without_empty(value):
    if isinstance(value, list) and all(isinstance(row, dict) for row in value):
        return [{key: cell for key, cell in row.items() if cell != ""} for row in value] or None
    return value


def test_a_blank_form_says_nothing(tmp_path):
    found = read_again(document(tmp_path, {}), tmp_path)

    assert found.answers == {}
    assert found.doubts == ()
    assert found.left_over == ()


def test_what_is_typed_into_the_blanks_is_read_also_behind_the_hint(tmp_path):
    form = document(tmp_path, {})
    type_into(blank_of(form, "project"), "新项目")
    type_into(blank_of(form, "class"), "A类（√） B类（）")
    type_into(blank_of(form, "money"), "５")
    type_into(blank_of(form, "unit"), "（填公章上的全称）云岫学会")

    found = read_again(form, tmp_path)

    assert found.answers == {"project": "新项目", "class": ["A类"], "money": 5000000, "unit": "云岫学会"}


def test_what_is_not_understood_is_kept_and_said(tmp_path):
    form = document(tmp_path, {})
    type_into(blank_of(form, "money"), "若干")

    found = read_again(form, tmp_path)

    assert found.answers == {"money": "若干"}
    assert states(found)[("money",)] is State.NOT_UNDERSTOOD
    assert [cell.text for cell in found.doubts] == ["若干"]


def test_inserted_words_count_and_deleted_ones_do_not_and_both_are_said(tmp_path):
    form = document(tmp_path)
    run = next(blank_of(form, "project").iter(qn("w:r")))
    run.addnext(changes.tracked("w:ins", "w:t", "新"))
    run.addnext(changes.tracked("w:del", "w:delText", "旧"))

    found = read_again(form, tmp_path)

    assert found.answers["project"] == "科普进社区新"
    assert [(cell.at, cell.state) for cell in found.doubts] == [(("project",), State.DOUBTFUL)]
    assert [left.text for left in found.left_over] == ["旧"]


def test_words_in_text_boxes_and_comments_are_listed(tmp_path):
    form = document(tmp_path)
    changes.text_box(form, random.Random(1))
    changes.comment(form, random.Random(1))

    found = read_again(form, tmp_path)

    assert sorted(left.text for left in found.left_over) == [changes.IN_COMMENT, changes.IN_BOX]


def test_rows_that_change_places_keep_their_fields(tmp_path):
    form = document(tmp_path)
    row = next(each for each in blank_of(form, "unit").iterancestors() if each.tag == qn("w:tr"))
    row.getparent().append(row)

    found = read_again(form, tmp_path)

    assert found.answers == ANSWERS
    assert found.doubts == ()


def test_a_row_that_is_deleted_leaves_its_field_alone_and_says_so(tmp_path):
    form = document(tmp_path)
    row = next(each for each in blank_of(form, "unit").iterancestors() if each.tag == qn("w:tr"))
    row.getparent().remove(row)

    found = read_again(form, tmp_path)

    assert "unit" not in found.answers
    assert [(cell.at, cell.state) for cell in found.doubts] == [(("unit",), State.ABSENT)]


def test_a_row_added_to_a_list_is_read_by_its_columns_and_said(tmp_path):
    form = document(tmp_path)
    table = form.tables[-1]
    for cell, words in zip(table.add_row().cells, ("", "李三", "摄影"), strict=True):
        cell.text = words

    found = read_again(form, tmp_path)

    assert found.answers["team"] == [*ANSWERS["team"], {"name": "李三", "part": "摄影"}]
    assert {cell.text for cell in found.doubts} == {"李三", "摄影"}


def team_labels(found):
    return {cell.text: cell.label for cell in found.cells if cell.at[0] == "team" and cell.text}


def test_a_row_added_by_hand_is_called_by_the_number_it_has_on_the_paper(tmp_path):
    form = document(tmp_path)  # two rows are filled and two are spare: it becomes the fifth
    for cell, words in zip(form.tables[-1].add_row().cells, ("（5）", "李三", "摄影"), strict=True):
        cell.text = words

    found = read_again(form, tmp_path)

    assert found.answers["team"] == [*ANSWERS["team"], {"name": "李三", "part": "摄影"}]
    assert team_labels(found) == {
        "钱一": "团队（1）·姓名", "讲解": "团队（1）·分工",
        "孙二": "团队（2）·姓名", "宣传": "团队（2）·分工",
        "李三": "团队（5）·姓名", "摄影": "团队（5）·分工",
    }  # fmt: skip
    assert {cell.why[0].values["label"] for cell in found.doubts} == {"团队（5）·姓名", "团队（5）·分工"}
    assert found.left_over == ()


def test_rows_that_the_blank_form_does_not_have_are_called_by_their_own_numbers(tmp_path):
    names = ["甲", "乙", "丙", "丁", "戊"]
    form = document(tmp_path, {"team": [{"name": each} for each in names]})

    found = read_again(form, tmp_path)

    assert team_labels(found) == {name: f"团队（{number}）·姓名" for number, name in enumerate(names, 1)}
    assert found.doubts == ()


def test_a_number_that_was_typed_beside_no_list_is_not_lost(tmp_path):
    form = document(tmp_path)
    cells = form.tables[0].add_row().cells
    cells[0].text = "（3）"

    found = read_again(form, tmp_path)

    assert [left.text for left in found.left_over] == ["（3）"]


def test_a_label_that_was_retyped_makes_its_blank_doubtful(tmp_path):
    form = document(tmp_path)
    next(each for each in form.element.body.iter(qn("w:t")) if each.text == "申报单位").text = "联合单位"

    found = read_again(form, tmp_path)

    assert found.answers == ANSWERS
    assert states(found)[("unit",)] is State.DOUBTFUL


def test_a_blank_without_marks_is_found_by_its_label_and_is_doubtful(tmp_path):
    form = document(tmp_path)
    cell = blank_of(form, "unit")
    for control in [*cell.iter(qn("w:sdt"))]:
        changes.unwrap(control)
    for mark in [*cell.iter(qn("w:bookmarkStart"))]:
        mark.getparent().remove(mark)

    found = read_again(form, tmp_path)

    assert found.answers == ANSWERS
    assert [(cell.at, cell.state) for cell in found.doubts] == [(("unit",), State.DOUBTFUL)]


def test_a_person_from_the_register_stays_so_while_the_name_stands(tmp_path):
    form = document(tmp_path)
    before = {**ANSWERS, "head": {**ANSWERS["head"], "id": "7f"}}

    same = read_again(form, tmp_path, before=before).answers["head"]
    other = read_again(form, tmp_path, before={"head": {"name": "钱一", "id": "7f"}}).answers["head"]

    assert (same, other) == (before["head"], ANSWERS["head"])


def test_another_form_is_known_by_its_identifier(tmp_path):
    form = document(tmp_path)
    form.core_properties.identifier = form.core_properties.keywords = "keqiao-form:sample:0000"

    assert not read_again(form, tmp_path).is_this_form


def test_an_upload_that_is_no_word_document_is_refused(tmp_path):
    (tmp_path / "form.txt").write_text("申报项目：科普进社区", encoding="utf-8")

    with pytest.raises(Unreadable) as refused:
        read_filled_upload(tmp_path / "form.txt", SPECIFICATION)

    assert refused.value.code == "unreadable.form_not_word"


def test_an_upload_is_read_in_the_child(tmp_path):
    document(tmp_path).save(str(tmp_path / "sent.docx"))

    assert read_filled_upload(tmp_path / "sent.docx", SPECIFICATION).answers == ANSWERS
