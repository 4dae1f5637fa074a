"""Jining: five working days across the national holiday, an objection upheld, a substitute by rank, one is closed."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from keqiao.web.allocation.models import Selection
from keqiao.web.public_notice.models import Notice, NoticeItem, Objection
from keqiao.web.review.models import Round, Task
from tests.journeys import choosing, undertaking
from tests.journeys.chain import Chain, Filing, filed, open_call, passed
from tests.journeys.clock import Clock
from tests.journeys.pictures import picture
from tests.journeys.visitors import PATIENCE_MS

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FILED = [
    Filing(f"济宁市{name}学会", "a3", title)
    for name, title in (
        ("机械工程", "智能制造论坛"),
        ("医学", "基层医疗论坛"),
        ("水利", "南四湖保护论坛"),
        ("农学", "粮食安全论坛"),
    )
]
"""Three places, so the last one stays in reserve."""
POINTS = {"basis": 20, "plan": 27, "effect": 26, "budget": 13}
GROUNDS = "该项目的合作单位表示没有参加，附书面说明。"


def points_of(number: int) -> dict[str, str]:
    """What each expert gives the application with this number: the later, the less."""
    return {key: str(most - number) for key, most in POINTS.items()}


def test_a_list_of_five_working_days_across_the_holiday_with_a_substitute_and_a_closed_project(
    page: Page, clock: Clock, tmp_path: Path
):
    at = clock.stand_at("2026-09-01")
    chain = Chain(page, clock, open_call("jining", "2026-09-10"))
    applications = [filed(chain.call, "jining", each, at) for each in FILED]
    for application in applications[1:]:
        passed(application, chain.officer, at)
    choosing.experts(chain, 3)
    choosing.check(chain, applications[0])
    found = choosing.round_made(chain, "2026-09-15")
    all_judged(chain, found, applications)
    clock.stand_at("2026-09-16")
    choosing.closed(chain, found)
    decision = choosing.begun(chain)
    choosing.approved(chain, decision)
    rows = [Selection.objects.get(application=application) for application in applications]
    assert states(rows) == ["approved", "approved", "approved", "reserve"]

    clock.stand_at("2026-09-29")
    notice = choosing.posted(chain)
    ends_after_the_holiday(chain, notice)
    link = objected(chain, notice, rows[0])
    clock.stand_at("2026-10-08")
    upheld(chain)
    assert states(rows) == ["dropped", "in_notice", "in_notice", "reserve"]
    substituted(chain, rows)
    second = choosing.posted(chain)
    second.refresh_from_db()
    assert second.counted == ["2026-10-08", "2026-10-09", "2026-10-10", "2026-10-12", "2026-10-13"]
    choosing.ended(chain, notice, "2026-10-11")
    choosing.ended(chain, second, "2026-10-14")
    assert states(rows) == ["substituted", "confirmed", "confirmed", "confirmed"]
    answered(chain, link)

    choosing.awarded(chain, "2026-12-31")
    undertaking.grants_begun(chain, 3)
    winner, unit = applications[3], applications[3].created_by
    grant = undertaking.agreed(chain, winner, ("2026-10-14", "2026-12-20"), tmp_path)
    undertaking.paid(chain, grant, unit)
    clock.stand_at("2026-11-20")
    session = undertaking.Session("论坛", "粮食安全论坛开幕", "120")
    undertaking.recorded(chain, grant, unit, session)
    acceptance = undertaking.accepted(chain, grant, unit, "2026-11-20", "论坛已经举办，专家名单随后补录。")
    undertaking.settled(chain, grant, unit, "2026-11-18")
    undertaking.closed(chain, acceptance)


def states(rows: list[Selection]) -> list[str]:
    """The states of places as they stand now."""
    return [Selection.objects.get(pk=row.pk).state for row in rows]


def all_judged(chain: Chain, found: Round, applications: list[Any]) -> None:
    """Three sheets for each application, the first of the first one in the browser."""
    first = Task.objects.filter(round=found, application=applications[0])[0]
    choosing.judged_at_the_desk(chain, first, points_of(0), (FILED[0].unit, "李明"))
    for number, application in enumerate(applications):
        for task in Task.objects.filter(round=found, application=application).exclude(pk=first.pk):
            choosing.judged(task, points_of(number), chain.clock.now())


def ends_after_the_holiday(chain: Chain, notice: Notice) -> None:
    """Everybody reads the last day: seven days are off, and the Saturday after them is worked."""
    notice.refresh_from_db()
    assert notice.counted == ["2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"]
    chain.page.context.clear_cookies()
    chain.open("/notices/")
    chain.page.get_by_role("link", name=notice.title).click()
    chain.hears("2026年10月10日")
    chain.can_be_read()
    chain.fits_a_phone()
    picture(chain.page, "public-notice-for-everybody")


def objected(chain: Chain, notice: Notice, row: Selection) -> str:
    """A stranger objects on a day off, first without a name; the address of the private link."""
    chain.clock.stand_at("2026-10-03")
    page, item = chain.page, NoticeItem.objects.get(notice=notice, selection=row)
    chain.open(f"/notices/items/{item.pk}/object/")
    chain.fits_a_phone()
    chain.press("提交异议", "匿名或无法联系的异议不予受理")
    page.get_by_label("真实姓名或单位全称").fill("王异议")
    page.get_by_label("联系电话").fill("13900001234")
    page.get_by_label("事实和理由").fill(GROUNDS)
    picture(page, "public-notice-objecting")
    chain.press("提交异议", "请保存本页网址")
    chain.can_be_read()
    picture(page, "public-notice-following")
    return page.url


def upheld(chain: Chain) -> None:
    """It is taken up, another officer looks into it, a leader agrees that it is true."""
    page, here = chain.page, f"/desk/objections/{Objection.objects.get().pk}/"
    chain.enter(chain.officer, here)
    picture(page, "public-notice-objection")
    chain.press("受理，暂缓该项目")
    page.get_by_label("调查人").select_option(label=str(chain.second))
    chain.press("交办调查", "已办理：交办调查。")
    chain.enter(chain.second, here)
    page.get_by_label("异议成立", exact=True).check()
    page.get_by_label("调查结论").fill("已向合作单位核实，情况属实。")
    chain.press("提交调查结论", "已办理：提交调查结论。")
    chain.enter(chain.officer, here)
    page.get_by_label("异议成立，取消立项资格").check()
    page.get_by_label("处理依据").fill("经核实，申报内容与事实不符。")
    chain.press("提请领导决定", "已提交领导审批")
    chain.agree(chain.leader)


def substituted(chain: Chain, rows: list[Selection]) -> None:
    """The next in rank takes the place, once a leader has agreed."""
    page = chain.page
    chain.enter(chain.officer, f"/desk/public-notices/places/{rows[0].pk}/")
    page.get_by_label(re.compile(FILED[3].title)).check()
    page.get_by_label("理由").fill("按名次递补。")
    picture(page, "public-notice-substitute")
    chain.press("提请领导批准", "已提交领导审批")
    chain.agree(chain.leader)
    assert states(rows) == ["substituted", "in_notice", "in_notice", "approved"]


def answered(chain: Chain, link: str) -> None:
    """Who objected reads the answer behind the private link."""
    chain.page.context.clear_cookies()
    chain.open(link)
    answer = chain.page.get_by_role("link", name="下载答复（Word）")
    expect(answer).to_be_visible(timeout=PATIENCE_MS)
