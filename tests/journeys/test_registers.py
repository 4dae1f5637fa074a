"""Officers keep the registers; two of them debar; anybody looks up a number."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from keqiao.web.accounts.roles import Role
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import DESKTOP, PHONE, picture
from tests.journeys.visitors import log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
UNIT = "渑池县韶州小米协会"
NUMBER = "三科院2026-001"


@pytest.fixture
def association(live_server: Any) -> Any:
    """An association, and a unit that may come to stand in its registers."""
    make.organisation(UNIT)
    return make.association("三门峡市科学技术协会", slug="sanmenxia")


def go_to(page: Page, place: str) -> None:
    page.get_by_role("navigation", name="工作导航").get_by_role("link", name=place).click()


def expect_sound(page: Page) -> None:
    """Accessible in both colours, and no sideways scrolling on a phone."""
    expect_accessible(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.set_viewport_size(DESKTOP)


def open_a_register(page: Page) -> None:
    page.get_by_role("link", name="新建认定名册").first.click()
    page.get_by_label("名册名称").fill("市级科技小院")
    page.get_by_label("有效期（年）").fill("3")
    page.get_by_label("编号格式").fill("三科院{year}-{number}")
    page.get_by_label("可公开查询").check()
    expect_sound(page)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="市级科技小院", exact=True)).to_be_visible()
    expect_sound(page)


def enter_a_line(page: Page) -> None:
    """First with two faults, which show at once and lose nothing."""
    page.get_by_role("link", name="登记", exact=True).first.click()
    page.get_by_label("持有者").fill("没有这家")
    page.get_by_label("起始日期").fill("2026-01-10")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("有 2 处需要修改")
    expect(page.get_by_label("起始日期")).to_have_value("2026-01-10")
    expect_sound(page)
    page.get_by_label("持有者").fill(UNIT)
    page.get_by_label("来源").fill("2026年认定文件")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text(NUMBER).first).to_be_visible()
    expect_sound(page)
    picture(page, "register-line")


def test_a_recognition_is_entered_and_anybody_can_look_its_number_up(page: Page, association):
    log_in(page, make.officer(association))
    go_to(page, "登记与名录")
    expect_sound(page)
    open_a_register(page)
    enter_a_line(page)
    go_to(page, "登记与名录")
    expect_sound(page)
    picture(page, "registers")

    page.context.clear_cookies()
    page.goto("/registers/sanmenxia/look-up/")
    page.get_by_label("编号").fill(NUMBER)
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text(UNIT)).to_be_visible()
    expect_sound(page)
    picture(page, "register-look-up")
    page.get_by_label("编号").fill("没有这个编号")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("没有可公开的记录")).to_be_visible()


def test_a_debarment_is_asked_for_by_one_and_begins_when_another_agrees(page: Page, association):
    leader = make.holder(Role.LEADER, association.organisation)
    log_in(page, make.officer(association))
    go_to(page, "登记与名录")
    page.get_by_label("查某个单位或人员的全部登记").fill(UNIT)
    page.get_by_role("button", name="查登记").click()
    expect(page.get_by_text("还没有登记", exact=True)).to_be_visible()
    page.get_by_role("link", name="登记禁止申报").click()
    year = timezone.now().year
    for label, words in (
        ("事由", "结项验收不合格"),
        ("依据文件", "科普项目申报通知"),
        ("限制范围", "新的科普项目"),
    ):
        page.get_by_label(label).fill(words)
    page.get_by_label("起始日期").fill(f"{year}-01-01")
    page.get_by_label("截止日期").fill(f"{year + 2}-12-31")
    page.get_by_label("提交理由").fill("验收结论见附件")
    expect_sound(page)
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_role("heading", name=f"禁止申报：{UNIT}")).to_be_visible()

    page.context.clear_cookies()
    log_in(page, leader)
    go_to(page, "审批")
    page.get_by_role("link", name=f"禁止申报：{UNIT}").click()
    page.get_by_role("button", name="批准并执行").click()
    go_to(page, "登记与名录")
    page.get_by_role("link", name="禁止申报名册").click()
    expect_sound(page)
    page.get_by_role("link", name=UNIT).click()
    expect(page.get_by_text("执行中")).to_be_visible()
    expect_sound(page)
    picture(page, "debarment")
