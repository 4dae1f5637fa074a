"""The same form without scripts, and on a phone with tables, a budget and a file."""

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from keqiao.web.applications.models import Application, Submission
from tests.journeys.accessibility import expect_accessible
from tests.journeys.filling import COMPLETE, REASON, jining, sanmenxia, type_into
from tests.journeys.pictures import PHONE, picture
from tests.journeys.visitors import PATIENCE_MS, log_in, watched_page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.fixture
def city(live_server: Any) -> SimpleNamespace:
    return jining()


@pytest.fixture
def province(live_server: Any) -> SimpleNamespace:
    return sanmenxia()


def test_a_form_is_filled_in_and_submitted_without_scripts(
    browser: Browser, live_server: Any, city: SimpleNamespace
):
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", java_script_enabled=False)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    log_in(page, city.account)
    page.goto(f"/applications/begin/{city.offer.pk}/")
    page.get_by_role("button", name="开始填报").click()
    page.get_by_label("申报项目").fill(COMPLETE["project"])
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("alert")).to_contain_text("“实施方案”必填，还没有填写。")
    type_into(page, COMPLETE)
    page.get_by_role("button", name="核对并提交").click()
    expect(page.get_by_role("heading", name="核对并提交")).to_be_visible(timeout=PATIENCE_MS)
    if page.get_by_label("说明理由后可以提交").count():
        page.get_by_label("说明理由后可以提交").fill(REASON)
    page.get_by_role("button", name="确认提交").click()
    expect(page.locator("#receipt-number")).to_have_text(Submission.objects.get().number)
    context.close()


def test_tables_a_budget_and_a_file_are_filled_in_on_a_phone(
    browser: Browser, live_server: Any, province: SimpleNamespace
):
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", viewport=PHONE, has_touch=True)
    context.set_default_timeout(PATIENCE_MS)
    with watched_page(context, live_server.url) as page:
        log_in(page, province.account)
        page.goto(f"/applications/begin/{province.offer.pk}/")
        page.get_by_role("button", name="开始填报").click()
        fill_on_a_phone(page)
        expect_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        picture(page, "apply-tables")
    context.close()


def test_a_row_taken_out_while_the_line_is_broken_does_not_come_back(page: Page, province: SimpleNamespace):
    log_in(page, province.account)
    page.goto(f"/applications/begin/{province.offer.pk}/")
    page.get_by_role("button", name="开始填报").click()
    items = page.locator('[data-rows="budget"] [name$=".item"]')
    items.first.fill("场地费")
    page.locator('[data-adds="budget"]').click()
    items.last.fill("印刷费")
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible(timeout=PATIENCE_MS)
    page.reload()
    expect(items).to_have_count(2)
    address = page.url

    page.route("**/autosave/", lambda route: route.abort())
    page.locator('[data-rows="budget"] [data-removes]').first.click()
    expect(page.get_by_role("status").filter(has_text="连接中断")).to_be_visible(timeout=PATIENCE_MS)
    page.close(run_before_unload=False)

    again = page.context.new_page()
    again.goto(address)
    there = again.locator('[data-rows="budget"] [name$=".item"]')
    expect(there).to_have_count(1)
    expect(there).to_have_value("印刷费")


def fill_on_a_phone(page: Page) -> None:
    page.locator('[name="f.budget.0.item"]').fill("场地费")
    page.locator('[name="f.budget.0.grant"]').fill("1.2万")
    page.locator('[data-adds="budget"]').click()
    last = page.locator('[data-rows="budget"] [data-row]').last
    last.locator('[name$=".item"]').fill("印刷费")
    last.locator('[name$=".grant"]').fill("3000")
    expect(page.locator('[data-computed="requested"]')).to_have_text("15000元", timeout=PATIENCE_MS)
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible(timeout=PATIENCE_MS)

    joint = page.locator('[data-field="partners"]')
    expect(joint).to_be_hidden()
    page.get_by_label("联合申报").check()
    expect(joint).to_be_visible(timeout=PATIENCE_MS)

    page.locator('button[value="files:proofs"]').click()
    page.locator("input[type=file]").set_input_files(
        {"name": "证明.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_role("link", name="证明.pdf")).to_be_visible(timeout=PATIENCE_MS)
    application = Application.objects.get()
    assert application.attachments.get().file.name == "证明.pdf"
