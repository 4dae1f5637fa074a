"""Jining: a list in public notice; a stranger objects, it is upheld, the next in rank takes the place."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from keqiao.web.approvals.models import Approval
from keqiao.web.public_notice import actions
from keqiao.web.public_notice.models import Notice, NoticeItem, Objection
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import PHONE, picture
from tests.journeys.visitors import PATIENCE_MS, log_in
from tests.web import make
from tests.web.public_notice import makers

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
RULE = {**makers.FIVE_DAYS, "day_kind": "calendar"}
"""Natural days: the journey runs today, and next year may not be announced; working days: tests/web/public_notice."""


def as_visitor(page: Page, who: Any) -> None:
    page.context.clear_cookies()
    log_in(page, who)


def agree(page: Page, leader: Any) -> None:
    """A leader agrees to what waits."""
    waiting = Approval.objects.get(state="proposed")
    as_visitor(page, leader)
    page.goto(f"/approvals/{waiting.pk}/")
    page.get_by_role("button", name="批准并执行").click()
    expect(page.get_by_role("button", name="批准并执行")).to_have_count(0, timeout=PATIENCE_MS)
    assert Approval.objects.get(pk=waiting.pk).state == "approved"


def fits_a_phone(page: Page) -> None:
    before = page.viewport_size
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size(before)


def post_a_notice(page: Page, officer: Any, leader: Any) -> Notice:
    """An officer drafts it, a leader signs, it is posted."""
    page.goto("/desk/public-notices/")
    expect_accessible(page)
    page.get_by_role("link", name="拟公示").click()
    page.get_by_label("受理电话").fill("0537-1234567")
    expect_accessible(page)
    picture(page, "public-notice-drafting")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("button", name="提请领导签发")).to_be_visible(timeout=PATIENCE_MS)
    expect_accessible(page)
    fits_a_phone(page)
    picture(page, "public-notice")
    page.get_by_role("button", name="提请领导签发").click()
    expect(page.get_by_text("已提交领导审批")).to_be_visible(timeout=PATIENCE_MS)
    agree(page, leader)
    notice = Notice.objects.get()
    as_visitor(page, officer)
    page.goto(f"/desk/public-notices/{notice.pk}/")
    page.get_by_role("button", name="现在发布").click()
    expect(page.get_by_text("已发布，公示期从今天算起。")).to_be_visible(timeout=PATIENCE_MS)
    return notice


def object_to_the_first(page: Page, notice: Notice) -> str:
    """A stranger objects, first without a name; the address of the private link."""
    page.context.clear_cookies()
    page.goto(f"/notices/{notice.pk}/")
    expect_accessible(page)
    fits_a_phone(page)
    picture(page, "public-notice-for-everybody")
    item = NoticeItem.objects.get(notice=notice, position=1)
    page.goto(f"/notices/items/{item.pk}/object/")
    expect_accessible(page)
    fits_a_phone(page)
    page.get_by_role("button", name="提交异议").click()
    expect(page.get_by_text("匿名或无法联系的异议不予受理").first).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_label("真实姓名或单位全称").fill("王异议")
    page.get_by_label("联系电话").fill("13900001234")
    page.get_by_label("事实和理由").fill(makers.GROUNDS)
    picture(page, "public-notice-objecting")
    page.get_by_role("button", name="提交异议").click()
    expect(page.get_by_text("请保存本页网址")).to_be_visible(timeout=PATIENCE_MS)
    expect_accessible(page)
    return page.url


def uphold(page: Page, officer: Any, leader: Any, investigator: Any) -> None:
    """It is taken up, looked into, and a leader agrees that it is true."""
    objection = Objection.objects.get()
    as_visitor(page, officer)
    page.goto(f"/desk/objections/{objection.pk}/")
    expect_accessible(page)
    fits_a_phone(page)
    picture(page, "public-notice-objection")
    page.get_by_role("button", name="受理，暂缓该项目").click()
    page.get_by_label("调查人").select_option(label=str(investigator))
    page.get_by_role("button", name="交办调查").click()
    expect(page.get_by_text("已办理：交办调查。")).to_be_visible(timeout=PATIENCE_MS)
    as_visitor(page, investigator)
    page.goto(f"/desk/objections/{objection.pk}/")
    page.get_by_label("异议成立", exact=True).check()
    page.get_by_label("调查结论").fill("现场核实，情况属实。")
    page.get_by_role("button", name="提交调查结论").click()
    expect(page.get_by_text("已办理：提交调查结论。")).to_be_visible(timeout=PATIENCE_MS)
    as_visitor(page, officer)
    page.goto(f"/desk/objections/{objection.pk}/")
    page.get_by_label("异议成立，取消立项资格").check()
    page.get_by_label("处理依据").fill("经现场核实")
    page.get_by_role("button", name="提请领导决定").click()
    agree(page, leader)


def test_a_notice_runs_an_objection_is_upheld_and_a_substitute_takes_the_place(page: Page):
    rows = makers.selections(makers.call(rules=[RULE]))
    officer, leader = makers.people(rows[0].call)
    log_in(page, officer)
    notice = post_a_notice(page, officer, leader)
    followed = object_to_the_first(page, notice)
    uphold(page, officer, leader, make.officer(rows[0].association))

    as_visitor(page, officer)
    page.goto(f"/desk/public-notices/places/{rows[0].pk}/")
    page.get_by_label(re.compile("第3号项目")).check()
    page.get_by_label("理由").fill("按名次递补")
    expect_accessible(page)
    page.get_by_role("button", name="提请领导批准").click()
    agree(page, leader)
    assert makers.states(rows) == ["substituted", "in_notice", "approved"]
    over = timezone.now() + timedelta(days=6)
    actions.end_due(over)
    actions.conclude(notice.pk, actor=officer, at=over)
    assert makers.states(rows) == ["substituted", "confirmed", "approved"]
    page.context.clear_cookies()
    page.goto(followed)
    expect(page.get_by_role("link", name="下载答复（Word）")).to_be_visible(timeout=PATIENCE_MS)
