"""A call is revised under an open draft: its form and a target change, the draft moves and says what moved.

The unit has typed everything when the office shortens a field, takes one away, asks for a new one and raises a target.
The page of the unit, opened before, takes all of it along; what is too long now is a fault, what lost its field stays
to be copied, and what is sent in the end is the form as it stands now.
"""

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from keqiao.web.applications.models import Application
from keqiao.web.applications.queries import submitted_answers, version_of
from keqiao.web.applications.queries.contents import whole_answers
from keqiao.web.programmes.models import Draft
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.proofreading.addresses import part_address
from tests.journeys import applying
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import DESKTOP, PHONE, picture
from tests.journeys.visitors import PATIENCE_MS, log_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SHORTER = 20
ADDED = "风险与预案"
NOTE = "绩效指标和申报书调整"


@pytest.fixture
def city(live_server: Any, settings: Any) -> SimpleNamespace:
    found = applying.open_call("sanmenxia", settings)
    found.form = next(
        each["id"]
        for each in Draft.objects.get(call=found.call).definition["forms"]
        if {"outreach", "foundation", "effect"} <= {field["id"] for field in each["fields"]}
    )
    return found


def expect_sound(page: Page, size: Any) -> None:
    """Accessible in both colours, and nothing to push sideways."""
    expect_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


def field(city: SimpleNamespace, name: str) -> str:
    return part_address(city.call.pk, Part(city.form, "fields", name))


def save_part(page: Page) -> None:
    page.get_by_role("button", name="保存", exact=True).first.click()
    expect(page.get_by_text("已保存。")).to_be_visible()


def revise(page: Page, city: SimpleNamespace) -> None:
    """The officer shortens one field, takes one away, adds one, raises the least of a target, and publishes."""
    log_in(page, city.officer)
    page.goto(field(city, "outreach"))
    page.get_by_label("字数上限").fill(str(SHORTER))
    save_part(page)

    page.goto(field(city, "foundation"))
    page.get_by_role("link", name="删除").click()
    if page.get_by_label("理由").count():
        page.get_by_label("理由").fill(NOTE)
    page.get_by_role("button", name="删除").click()
    page.wait_for_url(lambda address: "/remove/" not in address)
    names = [each["id"] for each in fields_of(city)]
    assert "foundation" not in names
    assert "outreach" in names

    page.goto(f"/desk/calls/{city.call.pk}/forms/")
    page.locator(f'.kq-forms__one a[href*="node={city.form}"]').first.click()
    page.locator(".kq-palette a", has_text="几段文字，可限字数").click()
    page.get_by_label("栏目名称").fill(ADDED)
    page.get_by_label("字数上限").fill("200")
    save_part(page)

    target = city.wanted.answers["targets"][0]["target"]
    page.goto(part_address(city.call.pk, Part(city.wanted.category.offer.node, "targets", target)))
    page.get_by_label("数值").first.fill(str(raised(city)))
    save_part(page)

    page.goto(f"/desk/calls/{city.call.pk}/publish/")
    page.get_by_label("说明").fill(NOTE)
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("已发布。")).to_be_visible()


def fields_of(city: SimpleNamespace) -> list[dict[str, Any]]:
    """The fields of the form as the draft of the call has them now."""
    return next(
        each["fields"]
        for each in Draft.objects.get(call=city.call).definition["forms"]
        if each["id"] == city.form
    )


def raised(city: SimpleNamespace) -> int:
    """One more than the unit promised."""
    return int(city.wanted.answers["targets"][0]["value"]) + 1


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_revision_reaches_an_open_draft_which_says_what_moved_and_is_submitted(
    page: Page, second_page: Page, city: SimpleNamespace, size: Any
):
    page.set_viewport_size(size)
    applying.begin(page, city)
    applying.type_answers(page, city)
    applying.send_files(page, city)
    page.get_by_role("button", name="保存", exact=True).click()
    draft = Application.objects.get()
    old = whole_answers(version_of(draft))

    revise(second_page, city)
    page.goto(f"/applications/{draft.pk}/fill/")

    expect(page.get_by_role("heading", name="通知已修订，申报书还是原来的表格")).to_be_visible()
    expect(page.get_by_text("“工作基础”已从表中取消，原内容保留在页面下方。")).to_be_visible()
    expect(page.get_by_text(f"表中新增“{ADDED}”，请填写。")).to_be_visible()
    expect(page.get_by_text("“宣传与资源共享”的要求已改变，现填内容不再符合。请按提示修改。")).to_be_visible()
    expect_sound(page, size)
    picture(page, "revised-ahead")
    page.set_viewport_size(size)
    page.get_by_role("button", name="保存并转入现行表格").click()
    expect(page.get_by_text("通知修订后，表格有").first).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_role("heading", name="通知修订后不再需要的内容")).to_be_visible()
    expect(page.get_by_text(old["foundation"]).first).to_be_visible()
    expect_sound(page, size)
    picture(page, "revised-moved")
    page.set_viewport_size(size)
    page.get_by_role("button", name="检查", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text(f"“{ADDED}”")
    expect_sound(page, size)

    added = next(each["id"] for each in fields_of(city) if each["label"] == ADDED)
    page.locator(f'[name="f.{added}"]').fill("雨天改在室内，另备讲师两人。")
    page.locator('[name="f.outreach"]').fill("发布活动信息12次。")
    page.locator('[name="f.targets.0.value"]').fill(str(raised(city)))
    submission = applying.submit(page)

    sent = submitted_answers(submission, whole=True)
    assert sent == {
        **{key: value for key, value in old.items() if key != "foundation"},
        "targets": [{**old["targets"][0], "value": raised(city)}, *old["targets"][1:]],
        "outreach": "发布活动信息12次。",
        added: "雨天改在室内，另备讲师两人。",
    }
    assert submission.application.revision.number == 2
