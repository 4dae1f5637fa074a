"""An officer makes the form of a call: fields in order, a limit, a condition, a table; and looks at it as paper."""

import docx
import pytest
from playwright.sync_api import Page, expect

from keqiao.readers import programmes
from keqiao.web.programmes import parts
from keqiao.web.programmes.parts import Part
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import picture
from tests.web import make

OFFICES_TABLE = (
    ("项目名称", "", "类别", "□基地 □活动"),
    ("项目简介（500字以内）", "", "联系微信", ""),
    ("推荐意见", "（盖章）年 月 日", "负责人意见", "（签字）"),
)
"""A form as an office issues it."""

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
    expect(page.locator(".kq-form-paper")).to_contain_text("参加人数")


def test_a_form_is_taken_from_the_library_and_a_field_moved_by_mouse_and_keyboard(page: Page, call):
    page.goto(f"/desk/calls/{call.pk}/forms/new/")
    expect_accessible(page)
    picture(page, "form-new")
    page.get_by_label("学会", exact=False).first.check()
    page.get_by_role("button", name="增加").click()
    page.wait_for_load_state("networkidle")
    rows = page.locator("[data-field]")
    names = rows.locator(".kq-fields__name")
    first, second = names.nth(1).inner_text(), names.nth(2).inner_text()

    rows.nth(2).drag_to(rows.nth(1), target_position={"x": 40, "y": 2})

    expect(names.nth(1)).to_have_text(second)
    expect(names.nth(2)).to_have_text(first)
    page.get_by_role("button", name="撤销").click()
    expect(names.nth(1)).to_have_text(first)

    names.nth(2).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(names.nth(1)).to_have_text(second)
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(names.nth(2)).to_have_text(second)
    expect(rows.nth(2)).to_be_focused()


def test_the_offices_own_document_is_confirmed_and_the_form_tried_out(page: Page, call, tmp_path):
    document = docx.Document()
    document.add_paragraph("三门峡市科普项目申报表")
    table = document.add_table(rows=3, cols=4, style="Table Grid")
    for row, cells in enumerate(OFFICES_TABLE):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    document.save(str(tmp_path / "form.docx"))
    page.goto(f"/desk/calls/{call.pk}/forms/")
    page.locator(".kq-forms__one a").first.click()
    page.get_by_role("link", name="用本单位的表格").click()
    expect_accessible(page)
    page.locator("input[type=file]").set_input_files(tmp_path / "form.docx")
    page.get_by_role("button", name="上传并识别").click()
    expect(page.get_by_role("heading", name="核对填写处")).to_be_visible()
    expect_accessible(page)
    picture(page, "form-office")
    page.get_by_role("button", name="确认，用作申报表").click()
    expect(page.get_by_text("已确认。", exact=False)).to_be_visible()
    expect(page.locator("[data-field]", has_text="联系微信")).to_be_visible()

    page.get_by_role("link", name="试填").click()
    expect(page.get_by_text("这是试填", exact=False)).to_be_visible()
    page.get_by_role("button", name="检查").last.click()
    expect(page.locator("#checked")).to_be_visible()
    expect_accessible(page)
    picture(page, "form-trial")
