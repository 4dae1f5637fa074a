"""Experts: registered with their ties, invited by mail, one declares and declines, one judges on a phone and seals."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from keqiao.web.notifications.models import Message
from keqiao.web.parties.queries import local_day
from keqiao.web.review.models import Expert, Relation, Sheet, Task
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import PHONE, picture
from tests.journeys.visitors import PATIENCE_MS, log_in
from tests.web import make
from tests.web.applications import makers
from tests.web.review import expert_makers, rounds

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

JUDGE, WORKER = "王芳", "赵强"
OWN_UNIT, OTHER_UNIT = "三门峡市果树学会", "三门峡市食用菌学会"
MUSEUM, MUSHROOMS = "流动科技馆进乡镇", "食用菌种植技术讲堂"
CARD = {**rounds.CARD, "experts": 1, "integrity": "申报材料有无弄虚作假？", "comment_min_chars": 10}
ROUND = "科普活动第一轮"
COMMENT = "方案可行，进度安排合理，建议增加面向老年人的场次。"


@pytest.fixture
def city(live_server: Any) -> SimpleNamespace:
    """A call with a scorecard, two applications that passed the formal check, somebody who works for one of them."""
    cache.clear()
    association = make.association("三门峡市科学技术协会", slug="sanmenxia")
    stated = makers.definition(scorecard=CARD, deadline={"on": make.LATER.isoformat()})
    call = make.published_call(association, stated)
    officer = make.officer(association)
    for name, title in ((OWN_UNIT, MUSEUM), (OTHER_UNIT, MUSHROOMS)):
        unit = make.organisation(name, level="prefecture")
        rounds.passed(call, officer, actor=makers.applicant(unit), project=title)
    worker = expert_makers.person(WORKER, phone="13900000002")
    expert_makers.post(worker, make_unit(OWN_UNIT))
    return SimpleNamespace(association=association, call=call, officer=officer)


def make_unit(name: str) -> Any:
    """The unit that was made under this name."""
    return next(
        each.unit for each in makers.Application.objects.select_related("unit") if each.unit.name == name
    )


def test_experts_are_entered_invited_declare_decline_judge_and_seal(
    page: Page, second_page: Page, city: SimpleNamespace
):
    log_in(page, city.officer)
    entered_as_new(page)
    entered_from_the_register(page)
    given_account(page, JUDGE, "wang@example.org")
    given_account(page, WORKER, "zhao@example.org")
    came_by_link(second_page, JUDGE, "wang@example.org")
    declared(second_page)
    second_page.context.clear_cookies()
    came_by_link(second_page, WORKER, "zhao@example.org")

    round_made(page, city)
    conflicts_seen(page)
    asked(page)

    declined(second_page)
    second_page.context.clear_cookies()
    logged_in_by_code(second_page, "wang@example.org")
    judged_on_a_phone(second_page)
    seen_by_the_office(page)


def entered_as_new(page: Page) -> None:
    """Somebody whom the register of people does not have becomes an expert."""
    page.goto("/desk/experts/")
    expect_accessible(page)
    page.get_by_role("link", name="登记专家").click()
    page.get_by_label("姓名、手机号码或身份证号码").fill(JUDGE)
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_text("名册中没有找到。")).to_be_visible(timeout=PATIENCE_MS)
    expect_accessible(page)
    page.get_by_role("link", name="登记新的人").click()
    page.get_by_label("姓名").fill(JUDGE)
    page.get_by_label("手机号码").fill("139")
    page.get_by_role("button", name="登记新的人").click()
    expect(page.get_by_role("alert").first).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_label("手机号码").fill("13900000001")
    page.get_by_role("button", name="登记新的人").click()
    expect(page.get_by_role("heading", name="登记为专家")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_label("职称").fill("教授")
    page.get_by_label("专业领域").select_option(["biology"])
    page.get_by_label("最多评审份数").fill("5")
    page.get_by_label("来源").fill("单位推荐")
    expect_accessible(page)
    picture(page, "expert-entering")
    page.get_by_role("button", name="登记为专家").click()
    expect(page.get_by_role("heading", name=JUDGE)).to_be_visible(timeout=PATIENCE_MS)


def entered_from_the_register(page: Page) -> None:
    """Somebody who is in the register is found with unit, and not written twice."""
    page.goto("/desk/experts/new/")
    page.get_by_label("姓名、手机号码或身份证号码").fill("13900000002")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("cell", name=OWN_UNIT)).to_be_visible(timeout=PATIENCE_MS)
    expect_accessible(page)
    picture(page, "expert-found")
    page.get_by_role("link", name="选用").click()
    page.get_by_label("来源").fill("本人申请")
    page.get_by_role("button", name="登记为专家").click()
    expect(page.get_by_role("heading", name=WORKER)).to_be_visible(timeout=PATIENCE_MS)
    assert Expert.objects.count() == 2


def given_account(page: Page, name: str, email: str) -> None:
    """An invitation goes to the expert's own address."""
    page.goto("/desk/experts/")
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("link", name="开通账号").click()
    page.get_by_label("电子邮箱").fill(email)
    page.get_by_role("button", name="开通账号").click()
    expect(page.get_by_text("邀请已发出。")).to_be_visible(timeout=PATIENCE_MS)
    expect_accessible(page)


