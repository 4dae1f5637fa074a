"""The public finds a call and reads it: on a desk and on a phone, without scripts, in both languages."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from keqiao.web.portal.demonstration import load
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import DESKTOP, PHONE, picture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def calls_of_the_demonstration(live_server: Any) -> None:
    """The five calls are published."""
    load(timezone.now())


@pytest.mark.usefixtures("calls_of_the_demonstration")
def test_the_public_searches_and_reads_a_call(page: Page):
    page.goto("/")
    expect(page.locator(".kq-lines > li")).to_have_count(5)
    expect_accessible(page)
    picture(page, "home")

    page.get_by_role("searchbox").fill("科创中原")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".kq-lines > li")).to_have_count(1)
    page.get_by_label("申报单位").select_option("society")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".kq-lines > li")).to_have_count(1)
    expect_accessible(page)
    picture(page, "public-calls")

    page.get_by_role("link", name="2023年度“科创中原”行动项目申报指南").click()
    expect(page.locator("h1")).to_have_text("2023年度“科创中原”行动项目申报指南")
    overview = page.locator("#overview")
    expect(overview.get_by_role("row").filter(has_text="“科创中原”试点市")).to_contain_text("50万元/项")
    overview.get_by_role("link", name="“科创中原”试点市").click()
    node = page.locator(".kq-call__node").filter(has=page.get_by_role("heading", name="“科创中原”试点市"))
    expect(node).to_be_in_viewport()
    node.locator(".kq-call__rules summary").first.click()
    expect(node.locator(".kq-call__rules blockquote").first).not_to_be_empty()
    expect_accessible(page)
    page.goto(page.url.split("#")[0])
    picture(page, "public-call")
    assert page.context.cookies() == []


@pytest.mark.usefixtures("calls_of_the_demonstration")
def test_a_call_fits_a_phone_and_prints(page: Page):
    page.set_viewport_size(PHONE)
    for slug in ("sanmenxia-2023", "jining-2023"):
        page.goto(f"/calls/{slug}/")
        expect_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.set_viewport_size(DESKTOP)
    page.emulate_media(media="print")
    expect(page.locator(".kq-call__contents")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.usefixtures("calls_of_the_demonstration")
def test_the_labels_are_english_and_the_words_of_the_notice_stay(page: Page):
    page.goto("/calls/yinchuan-2022/?lang=en")

    expect(page.get_by_role("heading", name="Categories at a glance")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("科创中国")
    expect(page.locator(".kq-call__rules").first).to_contain_text("Posted for 5 days")
    expect_accessible(page)


@pytest.mark.usefixtures("calls_of_the_demonstration")
def test_everything_works_without_scripts(browser: Browser, live_server: Any):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    visitor = context.new_page()
    visitor.goto("/calls/?q=济宁")
    visitor.locator(".kq-lines a").first.click()
    expect(visitor.locator("#overview table")).to_be_visible()
    visitor.locator("#money summary").click()
    expect(visitor.locator("#money table")).to_be_visible()
    with visitor.expect_download() as download:
        visitor.locator(".kq-call__file").click()
    assert download.value.suggested_filename.endswith(".docx")
    context.close()
