"""Staff set up a second factor before anything opens; one person acts for two units; a guard role needs two people."""

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from playwright.sync_api import Page, expect

from keqiao.web.accounts.roles import Role
from keqiao.web.config.environment import STAFF_ROLES
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import picture
from tests.journeys.visitors import log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _no_tries_before():
    cache.clear()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_an_officer_is_led_to_a_second_factor_and_then_to_work(page: Page, settings):
    settings.SECOND_FACTOR_ROLES = STAFF_ROLES
    officer = make.officer(make.association("三门峡市科学技术协会"))
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(officer.email)
    page.locator("input[name=password]").fill(make.PASSWORD)
    page.locator("input[name=password]").press("Enter")

    expect(page.get_by_role("heading", name="设置两步验证")).to_be_visible()
    page.goto("/organisations/")
    expect(page.get_by_role("heading", name="设置两步验证")).to_be_visible()
    expect_accessible(page)
    picture(page, "second-factor")
    secret = page.locator("code").inner_text().replace(" ", "")
    page.locator("input[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="启用").click()

    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()
    expect(page.locator(".kq-codes li")).to_have_count(10)
    expect_accessible(page)
    picture(page, "recovery-codes")
    page.get_by_role("link", name="已保存，继续").click()
    page.wait_for_url("**/desk/")


def test_one_person_acts_for_two_units(page: Page):
    first, second = make.organisation("三门峡市果树学会"), make.organisation("三门峡市气象学会")
    user = make.holder(Role.UNIT_ADMIN, first)
    make.role_of(user, Role.UNIT_ADMIN, second)
    log_in(page, user)
    expect(page.get_by_text("您在 2 个单位有角色")).to_be_visible()
    expect_accessible(page)
    page.get_by_label("代表单位").last.select_option(label="三门峡市气象学会")
    page.get_by_role("button", name="切换", exact=True).click()
    expect(page.get_by_text("您正在代表“三门峡市气象学会”办理")).to_be_visible()
    page.get_by_role("link", name="单位账号").first.click()
    expect(page.get_by_role("heading", name="三门峡市气象学会")).to_be_visible()
    expect_accessible(page)
    picture(page, "acting-for")


def test_a_second_administrator_agrees_to_a_guard_role(page: Page, second_page: Page):
    admin, other, user = make.holder(Role.SECURITY_ADMIN), make.holder(Role.AUDIT_ADMIN), make.user("李工")
    log_in(page, admin)
    page.get_by_role("link", name="账号与角色").first.click()
    expect_accessible(page)
    picture(page, "accounts")
    page.get_by_role("link", name="李工").click()
    page.get_by_label("角色*").select_option(label="系统管理员")
    page.get_by_label("理由*").fill("新任系统管理员")
    page.get_by_role("button", name="授予").click()
    expect(page.get_by_text("待第二人")).to_be_visible()
    expect_accessible(page)

    log_in(second_page, other)
    second_page.get_by_role("link", name="审批：授予三员角色").click()
    second_page.get_by_role("button", name="批准并执行").click()
    page.reload()
    expect(page.get_by_role("cell", name="系统管理员", exact=True)).to_be_visible()
    assert user.grants.get().role == "system_admin"
    picture(page, "account")
