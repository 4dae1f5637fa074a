"""The Word file of a notice keeps to the layout of official documents (GB/T 9704-2012), read from its XML."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from keqiao.readers.definition import programme_from_yaml
from keqiao.writers.notice import WAYS, render

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 1440 / 25.4  # twentieths of a point
ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs",
    "snapToGrid", "spacing", "ind", "jc", "rPr",
)  # fmt: skip

CALL = """
format: 1
id: jiangzhou
title: 关于组织申报2031年度科普项目的通知
year: 2031
region: 江州市
issuers: [江州市科学技术协会, 江州市财政局]
addressees: [各县（市、区）科协]
document_number: 江科协发〔2031〕7号
issue_date: 2031-03-05
deadline: {on: 2031-04-30}
filing: {copies: 5, channels: [paper, onsite]}
attachments: [{title: 2031年度科普项目申报指南}, {title: 项目申报书, form: form-1}]
forms:
  - {id: form-1, title: 项目申报书, fields: [{id: plan, label: 实施方案, max_chars: 500}]}
categories:
  - id: base
    name: 科普示范基地
    applicants: {kinds: [市级学会]}
    funding: {kind: fixed, amount_fen: 5000000}
    rules:
      - {id: r1, type: declared, about: capacity, summary: 有固定场地}
      - {id: r2, type: legal_status, summary: 具有法人资格, legal_person: true}
  - id: film
    name: 科普短视频
    applicants: {kinds: [科普教育基地]}
    targets: [{id: t1, metric: 短视频, comparator: ">=", value: 10, unit: 部}]
"""


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """The parsed parts of the Word file in the way of offices."""
    return written(tmp_path_factory.mktemp("notice"), "official")


def written(folder, way):
    """The XML parts of the notice by name."""
    path = folder / f"{way}.docx"
    render(programme_from_yaml(CALL), WAYS[way]).docx(path)
    with ZipFile(path) as archive:
        return {
            Path(name).stem: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        }


def paragraph(parts, words):
    """The first paragraph that begins with ``words``."""
    for element in parts["document"].iter(f"{W}p"):
        if "".join(t.text or "" for t in element.iter(f"{W}t")).startswith(words):
            return element
    raise AssertionError(words)


def fonts(element):
    """East Asian font and size in half points of each run."""
    return [
        (run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia"), run.find(f"{W}rPr/{W}sz").get(f"{W}val"))
        for run in element.iter(f"{W}r")
    ]


def setting(element, path, name):
    """An attribute below a paragraph's properties, or None."""
    found = element.find(f"{W}pPr/{W}{path}")
    return None if found is None else found.get(f"{W}{name}")


def test_the_page_is_a4_with_the_type_area_of_156_by_225_mm(parts):
    section = parts["document"].find(f"{W}body/{W}sectPr")
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    width, height = (round(int(size.get(f"{W}{side}")) / MM) for side in ("w", "h"))
    top, right, bottom, left = (
        round(int(margins.get(f"{W}{side}")) / MM) for side in ("top", "right", "bottom", "left")
    )

    assert (width, height) == (210, 297)
    assert (top, right, bottom, left) == (37, 26, 35, 28)
    assert (width - left - right, height - top - bottom) == (156, 225)


def test_a_page_holds_22_lines_of_28_characters(parts):
    grid = parts["document"].find(f"{W}body/{W}sectPr/{W}docGrid")
    style = next(s for s in parts["styles"].iter(f"{W}style") if s.get(f"{W}styleId") == "Normal")
    line = int(grid.get(f"{W}linePitch")) / MM
    character = (16 * 20 + int(style.find(f"{W}rPr/{W}spacing").get(f"{W}val"))) / MM

    assert grid.get(f"{W}type") == "lines"
    assert round(22 * line) == 225
    assert 28 * character <= 156 < 29 * character


def test_body_text_is_fangsong_of_size_3_with_the_pitch_of_the_grid(parts):
    style = next(s for s in parts["styles"].iter(f"{W}style") if s.get(f"{W}styleId") == "Normal")

    assert style.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "仿宋_GB2312"
    assert style.find(f"{W}rPr/{W}sz").get(f"{W}val") == "32"
    assert style.find(f"{W}pPr/{W}spacing").get(f"{W}line") == "579"
    assert fonts(paragraph(parts, "按照年度工作安排")) == [("仿宋_GB2312", "32")]
    assert setting(paragraph(parts, "按照年度工作安排"), "ind", "firstLineChars") == "200"


def test_the_title_is_centred_in_size_2(parts):
    title = paragraph(parts, "关于组织申报")

    assert fonts(title) == [("方正小标宋简体", "44")]
    assert setting(title, "jc", "val") == "center"


def test_the_levels_are_heiti_kaiti_fangsong(parts):
    assert fonts(paragraph(parts, "一、申报程序"))[0] == ("黑体", "32")
    assert fonts(paragraph(parts, "（一）申报时间"))[0] == ("楷体_GB2312", "32")
    assert fonts(paragraph(parts, "（一）申报时间"))[-1] == ("仿宋_GB2312", "32")
    assert fonts(paragraph(parts, "1.有固定场地"))[0] == ("仿宋_GB2312", "32")


