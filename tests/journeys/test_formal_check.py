"""Hunan: the office checks what two societies filed; one passes, one does not, and reads which clause and why."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from keqiao.core.forms.specification import specification_for
from keqiao.web.applications import actions, queries
from keqiao.web.applications.models import Application
from keqiao.web.applications.stating import TITLES
from keqiao.web.eligibility.queries import offer_open
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.models import Offer
from keqiao.web.review.models import FormalCheck
from keqiao.web.season.answering import Cast, answers_for
from keqiao.web.season.stages.filling import with_files
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import PHONE, picture
from tests.journeys.visitors import PATIENCE_MS, log_in
from tests.web import make
from tests.web.applications import makers
from tests.web.reopened import reopened
from tests.web.season import ground

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

YEAR_OF_THE_EXAMPLES = 2022
LEADER = {"name": "李明", "birth_date": "1975-03-02", "phone": "13800000000", "post": "秘书长"}
WHY = "没有附党组织批复，不能证明本条要求。"


def filed(call: Any, name: str, title: str) -> Application:
    """An application of a society in the category of party building, submitted now."""
    at = timezone.now()
    unit = make.organisation(
        name, kind="society", level="province", region=call.association.organisation.region
    )
    account = makers.applicant(unit)
    offer = offer_open(Offer.objects.get(call=call, node="dangjian").pk, at)
    specification = specification_for(offer.call.programme, offer.path)
    cast = Cast({"id": str(unit.pk), "name": unit.name}, LEADER, title, local_day(at))
    years = local_day(at).year - YEAR_OF_THE_EXAMPLES
    answers = answers_for(specification, ground.CALLS["hunan"][0], years, cast, TITLES)
    application = actions.start(offer.offer.pk, unit.pk, actor=account, at=at)
    made = SimpleNamespace(specification=specification, answers=answers)
    edit = actions.Edit(application.pk, 1, with_files(made, application, actor=account, at=at))
    actions.save(edit, actor=account, at=at)
    actions.submit(application.pk, actions.Sent(queries.new_key(application), account, at, at))
    return Application.objects.select_related("created_by").get(pk=application.pk)


def test_the_office_checks_the_form_of_two_and_one_does_not_pass(page: Page):
    body = ground.association("hunan")
    call = make.published_call(
        body, reopened(ground.CALLS["hunan"][0], local_day(timezone.now()) + timedelta(days=21))
    )
    good = filed(call, "湖南省机械工程学会", "学会党建强会计划")
    bad = filed(call, "湖南省土木建筑学会", "党建引领学会发展")
    log_in(page, make.officer(body))

    page.goto("/desk/formal-checks/")
    page.get_by_role("link", name=call.title).click()
    page.get_by_role("button", name="开始审查 2 项").click()
    expect(page.get_by_text("已开始审查 2 项。")).to_be_visible(timeout=PATIENCE_MS)
    expect_accessible(page)
    picture(page, "formal-check-call")

    page.get_by_role("link", name=bad.number).click()
    page.get_by_role("button", name="合格，进入评审").click()
    expect(page.get_by_text("这一项还没有审查。").first).to_be_visible(timeout=PATIENCE_MS)
    point = page.locator(".kq-point").first
    point.get_by_label("不符合", exact=True).check()
    point.get_by_label("理由").fill(WHY)
    expect_accessible(page)
    picture(page, "formal-check")
    before = page.viewport_size
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size(before)
    page.get_by_role("button", name="其余各项均符合").click()
    expect(page.get_by_text("已保存。")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("link", name="判为不合格").click()
    expect(page.get_by_text(WHY)).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_label("理由").fill("形式审查不合格，不进入专家评审。")
    picture(page, "formal-check-refusing")
    page.get_by_role("button", name="判为不合格").click()
    expect(page.get_by_text("已判为不合格，并把依据和理由告知申报单位。")).to_be_visible(timeout=PATIENCE_MS)

    page.goto(f"/desk/formal-checks/{FormalCheck.objects.get(application=good).pk}/")
    page.get_by_role("button", name="其余各项均符合").click()
    page.get_by_role("button", name="合格，进入评审").click()
    expect(page.get_by_text("已判为合格，并通知申报单位。")).to_be_visible(timeout=PATIENCE_MS)
    assert sorted(FormalCheck.objects.values_list("state", flat=True)) == ["passed", "refused"]

    page.context.clear_cookies()
    log_in(page, bad.created_by)
    page.goto(f"/applications/{bad.pk}/")
    expect(page.get_by_text(WHY)).to_be_visible(timeout=PATIENCE_MS)
    picture(page, "formal-check-told")
