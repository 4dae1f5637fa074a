"""A form as a Word file: every blank is marked, the page says what it is, words stay words."""

import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from keqiao.core.forms.paper import Grid, paper_of
from keqiao.writers.forms.imprint import Imprint
from keqiao.writers.forms.word import write_word
from tests.writers.forms.specifications import asking, one_of_each_form

JINING = [
    ["申报项目", "", "项目类别", "□A类 □B类"],
    ["申报单位", ""],
    ["通讯地址", ""],
    ["单位负责人", "姓名", "单位", "职务", "手机", "邮箱"],
    ["", "", "", "", ""],
    ["项目联系人", "姓名", "单位", "职务", "手机", "邮箱"],
    ["", "", "", "", ""],
    ["承办条件说明", ""],
    ["实施方案", ""],
    ["预期成效", ""],
    ["申报单位意见", ""],
    ["市科协意见", ""],
]


def of_jining():
    return next(
        specification for specification, _said in one_of_each_form() if specification.form.id == "shenbaobiao"
    )


def written(tmp_path, paper, imprint=None):
    write_word(paper, tmp_path / "form.docx", *([imprint] if imprint else []))
    return docx.Document(str(tmp_path / "form.docx"))


def tags(document):
    return [each.get(qn("w:val")) for each in document.element.body.iter(qn("w:tag"))]


def test_the_form_of_jining_is_laid_out_like_the_original():
    (grid,) = [block for block in paper_of(of_jining()).blocks if isinstance(block, Grid)]

    assert [[cell.words for cell in row.cells] for row in grid.rows] == JINING
    assert [row.cells[0].down for row in grid.rows if row.cells[0].words in ("单位负责人", "项目联系人")] == [
        2,
        2,
    ]


@pytest.mark.parametrize("number", range(len(one_of_each_form())))
@pytest.mark.parametrize("to_fill", [True, False])
def test_every_place_of_every_grid_is_taken_once(number, to_fill):
    specification, answers = one_of_each_form()[number]

    for grid in paper_of(specification, answers, to_fill=to_fill).blocks:
        if isinstance(grid, Grid):
            area = sum(cell.across * cell.down for row in grid.rows for cell in row.cells)
            assert area == len(grid.widths) * len(grid.rows)


def test_every_blank_is_marked_by_a_control_and_a_hidden_bookmark(tmp_path):
    paper = paper_of(of_jining())
    document = written(tmp_path, paper)

    names = [each.get(qn("w:name")) for each in document.element.body.iter(qn("w:bookmarkStart"))]

    assert tags(document) == [blank.address for blank in paper.blanks()]
    assert names == [blank.mark for blank in paper.blanks()]
    assert len(set(names)) == len(names)
    assert {name[:3] for name in names} == {"_f_"}


def test_the_document_says_which_form_it_is(tmp_path):
    specification = of_jining()
    document = written(tmp_path, paper_of(specification))

    assert document.core_properties.identifier == f"keqiao-form:shenbaobiao:{specification.digest}"


def test_a_draft_has_the_word_across_each_page_and_what_is_submitted_has_not(tmp_path):
    paper = paper_of(of_jining())
    draft = written(tmp_path, paper, Imprint(is_draft=True)).sections[0]
    assert "草稿" in draft.header._element.xml
    assert "草稿" in draft.even_page_header._element.xml

    submitted = written(
        tmp_path, paper, Imprint(digest="ab12" * 16, address="https://example.org/r/1")
    ).sections[0]
    assert "草稿" not in submitted.header._element.xml
    for footer in (submitted.footer, submitted.even_page_footer):
        assert footer.paragraphs[1].text.startswith("ab12 ab12 ab12 ab12 · shenbaobiao")
        assert len(list(footer._element.iter(qn("a:blip")))) == 1


def test_words_of_answers_are_never_markup(tmp_path):
    specification = asking({"id": "project", "kind": "text", "label": "项目"})
    words = '<w:p/>]]>&amp;{{ 7*7 }}"\x00\x0b￾\ud800'.encode("utf-16", "surrogatepass").decode(
        "utf-16", "ignore"
    )
    document = written(tmp_path, paper_of(specification, {"project": words}))

    said = "".join(text.text for text in document.tables[0]._tbl.iter(qn("w:t")))

    assert said == '项目<w:p/>]]>&amp;{{ 7*7 }}"'


def test_targets_of_the_call_stand_fixed_and_their_values_are_blanks():
    specification, _answers = next(each for each in one_of_each_form() if each[0].targets)
    field = next(each.id for each in specification.fields if each.kind == "targets")

    blanks = [blank for blank in paper_of(specification).blanks() if blank.field == field and blank.row == 0]

    assert [blank.part for blank in blanks] == ["value", "basis"]


def test_the_same_form_gives_the_same_document(tmp_path):
    paper = paper_of(of_jining())
    write_word(paper, tmp_path / "one.docx")
    write_word(paper, tmp_path / "two.docx")

    one, two = (
        zipfile.ZipFile(tmp_path / f"{name}.docx").read("word/document.xml") for name in ("one", "two")
    )
    assert one == two


def test_a_form_brings_the_styles_it_refers_to_and_hardly_any_other(tmp_path):
    specification, answers = one_of_each_form()[0]
    write_word(paper_of(specification, answers), tmp_path / "form.docx", Imprint(is_draft=True))

    with zipfile.ZipFile(tmp_path / "form.docx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    bodies = [
        part
        for name, part in parts.items()
        if name.startswith(("word/document", "word/header", "word/footer"))
    ]
    referred = {
        style.decode()
        for part in bodies
        for style in re.findall(rb'<w:[prt][a-zA-Z]*Style w:val="([^"]+)"', part)
    }
    defined = {style.decode() for style in re.findall(rb'w:styleId="([^"]+)"', parts["word/styles.xml"])}

    assert referred
    assert referred <= defined
    assert len(parts["word/styles.xml"]) < 10_000
    assert not {"word/stylesWithEffects.xml", "word/numbering.xml", "docProps/thumbnail.jpeg"} & set(parts)
