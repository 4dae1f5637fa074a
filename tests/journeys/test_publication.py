"""Last year's call becomes this year's: what is asked is answered, a second officer agrees, and a revision tells
its difference.
"""

import pytest
from playwright.sync_api import Page, expect

from keqiao.web.parties.models import Association
from keqiao.web.programmes.models import Call
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import picture
from tests.journeys.visitors import log_in
from tests.web import make

THIS_YEAR = "河洛市2027年度科普项目申报通知"

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def association():
    """An association that publishes with a second person."""
    found = make.association("河洛市科学技术协会", slug="heluo")
    Association.objects.filter(pk=found.pk).update(second_person_publishes=True)
    return found


def last_year(association):
    """The call of 2026, published before a second person was wanted."""
    Association.objects.filter(pk=association.pk).update(second_person_publishes=False)
    rules = [
        {"id": "r1", "type": "publicity", "summary": "公示五个工作日", "days": 5, "day_kind": "working"},
    ]
    call = make.published_call(
        association,
        make.definition(
            id="heluo-2026",
            title="河洛市2026年度科普项目申报通知",
            issuers=["河洛市科学技术协会"],
            document_number="河科协〔2026〕8号",
            issue_date="2026-05-01",
            completion={"on": "2026-12-31"},
            office_list=[{"id": "office-1", "department": "科普部", "phones": ["0000-5550101"]}],
            rules=rules,
        ),
    )
    Association.objects.filter(pk=association.pk).update(second_person_publishes=True)
    return call


def take_over(page: Page, call) -> None:
    """Begin next year's call with last year's."""
    page.get_by_role("link", name="通知与项目").first.click()
    page.get_by_role("link", name="沿用往年通知").click()
    expect_accessible(page)
    page.evaluate("scrollTo(0, 0)")
    picture(page, "new-call")
    page.get_by_label("往年通知").select_option(label=call.title)
    page.get_by_role("button", name="沿用为下一年度").click()
    expect(page.get_by_role("heading", name=THIS_YEAR)).to_be_visible()
    expect(page.locator("#doubts")).to_contain_text("上年为2026-06-30，请核定本年日期。")


def state_day(page: Page, slot: str, day: str) -> None:
    """Fill in a day on the page of its statement; one that was asked is settled with it."""
    draft = page.url.split("#")[0]
    page.goto(f"{draft}part/{slot}/")
    page.locator("input[type=date][name=on]").fill(day)
    settled = page.get_by_label("已核实")
    if settled.count():
        settled.check()
    page.get_by_role("button", name="保存", exact=True).first.click()
    page.goto(draft)


def confirm_the_rest(page: Page) -> None:
    sure = page.locator("#doubts").get_by_role("button", name="无误")
    while count := sure.count():
        sure.first.click()
        expect(sure).to_have_count(count - 1)


def ask_for_approval(page: Page, note: str) -> None:
    page.get_by_role("link", name="校验并发布").or_(page.get_by_role("link", name="发布新版本")).first.click()
    expect_accessible(page)
    page.get_by_label("说明").fill(note)
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_text("已提交审批。另一位人员批准后即发布。")).to_be_visible()


def approve(page: Page, title: str) -> None:
    """The second officer finds it among what waits, reads what would be done, and agrees."""
    page.goto("/desk/")
    expect(page.get_by_text("不办的后果：过期无人决定")).to_be_visible()
    expect_accessible(page)
    picture(page, "desk-home")
    page.get_by_role("link", name=title).click()
    expect_accessible(page)
    picture(page, "approval")
    page.get_by_role("button", name="批准并执行").click()
    expect(page.get_by_text("已批准并执行。").first).to_be_visible()


def test_last_years_call_is_published_with_a_second_officer_and_changed_in_public(
    page: Page, second_page: Page, association
):
    last, second = last_year(association), make.officer(association)
    log_in(page, last.created_by)
    take_over(page, last)
    draft = page.url.split("#")[0]

    state_day(page, "deadline", "2027-06-30")
    state_day(page, "completion", "2027-12-31")
    confirm_the_rest(page)
    ask_for_approval(page, "评分标准另行通知")
    page.goto(draft)
    expect(page.get_by_text("在审批期间修改草稿，这次提交就不能再批准。")).to_be_visible()
    expect_accessible(page)
    picture(page, "desk-waiting")

    log_in(second_page, second)
    approve(second_page, f"发布“{THIS_YEAR}”")
    call = Call.objects.get(copied_from=last)
    assert call.slug == "heluo-2027"

    # a later deadline becomes a second revision, agreed to by the second officer
    page.goto(draft)
    state_day(page, "deadline", "2027-07-10")
    ask_for_approval(page, "应基层要求延期")
    approve(second_page, f"发布“{THIS_YEAR}”的新版本")

    # officers read the difference in words
    page.goto(draft)
    page.locator(".kq-desk__acts summary").click()
    page.get_by_role("link", name="发布的版本").click()
    expect_accessible(page)
    page.get_by_role("link", name="第 2 版").click()
    expect(page.get_by_role("row", name="申报截止")).to_contain_text("延后 10 天")
    expect(page.get_by_text(second.display_name)).to_be_visible()
    expect_accessible(page)
    picture(page, "revision-desk")

    # and so does the public
    page.context.clear_cookies()
    page.goto(f"/calls/{call.slug}/")
    expect(page.get_by_role("heading", name="最近修订：第 2 版")).to_be_visible()
    expect(page.locator(".kq-latest")).to_contain_text("2027年7月10日 延后 10 天")
    expect_accessible(page)
    picture(page, "call-changed")
    page.locator(".kq-latest").get_by_role("link").click()
    expect(page.get_by_role("row", name="申报截止")).to_contain_text("2027年6月30日")
    expect_accessible(page)
    picture(page, "revision")
