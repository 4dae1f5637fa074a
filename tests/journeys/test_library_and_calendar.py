"""An officer keeps the library of regulations and the working calendar, and uses both."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from keqiao.web.programmes.actions import publish
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import DESKTOP, PHONE, picture
from tests.journeys.visitors import log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "创新基地建设与管理办法"
PDF = {"name": "管理办法.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n1 0 obj\nendobj\n"}


@pytest.fixture
def call(live_server: Any) -> Any:
    """A draft with a rule that asks for a regulation."""
    association = make.association("三门峡市科学技术协会", slug="sanmenxia")
    rule = {
        "id": "c1.r1",
        "type": "conform",
        "summary": "依托单位达到管理办法的基本要求",
        "to": f"《{TITLE}》",
    }
    category = {
        "id": "c1",
        "name": "“科创三门峡”创新基地",
        "funding": {"kind": "fixed", "amount_fen": 5_000_000},
        "places": {"count": 4},
        "targets": [{"id": "c1.t1", "metric": "活动", "comparator": ">=", "value": 5, "unit": "次"}],
        "rules": [rule],
    }
    return make.draft_call(association, make.definition("2026年度行动项目申报通知", categories=[category]))


def go_to(page: Page, place: str) -> None:
    page.get_by_role("navigation", name="工作导航").get_by_role("link", name=place).click()


def expect_no_sideways_scrolling(page: Page) -> None:
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.set_viewport_size(DESKTOP)


def enter_the_regulation(page: Page) -> None:
    """With its file, and what it asks of two kinds of unit; groups are added while it is written."""
    page.get_by_role("link", name="登记规章").first.click()
    page.locator("input[name=title]").fill(f"《{TITLE}》")
    page.get_by_label("制定机关").fill("三门峡市科协")
    page.get_by_label("文号").fill("三科协〔2023〕8号")
    page.get_by_label("版本名称").fill("2023年修订")
    page.get_by_label("施行日期").fill("2023-05-01")
    page.get_by_label("基本要求").first.fill("有固定场所\n有专人负责")
    for number, (kind, asked) in enumerate([("高校", "有省级以上科研平台"), ("企业", "有研发机构")]):
        page.get_by_label("单位类别").nth(number).fill(kind)
        page.get_by_label("基本要求").nth(number + 1).fill(asked)
    page.get_by_role("button", name="再加几类").click()
    expect(page.get_by_label("单位类别")).to_have_count(4)
    expect(page.get_by_label("单位类别").nth(1)).to_have_value("企业")
    page.locator("input[type=file]").set_input_files(PDF)
    expect_accessible(page)
    picture(page, "regulation-form")
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_role("heading", name=f"《{TITLE}》")).to_be_visible()
    expect(page.get_by_text("有省级以上科研平台")).to_be_visible()
    expect_accessible(page)


def choose_it_for_the_rule(page: Page, call: Any) -> None:
    """From the library, on the page of the draft's regulations."""
    page.goto(f"/desk/calls/{call.pk}/regulations/")
    expect(page.get_by_text("未写明规章")).to_be_visible()
    page.locator("select[name=regulation]").select_option(index=1)
    page.get_by_label("“科创三门峡”创新基地 · 依托单位达到管理办法的基本要求").check()
    expect_accessible(page)
    page.get_by_role("button", name="选用").click()
    expect(page.get_by_text("已写明规章")).to_be_visible()
    expect_accessible(page)
    expect_no_sideways_scrolling(page)
    picture(page, "call-regulations")


def publish_as_it_stands(call: Any) -> None:
    draft = call.draft
    draft.refresh_from_db()
    publish(call.pk, draft.version, actor=call.created_by, at=timezone.now(), note="评分标准另行通知")
    call.refresh_from_db()


def test_a_regulation_is_entered_once_and_stands_under_the_rule_that_asks_for_it(page: Page, call):
    log_in(page, call.created_by)
    go_to(page, "规章库")
    expect_accessible(page)
    enter_the_regulation(page)
    choose_it_for_the_rule(page, call)

    go_to(page, "规章库")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("row").filter(has_text="2026年度行动项目申报通知")).to_be_visible()
    expect(page.get_by_text("已被引用，内容不再改动")).to_be_visible()
    expect_no_sideways_scrolling(page)
    picture(page, "regulation")

    publish_as_it_stands(call)
    page.context.clear_cookies()
    page.goto(f"/calls/{call.slug}/c1/")
    page.get_by_text(f"所依规章 《{TITLE}》").click()
    expect(page.get_by_text("有省级以上科研平台")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("link", name="规章全文和版本").click()
    expect(page.get_by_role("heading", name=f"《{TITLE}》")).to_be_visible()
    expect_accessible(page)
    expect_no_sideways_scrolling(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载全文").click()
    assert download.value.suggested_filename == "管理办法.pdf"


def test_a_local_day_off_is_counted_and_an_unknown_year_is_asked_for(page: Page, call):
    log_in(page, call.created_by)
    go_to(page, "工作日历")
    page.goto(f"/desk/calendar/{call.association_id}/2026/")
    page.get_by_role("link", name="登记本地安排").click()
    page.get_by_label("放假（不上班）").check()
    page.get_by_label("起始日期").fill("2026-07-30")
    page.get_by_label("事由").fill("台风停工")
    page.get_by_label("依据文件及文号").fill("市政府通告第3号")
    expect_accessible(page)
    page.get_by_role("button", name="登记").click()

    expect(page.get_by_text("全年 247 个工作日。")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="台风停工").last).to_contain_text("市政府通告第3号")
    expect(page.locator("td[title=台风停工]")).to_have_text("30本休台风停工")
    expect_accessible(page)
    expect_no_sideways_scrolling(page)
    picture(page, "calendar")

    page.get_by_role("link", name="期限计算").click()
    page.locator("input[name=start]").fill("2026-07-29")
    page.get_by_label("天数").fill("3")
    page.get_by_role("button", name="计算").click()
    expect(page.get_by_role("heading", name="到期日：2026年8月3日（周一）")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="2026年7月30日")).to_contain_text("本地安排：台风停工")
    expect_accessible(page)
    expect_no_sideways_scrolling(page)
    picture(page, "deadline-count")

    page.locator("input[name=start]").fill("2026-12-30")
    page.get_by_label("天数").fill("5")
    page.get_by_role("button", name="计算").click()
    expect(page.get_by_role("heading", name="现在还算不出来")).to_be_visible()
    expect(page.get_by_text("2027年节假日安排")).to_be_visible()
    expect(page.get_by_text("到 2026年12月31日 为止已计 2 天。")).to_be_visible()
    expect_accessible(page)
    page.goto(f"/desk/calendar/{call.association_id}/2027/")
    expect(page.get_by_text("2027年节假日安排")).to_be_visible()
    expect(page.locator(".kq-month")).to_have_count(0)
    expect_accessible(page)
