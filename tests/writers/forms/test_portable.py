"""Forms as PDF: every value stands there as it was typed, the foot tells which submission it is, boxes stay whole."""

import io
import re
from datetime import UTC, datetime
from functools import cache

import pdfplumber
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keqiao.core.forms.paper import paper_of
from keqiao.writers.forms.code import QUIET, as_svg, matrix
from keqiao.writers.forms.imprint import BLANK, Imprint
from keqiao.writers.forms.portable import set_form
from tests.writers.forms.specifications import asking, one_of_each_form

FORMS = {specification.form.id: (specification, said) for specification, said in one_of_each_form()}
AT = datetime(2026, 11, 22, tzinfo=UTC)
DIGEST = "0123456789abcdef" * 4
DONE = Imprint(at=AT, number="科普-2026-0007", digest=DIGEST, address="https://keqiao.example.org/r/0f")
MARK = "0123456789abcdef"


def pages(pdf):
    """The words of each page without gaps."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [plain("".join(glyph["text"] for glyph in page.chars)) for page in opened.pages]


def seen(pdf):
    """The words that stand on the paper, and not below its edge."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [
            plain("".join(glyph["text"] for glyph in page.chars if glyph["bottom"] < page.height - 60))
            for page in opened.pages
        ]


def plain(words):
    return re.sub(r"[\s\u200b\u2060]", "", words)


@cache
def handed_in(form):
    """The PDF of a complete submission, and what it was made of."""
    specification, said = FORMS[form]
    paper = paper_of(specification, said, to_fill=False)
    return paper, set_form(paper, DONE)


@pytest.mark.parametrize("form", FORMS)
def test_everything_on_the_paper_stands_in_the_pdf(form):
    paper, printed = handed_in(form)

    words = "".join(pages(printed.pdf))
    assert [
        cell.words
        for cell in paper.cells()
        if any(plain(line) not in words for line in cell.words.splitlines())
    ] == []
    assert printed.missing == ""


@pytest.mark.parametrize("form", FORMS)
def test_each_page_of_a_submission_bears_number_fingerprint_code_and_which_page_it_is(form):
    printed = handed_in(form)[1].pdf
    found = pages(printed)

    count = len(found)
    assert [(DONE.number in page, f"{MARK}·{form}" in page) for page in found] == [(True, True)] * count
    assert [f"第{n}页共{count}页" in page for n, page in enumerate(found, start=1)] == [True] * count
    assert [page.count("草稿") for page in found] == [0] * count


def test_the_draft_says_so_on_each_page_and_has_no_fingerprint():
    specification, said = FORMS["kepu-shenbaoshu"]
    found = pages(set_form(paper_of(specification, said), Imprint(is_draft=True)).pdf)

    assert [("草稿" in page, MARK in page) for page in found] == [(True, False)] * len(found)


def test_a_blank_form_shows_all_that_may_be_asked_and_no_draft():
    specification, _ = FORMS["kepu-shenbaoshu"]
    paper = paper_of(specification)

    words = "".join(pages(set_form(paper).pdf))

    assert [
        said for said in paper.said() if any(plain(line) not in words for line in said.splitlines())
    ] == []
    assert "草稿" not in words


def test_the_same_submission_gives_the_same_bytes():
    paper, printed = handed_in("shenbaobiao")

    assert set_form(paper, DONE).pdf == printed.pdf


def test_the_file_names_its_form_its_number_and_its_digest_and_is_made_for_archives():
    printed = handed_in("shenbaobiao")[1].pdf
    with pdfplumber.open(io.BytesIO(printed)) as opened:
        said = opened.metadata

    specification, _ = FORMS["shenbaobiao"]
    assert said["Title"] == specification.title
    assert (
        said["Keywords"]
        == f"keqiao-form:shenbaobiao:{specification.digest}; 科普-2026-0007, SHA-256 {DIGEST}"
    )
    assert b"<pdfaid:part>2</pdfaid:part>" in printed


LONG = asking(
    {"id": "text", "kind": "long_text", "label": "内容"},
    {"id": "rows", "kind": "table", "label": "人员", "columns": [{"id": "name", "label": "姓名"}]},
    opinions=[{"who": "申报单位"}, {"who": "推荐单位", "signature": True}],
)