def came_by_link(page: Page, name: str, email: str) -> None:
    """The expert opens the link of the mail, accepts, logs in with a code and says that it is they."""
    mails = Message.objects.filter(address=email)
    page.goto(path_of(mails.get(template="invitation.sent").variables["url"]))
    expect_accessible(page)
    page.get_by_label("姓名").fill(name)
    page.get_by_role("button", name="接受邀请").click()
    page.wait_for_url("**/account/login/code/**")
    typed_code(page, email)
    page.goto("/account/")
    page.get_by_role("button", name="是本人，确认").click()
    expect(page.get_by_text("已确认，账号与人员档案已对应。")).to_be_visible(timeout=PATIENCE_MS)


def logged_in_by_code(page: Page, email: str) -> None:
    """An expert comes back: with a code again, for there is no password."""
    page.goto("/account/login/")
    page.get_by_role("link", name="用验证码登录").click()
    typed_code(page, email)
    page.wait_for_url("**/desk/")


def typed_code(page: Page, email: str) -> None:
    """The code of the newest mail is asked for and typed."""
    page.get_by_label("邮箱").fill(email)
    page.get_by_role("button", name="发送验证码").click()
    code = page.get_by_label("验证码")
    expect(code).to_be_visible(timeout=PATIENCE_MS)
    code.fill(Message.objects.filter(address=email).latest("queued_at").variables["code"])
    page.get_by_role("button", name="登录", exact=True).click()


def path_of(link: str) -> str:
    """Where a link of a mail leads, on this server."""
    return re.sub(r"^https?://[^/]+", "", link)


def declared(page: Page) -> None:
    """What waits on the first screen: to say to whom one is what. An interest in a body finds the body."""
    page.goto("/desk/")
    expect_accessible(page)
    picture(page, "expert-first-screen")
    page.goto("/desk/my-relations/")
    page.get_by_role("link", name="申报一项关系").click()
    page.locator("select[name=kind]").select_option("interest")
    page.get_by_label("对方姓名或单位名称").fill(OTHER_UNIT)
    page.get_by_role("button", name="申报回避关系").click()
    page.get_by_role("button", name="确认以上是全部").click()
    expect(page.get_by_text("上次确认")).to_be_visible(timeout=PATIENCE_MS)
    expect_accessible(page)
    picture(page, "expert-own-relations")
    assert Relation.objects.get().organisation.name == OTHER_UNIT


def round_made(page: Page, city: SimpleNamespace) -> None:
    """A round of one expert per application, from today on."""
    page.goto("/desk/review/")
    page.get_by_role("link", name=city.call.title).click()
    today = local_day(timezone.now())
    page.get_by_label("名称").fill(ROUND)
    page.get_by_label("每份评审人数").fill("1")
    page.get_by_label("开始日期").fill(today.isoformat())
    page.get_by_label("截止日期").fill((today + timedelta(days=9)).isoformat())
    page.get_by_role("button", name="建立轮次").click()
    expect(page.get_by_role("heading", name="安排专家")).to_be_visible(timeout=PATIENCE_MS)


