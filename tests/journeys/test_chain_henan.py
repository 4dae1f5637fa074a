"""Henan: of two pilot cities one wins with its marked child, one loses and lets all go; next year asks how it went."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from keqiao.core.forms.specification import specification_for
from keqiao.web.accounts.roles import Role
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.applications import actions
from keqiao.web.applications.models import Application, BundleMark
from keqiao.web.applications.stating import TITLES
from keqiao.web.eligibility.queries import offer_open
from keqiao.web.endorsement import actions as endorsement
from keqiao.web.endorsement.actions import Paper
from keqiao.web.endorsement.queries import passage_of
from keqiao.web.parties.models import Organisation, Region
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.models import Offer
from keqiao.web.public_notice.models import ResultLetter
from keqiao.web.registers.actions.keeping import Statement, state_kept
from keqiao.web.season.answering import Cast, answers_for
from keqiao.web.season.stages.filling import with_files
from tests.journeys import choosing, undertaking
from tests.journeys.chain import LEADER, Chain, open_call, passed
from tests.journeys.clock import Clock
from tests.journeys.pictures import picture
from tests.journeys.visitors import PATIENCE_MS
from tests.web import make
from tests.web.allocation.makers import judged
from tests.web.grants.makers import NOW
from tests.web.registers import makers as registers
from tests.web.reopened import reopened
from tests.web.season import ground

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WON, LOST = "洛阳市科学技术协会", "安阳市科学技术协会"
REGIONS = {WON: "410300", LOST: "410500"}
SOCIETY = "河南省机械工程学会"
FAIR, PILOT = "“一市一品”产业技术发展大会", "“科创中原”试点市"
CLAUSE = "附件·三（一）1"
REASON = "已与受理单位沟通，材料随后补充。"
ROW = {"name": SOCIETY, "part": "邀请专家，组织论坛", "contact": "王老师", "phone": "13800000003"}
JOINT = {"joint": ["联合申报"], "partners": [ROW]}


def test_a_pilot_that_wins_takes_its_marked_child_and_one_that_loses_lets_all_be_judged(
    page: Page, clock: Clock, tmp_path: Path
):
    clock.stand_at("2026-06-01", "10:00")
    chain = Chain(page, clock, open_call("henan", "2026-06-30"))
    region = chain.call.association.organisation.region
    make.organisation(SOCIETY, kind="society", level="province", region=region)
    winner, loser = (city(chain, name) for name in (WON, LOST))
    marked_on_the_page(chain, winner)
    submitted(winner.pilot, winner.account)
    for place in (winner, loser):
        letter_seen(chain, place.pilot)
    for bid in (*winner.all, *loser.all):
        passed(bid, chain.officer, NOW)
    judged(chain.call, scores(winner, loser))

    clock.stand_at("2026-07-02")
    decision = begun(chain)
    pilots_decided(chain, decision, winner, loser)
    assert states(winner) == ["proposed", "absorbed", "proposed", "absorbed", "absorbed"]
    assert states(loser) == ["not_chosen", "proposed", "proposed", "proposed", "proposed"]
    choosing.approved(chain, decision)

    notice = choosing.posted(chain)
    choosing.ended(chain, notice, "2026-07-20")
    choosing.awarded(chain, "2026-12-31")
    told_what_became_of_it(chain, winner, loser)
    undertaking.grants_begun(chain, 6, "60,40")
    grant = undertaking.agreed(chain, winner.pilot, ("2026-07-20", "2026-11-30"), tmp_path)
    undertaking.paid(chain, grant, winner.account)
    clock.stand_at("2026-11-20")
    session = undertaking.Session(FAIR, "洛阳光伏大会", "320")
    undertaking.recorded(chain, grant, winner.account, session)
    acceptance = undertaking.accepted(
        chain, grant, winner.account, "2026-11-20", "大会已经举办，其余按方案推进。"
    )
    undertaking.paid(chain, grant, winner.account, "2026-0402")
    assert [each.amount_fen for each in grant.instalments.filter(state="confirmed").order_by("ordinal")] == [
        30_000_000,
        20_000_000,
    ]
    undertaking.settled(chain, grant, winner.account, "2026-11-18")
    undertaking.closed(chain, acceptance)


def city(chain: Chain, name: str) -> SimpleNamespace:
    """A city association with its pilot as a draft and its children submitted, two of them in one category."""
    unit = city_association(name)
    account, short = make.holder(Role.APPLICANT, unit), name[:2]
    made = SimpleNamespace(unit=unit, account=account, call=chain.call)
    made.pilot = drafted(made, "shidianshi", f"{short}试点市")
    made.fairs = [
        submitted(drafted(made, "yishiyipin", f"{short}{each}", **JOINT), account)
        for each in ("光伏大会", "轴承大会")
    ]
    others = [("baihui", "百会链千企"), ("chanxueyan", "创新基地")]
    made.others = [submitted(drafted(made, node, f"{short}{title}"), account) for node, title in others]
    if name == LOST:
        actions.mark(made.pilot.pk, made.fairs[0].pk, actor=account, at=NOW)
        submitted(made.pilot, account)
    made.all = [made.pilot, *made.fairs, *made.others]
    return made


def city_association(name: str) -> Organisation:
    """The association of a city."""
    region = Region.objects.get(code=REGIONS[name])
    return make.organisation(name, kind="association", level="prefecture", region=region)


def drafted(place: SimpleNamespace, node: str, title: str, **more: Any) -> Application:
    """A draft with complete answers."""
    offer = offer_open(Offer.objects.get(call=place.call, node=node).pk, NOW)
    specification = specification_for(offer.call.programme, offer.path)
    cast = Cast({"id": str(place.unit.pk), "name": place.unit.name}, LEADER, title, local_day(NOW))
    shipped, day = ground.CALLS["henan"]
    answers = answers_for(specification, shipped, local_day(NOW).year - day.year, cast, TITLES)
    begun = actions.start(offer.offer.pk, place.unit.pk, actor=place.account, at=NOW)
    made = SimpleNamespace(specification=specification, answers=answers)
    answers = with_files(made, begun, actor=place.account, at=NOW) | more
    actions.save(actions.Edit(begun.pk, 1, answers), actor=place.account, at=NOW)
    return Application.objects.get(pk=begun.pk)


def submitted(bid: Application, account: Any) -> Application:
    """It is submitted."""
    actions.submit(bid.pk, actions.Sent(bid.pk.hex, account, NOW, NOW, REASON))
    return Application.objects.select_related("created_by", "unit").get(pk=bid.pk)


def letter_seen(chain: Chain, pilot: Application) -> None:
    """The letter of the city's government came on paper, and the office notes it."""
    paper = Paper("已收到市政府推荐函原件。")
    endorsement.sign_on_paper(passage_of(pilot.pk).pk, paper, actor=chain.officer, at=NOW)


