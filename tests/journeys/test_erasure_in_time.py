"""The security administrator sees what has served its time, looks twice, and has it erased."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from keqiao.web.accounts.models import LogIn
from keqiao.web.accounts.roles import Role
from keqiao.web.audit.log import ERASED
from keqiao.web.privacy.retention import erase_for
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import DESKTOP, PHONE, picture
from tests.journeys.visitors import log_in
from tests.web import make
from tests.web.conftest import key_file  # noqa: F401

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_what_has_served_its_time_is_erased_after_a_second_look(page: Page, live_server: Any) -> None:
    make.association("三门峡市科学技术协会", slug="sanmenxia")
    guard = make.holder(Role.SECURITY_ADMIN)
    old = LogIn.objects.create(
        user=make.user(), outcome="in", at=make.LONG_AGO, address="203.0.113.7", agent="Mozilla/5.0"
    )
    log_in(page, guard)
    page.goto("/privacy/requests/")
    page.get_by_role("link", name="到期删除").first.click()
    expect(page.get_by_role("heading", name="1 条已到期")).to_be_visible()
    expect_accessible(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.set_viewport_size(DESKTOP)
    picture(page, "erasure-in-time")

    page.get_by_role("button", name="现在删除").click()
    expect(page.get_by_text("请先核对，再勾选同意。").first).to_be_visible()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="现在删除").click()
    expect(page.get_by_text("已开始删除，稍后刷新本页查看结果。")).to_be_visible()
    erase_for.func(str(guard.pk), LogIn.objects.latest("at").at.isoformat())  # as the worker does

    page.reload()
    expect(page.get_by_role("heading", name="0 条已到期")).to_be_visible()
    old.refresh_from_db()
    assert old.agent == ERASED
