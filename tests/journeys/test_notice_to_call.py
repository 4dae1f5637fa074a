"""From the Word notice to the public call: upload, reading, doubts, publication; and the call for the public."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import PHONE, picture
from tests.journeys.visitors import log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "市科协2022年“科创中国”科技经济融合发展暨重点学会工作学术活动项目指标"
READING_MS = 60_000


@pytest.fixture
def officer():
    """An officer of the association that issues the call."""
    association = make.association("银川市科学技术协会", slug="yinchuan")
    return make.officer(association)


def upload(page: Page, file: Path) -> None:
    page.get_by_role("link", name="上传通知").first.click()
    expect_accessible(page)
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_role("button", name="上传并识读").first.click()


def add_to_the_call(page: Page, name: str) -> Locator:
    """Open the form of a statement of the whole call that the document does not make."""
    menu = page.locator("[id='node-'] > .kq-branch__body .kq-branch__add").first
    menu.locator("summary").click()
    menu.get_by_role("link", name=name, exact=True).click()
    form = page.locator("[data-part-form] form")
    expect(form.get_by_role("button", name="保存")).to_be_visible()
    return form


def save(form: Locator) -> None:
    form.get_by_role("button", name="保存").click()
    expect(form.page.get_by_text("已保存。")).to_be_visible()


def fill_what_the_document_leaves_open(page: Page) -> None:
    """Who may apply, until when, no money; region and issuer; whom to ask."""
    form = add_to_the_call(page, "申报单位")
    expect_accessible(page)
    form.get_by_label("申报单位").fill("市级学会\n县（市、区）科协")
    save(form)
    form = add_to_the_call(page, "经费")
    form.get_by_label("经费方式").select_option("none")
    save(form)
    form = add_to_the_call(page, "申报截止")
    form.get_by_label("申报截止日").fill("2022-03-31")
    save(form)
    page.locator("[id='node-'] > .kq-branch__body").get_by_role("link", name="基本信息").click()
    form = page.locator("[data-part-form] form")
    form.get_by_label("发文单位").fill("银川市科学技术协会")
    form.get_by_label("地区").fill("银川市")
    save(form)
    form = add_to_the_call(page, "联系部门")
    form.get_by_label("部门", exact=True).fill("学会学术部")
    form.get_by_label("电话").fill("0000-5550101")
    save(form)


def confirm_what_was_read(page: Page) -> None:
    """Every statement that only needs a look."""
    sure = page.locator("#doubts").get_by_role("button", name="无误")
    while count := sure.count():
        sure.first.click()
        expect(sure).to_have_count(count - 1)


@pytest.mark.seeds
def test_an_officer_turns_a_notice_into_a_call_that_the_public_sees(page: Page, worker, officer, seeds):
    log_in(page, officer)
    expect_accessible(page)
    upload(page, seeds / "yinchuan-2022.docx")

    expect(page.get_by_role("heading", name=TITLE)).to_be_visible(timeout=READING_MS)
    expect_accessible(page)
    picture(page, "draft")
    expect(page.locator("#original").get_by_text("2022年科技政策宣讲和解读").first).to_be_visible()

    page.get_by_role("link", name="校验并发布").click()
    expect(page.get_by_role("heading", name="必须先处理")).to_be_visible()
    expect(page.get_by_role("button", name="发布")).to_have_count(0)
    expect_accessible(page)
    page.get_by_role("link", name="返回草稿").click()

    fill_what_the_document_leaves_open(page)
    confirm_what_was_read(page)
    page.get_by_role("link", name="校验并发布").click()
    expect_accessible(page)
    page.get_by_label("说明").fill("评分标准和公示安排另行通知")
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("已发布。")).to_be_visible()

    page.context.clear_cookies()
    page.goto("/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.locator("#overview")).to_contain_text("2022KCZG001")
    expect(page.locator("#ask")).to_contain_text("0000-5550101")
    expect_accessible(page)
    picture(page, "call")
    page.locator("#overview").get_by_role("link", name="2022KCZG001").click()
    expect(page.get_by_text("参与企业").first).to_be_visible()
    expect_accessible(page)


def test_the_public_reads_a_call_on_a_phone_without_scripts(browser: Browser, live_server):
    call = make.published_call()
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", viewport=PHONE, java_script_enabled=False
    )
    page = context.new_page()

    page.goto("/calls/")
    page.get_by_role("link", name=call.title).click()

    expect(page.get_by_role("heading", name=call.title)).to_be_visible()
    expect(page.get_by_text("3万元/项").first).to_be_visible()
    widths = page.locator("html").bounding_box()
    assert widths["width"] <= PHONE["width"]
    picture(page, "call-phone")
    assert context.cookies() == []
    context.close()
