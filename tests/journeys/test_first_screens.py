"""The first screen of those who work here: what waits, until when, what happens if nobody does it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from keqiao.web.accounts.roles import Role
from keqiao.web.duties.actions import owe, settle
from keqiao.web.duties.kinds import Owed, for_role
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import picture
from tests.journeys.visitors import log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
VERIFY, DRAFT, FILL = "accounts.verify", "programmes.draft", "applications.draft"
CALL = "2026年度科普项目申报通知"


@pytest.fixture
def people():
    """An officer with many registrations, an endorser with two, a unit with two drafts, a leader with nothing."""
    city, county, unit = (
        make.association("某市科协"),
        make.organisation("某县科协"),
        make.organisation("果树学会"),
    )
    people = {
        "officer": make.officer(city),
        "endorser": make.holder(Role.ENDORSER, county),
        "applicant": make.holder(Role.APPLICANT, unit),
        "leader": make.holder(Role.LEADER, city),
    }
    now = timezone.now()

    def owed(kind, holder, words, days=None, about=None):
        case = ("tests.case", about or str(uuid4()))
        due = now + timedelta(days=days) if days is not None else None
        return Owed(kind, str(uuid4()), case, holder, city.pk, now, due_at=due, variables=words)

    registrations = [
        owed(VERIFY, for_role("officer", city.pk), {"unit": f"第{n}学会"}, days=n - 1) for n in range(12)
    ]
    others = [
        owed(VERIFY, for_role("endorser", county.pk), {"unit": "果树学会"}, days=5),
        owed(VERIFY, for_role("endorser", county.pk), {"unit": "茶叶研究会"}),
        owed(FILL, for_role("applicant", unit.pk), {"title": "果园里的科普课堂", "call": CALL}, days=3),
        owed(FILL, for_role("applicant", unit.pk), {"title": "示范基地", "call": CALL}, days=40),
    ]
    with transaction.atomic():
        owe(*registrations, *others)
        settle(VERIFY, registrations[-1].about, at=now, fact="verified")
        make.draft_call(city)
    return people


def test_everybody_finds_first_what_waits_for_them(page: Page, live_server, people):
    for role, line in (
        ("officer", "待核验的单位注册"),
        ("endorser", "核验单位注册：果树学会"),
        ("applicant", f"填完并提交申报书：果园里的科普课堂（{CALL}）"),
        ("leader", "没有等您处理的事项"),
    ):
        page.context.clear_cookies()
        log_in(page, people[role])
        expect(page.get_by_role("heading", name=line)).to_be_visible()
        expect_accessible(page)
        picture(page, f"first-screen-{role}")


def test_many_of_a_kind_are_opened_as_a_list_and_each_leads_to_its_act(page: Page, live_server, people):
    log_in(page, people["officer"])
    page.get_by_role("heading", name="待核验的单位注册").get_by_role("link").click()

    expect(page.get_by_role("heading", level=1, name="待核验的单位注册")).to_be_visible()
    lines = page.locator(".kq-lines--acts > li")
    expect(lines).to_have_count(11)
    expect(lines.first.get_by_role("link", name="核验单位注册：第0学会")).to_be_visible()
    expect(lines.first.get_by_text("已过期", exact=True)).to_be_visible()
    expect_accessible(page)
    picture(page, "first-screen-kind")
