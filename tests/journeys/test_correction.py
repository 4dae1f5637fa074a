"""From a published call to its correction: the notice as Word, its changes settled, merged, published, seen by all."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from keqiao.readers.programmes import demonstration
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import picture
from tests.journeys.test_notice_to_call import READING_MS, log_in
from tests.web import make
from tests.web.programmes.notices import as_word

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

CALL = demonstration("sanmenxia-2023")
TITLE = "关于延长申报时间和更正有关内容的通知"
NOTICE = (
    "三门峡市科学技术协会",
    TITLE,
    "各县（市、区）科协，各有关单位：",
    f"我会于2023年3月25日印发的《{CALL.title}》有关内容需要调整，现更正如下：",
    "一、申报截止时间由2023年4月30日延长至2023年5月15日17:00，逾期不予受理。",
    "二、青年人才托举工程资助标准由5万元/人调整为6万元/人。",
    "三、青年人才托举工程“每个单位限报2人”更正为“每个单位限报3人”。",
    "四、科普部联系电话更正为0398-3162999。",
    "五、纸质材料报送时间另行通知。",
    "其余内容不变，仍按原通知执行。",
    "三门峡市科学技术协会",
    "2023年4月20日",
)


@pytest.fixture
def call():
    """The published call that the notice corrects."""
    association = make.association("三门峡市科学技术协会", slug="sanmenxia")
    return make.published_call(association, CALL)


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """The notice as Word."""
    file = tmp_path / "更正通知.docx"
    file.write_bytes(as_word(NOTICE))
    return file


def settle_what_is_asked(page: Page) -> None:
    """Choose the telephone; note that the paper stage is done by hand."""
    telephone = page.locator(".kq-proposal", has_text="科普部联系电话")
    telephone.get_by_role("radio").first.check()
    telephone.get_by_role("button", name="采纳").first.click()
    expect(page.get_by_text("还有 9 项待处理")).to_be_visible()
    papers = page.locator(".kq-proposal", has_text="纸质材料报送时间另行通知")
    papers.locator("summary").click()
    papers.get_by_role("button", name="不采纳").click()
    expect(page.get_by_text("请写明不采纳的理由。")).to_be_visible()
    papers.get_by_label("理由").fill("待另行通知")
    papers.get_by_role("button", name="不采纳").click()


def test_a_correction_becomes_a_revision_whose_difference_the_public_sees(page: Page, worker, call, notice):
    log_in(page, call.created_by)
    page.goto(f"/desk/calls/{call.pk}/")
    page.locator(".kq-desk__acts summary").click()
    page.get_by_role("link", name="上传更正或延期通知").click()
    expect_accessible(page)
    page.locator("input[type=file]").first.set_input_files(notice)
    page.get_by_role("button", name="上传并识读").click()

    expect(page.get_by_role("heading", name="需要您决定")).to_be_visible(timeout=READING_MS)
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect_accessible(page)
    picture(page, "amendment")
    settle_what_is_asked(page)
    page.get_by_role("button", name="采纳确定的").click()
    expect(page.get_by_text("全部处理完毕，可以并入草稿。")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("button", name="并入草稿").click()

    expect(page.get_by_text("已并入草稿。请核对后发布新版本。")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("link", name="发布新版本").click()
    expect(page.get_by_label("说明")).to_have_value(f"依据：《{TITLE}》")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("已发布。")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"/calls/{call.slug}/")
    notices = page.get_by_role("list", name="更正与延期")
    expect(notices).to_contain_text("已更正")
    expect_accessible(page)
    picture(page, "corrected-call")
    with page.expect_download() as saved:
        notices.get_by_role("link", name=TITLE).click()
    assert saved.value.suggested_filename == "更正通知.docx"
    notices.get_by_role("link", name="改了什么").click()
    for words in ("2023年5月15日", "6万元", "0398-3162999"):
        expect(page.get_by_text(words).first).to_be_visible()
    expect_accessible(page)
    picture(page, "correction-difference")
