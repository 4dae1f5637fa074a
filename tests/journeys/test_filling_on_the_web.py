"""A unit fills in the form of Jining in the browser: begin, type, save by itself, check, submit, receipt, withdraw."""

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from keqiao.web.applications.models import Application, Submission
from tests.journeys.accessibility import expect_accessible
from tests.journeys.filling import COMPLETE, REASON, jining, type_into
from tests.journeys.pictures import DESKTOP, PHONE, picture
from tests.journeys.visitors import PATIENCE_MS, log_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def city(live_server: Any) -> SimpleNamespace:
    return jining()


def expect_sound(page: Page) -> None:
    """Accessible in both colours, and no sideways scrolling on a phone."""
    expect_accessible(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.set_viewport_size(DESKTOP)


def begin(page: Page, city: SimpleNamespace) -> None:
    page.goto(f"/may-we/{city.unit.pk}/{city.offer.pk}/")
    page.get_by_role("link", name="开始申报").click()
    expect_sound(page)
    picture(page, "apply-begin")
    page.get_by_role("button", name="开始填报").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("申报表")


def test_a_unit_fills_in_checks_submits_and_withdraws(page: Page, city: SimpleNamespace):
    log_in(page, city.account)
    begin(page, city)

    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("alert")).to_contain_text("“实施方案”必填，还没有填写。")
    expect_sound(page)
    picture(page, "apply-checked")
    page.get_by_role("alert").get_by_role("link", name="实施方案").click()
    expect(page).to_have_url(f"/applications/{Application.objects.get().pk}/fill/?checked=1#f.plan")

    type_into(page, COMPLETE)
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("[data-characters='f.plan']")).to_have_text(f"{len(COMPLETE['plan'])} / 500")
    page.reload()
    expect(page.get_by_label("实施方案")).to_have_value(COMPLETE["plan"])
    expect_sound(page)
    picture(page, "apply-filled")

    page.get_by_role("button", name="核对并提交").click()
    expect(page.get_by_role("heading", name="核对并提交")).to_be_visible(timeout=PATIENCE_MS)
    expect_sound(page)
    picture(page, "apply-submitting")
    if page.get_by_label("说明理由后可以提交").count():
        page.get_by_label("说明理由后可以提交").fill(REASON)
    page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_role("heading", name="提交回执")).to_be_visible(timeout=PATIENCE_MS)
    submission = Submission.objects.get()
    expect(page.locator("#receipt-number")).to_have_text(submission.number)
    expect(page.locator("#digest")).to_have_text(submission.digest)
    expect_sound(page)
    picture(page, "apply-receipt")

    page.get_by_role("link", name="我的申报").first.click()
    expect_sound(page)
    picture(page, "apply-list")
    page.get_by_role("link", name=COMPLETE["project"]).click()
    expect_sound(page)
    page.get_by_role("link", name="撤回申报").click()
    page.get_by_label("撤回理由").fill("方案有变")
    page.get_by_role("button", name="撤回申报").click()
    expect(page.get_by_text("已撤回").first).to_be_visible()
    assert Application.objects.get().state == "withdrawn"


def test_in_a_full_house_the_page_says_the_place_and_comes_again_by_itself(
    page: Page, city: SimpleNamespace, settings: Any
):
    log_in(page, city.account)
    page.goto(f"/may-we/{city.unit.pk}/{city.offer.pk}/")
    page.get_by_role("link", name="开始申报").click()
    page.get_by_role("button", name="开始填报").click()
    type_into(page, COMPLETE)
    page.get_by_role("button", name="核对并提交").click()
    expect(page.get_by_role("heading", name="核对并提交")).to_be_visible(timeout=PATIENCE_MS)
    if page.get_by_label("说明理由后可以提交").count():
        page.get_by_label("说明理由后可以提交").fill(REASON)

    page.route("**/queue*.js", lambda route: route.abort())  # the page stays while it is looked at
    settings.SUBMISSIONS_AT_ONCE = 0
    page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_role("heading", name="排队提交")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("您排在第 1 位")).to_be_visible()
    expect_sound(page)
    picture(page, "apply-queue")

    page.unroute("**/queue*.js")
    page.get_by_role("button", name="再次提交").click()
    settings.SUBMISSIONS_AT_ONCE = 3
    expect(page.get_by_role("heading", name="提交回执")).to_be_visible(timeout=PATIENCE_MS)
    assert Submission.objects.count() == 1


def test_a_lost_connection_loses_nothing(page: Page, city: SimpleNamespace):
    log_in(page, city.account)
    begin(page, city)
    address = page.url

    page.route("**/autosave/", lambda route: route.abort())
    page.get_by_label("申报项目").fill("断网时写下的名称")
    expect(page.get_by_role("status").filter(has_text="连接中断")).to_be_visible(timeout=PATIENCE_MS)
    page.close(run_before_unload=False)

    again = page.context.new_page()
    again.goto(address)
    expect(again.get_by_label("申报项目")).to_have_value("断网时写下的名称")
    expect(again.get_by_role("status").filter(has_text="已保存")).to_be_visible(timeout=PATIENCE_MS)
    assert (
        again.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('keqiao-unsaved')).length")
        == 0
    )
    assert Application.objects.get().title == "断网时写下的名称"


def test_a_button_pressed_while_a_save_is_under_way_meets_nobody_else(page: Page, city: SimpleNamespace):
    log_in(page, city.account)
    begin(page, city)
    held: list[Any] = []

    page.route("**/autosave/", lambda route: held.append((route, route.fetch())))
    page.get_by_label("实施方案").fill("一稿")
    while not held:
        page.wait_for_timeout(100)
    page.get_by_label("实施方案").fill("二稿")
    page.get_by_role("button", name="检查").click(no_wait_after=True)
    page.wait_for_timeout(300)
    expect(page.get_by_role("alert")).to_be_hidden()
    (route, answer) = held[0]
    route.fulfill(response=answer)

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("实施方案")).to_have_value("二稿")
    assert "二稿" in str(application_as_saved())


def application_as_saved() -> Any:
    """What stands of the only application."""
    return Application.objects.get().versions.order_by("-number").first().answers


def test_a_form_is_filled_in_and_submitted_by_keyboard_alone(page: Page, city: SimpleNamespace):
    log_in(page, city.account)
    page.goto(f"/applications/begin/{city.offer.pk}/")
    press_on(page, "开始填报")
    expect(page.get_by_label("申报项目")).to_be_visible()
    for blank, words in COMPLETE.items():
        reach(page, f"f.{blank}")
        if blank == "class":
            page.keyboard.press("Space")
        else:
            page.keyboard.insert_text(words)
    press_on(page, "核对并提交")
    expect(page.get_by_role("heading", name="核对并提交")).to_be_visible(timeout=PATIENCE_MS)
    if page.get_by_label("说明理由后可以提交").count():
        reach(page, "reason")
        page.keyboard.insert_text(REASON)
    press_on(page, "确认提交")
    expect(page.get_by_role("heading", name="提交回执")).to_be_visible(timeout=PATIENCE_MS)
    assert Submission.objects.count() == 1


def reach(page: Page, name: str) -> None:
    """Tab on until the blank with this name has the focus."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.name") == name:
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


def press_on(page: Page, words: str) -> None:
    """Tab on until the button with these words has the focus, and press it."""
    for _step in range(120):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement?.textContent")
        if words in said and page.evaluate("document.activeElement?.tagName") == "BUTTON":
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{words} cannot be reached by Tab")
