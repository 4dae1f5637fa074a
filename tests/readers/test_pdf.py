"""PDF: lines joined by the rules of Chinese typesetting, running heads out, tables over pages."""

import pytest

from keqiao.core.guides.blocks import Paragraph
from keqiao.readers.document import read_document
from keqiao.readers.unreadable import Unreadable
from tests.readers.pdf_files import HEIGHT, LEFT, PdfPage, pdf, pdf_of_streams
from tests.readers.shown import grids, lines

FULL = "为推动科学普及和科技创新工作协同发展现就组织申报有关事项通知如"  # 32 characters, cut to 28 below


def full(start: str = "") -> str:
    return (start + FULL)[:28]


def test_full_lines_are_joined_and_a_line_with_room_ends_the_paragraph(tmp_path):
    page = (
        PdfPage()
        .line(full("甲"), 0)
        .line(full("乙"), 1)
        .line("下文。", 2)
        .line(full("丙"), 3)
        .line("完。", 4)
    )

    assert lines(pdf(tmp_path / "a.pdf", [page])) == [full("甲") + full("乙") + "下文。", full("丙") + "完。"]


def test_punctuation_that_may_not_begin_a_line_does_not_end_a_paragraph(tmp_path):
    page = (
        PdfPage()
        .line(full("甲"), 0)
        .line(full("乙")[:27], 1)
        .line("事、项", 2)
        .line(full("丙"), 3)
        .line("完。", 4)
    )

    assert lines(pdf(tmp_path / "a.pdf", [page])) == [
        full("甲") + full("乙")[:27] + "事、项",
        full("丙") + "完。",
    ]


def test_a_first_line_indent_begins_a_paragraph_although_the_line_before_is_full(tmp_path):
    page = PdfPage()
    for paragraph in range(4):
        page.line(full("甲")[:26], 2 * paragraph, 2).line(full("乙"), 2 * paragraph + 1)

    assert lines(pdf(tmp_path / "a.pdf", [page])) == [full("甲")[:26] + full("乙")] * 4


def test_a_larger_distance_begins_a_paragraph_although_the_line_before_is_full(tmp_path):
    page = PdfPage()
    for paragraph in range(4):
        page.line(full("甲"), 3.5 * paragraph).line(full("乙"), 3.5 * paragraph + 1)

    assert lines(pdf(tmp_path / "a.pdf", [page])) == [full("甲") + full("乙")] * 4


def test_a_paragraph_runs_on_over_the_page(tmp_path):
    pages = [PdfPage().line(full("甲"), 0).line(full("乙"), 1), PdfPage().line(full("丙"), 0).line("完。", 1)]
    found = read_document(pdf(tmp_path / "a.pdf", pages)).blocks

    assert [(b.text, b.place.page) for b in found] == [(full("甲") + full("乙") + full("丙") + "完。", 1)]


def test_running_heads_and_page_numbers_are_left_out(tmp_path):
    pages = []
    for number in range(1, 5):
        page = PdfPage().line(full("甲"), 0).line(f"第{number}段完。", 1)
        page.texts += [(LEFT, 40, "某市科学技术协会文件汇编"), (280, HEIGHT - 60, f"— {number} —")]
        pages.append(page)

    assert lines(pdf(tmp_path / "a.pdf", pages)) == [f"{full('甲')}第{n}段完。" for n in range(1, 5)]


def test_a_centred_title_is_told_from_text(tmp_path):
    page = PdfPage().line("申报指南", 0, 12)
    for number in range(1, 4):
        page.line(full("甲"), number)
    found = read_document(pdf(tmp_path / "a.pdf", [page.line("完。", 4)])).blocks

    assert [(b.text[:4], b.centred) for b in found if isinstance(b, Paragraph)] == [
        ("申报指南", True),
        (full("甲")[:4], False),
    ]


def test_merged_cells_are_filled_by_their_geometry(tmp_path):
    page = PdfPage().line("项目清单", 0)
    page.box(79, 200, 179, 230, "类别").box(179, 200, 379, 230, "名称").box(379, 200, 479, 230, "金额")
    page.box(79, 230, 179, 290, "科普").box(179, 230, 379, 260, "讲座").box(379, 230, 479, 260, "5万元")
    page.box(179, 260, 379, 290, "展览").box(379, 260, 479, 290, "3万元")
    page.box(79, 290, 379, 320, "合计").box(379, 290, 479, 320, "8万元")

    assert grids(pdf(tmp_path / "a.pdf", [page])) == [
        [
            ["类别", "名称", "金额"],
            ["科普", "讲座", "5万元"],
            ["^科普", "展览", "3万元"],
            ["合计", "^合计", "8万元"],
        ]
    ]


def test_lines_in_a_cell_are_joined_unless_there_was_room(tmp_path):
    page = PdfPage().box(79, 200, 149, 260, "申报项\n目").box(149, 200, 449, 260, "项目\n类别")

    assert grids(
        pdf(tmp_path / "a.pdf", [page.box(79, 260, 149, 290, "甲").box(149, 260, 449, 290, "乙")])
    ) == [[["申报项目", "项目\n类别"], ["甲", "乙"]]]


def two_pages(first: tuple[str, str], second: tuple[str, str]) -> list[PdfPage]:
    above = PdfPage().box(79, 700, 149, 730, "序号").box(149, 700, 219, 730, "内容")
    above.box(79, 730, 149, 760, first[0]).box(149, 730, 219, 760, first[1])
    below = PdfPage().box(79, 80, 149, 110, second[0]).box(149, 80, 219, 110, second[1])
    return [above, below.box(79, 110, 149, 140, "9").box(149, 110, 219, 140, "末行")]


