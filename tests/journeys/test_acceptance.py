"""A project is closed: the unit fills in and hands in, the office fails it, the unit answers, the leader bars it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from keqiao.web.acceptance.models import Acceptance, CreditEntry
from keqiao.web.parties.queries import local_day
from keqiao.web.registers.models import Debarment
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import PHONE, picture
from tests.journeys.visitors import PATIENCE_MS, log_in
from tests.web.acceptance.makers import BAN, Closed
from tests.web.grants.makers import later

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAPERS = [{"name": "总结报告", "source": {"clause": "二3"}}, {"name": "典型案例"}]


def agreed_to(page: Page, who: Any) -> None:
    """What waits on this page is agreed to by another person."""
    waiting = page.url
    page.context.clear_cookies()
    log_in(page, who)
    page.goto(waiting)
    page.get_by_role("button", name="批准并执行").click()
    expect(page.get_by_text("已批准").first).to_be_visible(timeout=PATIENCE_MS)


def test_a_project_is_closed_with_what_follows(page: Page, second_page: Page):
    closed = Closed(deliverables=PAPERS, rules=[{"id": "r1", **BAN}])
    log_in(page, closed.applicant)
    handed_in_with_faults(page, closed)
    filled_in(page, closed)
    failed(second_page, closed)
    assert Acceptance.objects.get().state == "failed"

    CreditEntry.objects.update(answer_by=later())  # the project is of another day than the machine
    answered(page)
    recorded(second_page, closed)
    assert Debarment.objects.get().clause == "三5"


def handed_in_with_faults(page: Page, closed: Closed) -> None:
    """Everything that is missing is told at its place."""
    page.goto("/desk/acceptance/own/")
    page.get_by_role("link", name=closed.grant.number).click()
    expect_accessible(page)
    page.get_by_role("button", name="提交结项材料").click()
    expect(page.get_by_text("请填写完成日期。")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("缺少“总结报告”。")).to_be_visible()
    expect_accessible(page)
    picture(page, "acceptance-unit")


def filled_in(page: Page, closed: Closed) -> None:
    """A paper is uploaded, another is not needed; reasons, the day, plans; handed in on a phone."""
    page.get_by_role("link", name="上传").first.click()
    report = {"name": "总结报告.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    page.get_by_label("文件").set_input_files(files=[report])
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_text("总结报告.pdf")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_label("不须提交的，写明理由").fill("本项目不要求案例")
    for reason in page.get_by_label("偏差原因及改进措施").all():
        reason.fill("经费到位晚，已补办")
    page.get_by_label("完成日期").fill(local_day(closed.grant.begun_at).isoformat())
    page.get_by_label("问题与打算").fill("下一年提前安排。")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="提交结项材料").click()
    expect(page.get_by_text("结项材料已提交，等待验收。")).to_be_visible(timeout=PATIENCE_MS)


def failed(page: Page, closed: Closed) -> None:
    """The office fails it, the leader agrees."""
    log_in(page, closed.officer)
    page.goto("/desk/acceptance/")
    page.get_by_role("link", name=closed.call.title).click()
    expect_accessible(page)
    page.get_by_role("link", name=closed.grant.number).click()
    expect_accessible(page)
    picture(page, "acceptance-office")
    page.get_by_role("link", name="验收不通过").click()
    page.get_by_label("理由").fill("没有开展活动")
    page.get_by_role("button", name="验收不通过").click()
    expect(page.get_by_text("已提交审批，另一人同意后生效。")).to_be_visible(timeout=PATIENCE_MS)
    agreed_to(page, closed.leader)


def answered(page: Page) -> None:
    """Whom it is about answers."""
    page.goto("/desk/acceptance/own/")
    page.get_by_role("link", name=BAN["summary"]).first.click()
    page.get_by_role("link", name="陈述申辩").click()
    page.get_by_label("内容").fill("台风影响")
    page.get_by_role("button", name="陈述申辩").click()
    expect(page.get_by_text("台风影响")).to_be_visible(timeout=PATIENCE_MS)
    expect_accessible(page)
    picture(page, "credit-entry")


def recorded(page: Page, closed: Closed) -> None:
    """An officer asks for the entry, the leader agrees."""
    entry = CreditEntry.objects.get(hit="unit")
    page.context.clear_cookies()
    log_in(page, closed.officer)
    page.goto(f"/desk/credit/{entry.pk}/")
    page.get_by_role("link", name="作出信用记录").click()
    page.get_by_role("button", name="作出信用记录").click()
    expect(page.get_by_text("已提交审批，另一人同意后生效。")).to_be_visible(timeout=PATIENCE_MS)
    agreed_to(page, closed.leader)
