"""The PDF of a notice: set as offices do, the same bytes each time, and read back to the same facts."""

import io
import math
from datetime import UTC, datetime
from itertools import pairwise

import pdfplumber
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from keqiao.readers.definition import programme_from_yaml
from keqiao.readers.programmes import demonstration, shipped
from keqiao.writers.notice import WAYS, Imprint, layout, render
from keqiao.writers.notice.blocks import Grid
from keqiao.writers.notice.titles import title_lines, width
from tests.writers.notices import calls
from tests.writers.round_trip import (
    expected_facts,
    read_facts,
    read_pdf_facts,
    with_a_wrong_number,
)
from tests.writers.test_notice_word import CALL

POINT = 72 / 25.4  # points in a millimetre
fewest = settings(
    deadline=None,
    derandomize=True,
    max_examples=2,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The lines of each page of the PDF of a joint notice: words, font, size, left, right, middle height in mm."""
    path = tmp_path_factory.mktemp("pdf") / "notice.pdf"
    path.write_bytes(render(programme_from_yaml(CALL)).pdf().pdf)
    with pdfplumber.open(path) as pdf:
        return [[shown(line) for line in page.extract_text_lines(return_chars=True)] for page in pdf.pages]


def shown(line):
    first = line["chars"][0]
    font = first["fontname"].split("+")[-1]
    return {
        "words": line["text"].replace(" ", ""),
        "font": font,
        "size": round(first["size"]),
        "x0": line["x0"] / POINT,
        "x1": line["x1"] / POINT,
        "y": (line["top"] + line["bottom"]) / 2 / POINT,
        "red": first["non_stroking_color"],
    }


def line_with(pages, words):
    return next(line for page in pages for line in page if words in line["words"])


@pytest.mark.parametrize("way", WAYS)
@fewest
@given(programme=calls())
def test_the_pdf_reads_back_to_the_same_facts_in_every_way(way, programme):
    found, missing = read_pdf_facts(render(programme, WAYS[way]))

    assert (found, missing) == (expected_facts(programme), "")


@pytest.mark.parametrize(
    "issuers", [("江州市科学技术协会",), ("江州市科学技术协会", "江州市人力资源和社会保障局")]
)
def test_so_it_does_with_one_office_and_with_two(issuers):
    programme = programme_from_yaml(CALL).model_copy(update={"issuers": issuers})

    notice = render(programme)
    found, _ = read_pdf_facts(notice)

    assert found == read_facts(notice.source_document())
    assert found["issuers", issuers] == 1


@pytest.mark.parametrize("way", ["official", "table"])
@pytest.mark.parametrize("name", shipped())
def test_the_pdf_of_a_shipped_programme_says_what_its_word_file_says(name, way):
    notice = render(demonstration(name), WAYS[way])

    assert read_pdf_facts(notice)[0] == read_facts(notice.source_document())


def test_one_wrong_number_in_the_pdf_is_noticed():
    programme = programme_from_yaml(CALL)
    found, _ = read_pdf_facts(with_a_wrong_number(render(programme)))

    assert found != expected_facts(programme)


def test_the_same_revision_gives_the_same_bytes_and_another_moment_others():
    notice, at = render(programme_from_yaml(CALL)), datetime(2031, 3, 5, tzinfo=UTC)

    assert notice.pdf(Imprint(at=at)).pdf == notice.pdf(Imprint(at=at)).pdf
    assert notice.pdf(Imprint(at=at)).pdf != notice.pdf(Imprint(at=at.replace(day=6))).pdf


def test_the_file_names_title_issuers_revision_and_digest_and_is_made_for_archives(tmp_path):
    imprint = Imprint("关于申报的通知", ("江州市科协", "江州市财政局"), revision=3, digest="ab12")
    path = tmp_path / "notice.pdf"
    path.write_bytes(render(programme_from_yaml(CALL)).pdf(imprint).pdf)

    with pdfplumber.open(path) as pdf:
        said = pdf.metadata

    assert (said["Title"], said["Keywords"]) == ("关于申报的通知", "revision 3, SHA-256 ab12")
    assert b"<pdfaid:part>2</pdfaid:part>" in path.read_bytes()
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in path.read_bytes()


def test_only_a_draft_bears_the_word_draft():
    notice = render(programme_from_yaml(CALL))

    assert words_of_pdf(notice.pdf(Imprint(is_draft=True)).pdf).count("草稿") == 4  # on each page
    assert words_of_pdf(notice.pdf(Imprint()).pdf).count("草稿") == 0


def words_of_pdf(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return "".join(glyph["text"] for page in opened.pages for glyph in page.chars)


def test_the_red_head_begins_35_mm_down_and_both_names_are_equally_wide(pages):
    names = [line_with(pages, words) for words in ("江州市科学技术协会", "江州市财政局")]

    assert [name["red"] for name in names] == [(1, 0, 0)] * 2
    assert names[0]["y"] - 37 - 30 * 0.5 / POINT == pytest.approx(35, abs=1.5)
    assert names[0]["x1"] - names[0]["x0"] == pytest.approx(names[1]["x1"] - names[1]["x0"], abs=1)
    assert names[0]["x0"] == pytest.approx(names[1]["x0"], abs=1)


def test_title_body_and_headings_have_the_fonts_of_their_parts(pages):
    fonts = [
        (line_with(pages, words)["font"], line_with(pages, words)["size"])
        for words in ("关于组织申报", "按照年度", "一、申报程序", "（一）申报时间")
    ]

    assert fonts == [
        ("NotoSerifSC-Bold", 22),
        ("NotoSerifSC-Regular", 16),
        ("NotoSansSC-Medium", 16),
        ("NotoSerifSC-Bold", 16),
    ]


def test_lines_of_text_stand_as_far_apart_as_22_on_a_page(pages):
    lines = [line for line in pages[0] if line["size"] == 16 and line["y"] > 170]
    steps = [below["y"] - above["y"] for above, below in pairwise(lines)]

    assert min(steps) == pytest.approx(225 / 22, abs=0.2)


def test_two_names_stand_abreast_the_last_one_above_the_date_with_room_for_seals(pages):
    names, day = line_with(pages, "江州市科学技术协会江州市财政局"), line_with(pages, "2031年3月5日")
    above = max(line["y"] for line in pages[1] if line["y"] < names["y"])

    assert names["x0"] >= 28
    assert 210 - 26 - day["x1"] == pytest.approx(4 * 156 / 28, abs=1.5)
    last_name = names["x1"] - 6 * 16 / POINT / 2  # its middle
    assert last_name == pytest.approx((day["x0"] + day["x1"]) / 2, abs=2.5)
    assert names["y"] - above == pytest.approx(3.5 * 225 / 22, abs=3)  # a seal is 42 mm high


def test_page_numbers_stand_outside_between_dashes(pages):
    feet = [page[-1] for page in pages]

    assert [foot["words"] for foot in feet] == [f"—{n}—" for n in range(1, len(pages) + 1)]
    assert [foot["x0"] > 105 for foot in feet] == [True, False, True, False]


@pytest.mark.parametrize(
    "title",
    [
        "关于组织申报2031年度江州市科普专项资金项目的通知",
        "江州市科学技术协会江州市财政局关于组织开展2026年度江州市科普专项资金项目申报工作的通知",
    ],
)
def test_a_long_title_breaks_between_words_and_no_line_is_much_longer_than_the_one_above(title):
    lines = title_lines(title, 20)

    assert "".join(lines) == title
    assert len(lines) == math.ceil(width(title) / 20)
    assert all(width(below) <= width(above) + 3 for above, below in pairwise(lines))
    assert not any(line.startswith(("的", "年", "”", "》")) for line in lines)


def test_a_character_that_no_font_has_is_named_and_shown_as_the_printers_mark():
    programme = programme_from_yaml(CALL.replace("科普短视频", "科普短视频🎬喆堃珺䶮"))
    paper = render(programme).pdf()

    assert paper.missing == "🎬"
    assert words_of_pdf(paper.pdf).count("科普短视频〓喆堃珺䶮") == 1


def test_words_are_never_code_of_the_template():
    hostile = ["#import \"x.typ\": *", "$ x^2 $", "\\", "@ref", "<label>", "*粗* _斜_ `码`", "#read(\"/etc/passwd\")",
               "= 标题", "http://example.org/" + "a" * 200, "]#panic()[", "\u202e倒", "\x0b\x00控制"]  # fmt: skip
    programme = programme_from_yaml(CALL)
    offices = tuple(replace_words(programme, hostile))
    paper = render(programme.model_copy(update={"attachments": offices})).pdf()
    words = words_of_pdf(paper.pdf).replace(" ", "").replace("\u200b", "")

    for said in hostile[:-2]:
        assert said.replace(" ", "") in words
    assert "root:" not in words


def replace_words(programme, hostile):
    for words in hostile:
        yield programme.attachments[0].model_copy(update={"title": words})


@pytest.mark.parametrize("name", shipped())
def test_no_column_of_a_table_ends_where_a_character_nearly_fits(name):
    blocks = render(demonstration(name), WAYS["table"]).blocks
    for grid in (block for block in blocks if isinstance(block, Grid) and block.headed):
        widths, size = layout.column_widths(grid), layout.cell_size(grid)
        inner = [(width - 2 * layout.CELL_PADDING) / size for width in widths]

        assert sum(widths) == pytest.approx(layout.TYPE_WIDTH, abs=size / 4)
        assert all(0.1 <= width % 1 <= 0.9 for width in inner)
        assert min(inner) >= 2.5