def test_a_row_that_a_page_divides_is_put_together(tmp_path):
    path = pdf(tmp_path / "a.pdf", two_pages(("1", "宣讲科"), ("", "技政策")))

    assert grids(path) == [[["序号", "内容"], ["1", "宣讲科技政策"], ["9", "末行"]]]


def test_a_table_goes_on_with_a_new_row_on_the_next_page(tmp_path):
    path = pdf(tmp_path / "a.pdf", two_pages(("1", "讲座"), ("2", "展览")))

    assert grids(path) == [[["序号", "内容"], ["1", "讲座"], ["2", "展览"], ["9", "末行"]]]


def test_a_repeated_header_is_read_once(tmp_path):
    path = pdf(tmp_path / "a.pdf", two_pages(("1", "讲座"), ("序号", "内容")))

    assert grids(path) == [[["序号", "内容"], ["1", "讲座"], ["9", "末行"]]]


def test_a_merged_cell_left_open_at_the_page_end_keeps_its_text(tmp_path):
    page = PdfPage().box(79, 600, 149, 630, "类别").box(149, 600, 319, 630, "名称")
    page.box(149, 630, 319, 660, "讲座").box(149, 660, 319, 690, "展览")
    page.rules += [(79, 630, 79, 690)]
    page.texts += [(84, 640, "科普")]

    assert grids(pdf(tmp_path / "a.pdf", [page])) == [[["类别", "名称"], ["科普", "讲座"], ["^科普", "展览"]]]


def test_radicals_are_read_as_the_characters_they_stand_for(tmp_path):
    assert lines(pdf(tmp_path / "a.pdf", [PdfPage().line("⻘年科技⼯作者", 0)])) == ["青年科技工作者"]


def test_a_scan_is_answered_with_what_to_do(tmp_path):
    picture = (
        b"q 500 0 0 700 40 70 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"  # a picture as large as the page
    )

    with pytest.raises(Unreadable) as refusal:
        read_document(pdf_of_streams(tmp_path / "a.pdf", [picture, picture]))

    assert (refusal.value.code, refusal.value.values["pages"]) == ("unreadable.scanned_pdf", 2)


def test_a_page_without_text_among_others_is_remarked(tmp_path):
    picture = b"q 500 0 0 700 40 70 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"
    text = PdfPage().line(full("甲"), 0).line("完。", 1).stream()

    assert read_document(pdf_of_streams(tmp_path / "a.pdf", [text, picture])).remarks == (
        "text-layer-missing:2",
    )


def body(page: PdfPage) -> PdfPage:
    """Enough paragraphs with a first-line indent, so that the column is known."""
    for paragraph in range(4):
        page.line(full("甲")[:26], 6 + 2 * paragraph, 2).line(full("乙")[:20], 7 + 2 * paragraph)
    return page


def test_a_title_in_large_letters_that_is_broken_between_words_is_one_paragraph(tmp_path):
    page = body(PdfPage().title("关于申报年度科协改革创新", 1).title("品牌培育工程项目的通知", 2.2))

    assert lines(pdf(tmp_path / "a.pdf", [page]))[0] == "关于申报年度科协改革创新品牌培育工程项目的通知"


def test_the_names_of_two_offices_in_the_head_stay_two(tmp_path):
    page = body(PdfPage().title("江州市科学技术协会", 1, 30).title("江州市文化广电和旅游局", 2.4, 30))

    assert lines(pdf(tmp_path / "a.pdf", [page]))[:2] == ["江州市科学技术协会", "江州市文化广电和旅游局"]


def test_full_lines_that_end_a_sentence_do_not_hide_that_paragraphs_are_set_in(tmp_path):
    page = PdfPage()
    for paragraph in range(6):  # each fills its line to the margin
        page.line(full("甲")[:25] + "。", paragraph, 2)
    for paragraph in range(3):
        page.line(full("乙")[:26], 6 + 2 * paragraph, 2).line(full("丙"), 7 + 2 * paragraph)

    assert (
        lines(pdf(tmp_path / "a.pdf", [page]))
        == [full("甲")[:25] + "。"] * 6 + [full("乙")[:26] + full("丙")] * 3
    )


def test_a_date_below_a_signature_and_the_mark_of_an_attachment_begin_paragraphs(tmp_path):
    page = body(PdfPage()).line("江州市科学技术协会", 15, 17).line("二〇三一年三月五日印发完", 16, 16)
    following = PdfPage().line("附件1", 0).line(full("甲")[:26], 1, 2)

    found = lines(pdf(tmp_path / "a.pdf", [page, following]))

    assert found[-4:-1] == ["江州市科学技术协会", "二〇三一年三月五日印发完", "附件1"]


def test_paragraphs_in_a_cell_are_told_by_their_distance(tmp_path):
    page = PdfPage().box(79, 100, 200, 130, "名称").box(200, 100, 278, 130, "内容")
    page.box(79, 130, 200, 330, "讲座").box(200, 130, 278, 330)
    for number, words in enumerate(("全年学术", "论坛五百", "期以上。")):
        page.texts.append((205, 140 + 20 * number, words))
    for number, words in enumerate(("媒体报道", "四十七次")):
        page.texts.append((205, 212 + 20 * number, words))

    document = read_document(pdf(tmp_path / "a.pdf", [page]))

    cell = document.blocks[0].rows[1][1]
    assert [paragraph.text for paragraph in cell.paragraphs] == [
        "全年学术论坛五百期以上。",
        "媒体报道四十七次",
    ]
