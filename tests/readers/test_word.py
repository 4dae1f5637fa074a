"""Word documents: what counts as text, and tables as full grids."""

import pytest

from keqiao.core.guides.blocks import Paragraph, Table
from keqiao.readers.document import read_document
from keqiao.readers.unreadable import Unreadable
from tests.readers.shown import grids, lines
from tests.readers.word_files import NAMESPACES, cell, docx, p, parts, row, table, write


def run(inside: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{inside}</w:r>"


def text(words: str) -> str:
    return f"<w:t>{words}</w:t>"


def test_soft_breaks_tabs_and_hyphens_are_kept(tmp_path):
    runs = run(
        text("关于申报")
        + "<w:br/>"
        + text("项目")
        + "<w:tab/>"
        + text("A")
        + "<w:noBreakHyphen/>"
        + text("1")
    )

    assert lines(docx(tmp_path / "a.docx", p(runs=runs))) == ["关于申报\n项目\tA-1"]


def test_page_breaks_and_soft_hyphens_are_no_text(tmp_path):
    runs = run('<w:br w:type="page"/>' + text("附") + "<w:softHyphen/>" + text("件"))

    assert lines(docx(tmp_path / "a.docx", p(runs=runs))) == ["附件"]


def test_inserted_text_counts_and_deleted_text_does_not(tmp_path):
    runs = (
        run(text("资助"))
        + f"<w:del>{run('<w:delText>5</w:delText>')}</w:del>"
        + f"<w:ins>{run(text('10'))}</w:ins>"
        + f"<w:moveFrom>{run(text('搬走'))}</w:moveFrom>"
        + run(text("万元"))
    )

    assert lines(docx(tmp_path / "a.docx", p(runs=runs))) == ["资助10万元"]


def test_hidden_text_is_left_out(tmp_path):
    runs = (
        run(text("看得见")) + run(text("看不见"), "<w:vanish/>") + run(text("也见"), '<w:vanish w:val="0"/>')
    )

    assert lines(docx(tmp_path / "a.docx", p(runs=runs))) == ["看得见也见"]


def test_hyperlinks_fields_and_content_controls_show_their_text(tmp_path):
    runs = (
        f"<w:hyperlink>{run(text('网址'))}</w:hyperlink>"
        + run('<w:fldChar w:fldCharType="begin"/>')
        + run("<w:instrText>PAGE</w:instrText>")
        + run('<w:fldChar w:fldCharType="separate"/>')
        + run(text("3"))
        + run('<w:fldChar w:fldCharType="end"/>')
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{run(text('控件'))}</w:sdtContent></w:sdt>"
    )
    whole = f"<w:sdt><w:sdtContent>{p('整段')}</w:sdtContent></w:sdt>"

    assert lines(docx(tmp_path / "a.docx", p(runs=runs) + whole)) == ["网址3控件", "整段"]


def test_a_text_box_is_read_once_and_follows_its_paragraph(tmp_path):
    box = f"<w:txbxContent>{p('框中字')}</w:txbxContent>"
    runs = run(text("正文")) + run(
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    blocks = read_document(docx(tmp_path / "a.docx", p(runs=runs) + p("后文"))).blocks

    assert [(b.text, b.place.part) for b in blocks if isinstance(b, Paragraph)] == [
        ("正文", "body"),
        ("框中字", "textbox"),
        ("后文", "body"),
    ]


def test_footnotes_follow_the_body(tmp_path):
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote>'
        f'<w:footnote w:id="1">{p("含本数")}</w:footnote></w:footnotes>'
    )
    blocks = read_document(docx(tmp_path / "a.docx", p("不少于5场"), footnotes=notes)).blocks

    assert [(b.text, b.place.part) for b in blocks if isinstance(b, Paragraph)] == [
        ("不少于5场", "body"),
        ("含本数", "footnote"),
    ]


def test_the_noise_of_word_s_cursor_bookmark_is_dropped(tmp_path):
    assert lines(docx(tmp_path / "a.docx", p("[bookmark: _GoBack]1.企业"))) == ["1.企业"]


def test_alignment_style_and_outline_level_are_told(tmp_path):
    styles = (
        f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style></w:styles>'
    )
    body = (
        p("标题", '<w:jc w:val="center"/>')
        + p("节", '<w:pStyle w:val="H2"/>')
        + p("日期", '<w:jc w:val="right"/>')
    )
    title, section, date = read_document(docx(tmp_path / "a.docx", body, styles=styles)).blocks

    assert (title.centred, title.level, section.style, section.level, section.bold, date.right) == (
        True,
        0,
        "heading 2",
        2,
        True,
        True,
    )


def test_merged_cells_are_inherited_over_rows_and_columns(tmp_path):
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        row(cell("类别"), cell("名称"), cell("金额")),
        row(cell("科普", down), cell("讲座"), cell("5万元")),
        row(cell("", on), cell("展览"), cell("3万元")),
        row(cell("合计", '<w:gridSpan w:val="2"/>'), cell("8万元")),
    )

    assert grids(docx(tmp_path / "a.docx", body)) == [
        [
            ["类别", "名称", "金额"],
            ["科普", "讲座", "5万元"],
            ["^科普", "展览", "3万元"],
            ["合计", "^合计", "8万元"],
        ]
    ]


