"""An officer looks at a whole ID number with a reason; the audit administrator sees who did, and why."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from keqiao.web.accounts.roles import Role
from keqiao.web.audit.queries import events_of_act
from keqiao.web.parties.models import Association, Person, Tie, TieKind
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import DESKTOP, PHONE, picture
from tests.journeys.visitors import log_in
from tests.web import make
from tests.web.conftest import key_file  # noqa: F401

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NUMBER = "11010519491231002X"
MASK = "110105********002X"
WHY = "核对专家酬金发放表"


@pytest.fixture
def association(live_server: Any) -> Any:
    """The association that keeps the site."""
    made = make.association("三门峡市科学技术协会", slug="sanmenxia")
    Association.objects.filter(pk=made.pk).update(
        keeps_the_site=True, complaints="0398-1234567", icp_number="豫ICP备12345678号-1"
    )
    return made


@pytest.fixture
def person(association: Any) -> Any:
    """Somebody on the staff of a society that belongs to the association."""
    society = make.organisation("三门峡市农学会")
    made = Person.objects.create(name="李四", identity_number=NUMBER)
    since = {"valid_from": date(2020, 1, 1), "source": "名册"}
    Tie.objects.create(
        party=society, organisation=association.organisation, kind=TieKind.MEMBER.value, **since
    )
    Tie.objects.create(party=made, organisation=society, kind=TieKind.STAFF.value, **since)
    return made


def expect_no_sideways_scrolling(page: Page) -> None:
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.set_viewport_size(DESKTOP)


def look_at_the_number(page: Page, person: Any) -> None:
    """From the page of the person: a reason that says nothing is refused, a good one opens the number once."""
    page.goto(person.get_absolute_url())
    expect(page.get_by_text(MASK)).to_be_visible()
    page.get_by_role("link", name="查看完整号码").click()
    expect_accessible(page)
    picture(page, "reveal-reason")
    page.get_by_role("button", name="说明原因并查看").click()
    expect(page.locator(".kq-faults")).to_be_visible()
    page.get_by_label("查看原因").fill(WHY)
    page.get_by_role("button", name="说明原因并查看").click()

    expect(page.get_by_text(NUMBER)).to_be_visible()
    expect_accessible(page)
    picture(page, "reveal-number")
    page.get_by_role("link", name="返回").click()
    expect(page.get_by_text(MASK)).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="查看完整号码")).to_contain_text(WHY)
    assert NUMBER not in page.content()


def find_the_look(page: Page, officer: Any) -> None:
    """On the page of the audit administrator."""
    page.get_by_role("navigation", name="工作导航").get_by_role("link", name="敏感信息查看记录").click()
    row = page.get_by_role("row").filter(has_text=WHY)
    expect(row).to_contain_text(str(officer))
    expect(row).to_contain_text("身份证号码")
    assert NUMBER not in page.content()
    expect_accessible(page)
    expect_no_sideways_scrolling(page)
    picture(page, "reveals")


def test_an_officer_looks_at_an_id_number_and_the_audit_administrator_sees_it(
    page: Page, second_page: Page, association: Any, person: Any
) -> None:
    officer = make.officer(association)
    log_in(page, officer)
    look_at_the_number(page, person)
    log_in(second_page, make.holder(Role.AUDIT_ADMIN))
    find_the_look(second_page, officer)

    assert events_of_act("value_revealed").count() == 1


def test_people_read_what_is_kept_of_them_and_officers_what_is_missing(
    page: Page, second_page: Page, association: Any
) -> None:
    second_page.goto("/privacy/")
    expect(second_page.get_by_role("heading", name="我们保存您的哪些信息")).to_be_visible()
    expect(second_page.get_by_role("link", name="豫ICP备12345678号-1")).to_be_visible()
    expect_accessible(second_page)
    expect_no_sideways_scrolling(second_page)
    picture(second_page, "privacy-catalogue")

    log_in(page, make.officer(association))
    page.get_by_role("link", name="开始使用").click()
    expect(page.get_by_role("heading", name="开始使用")).to_be_visible()
    expect_accessible(page)
    expect_no_sideways_scrolling(page)
    picture(page, "first-steps")
    page.get_by_role("listitem").filter(has_text="科协资料").get_by_role("link", name="去办理").click()
    page.get_by_label("机关代字").fill("三科协")
    page.get_by_label("ICP备案号").fill("没有")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".kq-faults")).to_be_visible()
    expect(page.get_by_label("机关代字")).to_have_value("三科协")
    page.get_by_label("ICP备案号").fill("豫ICP备87654321号")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存，公开页面随即更新。")).to_be_visible()
    expect_accessible(page)
    expect_no_sideways_scrolling(page)
    picture(page, "association-profile")
    page.goto("/account/data/")
    expect_accessible(page)
    expect_no_sideways_scrolling(page)
    picture(page, "my-data")
