"""An officer writes statements of a call in forms: a target with its way of counting, a chain, a rule."""

import pytest
from playwright.sync_api import Page, expect

from keqiao.readers import programmes
from keqiao.web.programmes import parts
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.proofreading.addresses import new_part_address, node_address, part_address
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import picture
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def call(page: Page):
    """A draft whose officer has logged in."""
    found = make.draft_call(make.association(slug="smx"), programmes.demonstration("sanmenxia-2023"))
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(found.created_by.email)
    page.locator("input[name=password]").fill(make.PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/desk/")
    return found


def stated(call, part: Part):
    call.draft.refresh_from_db()
    return parts.value_at(call.draft.definition, part)


def test_a_target_is_said_in_words_while_it_is_written(page: Page, call):
    page.goto(new_part_address(call.pk, "kepu", "targets"))
    page.get_by_label("指标", exact=False).first.fill("科普讲座")
    page.get_by_label("关系").first.select_option(">=")
    page.get_by_label("数值").first.fill("24")
    page.get_by_label("单位").first.fill("场")
    page.get_by_text("自动计数办法").click()
    page.get_by_label("计数方式").select_option("count")
    page.get_by_label("计什么记录").select_option("activity")
    page.get_by_text("每组最低数").click()
    page.get_by_label("按什么分组").select_option("county")
    page.get_by_label("每组至少").fill("4")
    page.get_by_role("button", name="增加一行 只计符合这些条件的").click()
    row = page.get_by_role("group", name="只计符合这些条件的 1", exact=True)
    row.get_by_label("栏目").select_option("participants")
    row.get_by_label("关系").select_option(">=")
    row.get_by_label("数值或文字").fill("200")
    row.get_by_label("单位").fill("人")

    sentence = "科普讲座 ≥ 24 场；计活动的条数；只计参加人数 ≥ 200 人的；每个县市区至少 4"
    expect(page.locator(".kq-said")).to_contain_text(sentence)
    expect_accessible(page)
    page.locator(".kq-said").scroll_into_view_if_needed()
    picture(page, "target-form")
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_text("已保存。")).to_be_visible()
    assert stated(call, Part("kepu", "targets"))[-1]["measure"]["group_floor"] == {"by": "county", "floor": 4}


def test_a_rule_is_chosen_by_what_it_is_about_and_saves_itself(page: Page, call):
    page.goto(node_address(call.pk, "kepu"))
    expect_accessible(page)
    page.get_by_role("link", name="写明 条件与规则").click()
    expect_accessible(page)
    picture(page, "rule-kinds")
    page.get_by_role("button", name="限报数量").click()
    page.get_by_label("规则内容").fill("每单位限报2项")
    page.get_by_label("最多（项）").fill("2")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    rule = stated(call, Part("kepu", "rules"))[-1]
    assert (rule["type"], rule["max"]) == ("quota", 2)

    page.goto(part_address(call.pk, Part("kepu", "rules", rule["id"])))
    page.get_by_label("最多（项）").fill("3")

    expect(page.locator("[data-saved]")).to_contain_text("服务器时间")
    assert stated(call, Part("kepu", "rules", rule["id"]))["max"] == 3


def test_steps_of_endorsement_are_added_and_moved_and_keep_what_was_typed(page: Page, call):
    page.goto(new_part_address(call.pk, "kepu", "endorsement"))
    page.get_by_label("这一步做什么").fill("县科协推荐")
    page.get_by_role("button", name="增加一行 步骤").click()
    second = page.get_by_role("group", name="步骤 2", exact=True)
    second.get_by_label("这一步做什么").fill("市科协审核")
    second.get_by_role("button", name="上移").click()
    expect(page.get_by_role("group", name="步骤 1", exact=True).get_by_label("这一步做什么")).to_have_value(
        "市科协审核"
    )
    expect_accessible(page)
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_text("已保存。")).to_be_visible()
    steps = stated(call, Part("kepu", "endorsement"))[-1]["steps"]
    assert [step["words"] for step in steps] == ["市科协审核", "县科协推荐"]
