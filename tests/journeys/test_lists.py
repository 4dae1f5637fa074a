"""An officer asks a list: a fault put right, two conditions, a view kept, the list as a file."""

import csv
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import picture
from tests.journeys.visitors import log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SOCIETIES = ("果树", "苹果", "中药", "黄金", "地质", "水利", "护理", "天文")
FIRMS = ("甘山", "崤山", "仰韶")
ASSOCIATION = 1
CITY_SOCIETIES = 4  # the others are of the counties


@pytest.fixture
def association():
    """An association with units of two levels and two kinds in its city."""
    henan = make.region("410000", "河南省")
    city = make.region("411200", "三门峡市", "prefecture", parent=henan)
    found = make.association("三门峡市科学技术协会", slug="sanmenxia")
    found.organisation.region = city
    found.organisation.save()
    for number, name in enumerate(SOCIETIES):
        level = "prefecture" if number < CITY_SOCIETIES else "county"
        since = date(2015 + number, 3, 1)
        make.organisation(f"三门峡市{name}学会", level=level, region=city, registered_on=since)
    for name in FIRMS:
        make.organisation(f"三门峡市{name}科技有限公司", kind="company", level="county", region=city)
    return found


def look_for(page: Page, words: str, found: int) -> None:
    """Type words, without pressing anything, and wait for so many rows."""
    page.get_by_role("searchbox", name="搜索").fill(words)
    expect_rows(page, found)


def expect_rows(page: Page, number: int) -> None:
    expect(page.locator("#list-rows tbody tr")).to_have_count(number)


def test_a_list_is_asked_kept_and_taken_along(page: Page, association, downloads: Path):
    log_in(page, make.officer(association))
    page.goto("/organisations/")
    expect_rows(page, ASSOCIATION + len(SOCIETIES) + len(FIRMS))
    expect_accessible(page)

    ask(page)
    keep(page)
    take_along(page, downloads)


def ask(page: Page) -> None:
    """Take a proposal, mistype a value and put it right, add a second condition and take it away again."""
    page.get_by_role("searchbox", name="搜索").fill("登")
    page.locator("#list-proposals").get_by_role("link", name="登记日期:").click()
    expect(page.get_by_role("searchbox", name="搜索")).to_have_value("登记日期:")

    look_for(page, "级别:市及", ASSOCIATION + len(SOCIETIES) + len(FIRMS))
    expect(page.locator("#list-rows .kq-finding")).to_have_count(1)
    expect_accessible(page)
    picture(page, "lists-fault")
    page.locator("#list-rows .kq-finding").get_by_role("link", name="市级").click()
    expect_rows(page, CITY_SOCIETIES)

    look_for(page, "级别:市级 登记日期:2016..2017", 2)
    expect(page.locator(".kq-chips")).to_contain_text("已按以下条件查找")
    expect_accessible(page)
    picture(page, "lists-asked")


def keep(page: Page) -> None:
    """Keep what is looked for, leave it, and come back to it by its tab."""
    page.get_by_text("保存为视图").click()
    page.get_by_label("视图名称").fill("早期市级学会")
    expect_accessible(page)
    picture(page, "lists-keeping")
    page.get_by_role("button", name="保存", exact=True).click()
    tab = page.get_by_role("navigation", name="视图").get_by_role("link", name="早期市级学会")
    expect(tab).to_have_attribute("aria-current", "page")
    page.get_by_role("navigation", name="视图").get_by_role("link", name="全部").click()
    expect_rows(page, ASSOCIATION + len(SOCIETIES) + len(FIRMS))
    tab.click()
    expect_rows(page, 2)
    expect_accessible(page)
    picture(page, "lists-views")


def take_along(page: Page, downloads: Path) -> None:
    """The file has the rows of the page and no others."""
    with page.expect_download() as begun:
        page.get_by_role("link", name="导出 CSV").click()
    begun.value.save_as(downloads / "units.csv")
    with (downloads / "units.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [line[0] for line in csv.reader(file)]
    assert names == ["名称", "三门峡市中药学会", "三门峡市苹果学会"]
