"""A stamped page comes back as a photo, turned and in shadow; after a correction only this page is done again."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import picture
from tests.journeys.test_notice_to_call import READING_MS, log_in
from tests.web.applications import makers
from tests.web.filing.stamped_pages import photo

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def application():
    """A submitted application."""
    return makers.submitted(makers.call())


def print_and_photograph(page: Page, folder: Path, seed: int) -> Path:
    """Download the page, stamp it, take a photo of it askew."""
    with page.expect_download() as download:
        page.get_by_role("button", name="下载盖章页（PDF）").click()
    file = folder / f"photo-{seed}.jpg"
    file.write_bytes(photo(download.value.path().read_bytes(), seed=seed))
    return file


def bring(page: Page, file: Path) -> None:
    """Choose the photo and send it."""
    page.get_by_label("图片或 PDF").set_input_files(file)
    page.get_by_role("button", name="上传并识别").click()
    expect(page.get_by_text("识别并归入 1 页。")).to_be_visible(timeout=READING_MS)


def test_a_stamped_photo_is_matched_and_after_a_correction_only_this_page_is_done_again(
    page: Page, application, tmp_path
):
    log_in(page, application.created_by)
    page.goto(f"/applications/{application.pk}/")
    expect(page.get_by_text("未上传盖章页")).to_be_visible()
    page.get_by_role("link", name="打印、上传盖章页").click()
    expect_accessible(page)

    bring(page, print_and_photograph(page, tmp_path, seed=1))
    expect(page.get_by_text("盖章页与现内容一致")).to_be_visible()
    expect(page.get_by_text("可见红色印章")).to_be_visible()
    expect_accessible(page)
    picture(page, "stamped-page")

    makers.returned(application)
    makers.save(application, summary="六个乡镇，十二场。")
    makers.submit(application)
    page.reload()
    expect(page.get_by_text("只需重新打印这一页签章上传")).to_be_visible()
    expect(page.get_by_text("盖章后改动：项目内容")).to_be_visible()
    expect_accessible(page)

    bring(page, print_and_photograph(page, tmp_path, seed=2))
    expect(page.get_by_text("盖章页与现内容一致")).to_be_visible()
    page.get_by_role("link", name="上传").first.click()
    expect(page.get_by_role("heading", name="系统内现在的内容")).to_be_visible()
    expect_accessible(page)
    picture(page, "stamped-picture")