def conflicts_seen(page: Page) -> None:
    """Where an expert works and what another declared: on the board, and with the rule on a page of its own."""
    expect(page.get_by_role("link", name="回避")).to_have_count(2)
    expect_accessible(page)
    picture(page, "review-board-conflicts")
    page.get_by_role("row", name=MUSHROOMS).get_by_role("link", name="回避").click()
    expect(page.get_by_text(OTHER_UNIT).first).to_be_visible(timeout=PATIENCE_MS)
    expect_accessible(page)
    picture(page, "review-conflict")
    page.get_by_role("link", name="返回").click()


def asked(page: Page) -> None:
    """The proposal ticks whom nothing bars; they are asked by mail; the round begins."""
    page.get_by_role("link", name="均衡分配建议").click()
    expect(page.locator("input[name=pair]:checked")).to_have_count(2)
    page.get_by_role("button", name="向勾选的专家发出邀请").click()
    expect(page.get_by_text("已邀请").first).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("link", name=ROUND).click()
    page.get_by_role("button", name="现在开始评审").click()
    expect(page.get_by_role("button", name="结束评审")).to_be_visible(timeout=PATIENCE_MS)
    expect_accessible(page)


def judged_on_a_phone(page: Page) -> None:
    """Accepted with the promise, typed, saved by itself, looked at again, checked, sealed: on a phone."""
    page.set_viewport_size(PHONE)
    page.goto(
        path_of(Message.objects.get(template="review.invited", address="wang@example.org").variables["url"])
    )
    page.get_by_role("link", name="A-00").click()
    expect(page.get_by_text("面向六个乡镇")).to_have_count(0)
    expect_accessible(page)
    page.get_by_role("button", name="接受").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="接受").click()
    expect(page.get_by_text("面向六个乡镇").first).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text(OWN_UNIT)).to_have_count(0)
    page.get_by_label("方案可行").fill("50")
    page.get_by_label("队伍能力").last.fill("32.5")
    page.get_by_role("radio", name="优").check()
    expect(page.get_by_text("已保存")).to_be_visible(timeout=PATIENCE_MS)
    page.reload()
    expect(page.get_by_label("方案可行")).to_have_value("50")
    page.get_by_role("button", name="封存评分表").click()
    expect(page.get_by_text("处还不能封存")).to_be_visible(timeout=PATIENCE_MS)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect_accessible(page)
    picture(page, "review-sheet")
    page.set_viewport_size(PHONE)
    page.get_by_role("radiogroup", name="诚信问题").get_by_text("否").click()
    page.get_by_label("评语").fill(COMMENT)
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_text("检查完毕，没有问题，可以封存")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="封存评分表").click()
    expect(page.get_by_text("评分表已封存，回执已发给您。")).to_be_visible(timeout=PATIENCE_MS)
    sheet = Sheet.objects.get()
    expect(page.get_by_text(sheet.digest)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect_accessible(page)
    picture(page, "review-sheet-sealed")


def declined(page: Page) -> None:
    """Who was asked has no time and says so."""
    page.goto(
        path_of(Message.objects.get(template="review.invited", address="zhao@example.org").variables["url"])
    )
    page.get_by_role("link", name="A-00").click()
    page.get_by_role("link", name="谢绝").click()
    expect(page.get_by_label("理由")).to_be_visible(timeout=PATIENCE_MS)
    expect_accessible(page)
    page.get_by_label("理由").fill("出差，不能按时评审")
    page.get_by_role("button", name="谢绝").click()
    expect(page.get_by_text("已告知主办单位，谢谢。")).to_be_visible(timeout=PATIENCE_MS)
    assert Task.objects.get(state="declined").reason == "出差，不能按时评审"


def seen_by_the_office(page: Page) -> None:
    """The round shows who sealed and who does not judge and why; no points before it is closed."""
    page.reload()
    expect(page.get_by_text("出差，不能按时评审")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("82.5")).to_have_count(0)
    picture(page, "review-round")
    page.get_by_role("link", name=JUDGE).click()
    expect(page.get_by_text("评审结束后才能看评分表。")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text(COMMENT)).to_have_count(0)
