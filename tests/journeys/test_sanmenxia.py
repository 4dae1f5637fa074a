"""Sanmenxia's notice, from Word to the public: every doubt answered, three tracks, a second officer agrees."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from keqiao.web.parties.models import Association
from keqiao.web.programmes.models import Call, Revision
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import picture
from tests.journeys.visitors import log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

READING_MS = 60_000
TRACKS = {"2023年度科普项目", "2023年度“科创三门峡”行动项目", "2023年度三门峡科技智库调研课题选题"}
DOUBTS = 21


@pytest.fixture
def association():
    """The association that issues the call and publishes with a second person."""
    found = make.association("三门峡市科学技术协会", slug="sanmenxia")
    Association.objects.filter(pk=found.pk).update(second_person_publishes=True)
    return found


def doubts(page: Page, words: str = "") -> Locator:
    return page.locator("[data-doubt]").filter(has_text=words)


def save(page: Page) -> None:
    page.locator("#part").get_by_role("button", name="保存").click()
    expect(page.locator("#doubts")).to_be_visible()


def correct(page: Page, words: str) -> Locator:
    """Open the part that a doubt is about."""
    doubts(page, words).first.get_by_role("link", name="填写或修改").click()
    return page.locator("#part")


def leave(page: Page, words: str, reason: str) -> None:
    """Let a doubt be, and say why."""
    doubt, left = doubts(page, words).first, doubts(page).count()
    doubt.locator("summary").filter(has_text="暂不处理").click()
    doubt.get_by_label("理由").fill(reason)
    doubt.get_by_role("button", name="保存").click()
    expect(doubts(page)).to_have_count(left - 1)


def add(page: Page, node: str, what: str) -> None:
    """Choose from what can be added to a node of the tree."""
    menu = page.locator(f"[data-node='{node}'] > details > .kq-branch__body .kq-branch__add").first
    menu.locator("summary").click()
    menu.get_by_role("link", name=what, exact=True).click()


def answer_what_is_missing(page: Page) -> None:
    """Who applies, without which money, how long the public notice stands, what is scored."""
    form = correct(page, "没有写明谁可以申报")
    form.locator("[name=kinds]").fill("县（市、区）科协\n市级学会\n高校科协\n科研院所")
    save(page)
    for category in ("科普阵地建设提质专项", "三门峡科技智库调研课题选题"):
        form = correct(page, f"{category}”：没有写明经费")
        form.locator("[name=kind]").select_option("none")
        save(page)
    add(page, "", "条件与规则")
    page.locator("#part").get_by_role("button", name=re.compile("^公示")).click()
    form = page.locator("#part")
    form.locator("[name=summary]").fill("拟立项名单公示5个工作日")
    form.locator("[name=days]").fill("5")
    form.locator("[name=day_kind]").select_option("working")
    save(page)
    form = correct(page, "没有评分标准")
    form.locator("[name=criteria-0-name]").fill("方案与绩效")
    form.locator("[name=criteria-0-points]").fill("100")
    save(page)


def correct_what_is_wrong(page: Page) -> None:
    """The bundle's child under another name, a birth date left blank, two periods that do not fit."""
    form = correct(page, "没有同名类别")
    form.locator("[name=children-1-category]").select_option("c2.2.2")
    save(page)
    form = correct(page, "未填完整")
    form.locator("[name=born_after]").fill("1988-01-01")
    save(page)
    leave(page, "不足此数", "以完成时限为准，已与科普部核对")


def confirm_what_was_read(page: Page) -> None:
    sure = page.locator("#doubts").get_by_role("button", name="无误")
    while count := sure.count():
        sure.first.click()
        expect(sure).to_have_count(count - 1)


@pytest.mark.seeds
@pytest.mark.usefixtures("worker")
def test_a_notice_with_three_tracks_is_published_by_two_officers(
    page: Page, second_page: Page, association, seeds
):
    proposer, approver = make.officer(association), make.officer(association)
    log_in(page, proposer)
    page.get_by_role("link", name="上传通知").first.click()
    page.locator("input[type=file]").first.set_input_files(seeds / "sanmenxia-2023.docx")
    page.get_by_role("button", name="上传并识读").first.click()
    expect(page.get_by_role("heading", name="待确认")).to_be_visible(timeout=READING_MS)
    expect(doubts(page)).to_have_count(DOUBTS)

    correct_what_is_wrong(page)
    answer_what_is_missing(page)
    confirm_what_was_read(page)
    leave(page, "没有写明名额", "通知未定名额，评审后择优")
    leave(page, "没有写明绩效指标", "选题征集和自办项目不设指标")
    expect(doubts(page)).to_have_count(0)
    expect_accessible(page)
    picture(page, "desk-done")

    page.get_by_role("link", name="校验并发布").click()
    expect(page.get_by_text("必须先处理")).to_have_count(0)
    page.get_by_label("说明").fill("按科协、财政局联合通知发布。")
    page.get_by_role("button", name="提交审批").click()
    call = Call.objects.get()
    assert not Revision.objects.exists()

    log_in(second_page, approver)
    second_page.get_by_role("link", name=re.compile(call.title[:12])).first.click()
    expect_accessible(second_page)
    second_page.get_by_role("button", name="批准并执行").click()
    expect(second_page.get_by_text("已批准").first).to_be_visible()

    revision = Revision.objects.get()
    assert {track["name"] for track in revision.definition["tracks"]} == TRACKS
    call.refresh_from_db()
    page.goto(f"/calls/{call.slug}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(call.title)
    for name in TRACKS:
        expect(page.get_by_text(name).first).to_be_visible()
