"""Automatic numbers of Word, computed from numbering.xml."""

import pytest

from keqiao.readers.word.counting import write_count
from tests.readers.shown import lines
from tests.readers.word_files import NAMESPACES, docx, level, numbered, numbering, p

CHINESE = numbering(
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircle", "%4")
)


@pytest.mark.parametrize(
    ("number_format", "written"),
    [
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九"}),
        (
            "chineseCountingThousand",
            {1: "一", 12: "十二", 101: "一百零一", 110: "一百一十", 1001: "一千零一"},
        ),
        ("japaneseCounting", {3: "三", 10: "十", 21: "二十一"}),
        ("chineseLegalSimplified", {1: "壹", 10: "拾", 21: "贰拾壹"}),
        ("ideographDigital", {1: "一", 10: "一〇"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 51: "51"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalZero", {3: "03"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 28: "bb"}),
        ("upperLetter", {2: "B"}),
        ("lowerRoman", {4: "iv", 9: "ix"}),
        ("upperRoman", {14: "XIV"}),
        ("bullet", {1: ""}),
        ("none", {1: ""}),
        ("decimal", {0: "0", 7: "7"}),
        ("anUnknownFormat", {7: "7"}),
    ],
)
def test_counts_are_written_as_the_format_says(number_format, written):
    assert {value: write_count(value, number_format) for value in written} == written


def test_deeper_levels_begin_again_below_each_heading(tmp_path):
    body = "".join(
        numbered(text, depth)
        for text, depth in [
            ("甲", 0),
            ("乙", 1),
            ("丙", 2),
            ("丁", 2),
            ("戊", 1),
            ("己", 2),
            ("庚", 0),
            ("辛", 1),
        ]
    )

    found = lines(docx(tmp_path / "a.docx", body, numbering=CHINESE))

    assert found == ["一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "1.己", "二、庚", "（一）辛"]


def test_a_level_text_may_show_the_numbers_above(tmp_path):
    levels = level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")
    body = numbered("甲", 0) + numbered("乙", 1) + numbered("丙", 1)

    assert lines(docx(tmp_path / "a.docx", body, numbering=numbering(levels))) == ["1甲", "1.1乙", "1.2丙"]


def test_legal_numbering_shows_the_numbers_above_in_figures(tmp_path):
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", "<w:isLgl/>")

    found = lines(docx(tmp_path / "a.docx", numbered("甲") + numbered("乙", 1), numbering=numbering(levels)))

    assert found == ["一、甲", "1.1乙"]


def test_a_gap_is_kept_only_where_it_divides(tmp_path):
    tab = '<w:suff w:val="tab"/>'
    levels = level(0, "decimal", "%1.", tab) + level(1, "chineseCounting", "%2、", tab)

    found = lines(
        docx(tmp_path / "a.docx", numbered("5万元") + numbered("乙", 1), numbering=numbering(levels))
    )

    assert found == ["1. 5万元", "一、乙"]


def test_a_list_with_a_start_override_begins_again_once(tmp_path):
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    part = numbering(level(0, "decimal", "%1."), nums)
    body = numbered("甲") + numbered("乙", number=2) + numbered("丙", number=2) + numbered("丁")

    assert lines(docx(tmp_path / "a.docx", body, numbering=part)) == ["1.甲", "5.乙", "6.丙", "7.丁"]


def test_two_lists_of_one_kind_go_on_counting_together(tmp_path):
    nums = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/></w:num>' for n in (1, 2))
    part = numbering(level(0, "decimal", "%1."), nums)

    found = lines(docx(tmp_path / "a.docx", numbered("甲") + numbered("乙", number=2), numbering=part))

    assert found == ["1.甲", "2.乙"]


def test_an_override_may_replace_the_whole_level(tmp_path):
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        + level(0, "upperLetter", "%1）")
        + "</w:lvlOverride></w:num>"
    )

    found = lines(
        docx(tmp_path / "a.docx", numbered("甲"), numbering=numbering(level(0, "decimal", "%1."), nums))
    )

    assert found == ["A）甲"]


def test_a_level_that_never_restarts_goes_on_counting(tmp_path):
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')
    body = numbered("甲") + numbered("乙", 1) + numbered("丙") + numbered("丁", 1)

    found = lines(docx(tmp_path / "a.docx", body, numbering=numbering(levels)))

    assert found == ["1.甲", "(1)乙", "2.丙", "(2)丁"]


def test_a_style_gives_its_paragraphs_the_level_tied_to_it(tmp_path):
    levels = level(0, "decimal", "%1.") + level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="Second"/>')
    styles = (
        f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="Second"><w:name w:val="second"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" '
        'w:styleId="Child"><w:name w:val="child"/><w:basedOn w:val="Second"/></w:style></w:styles>'
    )
    body = p("甲", '<w:pStyle w:val="Second"/>') + p("乙", '<w:pStyle w:val="Child"/>')

    found = lines(docx(tmp_path / "a.docx", body, numbering=numbering(levels), styles=styles))

    assert found == ["（一）甲", "（二）乙"]


def test_list_number_zero_takes_the_number_of_the_style_away(tmp_path):
    styles = (
        f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="S"><w:name w:val="s"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    without = p("乙", '<w:pStyle w:val="S"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')
    body = p("甲", '<w:pStyle w:val="S"/>') + without

    found = lines(
        docx(tmp_path / "a.docx", body, numbering=numbering(level(0, "decimal", "%1.")), styles=styles)
    )

    assert found == ["1.甲", "乙"]


def test_a_bullet_is_no_number(tmp_path):
    part = numbering(level(0, "bullet", "●"))

    assert lines(docx(tmp_path / "a.docx", numbered("甲"), numbering=part)) == ["甲"]


def test_numbers_in_table_cells_count_with_those_around(tmp_path):
    cells = f"<w:tc>{numbered('乙')}</w:tc><w:tc>{numbered('丙')}</w:tc>"
    body = numbered("甲") + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + numbered("丁")

    found = lines(docx(tmp_path / "a.docx", body, numbering=numbering(level(0, "decimal", "%1."))))

    assert found == ["1.甲", "4.丁"]