@pytest.mark.parametrize("count", range(24, 28))
def test_the_head_of_a_table_is_said_again_and_a_box_to_sign_never_breaks(count):
    answers = {"rows": [{"name": f"第{number}人"} for number in range(count)]}
    found = pages(set_form(paper_of(LONG, answers, to_fill=False), BLANK).pdf)

    assert sum("姓名" in page for page in found) > 1
    assert all("姓名" in page for page in found if re.search(r"第\d+人", page))
    for who in ("申报单位意见", "推荐单位意见"):
        page = next(page for page in found if who in page)
        assert page.index("单位公章", page.index(who)) < page.index("日", page.index(who))


def test_long_words_run_over_several_pages_and_none_is_lost():
    words = "".join(f"第{number}句话，" for number in range(2_000))
    found = pages(set_form(paper_of(LONG, {"text": words}, to_fill=False), BLANK).pdf)

    said = "".join(page.partition("第1页")[0] if n == 0 else page for n, page in enumerate(found))
    assert len(found) > 3
    assert [
        number for number in range(2_000) if f"第{number}句话，" not in re.sub(r"第\d+页共\d+页", "", said)
    ] == []


def test_a_character_that_no_font_has_is_told_and_leaves_a_geta():
    printed = set_form(paper_of(LONG, {"text": "甲\U000e0fff乙"}, to_fill=False))

    assert printed.missing == "\U000e0fff"
    assert "甲〓乙" in "".join(pages(printed.pdf))


HOSTILE = [
    "{{ answers }}", "{% for x in y %}", "${7*7}", "#read(\"/etc/passwd\")", "#import \"fonts.typ\"", "$ x^2 $",
    "*bold* _it_ `raw` = title", "<b>&amp;</b>", "<!ENTITY x SYSTEM \"file:///etc/passwd\">", "]]>",
    "\\u{41} \\n", "// /* */",
    "@cite <label>", "#{ panic() }", "=HYPERLINK(\"x\")", "'\"`", "%PDF-1.7", "/Title (x) Tj",
]  # fmt: skip


def test_code_of_any_kind_is_printed_as_the_words_it_is():
    rows = [{"name": f"始{value}终"} for value in HOSTILE]
    answers = {"text": "\n".join(HOSTILE), "rows": rows}
    words = "".join(pages(set_form(paper_of(LONG, answers, to_fill=False)).pdf))

    assert re.findall("始(.*?)终", words) == [plain(value) for value in HOSTILE]
    assert plain("".join(HOSTILE)) in words


SIGNS = st.sampled_from([*"{}#$*_`<>&\\@=/'\"[]()%~^|-+.:;,!?甲乙丙㐀〇１Ａ０Ωé·—…“”①㎡℃ \n\t\x00\x07\x85"])


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(SIGNS, min_size=1, max_size=40), min_size=10, max_size=20))
def test_what_was_typed_is_what_is_printed(values):
    """Every value stands between two signs that no value has."""
    answers = {"rows": [{"name": f"『{value}』"} for value in values]}
    words = "".join(pages(set_form(paper_of(LONG, answers, to_fill=False)).pdf))

    expected = [plain(re.sub(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]", "", value)) for value in values]
    assert re.findall("『(.*?)』", words) == expected


@pytest.mark.parametrize("length", [1500, 2500, 5000])
def test_a_row_higher_than_a_page_loses_nothing(length):
    words = "".join(chr(0x4E00 + number % 3000) for number in range(length))

    found = seen(set_form(paper_of(LONG, {"rows": [{"name": f"『{words}』"}]}, to_fill=False)).pdf)

    said = "".join(re.sub("(序号)?姓名", "", page) for page in found)
    assert re.findall("『(.*)』", said) == [words]


def test_the_code_reads_as_its_address():
    """The finder patterns stand in three corners, and drawing and modules agree."""
    rows = matrix(DONE.address)
    finder = [True] * 7, [True, *[False] * 5, True]

    assert [list(rows[n][:7]) for n in (0, 1)] == [*finder]
    assert [list(rows[n][-7:]) for n in (0, 1)] == [*finder]
    assert [list(rows[-1 - n][:7]) for n in (0, 1)] == [*finder]
    drawn = {
        (int(x) + step, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)", as_svg(DONE.address))
        for step in range(int(length))
    }
    assert drawn == {
        (x + QUIET, y + QUIET) for y, row in enumerate(rows) for x, black in enumerate(row) if black
    }


def test_the_code_stands_on_the_page():
    printed = handed_in("shenbaobiao")[1].pdf
    page = pypdfium2.PdfDocument(printed)[0]
    picture = page.render(scale=4).to_pil().convert("L")
    width, height = picture.size
    corner = picture.crop((round(width * 0.78), round(height * 0.88), width, height))

    dark = sum(corner.histogram()[:60])
    assert dark > 4_000
