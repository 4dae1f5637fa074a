"""An officer has a kind of message reviewed, reads how many go to whom before they go, leaves one out with a reason,
sends a failed one again; the reader chooses how to be told and subscribes to the own dates.
"""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.notifications.models import Channel, Message, MessageState
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import PHONE, picture
from tests.journeys.visitors import log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
TITLES = ("科普宣传栏更新", "食用菌栽培技术示范", "青少年科技活动周")


def returned(association, reader, number: int) -> None:
    variables = {
        "title": TITLES[number],
        "number": f"SMX2026-000{number + 1}",
        "until": "2026-03-20",
        "url": "https://kq.example.org/applications/",
    }
    letter = Letter(
        "application.returned",
        recipient_id=reader.pk,
        address=reader.email,
        variables=variables,
        association_id=association.pk,
    )
    with transaction.atomic():
        queue(letter, key=f"journey:{number}", at=NOON)


def on_a_phone(page: Page) -> None:
    """The page does not scroll sideways on a phone, and is readable there by everybody."""
    before = page.viewport_size
    page.set_viewport_size(PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], f"{page.url} is {width} wide"
    expect_accessible(page)
    page.set_viewport_size(before)


def test_an_officer_looks_at_messages_before_they_go(page: Page):
    association = make.association("三门峡市科学技术协会", slug="sanmenxia")
    reader, officer = make.user("李梅"), make.officer(association)
    log_in(page, officer)

    page.goto("/outbox/")
    page.get_by_role("link", name="发送设置").click()
    page.get_by_label("申报书退回修改：发送前审核").check()
    expect_accessible(page)
    picture(page, "outbox-rules")
    on_a_phone(page)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存，今后的消息按此发送。")).to_be_visible()

    for number in range(3):
        returned(association, reader, number)
    page.goto("/outbox/")
    page.get_by_role("link", name="待审发 6 条").click()
    expect_accessible(page)
    picture(page, "outbox-review")
    on_a_phone(page)
    for box in page.get_by_role("checkbox", name="青少年科技活动周").all():
        box.uncheck()
    page.get_by_role("button", name="发送选中的…").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("将发送 4 条消息")
    expect(page.get_by_text("申报书退回修改 · 邮件")).to_be_visible()
    assert not Message.objects.exclude(state=MessageState.REVIEW).exists()
    expect_accessible(page)
    picture(page, "outbox-sure")
    on_a_phone(page)
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.get_by_text("4 条消息已交付发送。")).to_be_visible()

    page.get_by_role("button", name="不发选中的…").click()
    page.get_by_role("button", name="不发", exact=True).click()
    expect(page.get_by_text("请写明不发的理由。").first).to_be_visible()
    page.get_by_label("不发的理由").fill("已电话告知")
    page.get_by_role("button", name="不发", exact=True).click()
    expect(page.get_by_text("2 条消息不再发送。")).to_be_visible()
    sees_what_failed(page)


def sees_what_failed(page: Page):
    """One was refused, of one nobody knows whether it came: the officer settles both."""
    Message.objects.filter(channel=Channel.MAIL, variables__title=TITLES[0]).update(
        state=MessageState.FAILED, settled_at=NOON, fault="recipient_refused", leased_until=None
    )
    Message.objects.filter(channel=Channel.MAIL, variables__title=TITLES[1]).update(
        state=MessageState.UNSURE, settled_at=NOON, fault="worker_died", leased_until=None
    )
    page.goto("/outbox/")
    expect(page.get_by_text("对方服务器拒收：地址不存在或不可用")).to_be_visible()
    expect_accessible(page)
    picture(page, "outbox")
    on_a_phone(page)
    page.get_by_role("button", name="对方已收到").click()
    expect(page.get_by_text("已记为送达。")).to_be_visible()
    page.get_by_role("button", name="再发一次").click()
    expect(page.get_by_text("已重新交付发送。")).to_be_visible()


def test_a_reader_chooses_how_to_be_told_and_subscribes_to_the_own_dates(page: Page):
    log_in(page, make.officer(make.association("三门峡市科学技术协会", slug="sanmenxia")))
    page.goto("/messages/")
    page.get_by_role("link", name="通知方式").click()
    page.get_by_label("待审批：邮件").uncheck()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    expect(page.get_by_label("待审批：邮件")).not_to_be_checked()

    page.get_by_role("button", name="生成日历地址").click()
    address = page.locator("code").inner_text()
    expect_accessible(page)
    picture(page, "how-i-am-told")
    on_a_phone(page)
    answer = page.request.get(
        page.url.partition("/messages/")[0] + "/calendar/" + address.partition("/calendar/")[2]
    )
    assert (answer.status, answer.text().splitlines()[0]) == (200, "BEGIN:VCALENDAR")
