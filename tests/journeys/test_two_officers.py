"""Two officers at one draft at once: both changes kept, one part brought together, undo, a lost line, the tree."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from keqiao.web.programmes.models import Draft
from keqiao.web.programmes.parts import node_at
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import picture
from tests.journeys.visitors import log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

CATEGORIES = [
    {
        "id": "c1",
        "name": "科普活动",
        "places": {"count": 4},
        "funding": {"kind": "fixed", "amount_fen": 3_000_000},
        "rules": [{"id": "c1.r1", "type": "declared", "summary": "活动须公开征集参加者"}],
    },
    {"id": "c2", "name": "科普创作", "places": {"count": 6}},
    {"id": "c3", "name": "科普阵地", "places": {"count": 2}},
]


@pytest.fixture
def call():
    """A call of three categories whose first officer is ``call.created_by``."""
    association = make.association("三门峡市科学技术协会", slug="sanmenxia")
    return make.draft_call(association, make.definition(categories=CATEGORIES))


@pytest.fixture
def second_page(second_page: Page, call):
    """The page of a second officer, signed in."""
    log_in(second_page, make.officer(call.association))
    return second_page


def open_part(page: Page, call, slot: str, node: str = "c1") -> None:
    page.goto(f"/desk/calls/{call.pk}/part/{slot}/?node={node}")


def save(page: Page) -> None:
    page.get_by_role("button", name="保存", exact=True).click()


def said(call, node: str = "c1") -> dict:
    return node_at(Draft.objects.get(call=call).definition, node)


def test_different_parts_at_once_are_both_kept(page: Page, second_page: Page, call):
    log_in(page, call.created_by)
    open_part(page, call, "places")
    open_part(second_page, call, "per_unit_limit")

    page.get_by_label("名额", exact=True).fill("9")
    save(page)
    expect(page.get_by_text("已保存。")).to_be_visible()
    second_page.get_by_label(re.compile("最多|限报")).first.fill("2")
    save(second_page)

    expect(second_page.get_by_text("同时的修改合并")).to_be_visible()
    assert (said(call)["places"]["count"], said(call)["per_unit_limit"]["max"]) == (9, 2)


def test_the_same_field_at_once_is_brought_together_by_a_person(page: Page, second_page: Page, call):
    log_in(page, call.created_by)
    open_part(page, call, "head")
    open_part(second_page, call, "head")
    page.get_by_label("名称").fill("科普进校园活动")
    save(page)
    expect(page.get_by_text("已保存。")).to_be_visible()

    second_page.get_by_label("名称").fill("科普活动周")
    second_page.get_by_label("编号").fill("2026KP01")
    save(second_page)
    expect(second_page.get_by_text("双方都改了，请选")).to_have_count(1)
    expect(second_page.get_by_text(f"对方的（{call.created_by}）")).to_have_count(2)
    expect_accessible(second_page)
    picture(second_page, "merge")
    second_page.get_by_role("button", name="保存合并结果").click()
    expect(second_page.get_by_text("还有未选定的内容")).to_be_visible()
    second_page.get_by_role("radio", name="我的 科普活动周").check()
    second_page.get_by_role("button", name="保存合并结果").click()

    expect(second_page.get_by_text("已保存")).to_be_visible()
    assert (said(call)["name"], said(call)["code"]) == ("科普活动周", "2026KP01")
    page.goto(f"/desk/calls/{call.pk}/history/")
    expect(page.get_by_role("heading", name="修改“科普活动周 · 基本信息”")).to_have_count(2)
    expect_accessible(page)
    picture(page, "history")


def test_undo_and_redo_say_what_they_do_and_do_it(page: Page, call):
    log_in(page, call.created_by)
    open_part(page, call, "places")
    page.get_by_label("名额", exact=True).fill("9")
    save(page)

    undo = page.locator("[data-undo]")
    expect(undo).to_have_attribute("title", "撤销：修改“科普活动 · 名额”")
    page.wait_for_load_state("load")  # keys are heard once the scripts have run
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("已撤销。")).to_be_visible()
    assert said(call)["places"]["count"] == 4

    page.locator("h1").click()
    page.keyboard.press("Control+Shift+z")
    expect(page.get_by_text("已重做。")).to_be_visible()
    assert said(call)["places"]["count"] == 9

    page.locator(".kq-desk__acts summary").click()
    page.get_by_role("link", name="修改记录").click()
    page.locator("#version-1").get_by_role("button", name="回到此版").click()
    expect(page.get_by_text("已回到所选版本的内容")).to_be_visible()
    assert said(call)["places"]["count"] == 4


def test_what_was_typed_survives_a_lost_line(page: Page, call):
    log_in(page, call.created_by)
    open_part(page, call, "places")
    state = page.locator("[data-saved]")

    page.get_by_label("名额", exact=True).fill("7")
    expect(state).to_contain_text("服务器时间")
    assert said(call)["places"]["count"] == 7

    page.context.set_offline(True)
    page.get_by_label("名额", exact=True).fill("8")
    expect(state).to_contain_text("未能保存，内容还在，正在重试")
    page.context.set_offline(False)
    expect(state).to_contain_text("服务器时间", timeout=20_000)
    assert said(call)["places"]["count"] == 8

    page.route("**/part/places/**", refuse_to_save)
    page.get_by_label("名额", exact=True).fill("3")
    expect(state).to_contain_text("未能保存")
    page.on("dialog", lambda dialog: dialog.accept())  # the page asks before it lets go of what is not saved
    page.reload()
    page.get_by_role("button", name="恢复上次的内容").click()
    expect(page.get_by_label("名额", exact=True)).to_have_value("3")
    page.unroute("**/part/places/**")
    expect(state).to_contain_text("服务器时间", timeout=20_000)
    assert said(call)["places"]["count"] == 3


def test_a_form_beside_the_tree_saves_itself_and_the_tree_follows(page: Page, call):
    log_in(page, call.created_by)
    page.goto(f"/desk/calls/{call.pk}/")
    page.locator("#part-c1-places").get_by_role("link").first.click()
    page.get_by_role("spinbutton", name="名额").first.fill("12")
    expect(page.locator("[data-saved]")).to_contain_text("服务器时间")
    expect(page.locator("[data-undo]")).to_be_enabled()
    expect_accessible(page)
    picture(page, "desk-autosave")

    page.keyboard.press("Escape")

    expect(page.locator("#part-c1-places")).to_contain_text("12 项")
    expect(page.locator("[data-undo]")).to_have_attribute("title", "撤销：修改（自动保存）“科普活动 · 名额”")
    picture(page, "desk-undo")


def refuse_to_save(route: Route) -> None:
    """The line is dead for whatever would be saved."""
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


def test_a_category_is_moved_by_dragging_and_by_keys(page: Page, call):
    log_in(page, call.created_by)
    page.set_viewport_size({"width": 1280, "height": 2000})  # the mouse cannot scroll while it drags
    page.goto(f"/desk/calls/{call.pk}/")
    row = {node: page.locator(f"[data-node={node}] > details > summary").first for node in ("c1", "c2", "c3")}

    row["c3"].drag_to(row["c1"], target_position={"x": 60, "y": 3})
    expect(page.get_by_text("已保存。")).to_be_visible()
    assert [each["id"] for each in Draft.objects.get(call=call).definition["categories"]] == [
        "c3",
        "c1",
        "c2",
    ]
    expect(page.locator("#announcements")).to_contain_text("已移动“科普阵地”")
    expect(row["c3"]).to_be_focused()
    expect_accessible(page)

    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-node=c1] + [data-node=c3]")).to_have_count(1)
    expect(row["c3"]).to_be_focused()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("[data-node=c1] [data-node=c3]")).to_have_count(1)
    assert said(call)["categories"][0]["id"] == "c3"


def test_a_rule_is_copied_to_the_categories_beside_it(page: Page, call):
    log_in(page, call.created_by)
    page.goto(f"/desk/calls/{call.pk}/copy/rules/?node=c1&entry=c1.r1")
    expect(page.get_by_text("活动须公开征集参加者").first).to_be_visible()
    expect_accessible(page)
    picture(page, "copy-rule")

    page.get_by_role("button", name="复制").click()

    expect(page.get_by_text("已保存。")).to_be_visible()
    assert [rule["summary"] for rule in said(call, "c3")["rules"]] == ["活动须公开征集参加者"]


def test_a_category_is_taken_away_after_its_contents_were_named(page: Page, call):
    log_in(page, call.created_by)
    page.goto(f"/desk/calls/{call.pk}/categories/remove/?node=c1")
    expect(page.get_by_text("将删去 2 项内容")).to_be_visible()
    expect_accessible(page)

    page.get_by_label("删除理由").fill("原文没有这一类")
    page.get_by_role("button", name="删除").click()

    expect(page.get_by_text("已保存。")).to_be_visible()
    assert [each["id"] for each in Draft.objects.get(call=call).definition["categories"]] == ["c2", "c3"]
