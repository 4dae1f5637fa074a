"""A county's association collects, declines one, ranks, forwards five within its quota, recalls, and forwards again.

The chain is that of Sanmenxia's call (附件1·二（二）3); the quota is invented.
"""

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.journeys import endorsing
from tests.journeys.accessibility import expect_accessible
from tests.journeys.endorsing import TITLES
from tests.journeys.pictures import picture
from tests.journeys.visitors import PATIENCE_MS, log_in
from tests.web.applications import makers
from tests.web.endorsement.makers import Place

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
QUOTA, DECLINED = 5, TITLES[5]


@pytest.fixture
def place():
    """渑池县 with six applications, and a seventh that is still being written."""
    place = Place()
    place.endorser.display_name = "县科协"
    first, *others = endorsing.chains_of("sanmenxia-2023", "ikepu")
    place.open = endorsing.open_call(
        place.association, [{**first, "per_endorser_max": QUOTA, "ranked": True}, *others], "三门峡市"
    )
    place.applications = [
        endorsing.submitted(place.open, place.unit(f"渑池县第{number}实验学校"), title)
        for number, title in enumerate(TITLES, 1)
    ]
    makers.draft(place.open, makers.applicant(place.unit("渑池县林学会")))
    return place


def test_a_county_collects_ranks_declines_one_and_forwards_five(
    page: Page, second_page: Page, place, downloads
):
    log_in(page, place.endorser)
    endorsing.open_queue(page, place.open.title)
    assert endorsing.order(page) == list(TITLES)
    who_is_missing(page)
    decline_one(page)
    recommend_the_others(page)
    put_in_order(page)
    expect_accessible(page)
    picture(page, "endorsing-queue")
    forward(page, downloads)
    picture(page, "endorsing-list")
    recall_and_forward_again(page)
    the_office_accepts(second_page, place)
    too_late_to_recall(page)
    the_applicant_sees(second_page, place)


def who_is_missing(page: Page) -> None:
    """One unit has a draft; of it nothing but its name is told."""
    page.get_by_role("link", name="未报单位").first.click()
    expect(page.get_by_role("row", name="渑池县林学会")).to_be_visible()
    expect_accessible(page)
    page.go_back()


def decline_one(page: Page) -> None:
    """Without a reason it is not taken; with one of the phrases it is."""
    page.get_by_role("link", name=DECLINED, exact=True).click()
    expect(page.get_by_role("heading", name=DECLINED)).to_be_visible()
    expect_accessible(page)
    picture(page, "endorsing-application")
    page.get_by_role("button", name="不推荐").click()
    expect(page.get_by_text("请写明不推荐的理由。").first).to_be_visible()
    page.get_by_label("常用语").select_option(label="受推荐名额限制，择优未入选。")
    page.get_by_role("button", name="不推荐").click()
    expect(page.get_by_text("已列为不推荐。")).to_be_visible()


def recommend_the_others(page: Page) -> None:
    """All five at once, with one opinion."""
    endorsing.tick(page, *TITLES[:5])
    expect(page.locator("[data-selected]")).to_have_text("5")
    page.locator("[data-selection]").get_by_role("button", name="推荐", exact=True).click()
    expect(page.get_by_role("heading", name="推荐 5 项")).to_be_visible()
    expect_accessible(page)
    page.locator("[name=words]").fill("经审核，同意推荐。")
    page.get_by_role("button", name="推荐 5 项").click()
    expect(page.get_by_text("已办理 5 项。")).to_be_visible()
    assert endorsing.order(page) == [*TITLES[:5], DECLINED]


def put_in_order(page: Page) -> None:
    """By button, by key, by dragging: always the same way to the server."""
    third, fifth = TITLES[2], TITLES[4]
    page.get_by_role("button", name=f"上移 {third}", exact=True).click()
    expect(page.locator("#announcements")).to_have_text(f"{third}：现在第 2 位")
    expect(page.get_by_role("button", name=f"上移 {third}", exact=True)).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#announcements")).to_have_text(f"{third}：现在第 1 位")
    line = page.locator(f'tr[data-name="{fifth}"]')
    line.locator(".kq-grip").drag_to(
        page.locator(f'tr[data-name="{TITLES[0]}"]'), target_position={"x": 60, "y": 2}
    )
    expect(page.locator("#announcements")).to_have_text(f"{fifth}：现在第 2 位")
    assert endorsing.order(page) == [third, fifth, TITLES[0], TITLES[1], TITLES[3], DECLINED]


def forward(page: Page, downloads) -> None:
    """The page says how many and which; then all five at once. The table has five lines in this order."""
    ranked = endorsing.order(page)[:5]
    page.get_by_role("link", name="上报 5 项").click()
    expect(page.locator("ol.kq-batch-list > li")).to_have_count(5)
    expect_accessible(page)
    picture(page, "endorsing-forward")
    page.get_by_role("button", name="上报 5 项").click()
    expect(page.get_by_text("已上报 5 项。")).to_be_visible(timeout=PATIENCE_MS)
    expect_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    file = downloads / "list.xlsx"
    download.value.save_as(file)
    grid = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert [row[2] for row in grid[3:8]] == ranked
    assert grid[8][0] == "合计 5 项"
    assert set(endorsing.states().values()) == {"filed", "declined"}


def recall_and_forward_again(page: Page) -> None:
    """Nobody has acted: everything comes back in its order."""
    page.get_by_label("撤回理由").fill("漏附材料")
    page.get_by_role("button", name="撤回上报").click()
    expect(page.get_by_text("已撤回上报，名单回到队列。")).to_be_visible()
    page.locator(".kq-crumbs a").last.click()
    assert endorsing.order(page)[0] == TITLES[2]
    page.get_by_role("link", name="上报 5 项").click()
    page.get_by_role("button", name="上报 5 项").click()
    expect(page.get_by_text("已上报 5 项。")).to_be_visible(timeout=PATIENCE_MS)


def the_office_accepts(page: Page, place) -> None:
    """All five, in the order of the county."""
    log_in(page, place.officer)
    page.goto("/desk/endorsing/")
    expect_accessible(page)
    page.get_by_role("link", name=place.open.title).click()
    expect_accessible(page)
    picture(page, "endorsing-office")
    for box in page.locator("input[data-select]").all():
        box.check()
    page.get_by_role("button", name="受理", exact=True).click()
    expect(page.get_by_text("已受理 5 项。")).to_be_visible()
    assert sorted(endorsing.states().values()) == ["declined", *["received"] * 5]


def too_late_to_recall(page: Page) -> None:
    """The office has acted: it says so, and nothing moves."""
    page.get_by_label("撤回理由").fill("再改一次")
    page.get_by_role("button", name="撤回上报").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert sorted(endorsing.states().values()) == ["declined", *["received"] * 5]


def the_applicant_sees(page: Page, place) -> None:
    """The one that was declined reads why."""
    declined = place.applications[5]
    page.context.clear_cookies()
    log_in(page, declined.created_by)
    page.goto(f"/applications/{declined.pk}/")
    expect(page.get_by_text("受推荐名额限制，择优未入选。")).to_be_visible()
    expect_accessible(page)
    picture(page, "endorsing-progress")
