"""Full circle: a call is issued as Word and PDF, kept as its own document, and the Word file read in as a new call."""

from pathlib import Path

import docx
import pdfplumber
import pytest
from playwright.sync_api import Page, expect

from keqiao.core.programme import walk
from keqiao.readers.programmes import load
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.models import Call
from keqiao.web.programmes.queries import draft_of
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import PHONE, picture
from tests.journeys.visitors import log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NUMBER = "三科协〔2023〕5号"
READING_MS = 60_000


@pytest.fixture
def call():
    """A draft of two offices with three tracks, without a document."""
    association = make.association("三门峡市科学技术协会", slug="sanmenxia")
    programme = load("sanmenxia-2023").model_copy(update={"document_number": NUMBER})
    return make.draft_call(association, programme)


def download(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as started:
        page.get_by_role("button", name=button).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def names_of(call) -> list[str]:
    return [category.name for _path, category in walk(programme_of(draft_of(call).definition))]


def test_a_joint_call_is_issued_kept_and_read_in_again(page: Page, worker, call, downloads):
    log_in(page, call.created_by)
    page.goto(f"/desk/calls/{call.pk}/")
    page.get_by_role("link", name="出文").click()
    paper = page.get_by_role("region", name="通知预览")
    expect(paper.locator(".kq-paper__issuer")).to_have_text(["三门峡市科学技术协会", "三门峡市财政局"])
    expect(paper).to_contain_text(NUMBER)
    expect_accessible(page)
    picture(page, "issue")

    page.get_by_label("编排方式").select_option("table")
    page.get_by_role("button", name="按此预览").click()
    expect(paper.locator(".kq-paper__table thead th").nth(1)).to_have_text("项目名称")
    expect_accessible(page)
    page.get_by_label("编排方式").select_option("official")
    page.get_by_role("button", name="按此预览").click()

    word, pdf = (download(page, f"下载 {form}", downloads) for form in ("Word", "PDF"))
    title = draft_of(call).definition["title"]
    assert word.name == f"{NUMBER} {title}（草稿）.docx"
    assert [p.text for p in docx.Document(word).paragraphs][:3] == [
        "三门峡市科学技术协会",
        "三门峡市财政局",
        NUMBER,
    ]
    with pdfplumber.open(pdf) as opened:
        first = opened.pages[0].extract_text().replace(" ", "")
    assert first.count("三门峡市财政局") == 1
    assert first.count(NUMBER) == 1

    page.get_by_role("button", name="存为本通知的文件").click()
    expect(page.get_by_text("已存为本通知的原文")).to_be_visible()
    expect(page.locator("#original")).to_contain_text(NUMBER)
    expect(page.locator("#original .kq-fact").first).to_be_visible()

    page.goto("/desk/calls/new/")
    page.locator("input[type=file]").first.set_input_files(word)
    page.get_by_role("button", name="上传并识读").first.click()
    expect(page.locator("#structure")).to_be_visible(timeout=READING_MS)
    read = Call.objects.exclude(pk=call.pk).get()
    assert names_of(read) == names_of(call)
    assert draft_of(read).definition["issuers"] == ["三门峡市科学技术协会", "三门峡市财政局"]
    assert draft_of(read).definition["document_number"] == NUMBER


def test_the_notice_fits_a_phone(page: Page, call):
    log_in(page, call.created_by)
    page.set_viewport_size(PHONE)
    page.goto(f"/desk/calls/{call.pk}/issue/")

    expect_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_public_pages_print_without_head_and_navigation(page: Page):
    call = make.published_call()
    page.goto(f"/calls/{call.slug}/")
    expect(page.locator(".kq-public__head")).to_be_visible()

    page.emulate_media(media="print")

    expect(page.locator("h1")).to_be_visible()
    for gone in (".kq-public__head", ".kq-public__foot", ".kq-call__contents", ".kq-call__acts"):
        expect(page.locator(gone).first).to_be_hidden()
