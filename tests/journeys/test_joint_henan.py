"""Henan: a city association applies together with a society; a pilot brings two candidates of one child category."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from keqiao.core.forms.specification import specification_for
from keqiao.web.accounts.roles import Role
from keqiao.web.applications import actions
from keqiao.web.applications.models import Application, BundleMark, Joining
from keqiao.web.applications.stating import TITLES
from keqiao.web.eligibility.queries import offer_open
from keqiao.web.parties.models import Organisation, Region
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.models import Offer
from keqiao.web.registers.models import Holding
from keqiao.web.season.answering import Cast, answers_for
from keqiao.web.season.stages.filling import with_files
from tests.journeys.pictures import picture
from tests.journeys.visitors import PATIENCE_MS, log_in
from tests.web import make
from tests.web.reopened import reopened
from tests.web.season import ground

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

YEAR_OF_THE_EXAMPLES = 2022
LEAD, SOCIETY, OTHER = "洛阳市科学技术协会", "河南省机械工程学会", "河南省汽车工程学会"
LEADER = {"name": "李明", "birth_date": "1975-03-02", "phone": "13800000000", "post": "主任"}


@pytest.fixture
def henan() -> SimpleNamespace:
    """The call, open today, with a city association that leads and two societies that may join."""
    body = ground.association("henan")
    day = local_day(timezone.now())
    call = make.published_call(body, reopened(ground.CALLS["henan"][0], day + timedelta(days=21)))
    region = Region.objects.get(code="410300")
    lead = make.organisation(LEAD, kind="association", level="prefecture", region=region)
    societies = [
        make.organisation(name, kind="society", level="province", region=body.organisation.region)
        for name in (SOCIETY, OTHER)
    ]
    return SimpleNamespace(
        call=call,
        lead=make.holder(Role.APPLICANT, lead),
        unit=lead,
        societies=societies,
        people=[make.holder(Role.UNIT_ADMIN, each) for each in societies],
    )


def draft(city: SimpleNamespace, node: str, title: str, **more: Any) -> Application:
    """A draft in one category with complete answers, as somebody of the city association filled it in."""
    at = timezone.now()
    offer = offer_open(Offer.objects.get(call=city.call, node=node).pk, at)
    programme = offer.call.programme
    specification = specification_for(programme, offer.path)
    unit: Organisation = city.unit
    cast = Cast({"id": str(unit.pk), "name": unit.name}, LEADER, title, local_day(at))
    years = local_day(at).year - YEAR_OF_THE_EXAMPLES
    answers = answers_for(specification, ground.CALLS["henan"][0], years, cast, TITLES)
    application = actions.start(offer.offer.pk, unit.pk, actor=city.lead, at=at)
    made = SimpleNamespace(specification=specification, answers=answers)
    answers = with_files(made, application, actor=city.lead, at=at) | more
    actions.save(actions.Edit(application.pk, 1, answers), actor=city.lead, at=at)
    return Application.objects.get(pk=application.pk)


def partner(name: str) -> dict[str, Any]:
    """The answers that name one unit to join."""
    row = {"name": name, "part": "邀请专家，组织论坛", "contact": "王老师", "phone": "13800000003"}
    return {"joint": ["联合申报"], "partners": [row]}


def visit(page: Page, account: Any, address: str) -> None:
    """Somebody else sits down at the same window."""
    page.context.clear_cookies()
    log_in(page, account)
    page.goto(address)


def answer(page: Page, account: Any, *, reason: str = "") -> None:
    """One of the people of a society finds the invitation, reads the form, and answers."""
    visit(page, account, "/applications/joint/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("请看过申报书后答复")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text(LEADER["name"]).first).to_be_visible()
    if reason:
        page.get_by_text("不同意", exact=True).click()
        page.get_by_label("不同意的理由").fill(reason)
        picture(page, "joint-henan-declining")
        page.get_by_role("button", name="答复不同意").click()
        expect(page.get_by_text("本单位已答复不同意")).to_be_visible(timeout=PATIENCE_MS)
    else:
        picture(page, "joint-henan-asked")
        page.get_by_role("button", name="同意联合申报").click()
        expect(page.get_by_text("已同意").first).to_be_visible(timeout=PATIENCE_MS)


TITLE = "光伏产业发展大会"


def test_a_partner_declines_is_replaced_and_the_other_accepts(page, second_page, henan, live_server):
    one = draft(henan, "yishiyipin", TITLE, **partner(SOCIETY))
    detail = f"/applications/{one.pk}/"
    visit(page, henan.lead, detail)
    expect(page.get_by_text("未邀请")).to_be_visible()
    page.get_by_role("button", name="邀请确认").click()
    expect(page.get_by_text("待确认").first).to_be_visible(timeout=PATIENCE_MS)
    answer(second_page, henan.people[0], reason="人手不够")

    page.goto(detail)
    expect(page.get_by_text("人手不够")).to_be_visible()
    page.goto(f"{detail}submitting/")
    expect(page.get_by_role("alert").get_by_text("不同意联合申报").first).to_be_visible()
    assert page.get_by_role("button", name="确认提交").count() == 0

    page.goto(f"{detail}fill/")
    page.locator('[name="f.partners.0.name"]').fill(OTHER)
    page.get_by_role("button", name="核对并提交").click()
    page.get_by_role("button", name="邀请确认").click()
    expect(page.get_by_text("待确认").first).to_be_visible(timeout=PATIENCE_MS)
    answer(second_page, henan.people[1])
    page.goto(detail)
    expect(page.get_by_text("已同意").first).to_be_visible()
    picture(page, "joint-henan-accepted")
    page.goto(f"{detail}submitting/")
    if page.get_by_label("说明理由后可以提交").count():
        page.get_by_label("说明理由后可以提交").fill("已与受理单位沟通。")
    page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_role("heading", name="提交回执")).to_be_visible(timeout=PATIENCE_MS)

    states = dict(Joining.objects.values_list("unit__name", "state"))
    assert states == {SOCIETY: "lapsed", OTHER: "accepted"}


def filed(city: SimpleNamespace, node: str, title: str, **more: Any) -> Application:
    """One that is submitted."""
    one, at = draft(city, node, title, **more), timezone.now()
    key = f"{one.pk.hex}"
    actions.submit(one.pk, actions.Sent(key, city.lead, at, at, "已与受理单位沟通"))
    return Application.objects.get(pk=one.pk)


def test_of_two_candidates_of_one_child_the_marked_one_goes_into_the_pilot(page, henan, live_server):
    pilot = draft(henan, "shidianshi", "科创中原试点市")
    fairs = [filed(henan, "yishiyipin", title, **partner(SOCIETY)) for title in ("光伏大会", "轴承大会")]
    detail = f"/applications/{pilot.pk}/"
    visit(page, henan.lead, detail)
    bundle = page.locator(".kq-bundle")
    expect(bundle.get_by_text("未申报")).to_have_count(2)
    expect(page.get_by_text("须注明哪一项纳入本项目").first).to_be_visible()
    page.locator("li", has_text="光伏大会").last.get_by_role("button", name="标注为纳入试点").click()
    expect(bundle.get_by_text("纳入试点", exact=True)).to_have_count(1, timeout=PATIENCE_MS)
    picture(page, "bundle-henan-marked")
    assert BundleMark.objects.get().application_id == fairs[0].pk

    page.goto(f"/applications/{fairs[1].pk}/")
    page.locator("li", has_text="轴承大会").last.get_by_role("button", name="标注为纳入试点").click()
    expect(page.locator(".kq-bundle").get_by_text("纳入试点", exact=True)).to_have_count(
        1, timeout=PATIENCE_MS
    )
    marked = Holding.objects.exclude(mark="").values_list("project", "mark", "lead__name").distinct()
    assert list(marked) == [(str(fairs[1].pk), str(pilot.pk), LEAD)]

    page.goto(f"{detail}submitting/")
    expect(page.get_by_role("alert").get_by_text("目前没有").first).to_be_visible()
    assert page.get_by_role("button", name="确认提交").count() == 0
