"""An officer makes the form of a call: fields in order, a limit, a condition, a table; and looks at it as paper."""

import pytest
from playwright.sync_api import Page, expect

from keqiao.readers import programmes
from keqiao.web.programmes import parts
from keqiao.web.programmes.parts import Part
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


def fields(call, form: str) -> list[dict]:
    call.draft.refresh_from_db()
    return parts.value_at(call.draft.definition, Part(form, "fields"))


def test_a_form_is_opened_changed_and_seen_as_paper(page: Page, call):
    page.goto(f"/desk/calls/{call.pk}/forms/")
    expect_accessible(page)
    picture(page, "forms-of-a-call")
    page.locator(".kq-forms__one a").first.click()
    expect(page.get_by_role("heading", name="增加栏目")).to_be_visible()
    expect_accessible(page)
    picture(page, "form-editor")

    page.get_by_role("link", name="数字 人数、场次等，可定上下限").click()
    page.get_by_label("栏目名称").fill("参加人数")
    page.get_by_label("单位", exact=True).fill("人")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()

    row = page.locator("[data-field]").last
    expect(row).to_contain_text("参加人数")
    row.get_by_role("button", name="上移 参加人数").click()
    form = page.url.partition("node=")[2].partition("#")[0]
    assert [each["label"] for each in fields(call, form)][-2] == "参加人数"

    page.locator("#fields-f1").locator("summary").click()
    page.get_by_role("link", name="何时填写").click()
    expect_accessible(page)
    page.get_by_label("栏目").first.select_option(index=1)
    page.get_by_label("比较方式").first.select_option("filled")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#fields-f1")).to_contain_text("仅当：")
    page.get_by_role("link", name="预览").click()
    expect_accessible(page)
    picture(page, "form-preview")
    expect(page.locator(".kq-paper")).to_contain_text("参加人数")


def test_a_form_is_taken_from_the_library_and_a_field_dragged_into_place(page: Page, call):
    page.goto(f"/desk/calls/{call.pk}/forms/new/")
    expect_accessible(page)
    picture(page, "form-new")
    page.get_by_label("学会", exact=False).first.check()
    page.get_by_role("button", name="增加").click()
    rows = page.locator("[data-field]")
    names = rows.locator(".kq-fields__name")
    first, second = names.nth(1).inner_text(), names.nth(2).inner_text()

    rows.nth(2).drag_to(rows.nth(1), target_position={"x": 40, "y": 2})

    expect(names.nth(1)).to_have_text(second)
    expect(names.nth(2)).to_have_text(first)
    page.get_by_role("button", name="撤销").click()
    expect(names.nth(1)).to_have_text(first)
