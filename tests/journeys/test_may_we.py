"""A verified unit asks what it may apply for: yes, no because, needs a person; and what somebody else would change."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from keqiao.web.accounts.roles import Role
from keqiao.web.parties.actions import NewTie, tie
from keqiao.web.parties.models import Person, TieKind
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.actions import publish
from keqiao.web.programmes.models import Draft
from keqiao.web.registers.actions.keeping import Statement, state_kept
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import DESKTOP, PHONE, picture
from tests.journeys.visitors import log_in
from tests.web import make
from tests.web.registers import makers
from tests.web.reopened import reopened

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

UNIT, YOUNG, OLDER = "三门峡市果树学会", "陈小雨", "周建国"
REFUSED, ASKED, TAKEN = "三门峡市科技小院", "青年人才托举工程", "首席科普专家工作室"
CLAUSE_WORDS = "乡村科普项目由各县（市、区）科协申报。"


@pytest.fixture
def city(live_server: Any) -> SimpleNamespace:
    """An association with its region and complete registers, a society of the city with two people, an open call."""
    province = make.region("410000", "河南省")
    area = make.region("411200", "三门峡市", "prefecture", parent=province)
    association = make.association("三门峡市科学技术协会", slug="sanmenxia")
    association.organisation.region, association.organisation.level = area, "prefecture"
    association.organisation.save()
    for register in ("debarments", "holdings"):
        state_kept(association.pk, Statement(register, "逐年核对"), by=makers.PROGRAM)
    society = make.organisation(UNIT, level="prefecture", region=area, is_legal_person=True)
    belongs = NewTie(society, association.organisation, TieKind.AFFILIATION, date(2020, 1, 1), "测试")
    tie(belongs, actor=None, role="tests", at=make.LONG_AGO)
    for name, born in ((YOUNG, date(1998, 5, 4)), (OLDER, date(1970, 5, 4))):
        person = Person.objects.create(name=name, birth_date=born)
        works_for = NewTie(person, society, TieKind.MEMBER, date(2020, 1, 1), "测试")
        tie(works_for, actor=None, role="tests", at=make.LONG_AGO)
    publish_call(association)
    makers.past_project(association, society, title="果树栽培科普活动")
    return SimpleNamespace(association=association, society=society)


def publish_call(association: Any) -> None:
    """The call of 2023 as if it closed in three weeks, with the words of one clause."""
    until = local_day(timezone.now()) + timedelta(days=21)
    call = make.draft_call(association, reopened("sanmenxia-2023", until))
    words = {"xiangcun:applicants": {"words": CLAUSE_WORDS, "where": "附件1·一（一）1"}}
    Draft.objects.filter(call=call).update(words=words)
    publish(call.pk, 1, actor=call.created_by, at=make.LONG_AGO, note="测试")


def expect_sound(page: Page) -> None:
    """Accessible in both colours, and no sideways scrolling on a phone."""
    expect_accessible(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.set_viewport_size(DESKTOP)


def row_of(page: Page, name: str) -> Any:
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))


def see_all(page: Page) -> None:
    """The list: each answer in a word, and why not with its clause."""
    page.get_by_role("navigation", name="工作导航").get_by_role("link", name="申报资格").click()
    expect(page.get_by_role("heading", name="我单位可申报的项目")).to_be_visible()
    expect(row_of(page, TAKEN)).to_contain_text("可申报")
    expect(row_of(page, ASKED)).to_contain_text("需人工")
    refused = row_of(page, REFUSED)
    expect(refused).to_contain_text("不可申报")
    expect(refused).to_contain_text("申报对象为：各县（市、区）科协")
    expect_sound(page)
    picture(page, "may-we")


def read_why(page: Page) -> None:
    """One category that refuses: the rule, what was seen, what would change it, the words of the clause."""
    page.get_by_role("link", name=REFUSED, exact=True).click()
    stops = page.locator(".kq-group--stops")
    expect(stops).to_contain_text("单位类型：学会（协会、研究会）")
    expect(stops).to_contain_text("如何满足")
    expect(stops.get_by_text(CLAUSE_WORDS)).to_be_hidden()
    stops.get_by_text("依据").first.click()
    expect(stops.get_by_text(CLAUSE_WORDS)).to_be_visible()
    expect_sound(page)
    picture(page, "may-we-refused")
    page.get_by_role("link", name="我单位可申报的项目").click()


def try_(page: Page, person: str) -> None:
    page.get_by_label("角色").select_option("被托举人")
    page.get_by_label("人选").select_option(label=person)
    page.get_by_role("button", name="试算").click()


def try_others(page: Page) -> None:
    """Somebody too old is refused, somebody young is not; nothing of it is kept."""
    page.get_by_role("link", name=ASKED, exact=True).click()
    try_(page, OLDER)
    result = page.get_by_role("status").filter(has_text="试算结论")
    expect(result).to_contain_text("不可申报")
    try_(page, YOUNG)
    expect(result).to_contain_text("被托举人35周岁以下")
    expect(result).not_to_contain_text("不可申报")
    expect_sound(page)
    picture(page, "may-we-tried")
    page.get_by_role("link", name="清除").click()
    expect(result).to_have_count(0)


def read_own_records(page: Page) -> None:
    page.get_by_role("link", name="我单位的登记").click()
    expect(page.get_by_role("cell", name="果树栽培科普活动")).to_be_visible()
    expect_sound(page)
    picture(page, "our-records")


def see_whom_to_invite(page: Page) -> None:
    page.get_by_role("navigation", name="工作导航").get_by_role("link", name="申报资格").click()
    expect_sound(page)
    page.get_by_role("link", name=TAKEN, exact=True).click()
    expect(row_of(page, UNIT)).to_contain_text("可申报")
    expect_sound(page)
    picture(page, "may-they")
    page.get_by_role("link", name=UNIT, exact=True).click()
    page.get_by_role("link", name="全部登记").click()
    expect(page.get_by_role("cell", name="果树栽培科普活动")).to_be_visible()


def test_a_unit_learns_what_it_may_apply_for_and_the_office_whom_to_invite(
    page: Page, second_page: Page, city: SimpleNamespace
):
    log_in(page, make.holder(Role.UNIT_ADMIN, city.society))
    see_all(page)
    read_why(page)
    try_others(page)
    read_own_records(page)

    log_in(second_page, make.officer(city.association))
    see_whom_to_invite(second_page)