def marked_on_the_page(chain: Chain, place: SimpleNamespace) -> None:
    """Of the two that were filed in one category exactly one is marked; until then the pilot cannot be submitted."""
    page = chain.page
    chain.enter(place.account, f"/applications/{place.pilot.pk}/submitting/")
    expect(page.get_by_role("button", name="确认提交")).to_have_count(0)
    chain.open(f"/applications/{place.pilot.pk}/")
    expect(page.get_by_text("须注明哪一项纳入本项目").first).to_be_visible(timeout=PATIENCE_MS)
    picture(page, "bundle-henan-to-mark")
    fair = page.locator("li", has_text=place.fairs[0].title).last
    fair.get_by_role("button", name="标注为纳入试点").click()
    marked = page.locator(".kq-bundle").get_by_text("纳入试点", exact=True)
    expect(marked).to_have_count(1, timeout=PATIENCE_MS)
    assert BundleMark.objects.get(pilot=place.pilot).application_id == place.fairs[0].pk


def scores(winner: SimpleNamespace, loser: SimpleNamespace) -> dict[Application, int]:
    """What experts gave: everything is above the mark."""
    given = (95, 90, 88, 86, 84)
    return {
        bid: score - less
        for place, less in ((winner, 0), (loser, 10))
        for bid, score in zip(place.all, given, strict=True)
    }


def states(place: SimpleNamespace) -> list[str]:
    """What is decided of a pilot and its children."""
    return [Selection.objects.get(application=each).state for each in place.all]


def begun(chain: Chain) -> Decision:
    """An officer begins the decision."""
    chain.enter(chain.officer, "/desk/decisions/")
    chain.press("开始遴选", "建议生成于")
    return Decision.objects.get()