def test_a_block_merged_both_ways_is_inherited_at_all_its_places(tmp_path):
    both = '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'
    on = '<w:gridSpan w:val="2"/><w:vMerge/>'
    body = table(row(cell("甲", both), cell("乙")), row(cell("", on), cell("丙")))
    found = read_document(docx(tmp_path / "a.docx", body)).blocks[0]

    assert isinstance(found, Table)
    assert [[(c.text, c.inherited, c.row_span, c.column_span) for c in r] for r in found.rows] == [
        [("甲", False, 2, 2), ("甲", True, 2, 2), ("乙", False, 1, 1)],
        [("甲", True, 2, 2), ("甲", True, 2, 2), ("丙", False, 1, 1)],
    ]


def test_rows_that_are_indented_or_short_are_filled_with_empty_cells(tmp_path):
    body = table(
        row(cell("甲"), cell("乙"), cell("丙")),
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("丁")}</w:tr>',
    )

    assert grids(docx(tmp_path / "a.docx", body)) == [[["甲", "乙", "丙"], ["", "丁", ""]]]


def test_a_deleted_row_is_left_out(tmp_path):
    body = table(
        row(cell("甲"), cell("乙")), f"<w:tr><w:trPr><w:del/></w:trPr>{cell('丙')}{cell('丁')}</w:tr>"
    )

    assert grids(docx(tmp_path / "a.docx", body)) == [[["甲", "乙"]]]


def test_a_row_of_a_nested_table_becomes_one_line_of_its_cell(tmp_path):
    inner = table(row(cell("数量"), cell("5场")), row(cell("质量"), cell("良好")))
    body = table(row(cell("指标"), f"<w:tc>{inner}{p()}</w:tc>"), row(cell("金额"), cell("5万元")))

    assert grids(docx(tmp_path / "a.docx", body)) == [[["指标", "数量\t5场\n质量\t良好"], ["金额", "5万元"]]]


def test_a_table_that_only_lays_out_text_is_unfolded(tmp_path):
    data = table(row(cell("类别"), cell("金额")), row(cell("科普"), cell("5万元")))
    body = table(f"<w:tr><w:tc>{p('一、目标')}{data}{p('二、内容')}</w:tc></w:tr>")
    blocks = read_document(docx(tmp_path / "a.docx", body)).blocks

    assert [b.text if isinstance(b, Paragraph) else b.kind for b in blocks] == [
        "layout",
        "一、目标",
        "data",
        "二、内容",
    ]


def test_paragraphs_in_cells_know_their_row_and_column(tmp_path):
    body = p("前") + table(row(cell("甲"), cell("乙")), row(cell("丙"), cell("丁")))
    found = read_document(docx(tmp_path / "a.docx", body)).blocks[1]

    places = [[(c.paragraphs[0].place.block, c.paragraphs[0].place.row, c.paragraphs[0].place.column) for c in r]
              for r in found.rows]  # fmt: skip
    assert places == [[(1, 0, 0), (1, 0, 1)], [(1, 1, 0), (1, 1, 1)]]


def test_the_strict_variant_of_the_format_is_read_too(tmp_path):
    content = {
        name: data.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        for name, data in parts(p("严格格式")).items()
    }

    assert lines(write(tmp_path / "a.docx", content)) == ["严格格式"]


def test_the_content_decides_and_not_the_name(tmp_path):
    path = docx(tmp_path / "a.txt", p("正文"))

    assert read_document(path).format == "docx"


def test_a_document_without_text_is_answered(tmp_path):
    with pytest.raises(Unreadable) as refusal:
        read_document(docx(tmp_path / "a.docx", p(" ")))

    assert refusal.value.code == "unreadable.empty"
