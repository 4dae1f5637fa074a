"""The public finds a call, reads it and takes its dates along: by mouse and keyboard, on a phone, without scripts."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from keqiao.web.parties.queries import local_day
from keqiao.web.portal.demonstration import load
from keqiao.web.programmes.actions import publish
from keqiao.web.programmes.models import Call, Draft
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import DESKTOP, PHONE, picture
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HENAN = "2023年度“科创中原”行动项目申报指南"


@pytest.fixture
def calls_of_the_demonstration(live_server: Any) -> None:
    """The five calls are published."""
    load(timezone.now())


@pytest.fixture
def open_call(live_server: Any) -> Call:
    """A call that takes applications for another twenty days."""
    today = local_day(timezone.now())
    days = {
        "opens": {"on": str(today - timedelta(days=10))},
        "deadline": {"on": str(today + timedelta(days=20))},
    }
    return make.published_call(programme=make.definition("正在申报的科普项目通知", **days))


@pytest.fixture
def visitor(browser: Browser, live_server: Any) -> Iterator[Page]:
    """Somebody whose browser runs no scripts."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.usefixtures("calls_of_the_demonstration")
def test_the_public_searches_by_filters_and_reads_a_category(page: Page):
    page.goto("/")
    expect(page.locator(".kq-lines > li")).to_have_count(5)
    expect_accessible(page)
    picture(page, "home")

    page.get_by_role("searchbox").fill("科创中原")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".kq-lines > li")).to_have_count(1)
    page.get_by_label("主题").select_option("exchange")
    page.get_by_label("每项经费").select_option("100000")
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".kq-lines > li")).to_have_count(3)
    expect(page.locator(".kq-fits").first).to_contain_text("全国性学术交流活动")
    expect_accessible(page)
    picture(page, "public-calls")
    page.locator(".kq-asked").get_by_role("link", name="每项经费").click()
    expect(page.locator(".kq-lines > li")).to_have_count(5)

    page.get_by_role("link", name=HENAN).click()
    expect(page.locator("h1")).to_have_text(HENAN)
    row = page.locator("#overview").get_by_role("row").filter(has_text="“科创中原”试点市")
    expect(row).to_contain_text("50万元/项")
    expect_accessible(page)
    picture(page, "public-call")
    row.get_by_role("link", name="“科创中原”试点市").click()

    expect(page.locator("h1")).to_contain_text("“科创中原”试点市")
    page.locator("#rules summary").first.click()
    expect(page.locator("#rules blockquote").first).not_to_be_empty()
    expect_accessible(page)
    page.goto(page.url)
    picture(page, "public-category")
    page.locator(".kq-around a[rel=next]").click()
    expect(page.locator("h1")).to_contain_text("创新达人")
    assert page.context.cookies() == []


@pytest.mark.usefixtures("calls_of_the_demonstration")
def test_the_figures_are_drawn_with_the_table_behind(page: Page):
    page.goto("/statistics/")

    expect(page.locator("#by-region .kq-bars").first).to_contain_text("1050万元")
    page.locator("#by-region summary").click()
    expect(page.locator("#by-region").get_by_role("row").filter(has_text="湖南省")).to_contain_text("560万元")
    expect_accessible(page)
    page.goto("/statistics/")
    picture(page, "public-statistics")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载表格").click()
    assert download.value.suggested_filename == "keqiao-statistics.csv"


@pytest.mark.usefixtures("calls_of_the_demonstration")
def test_everything_is_reached_by_keyboard(page: Page):
    page.goto("/calls/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("智库")
    page.keyboard.press("Enter")
    expect(page.locator(".kq-lines > li")).to_have_count(2)

    page.get_by_role("link", name="三门峡科技智库").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="“i科普”科技志愿服务").focus()
    page.keyboard.press("Enter")
    page.locator("#rules summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#rules details[open] blockquote").first).to_be_visible()