def pilots_decided(chain: Chain, decision: Decision, winner: SimpleNamespace, loser: SimpleNamespace) -> None:
    """Pilots first: the page says what becomes of each child either way; one is chosen, one is not."""
    page = chain.page
    page.get_by_role("link", name="先定试点").click()
    chain.can_be_read()
    for place, word in ((winner, "入选"), (loser, "不入选")):
        section = page.locator("section", has=page.get_by_role("heading", name=place.pilot.title))
        expect(section.get_by_role("row")).to_have_count(5)
        section.get_by_label(word, exact=True).check()
    chain.fits_a_phone()
    picture(page, "pilots-deciding")
    chain.press("保存并重新生成建议")
    chain.open(f"/desk/decisions/{decision.pk}/")
    picture(page, "pilots-decided")
    chain.press("按建议办理", "已按建议办理。")


def told_what_became_of_it(chain: Chain, winner: SimpleNamespace, loser: SimpleNamespace) -> None:
    """The letter about a child that went into the pilot says so; the one about the other pilot has no reason."""
    told = {each.application_id: each.reason for each in ResultLetter.objects.filter(is_selected=False)}
    taken_in = f"已纳入立项的试点项目“{winner.pilot.title}”，作为其子项目实施，不另立项"
    children = [winner.fairs[0], *winner.others]
    assert told == {loser.pilot.pk: "", **{child.pk: taken_in for child in children}}
    chain.enter(winner.account, f"/applications/{winner.fairs[0].pk}/")
    chain.hears(taken_in)
    picture(chain.page, "taken-in-by-the-pilot")


def test_a_city_that_did_not_finish_the_fair_of_last_year_is_refused_the_next_one_by_its_clause(
    page: Page, clock: Clock
):
    clock.stand_at("2027-06-01")
    chain = Chain(page, clock, open_call("henan", "2026-06-30"))
    state_kept(chain.call.association_id, Statement("results", "逐年核对"), by=registers.PROGRAM)
    finished, unfinished = (city_association(name) for name in (WON, LOST))
    result_entered(chain, finished, "good")
    result_entered(chain, unfinished, "unfinished")
    next_call(chain)

    chain.enter(make.holder(Role.APPLICANT, finished), "/may-we/")
    expect(line(page, FAIR)).to_be_visible()
    expect(line(page, FAIR)).not_to_contain_text("不可申报")
    chain.enter(make.holder(Role.APPLICANT, unfinished), "/may-we/")
    refused_only_the_fair(chain)


def result_entered(chain: Chain, unit: Organisation, outcome: str) -> None:
    """An officer enters how the fair of a city went."""
    page = chain.page
    chain.enter(chain.officer, f"/desk/registers/{chain.call.association_id}/books/past/new/")
    for label, words in (
        ("承担单位", unit.name),
        ("项目名称", f"{unit.name[:2]}光伏大会"),
        ("项目类别", FAIR),
        ("年度", "2026"),
        ("结论日期", "2026-12-20"),
        ("来源", "2026年验收结论"),
    ):
        page.get_by_label(label).fill(words)
    page.get_by_label("完成情况").select_option(outcome)
    picture(page, "past-project-entering")
    chain.press("保存", f"{unit.name[:2]}光伏大会")
    chain.can_be_read()


def next_call(chain: Chain) -> None:
    """The call of the next year, open."""
    said = {"id": "henan-2027", "title": "2027年度“科创中原”行动项目申报指南", "year": 2027}
    make.published_call(chain.call.association, reopened(ground.CALLS["henan"][0], date(2027, 6, 30), **said))


def refused_only_the_fair(chain: Chain) -> None:
    """The first screen says which category is closed and by which clause, and what was seen; others stay open."""
    page = chain.page
    expect(line(page, FAIR)).to_contain_text("不可申报")
    expect(line(page, FAIR)).to_contain_text(CLAUSE)
    expect(line(page, PILOT)).to_be_visible()
    expect(line(page, PILOT)).not_to_contain_text("不可申报")
    chain.fits_a_phone()
    picture(page, "may-we-unfinished")
    page.get_by_role("link", name=FAIR, exact=True).click()
    stops = page.locator(".kq-group--stops")
    expect(stops).to_contain_text(CLAUSE)
    expect(stops).to_contain_text("上一年度")
    chain.can_be_read()
    chain.fits_a_phone()
    picture(page, "may-we-unfinished-why")


def line(page: Page, category: str) -> Locator:
    """What the first screen says of a category."""
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=category, exact=True))
