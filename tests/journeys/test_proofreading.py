"""The proofreading desk: from doubt to doubt, between words and facts, words picked out, numbers used."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from keqiao.web.programmes.models import Draft
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import DESKTOP, PHONE, picture
from tests.journeys.visitors import log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

READING_MS = 60_000
LEFT_OVER = ("去年全市共有12个县区参与。", "本届为第5次征集，收到材料321份。")
BEHIND = "（一）项目内容"
LONG_TARGET = "成立科技志愿服务队且在全国科技志愿服务平台注册科技志愿者、农技协会员不少于100人"
ITS_NUMBER = "农技协会员不少于100人"


@pytest.fixture
def officer():
    """An officer of the association that issues the call."""
    return make.officer(make.association("三门峡市科学技术协会", slug="sanmenxia"))


@pytest.fixture
def notice(seeds: Path, tmp_path: Path) -> Path:
    """Sanmenxia's notice as Word with two sentences more, whose numbers no part of a call can use."""
    made = tmp_path / "通知.docx"
    with zipfile.ZipFile(seeds / "sanmenxia-2023.docx") as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part, _with_more(content) if part.filename == "word/document.xml" else content)
    return made


def _with_more(document: bytes) -> bytes:
    text = document.decode()
    end = text.index("</w:p>", text.index(BEHIND)) + len("</w:p>")
    more = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in LEFT_OVER)
    return f"{text[:end]}{more}{text[end:]}".encode()


def open_desk(page: Page, account, notice: Path) -> None:
    log_in(page, account)
    page.get_by_role("link", name="上传通知").first.click()
    page.locator("input[type=file]").first.set_input_files(notice)
    page.get_by_role("button", name="上传并识读").first.click()
    expect(page.get_by_role("heading", name="待确认")).to_be_visible(timeout=READING_MS)


def draw_over(page: Page, paragraph: Locator, words: str) -> None:
    """Select ``words`` of a paragraph with the mouse: press before the first character, let go behind the last."""
    paragraph.scroll_into_view_if_needed()
    ends = paragraph.evaluate(
        """(element, words) => {
          const text = element.textContent, first = text.indexOf(words), found = [];
          const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          let at = 0;
          for (let node = walk.nextNode(); node; at += node.length, node = walk.nextNode())
            for (const place of [first, first + words.length - 1])
              if (place >= at && place < at + node.length) {
                const range = document.createRange();
                range.setStart(node, place - at);
                range.setEnd(node, place - at + 1);
                const box = range.getBoundingClientRect();
                found.push([place === first ? box.left + 1 : box.right - 1, box.top + box.height / 2]);
              }
          return found;
        }""",
        words,
    )
    page.mouse.move(*ends[0])
    page.mouse.down()
    page.mouse.move(*ends[1], steps=8)
    page.mouse.up()


def paragraph_with(page: Page, words: str) -> Locator:
    return page.locator(".kq-words").filter(has_text=words).first


@pytest.mark.seeds
def test_an_officer_proofreads_a_notice_with_three_parts(page: Page, worker, officer, notice):
    open_desk(page, officer, notice)
    expect_accessible(page)
    picture(page, "desk")

    go_from_doubt_to_doubt(page)
    go_from_words_to_facts_and_back(page)
    correct_a_target_by_its_words(page)
    see_what_was_saved_by_itself(page)
    settle_the_numbers_left_over(page)

    page.get_by_role("link", name="只看待确认").click()
    expect(page.locator("[id='part-c1.1.1.1-funding']")).to_be_hidden()
    expect_accessible(page)


def go_from_doubt_to_doubt(page: Page) -> None:
    """A key leads to the next doubt and the one before; its words stand in sight at the left."""
    page.keyboard.press("j")
    expect(page.locator("#doubt-1")).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator("#doubt-2")).to_be_focused()
    expect(page.locator(".kq-fact.is-shown").first).to_be_in_viewport()
    page.keyboard.press("k")
    expect(page.locator("#doubt-1")).to_be_focused()


def go_from_words_to_facts_and_back(page: Page) -> None:
    """Words lead to their fact, a fact to its words."""
    row = page.locator("[id='part-c1.1.1.1-funding']")
    page.locator("[data-keys~='c1.1.1.1:funding']").click()
    expect(row).to_be_in_viewport()
    expect(row.locator("a").first).to_be_focused()
    words = page.locator("[data-keys~='c2.3:funding']").first
    expect(words).not_to_be_in_viewport()
    page.locator("[id='part-c2.3-funding']").get_by_role("link", name="原文").click()
    expect(words).to_be_in_viewport()


