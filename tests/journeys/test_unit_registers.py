"""A unit registers with the code from its mail, is returned once, verified, logs in and stands on its home page."""

import re
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from keqiao.web.accounts.models import Registration
from keqiao.web.notifications.models import Message
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import picture
from tests.journeys.visitors import log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

CONTACT = "secretary@example.org"
UNIT = "三门峡市果树学会"
CODE = "51411200MJ00000014"


@pytest.fixture
def association():
    """The association of Sanmenxia with its region, a similar unit in its register, and an endorsing one."""
    cache.clear()
    henan = make.region("410000", "河南省")
    city = make.region("411200", "三门峡市", "prefecture", parent=henan)
    make.region("411202", "湖滨区", "county", parent=city)
    found = make.association("三门峡市科学技术协会", slug="sanmenxia")
    found.organisation.region = city
    found.organisation.save()
    make.organisation("三门峡市果树学会苹果分会")
    return found


@pytest.fixture
def scan(page: Page, tmp_path: Path) -> Path:
    """A scan of the certificate: a picture of a page."""
    path = tmp_path / "登记证书.png"
    page.set_content(
        "<body bgcolor=#fdf6e3><center><br><h1>社会团体法人登记证书</h1><h2>三门峡市果树学会</h2>"
        "<h3>统一社会信用代码 51411200MJ00000014</h3><p>本图为演示虚构</p></center></body>"
    )
    page.set_viewport_size({"width": 900, "height": 620})
    page.screenshot(path=path)
    page.set_viewport_size({"width": 1280, "height": 900})
    return path


def code_in_mail() -> str:
    return Message.objects.filter(address=CONTACT).latest("queued_at").variables["code"]


def prove_address(page: Page) -> None:
    page.get_by_label("邮箱").fill(CONTACT)
    page.get_by_role("button", name="发送验证码").click()
    page.get_by_label("验证码").fill(code_in_mail())
    page.get_by_role("button", name="继续").click()


def state_the_unit(page: Page, scan: Path) -> None:
    """Fill in the form, first with nothing, then with the kind that does not fit the code."""
    expect(page.get_by_role("heading", name="填写单位信息")).to_be_visible()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("需要修改")
    expect_accessible(page)
    page.goto("/register/new/")
    page.get_by_label("单位全称").fill(UNIT)
    page.get_by_label("单位类别").select_option(label="基金会")
    page.get_by_label("统一社会信用代码").fill(CODE.lower())
    page.get_by_label("所在区域").select_option(label="三门峡市")
    page.get_by_label("级别").select_option(label="市级")
    page.get_by_label("登记证书扫描件").set_input_files(scan)
    page.get_by_label("联系人").fill("王芳")
    page.get_by_label("职务").fill("秘书长")
    picture(page, "unit-registers-form")
    send(page)
    expect_accessible(page)
    picture(page, "unit-registers-mine")


def send(page: Page) -> None:
    page.get_by_label("以上内容真实").check()
    page.get_by_label("已阅读并同意").check()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("待核验", exact=True)).to_be_visible()


def return_it(page: Page) -> None:
    """The officer sees the doubts and the certificate beside the facts, and returns it."""
    page.get_by_role("link", name="单位注册").first.click()
    expect_accessible(page)
    picture(page, "registrations-queue")
    page.get_by_role("link", name=UNIT).click()
    expect(page.get_by_text("通常不符")).to_be_visible()
    expect(page.get_by_text("三门峡市果树学会苹果分会").first).to_be_visible()
    seen = page.get_by_role("img", name="登记证书扫描件")
    expect(seen).to_be_visible()
    assert seen.evaluate("image => image.naturalWidth") == 900
    expect_accessible(page)
    picture(page, "registration-verified")
    page.get_by_label("单位类别").check()
    page.get_by_label("核验意见").fill("证书为社会团体，类别应选学会。")
    page.get_by_role("button", name="退回补正").click()
    expect(page.get_by_text("已退回补正")).to_be_visible()


def correct_it(page: Page) -> None:
    page.goto("/register/mine/")
    expect(page.get_by_text("证书为社会团体")).to_be_visible()
    page.get_by_role("link", name="去补正").click()
    expect(page.get_by_text("需要补正").first).to_be_visible()
    expect(page.get_by_label("单位全称")).to_have_value(UNIT)
    expect_accessible(page)
    page.get_by_label("单位类别").select_option(label="学会（协会、研究会）")
    send(page)


def verify_it(page: Page) -> None:
    page.get_by_role("link", name=UNIT).click()
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.get_by_text("已通过，联系人已收到通知")).to_be_visible()
    assert Registration.objects.get().organisation.name == UNIT


def log_in_by_code(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_role("link", name="用验证码登录").click()
    expect_accessible(page)
    page.get_by_label("邮箱").fill(CONTACT)
    page.get_by_role("button", name="发送验证码").click()
    expect_accessible(page)
    page.get_by_label("验证码").fill(code_in_mail())
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/desk/")


def test_a_unit_registers_is_returned_verified_and_logs_in(page: Page, second_page: Page, association, scan):
    page.goto("/account/login/")
    page.get_by_role("link", name="单位注册").click()
    expect_accessible(page)
    picture(page, "unit-registers-begin")
    prove_address(page)
    state_the_unit(page, scan)

    log_in(second_page, make.officer(association))
    return_it(second_page)
    correct_it(page)
    verify_it(second_page)

    log_in_by_code(page)
    page.goto("/account/")
    expect(page.get_by_role("cell", name=UNIT).first).to_be_visible()
    page.get_by_role("link", name="单位账号").first.click()
    expect(page.get_by_role("heading", name=UNIT)).to_be_visible()
    expect(page.get_by_role("cell", name="王芳").first).to_be_visible()
    expect_accessible(page)
    picture(page, "unit-people")


def test_an_invited_colleague_opens_the_link_and_agrees(page: Page, association):
    unit = make.organisation(UNIT, credit_code=CODE)
    cache.clear()
    log_in(page, make.holder(make.Role.UNIT_ADMIN, unit))
    page.get_by_role("link", name="单位账号").first.click()
    page.get_by_label("电子邮箱").fill(CONTACT)
    page.get_by_label("理由").fill("新同事")
    page.get_by_role("button", name="发出邀请").click()
    expect(page.get_by_text("邀请已发出")).to_be_visible()
    link = Message.objects.get(template="invitation.sent").variables["url"]

    page.context.clear_cookies()
    page.goto(re.sub(r"^https?://[^/]+", "", link))
    expect(page.get_by_text(UNIT)).to_be_visible()
    expect_accessible(page)
    picture(page, "invitation")
    page.get_by_label("姓名").fill("李明")
    page.get_by_role("button", name="接受邀请").click()
    page.wait_for_url("**/account/login/code/**")