def test_the_document_number_stands_over_a_red_line(parts):
    line = paragraph(parts, "江科协发〔2031〕7号").find(f"{W}pPr/{W}pBdr/{W}bottom")

    assert (line.get(f"{W}color"), round(int(line.get(f"{W}space")) * 25.4 / 72)) == ("FF0000", 4)


def test_the_addressees_stand_flush_left(parts):
    assert paragraph(parts, "各县（市、区）科协：").find(f"{W}pPr/{W}ind") is None


def test_an_attachment_begins_a_page_with_its_number_in_heiti(parts):
    mark = paragraph(parts, "附件1")

    assert mark.find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert fonts(mark) == [("黑体", "32")]
    assert mark.find(f"{W}pPr/{W}ind") is None


def test_the_list_of_attachments_has_no_mark_behind_the_names(parts):
    assert paragraph(parts, "附件：1.2031年度科普项目申报指南") is not None
    text = "".join(t.text for t in paragraph(parts, "2.项目申报书").iter(f"{W}t"))
    assert text == "2.项目申报书"


def test_two_names_stand_abreast_so_that_each_seal_has_its_place_the_last_one_above_the_date(parts):
    names, day = (paragraph(parts, words) for words in ("江州市科学技术协会　", "2031年3月5日"))

    assert "".join(t.text for t in names.iter(f"{W}t")) == f"江州市科学技术协会{'　' * 5}江州市财政局"
    # hundredths of a character from the right: 6 above 7¼ (figures are half as wide, a quarter parts them from 年)
    assert [setting(p, "ind", "rightChars") for p in (names, day)] == ["462", "400"]
    assert [setting(p, "jc", "val") for p in (names, day)] == ["right"] * 2
    assert [p.find(f"{W}pPr/{W}keepNext") is not None for p in (names, day)] == [True, False]
    assert int(setting(names, "spacing", "before")) == 1447  # 2.5 lines of 28.95 pt, in twentieths of a point


def test_the_red_head_names_both_offices_spread_to_one_width(parts):
    names = [paragraph(parts, words) for words in ("江州市科学技术协会", "江州市财政局")]

    assert [fonts(name) for name in names] == [[("方正小标宋简体", "60")]] * 2
    assert [setting(name, "jc", "val") for name in names] == ["distribute"] * 2
    assert [run.get(f"{W}val") for name in names for run in name.iter(f"{W}color")] == ["FF0000"] * 2


def test_page_numbers_stand_outside_between_dashes(parts):
    feet = [parts[name] for name in sorted(parts) if name.startswith("footer")]
    words = ["".join(t.text or "" for t in foot.iter(f"{W}t", f"{W}instrText")) for foot in feet]
    sides = {setting(foot.find(f"{W}p"), "jc", "val") for foot in feet}

    assert words == ["— PAGE —", "— PAGE —"]
    assert sides == {"left", "right"}
    assert fonts(feet[0])[0] == ("宋体", "28")
    assert parts["settings"].find(f"{W}evenAndOddHeaders") is not None


def test_the_font_table_names_what_stands_in_for_licensed_fonts(parts):
    named = {
        font.get(f"{W}name"): font.find(f"{W}altName").get(f"{W}val")
        for font in parts["fontTable"].iter(f"{W}font")
        if font.find(f"{W}altName") is not None
    }

    assert {
        name: named[name] for name in ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体")
    } == {
        "方正小标宋简体": "宋体", "仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体",
        "黑体": "SimHei", "宋体": "SimSun",
    }  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_properties_of_paragraphs_stand_in_the_order_of_the_schema(way, tmp_path):
    for properties in written(tmp_path, way)["document"].iter(f"{W}pPr"):
        positions = [ORDER.index(etree.QName(child).localname) for child in properties]
        assert positions == sorted(positions)


def test_automatic_numbers_are_counted_by_word_and_begin_again_in_an_attachment(tmp_path):
    parts = written(tmp_path, "automatic")
    formats = [
        (level.find(f"{W}numFmt").get(f"{W}val"), level.find(f"{W}lvlText").get(f"{W}val"))
        for numbering in parts["numbering"].iter(f"{W}abstractNum")
        if numbering.get(f"{W}abstractNumId") == "90"
        for level in numbering.iter(f"{W}lvl")
    ]

    assert formats[:4] == [
        ("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"),
        ("decimal", "%3."), ("decimal", "（%4）"),
    ]  # fmt: skip
    assert setting(paragraph(parts, "申报程序"), f"numPr/{W}ilvl", "val") == "0"
    lists = [
        paragraph(parts, words).find(f"{W}pPr/{W}numPr/{W}numId") for words in ("申报程序", "科普示范基地")
    ]
    assert len({element.get(f"{W}val") for element in lists}) == 2