def correct_a_target_by_its_words(page: Page) -> None:
    """Words picked out with the mouse correct a target, which is tied to them from then on."""
    menu, form = page.get_by_role("dialog", name="这段文字是…"), page.locator("#part")
    draw_over(page, paragraph_with(page, LONG_TARGET), ITS_NUMBER)
    page.get_by_role("button", name="这段文字是…").click()
    expect(menu.locator(".kq-choices__words")).to_have_text(ITS_NUMBER)
    expect_accessible(page)
    picture(page, "desk-words")
    menu.locator("a").filter(has_text="科技志愿者、农技协会员").click()
    expect(form.locator("[name=metric]")).to_have_value("农技协会员")
    expect_accessible(page)
    picture(page, "desk-part")
    form.get_by_role("button", name="保存").click()

    expect(page.get_by_text("已保存。")).to_be_visible()
    expect(page.locator("[id='part-c1.1.1.1.t1']")).to_contain_text("农技协会员 ≥ 100 人")
    expect(page.locator("[data-keys~='c1.1.1.1.t1']")).to_have_text(ITS_NUMBER)
    assert Draft.objects.get().words["c1.1.1.1.t1"]["words"] == ITS_NUMBER


def see_what_was_saved_by_itself(page: Page) -> None:
    """What a form saved while it was typed stands in the tree when the form is closed."""
    row = page.locator("[id='part-c1.1.1.1.t1']")
    row.locator("a").first.click()
    page.locator("#part [name=metric]").fill("农技协新会员")
    expect(page.locator("#part [data-saved]")).to_contain_text("已保存")
    page.get_by_role("button", name="返回结构").click()
    expect(row).to_contain_text("农技协新会员 ≥ 100 人")
    expect(row).to_be_in_viewport()


def settle_the_numbers_left_over(page: Page) -> None:
    """One number that nothing used becomes a target, the other is dismissed with a reason."""
    menu, form = page.get_by_role("dialog", name="这段文字是…"), page.locator("#part")
    left = page.locator("#leftovers")
    expect(left.get_by_role("heading")).to_have_text("未使用的数字 2")
    left.get_by_role("link", name="用作…").first.click()
    menu.get_by_role("link", name="绩效指标").click()
    expect(form.locator("[name=value]")).to_have_value("12")
    form.locator("[name=metric]").fill("参与县区")
    form.get_by_role("button", name="保存").click()
    expect(left.get_by_role("heading")).to_have_text("未使用的数字 1")

    left.get_by_label("不处理的理由").fill("背景介绍，不是要求")
    left.get_by_role("button", name="不处理").click()
    expect(left.get_by_role("heading")).to_have_text("未使用的数字 0")
    expect(left.get_by_text("不处理：背景介绍，不是要求")).to_be_visible()


@pytest.mark.seeds
def test_the_desk_on_a_phone_has_two_sides(page: Page, worker, officer, notice):
    open_desk(page, officer, notice)
    page.set_viewport_size(PHONE)

    expect(page.locator("#structure")).to_be_visible()
    expect(page.locator("#original")).to_be_hidden()
    page.get_by_role("link", name="原文", exact=True).first.click()
    expect(page.locator("#original")).to_be_visible()
    expect(page.locator("#structure")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect_accessible(page)
    page.locator("[data-keys~='c1.1.1.1:funding']").click()
    expect(page.locator("[id='part-c1.1.1.1-funding']")).to_be_in_viewport()
    page.set_viewport_size(DESKTOP)


@pytest.mark.seeds
@pytest.mark.usefixtures("worker")
def test_the_desk_works_without_scripts(page: Page, browser: Browser, live_server, officer, notice):
    open_desk(page, officer, notice)
    context = browser.new_context(
        base_url=live_server.url,
        locale="zh-CN",
        java_script_enabled=False,
        storage_state=page.context.storage_state(),
    )
    plain = context.new_page()
    plain.goto(page.url)

    plain.locator(".kq-original__p").filter(has_text="资金支持标准：10万元/项").first.locator(
        ".kq-use"
    ).click(force=True)
    expect(plain.get_by_role("heading", name="这段文字是…").first).to_be_visible()
    plain.locator("a").filter(has_text="10万元/项").first.click()
    plain.get_by_role("button", name="保存").click()

    expect(plain.get_by_text("已保存。")).to_be_visible()
    plain.get_by_role("link", name="下一处待确认").click()
    assert plain.url.endswith("#doubt-1")
    context.close()
