"""Two people fill in the same form; somebody is logged out while typing: no word is lost or overwritten unseen."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from keqiao.web.accounts.roles import Role
from keqiao.web.applications.models import Application
from keqiao.web.applications.queries import answers_of
from tests.journeys.accessibility import expect_accessible
from tests.journeys.filling import jining
from tests.journeys.pictures import DESKTOP, PHONE, picture
from tests.journeys.visitors import PATIENCE_MS, log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SAVED, STANDS_AGAINST, LOGGED_OUT, BROUGHT_BACK = (
    "已保存",
    "他人也修改了",
    "登录已过期",
    "已恢复上次未保存的内容",
)


@pytest.fixture
def city(live_server: Any) -> SimpleNamespace:
    return jining()


def begin(page: Page, city: SimpleNamespace) -> str:
    """Log in and begin; the address of the form comes back."""
    log_in(page, city.account)
    page.goto(f"/applications/begin/{city.offer.pk}/")
    page.get_by_role("button", name="开始填报").click()
    expect(page.get_by_label("实施方案")).to_be_visible(timeout=PATIENCE_MS)
    return f"/applications/{Application.objects.get().pk}/fill/"


def expect_said(page: Page, words: str) -> None:
    """The line beside the buttons says so."""
    expect(page.locator("[data-state]")).to_contain_text(words, timeout=PATIENCE_MS)


def type_and_save(page: Page, **words: str) -> None:
    """Type into blanks and wait until the server has them."""
    for name, said in words.items():
        page.locator(f'[name="f.{name}"]').fill(said)
    expect(page.locator("form[data-fill]")).to_have_attribute("data-dirty", "false", timeout=PATIENCE_MS)
    expect_said(page, SAVED)


def answers() -> dict[str, Any]:
    """What stands of the only application."""
    return answers_of(Application.objects.get())


def test_two_people_at_one_form_overwrite_nothing(page: Page, second_page: Page, city: SimpleNamespace):
    address = begin(page, city)
    type_and_save(page, plan="共同的方案", effect="共同的效果")
    log_in(second_page, make.holder(Role.APPLICANT, city.unit))
    for each in (page, second_page):
        each.goto(address)
    before = answers()

    type_and_save(second_page, plan="乙改的方案", effect="乙改的效果", project="乙起的名称")
    page.locator('[name="f.conditions"]').fill("甲写的条件")
    page.locator('[name="f.plan"]').fill("甲改的方案")
    page.locator('[name="f.effect"]').fill("甲改的效果")
    expect_said(page, STANDS_AGAINST)
    by_the_second = before | {"plan": "乙改的方案", "effect": "乙改的效果", "project": "乙起的名称"}
    assert answers() == by_the_second

    page.locator(".kq-save").get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="合并两人的修改")).to_be_visible(timeout=PATIENCE_MS)
    for words in ("甲改的方案", "乙改的方案", "甲改的效果", "乙改的效果"):
        expect(page.get_by_text(words)).to_be_visible()
    expect_accessible(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.set_viewport_size(DESKTOP)
    picture(page, "apply-merge")
    page.locator('[name="take.plan"][value=mine]').check()
    page.get_by_role("button", name="合并保存").click()
    expect(page.get_by_role("alert")).to_contain_text("还有栏目没有选择")
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(["预期成效"])
    expect(page.locator('[name="take.plan"][value=mine]')).to_be_checked()
    assert answers() == by_the_second

    page.locator('[name="take.effect"][value=theirs]').check()
    page.get_by_role("button", name="合并保存").click()
    expect(page.get_by_text("已合并保存。")).to_be_visible(timeout=PATIENCE_MS)
    assert answers() == by_the_second | {"plan": "甲改的方案", "conditions": "甲写的条件"}


def test_a_log_in_that_ended_while_typing_loses_nothing(page: Page, city: SimpleNamespace):
    address = begin(page, city)
    type_and_save(page, project="科学下乡")
    before = answers()
    Session.objects.all().delete()

    page.locator('[name="f.plan"]').fill("登录过期后写下的方案")
    expect_said(page, LOGGED_OUT)
    page.locator('[name="f.effect"]').fill("登录过期后写下的效果")
    page.locator(".kq-save").get_by_role("button", name="保存").click()
    expect(page.locator("input[name=login]")).to_be_visible(timeout=PATIENCE_MS)
    assert answers() == before

    page.locator("input[name=login]").fill(city.account.email)
    page.locator("input[name=password]").fill(make.PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"**{address}")
    expect(page.locator('[name="f.plan"]')).to_have_value("登录过期后写下的方案")
    expect(page.locator('[name="f.effect"]')).to_have_value("登录过期后写下的效果")
    expect_said(page, SAVED)
    assert answers() == before | {"plan": "登录过期后写下的方案", "effect": "登录过期后写下的效果"}
