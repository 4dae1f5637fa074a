"""A unit records a session on a telephone with a picture, the office verifies it, and the bar of the target moves."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from keqiao.core.targets import Term
from keqiao.web.activities.models import Activity
from keqiao.web.parties.queries import local_day
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import PHONE, picture
from tests.journeys.visitors import PATIENCE_MS, log_in
from tests.web import make
from tests.web.activities import makers

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TARGET: dict[str, Any] = {
    "id": "t1",
    "metric": "科普讲座",
    "comparator": ">=",
    "value": 2,
    "unit": "场",
    "measure": {"kind": "count", "facts": "activity", "where": [{"of": "kind", "among": ["科普讲座"]}]},
}


def test_a_session_is_recorded_on_a_telephone_verified_and_counted(page: Page, second_page: Page):
    today = local_day(timezone.now())
    asked = {"activity": {"kind": ("科普讲座",)}}
    project = makers.project(
        make.association("三门峡市科学技术协会"),
        make.organisation("三门峡市果树学会"),
        title="流动科技馆进乡镇",
        asked=asked,
    )
    makers.asks(
        project,
        TARGET,
        term=Term(today.replace(month=1, day=1), today.replace(month=12, day=31)),
        year=today.year,
    )
    unit, officer = makers.recorder(project), makers.officer(project)
    page.set_viewport_size(PHONE)
    log_in(page, unit)

    recorded_on_a_telephone(page, project)
    log_in(second_page, officer)
    targets = f"/desk/targets/of/{project.kind}/{project.id}/"
    verified_at_the_office(second_page, targets)
    page.goto(targets)
    expect(page.get_by_text("计入 1 条")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("还差 1 场")).to_be_visible()
    expect_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    picture(page, "targets-of-a-project")


def recorded_on_a_telephone(page: Page, project: Any) -> None:
    """A session with a picture: a wrong number is told, the picture stays, then it is taken."""
    page.goto(f"/desk/records/of/{project.kind}/{project.id}/")
    page.get_by_role("link", name="登记一条").first.click()
    expect_accessible(page)
    page.get_by_role("link", name="活动", exact=True).click()
    page.get_by_label("名称").fill("果树剪枝技术讲座")
    page.get_by_label("种类").fill("科普讲座")
    page.get_by_label("参加人数").fill("六十")
    sent = makers.picture()
    page.get_by_label("拍照").set_input_files(
        files=[{"name": "现场.png", "mimeType": "image/png", "buffer": sent.read()}]
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="登记并报送").click()
    expect(page.get_by_text("有 1 处需要修改")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_label("现场.png")).to_be_checked()
    expect_accessible(page)
    picture(page, "activity-on-a-telephone")
    page.set_viewport_size(PHONE)
    page.get_by_label("参加人数").fill("60")
    page.get_by_role("button", name="登记并报送").click()
    expect(page.get_by_text("已登记，序号 1。")).to_be_visible(timeout=PATIENCE_MS)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def verified_at_the_office(page: Page, targets: str) -> None:
    """Somebody else looks at the record and verifies it from the list."""
    page.goto(targets)
    expect(page.get_by_text("1 条未计入")).to_be_visible(timeout=PATIENCE_MS)
    page.goto("/desk/records/")
    page.get_by_role("link", name="果树剪枝技术讲座").click()
    expect(page.get_by_text("现场.png")).to_be_visible(timeout=PATIENCE_MS)
    expect_accessible(page)
    picture(page, "activity-record")
    page.goto("/desk/records/")
    expect_accessible(page)
    page.get_by_label("果树剪枝技术讲座").check()
    picture(page, "activities-to-verify")
    page.get_by_role("button", name="核实", exact=True).click()
    expect(page.get_by_text("已核实 1 条。")).to_be_visible(timeout=PATIENCE_MS)
    assert Activity.objects.get().state == "verified"