@pytest.mark.usefixtures("calls_of_the_demonstration")
@pytest.mark.parametrize(
    "address",
    [
        "/calls/?theme=exchange",
        "/calls/sanmenxia-2023/",
        "/calls/jining-2023/",
        "/calls/sanmenxia-2023/ikepu/",
        "/statistics/",
    ],
)
def test_every_page_fits_a_phone(page: Page, address: str):
    page.set_viewport_size(PHONE)
    page.goto(address)

    expect_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.usefixtures("calls_of_the_demonstration")
def test_a_call_prints_with_its_clauses_and_without_the_frame(page: Page):
    page.set_viewport_size(DESKTOP)
    page.goto("/calls/sanmenxia-2023/ikepu/")
    page.emulate_media(media="print")

    expect(page.locator(".kq-public__nav")).to_be_hidden()
    expect(page.locator(".kq-around")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#rules blockquote").first).to_be_visible()


@pytest.mark.usefixtures("calls_of_the_demonstration")
def test_the_labels_are_english_and_the_words_of_the_notice_stay(page: Page):
    page.goto("/calls/yinchuan-2022/?lang=en")

    expect(page.get_by_role("heading", name="Categories at a glance")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("科创中国")
    expect(page.locator("h1")).to_have_attribute("lang", "zh-Hans")
    expect_accessible(page)
    page.locator("#overview").get_by_role("link", name="2022年科技政策宣讲和解读").click()
    expect(page.get_by_role("heading", name="Conditions and rules")).to_be_visible()
    expect(page.locator("#rules .kq-call__more").last).to_contain_text("All categories")


@pytest.mark.usefixtures("calls_of_the_demonstration")
def test_everything_works_without_scripts(visitor: Page):
    visitor.goto("/calls/?q=济宁")
    visitor.get_by_label("申报单位").select_option("society")
    visitor.get_by_role("button", name="查找").click()
    expect(visitor.locator(".kq-asked li")).to_have_count(3)
    visitor.locator(".kq-lines a").first.click()
    expect(visitor.locator("#overview table")).to_be_visible()
    visitor.locator("#money summary").click()
    expect(visitor.locator("#money table")).to_be_visible()
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="通知文件").first.click()
    assert download.value.suggested_filename.endswith(".docx")
    visitor.locator("#overview").get_by_role("link", name="市民“科学大礼包”项目").click()
    expect(visitor.locator("#dates .kq-dates > li").first).to_be_visible()


def test_a_countdown_says_natural_and_working_days(page: Page, open_call: Call):
    page.goto(f"/calls/{open_call.slug}/")

    first = page.locator(".kq-call__first")
    expect(first).to_contain_text("余 20 天")
    expect(first).to_contain_text("个工作日")
    expect(page.locator("#dates .is-next")).to_contain_text("申报期 31 天")
    expect_accessible(page)


def test_a_calendar_program_reads_the_deadline_before_and_after_it_is_moved(page: Page, open_call: Call):
    page.goto(f"/calls/{open_call.slug}/")
    address = page.get_by_role("link", name="加入日历").get_attribute("href")
    before = deadline_in(page.request.get(address).body())
    assert before["start"] == open_call.deadline_at.astimezone(timezone.get_current_timezone()).date()

    moved = before["start"] + timedelta(days=15)
    draft = Draft.objects.get(call=open_call)
    draft.definition |= {"deadline": {"on": str(moved), "at": "17:30"}}
    draft.save()
    publish(open_call.pk, draft.version, actor=open_call.created_by, at=timezone.now(), note="延期")

    after = deadline_in(page.request.get(address).body())
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert (after["start"].date(), f"{after['start']:%H:%M %Z}") == (moved, "17:30 CST")
    page.reload()
    expect(page.locator(".kq-call__first")).to_contain_text("17:30")
    expect(page.locator("#revisions li")).to_have_count(2)


def deadline_in(content: bytes) -> dict[str, Any]:
    """What a calendar says of the one deadline in it."""
    events = Calendar.from_ical(content).walk("VEVENT")
    (event,) = (each for each in events if str(each["summary"]).startswith("申报截止"))
    start: date = event.decoded("dtstart")
    return {"uid": str(event["uid"]), "sequence": int(event["sequence"]), "start": start}
