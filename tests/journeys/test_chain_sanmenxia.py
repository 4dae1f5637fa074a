"""Sanmenxia: topics become a catalogue; a project fails, and next year its unit and its leader are refused."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.acceptance.actions import open_for
from keqiao.web.acceptance.models import Acceptance, CreditEntry
from keqiao.web.accounts.roles import Role
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.applications.models import Application
from keqiao.web.grants.actions import agreements
from keqiao.web.grants.actions.beginning import Beginning, begin_grants
from keqiao.web.grants.models import Grant
from keqiao.web.parties.actions import PersonDetails, register_person
from keqiao.web.parties.models import TieKind
from keqiao.web.parties.queries import local_day
from keqiao.web.public_notice.models import Award, ResultLetter
from keqiao.web.registers.actions.keeping import Statement, state_kept
from keqiao.web.registers.models import Debarment
from tests.journeys import choosing
from tests.journeys.chain import LEADER, Chain, Filing, filed, open_call, passed
from tests.journeys.clock import Clock
from tests.journeys.pictures import PHONE, picture
from tests.journeys.visitors import PATIENCE_MS
from tests.web import make
from tests.web.acceptance.makers import Closed
from tests.web.allocation.makers import judged
from tests.web.grants.makers import NOW
from tests.web.registers import makers as registers
from tests.web.reopened import reopened
from tests.web.review.expert_makers import post

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

BELT, CANAL, SAME, PART = (
    "黄河流域生态保护研究",
    "乡村振兴路径研究",
    "黄河生态保护对策研究",
    "黄河湿地保护研究",
)
TOPICS = [
    Filing(f"三门峡市{name}学会", "zhanlue", title)
    for name, title in (("水利", BELT), ("农学", CANAL), ("林学", SAME), ("环境科学", PART))
]
UNIT, OTHER = "三门峡市果树学会", "三门峡市食用菌学会"
STUDIO, YOUNG = "首席科普专家工作室", "青年人才托举工程"
CLAUSE = "通知一（二）2"


def test_topics_are_joined_and_become_a_catalogue_that_everybody_reads(page: Page, clock: Clock):
    clock.stand_at("2026-06-02")
    chain = Chain(page, clock, open_call("sanmenxia", "2026-06-30"))
    applications = [filed(chain.call, "sanmenxia", each, NOW) for each in TOPICS]
    for application in applications:
        passed(application, chain.officer, NOW)
    judged(chain.call, dict(zip(applications, (92, 88, 85, 80), strict=True)))
    clock.stand_at("2026-07-02")
    begun(chain)
    joined(chain, SAME, BELT, "重复选题", "与黄河流域生态保护研究是同一选题。")
    joined(chain, PART, BELT, "合并为一项", "作为其中一个子课题。")
    chain.press("按建议办理", "已按建议办理。")
    picture(page, "topics-decision")
    assert states() == {BELT: "proposed", CANAL: "proposed", SAME: "merged", PART: "merged"}

    choosing.approved(chain, Decision.objects.get())
    notice = choosing.posted(chain)
    notice.refresh_from_db()
    choosing.ended(chain, notice, "2026-07-20")
    catalogue(chain)
    told_where_it_went(chain, applications[3])


def states() -> dict[str, str]:
    """What became of each topic."""
    return dict(Selection.objects.values_list("application__title", "state"))


def begun(chain: Chain) -> None:
    """An officer begins the decision about the topics."""
    chain.enter(chain.officer, "/desk/decisions/")
    chain.press("开始遴选", "建议生成于")
    chain.can_be_read()


def joined(chain: Chain, title: str, into: str, how: str, why: str) -> None:
    """One topic goes into another, as a part of it or as the same one."""
    page = chain.page
    page.get_by_role("link", name=title, exact=True).click()
    page.get_by_role("link", name="并入另一项").click()
    chain.can_be_read()
    page.get_by_label("并入").first.select_option(label=next(each for each in options(page) if into in each))
    page.get_by_label(how, exact=True).check()
    page.get_by_label("理由").fill(why)
    picture(page, "topics-joining")
    chain.press("合并")
    expect(
        page.get_by_role("row").filter(has=page.get_by_role("link", name=title, exact=True))
    ).to_contain_text("已合并", timeout=PATIENCE_MS)


def options(page: Page) -> list[str]:
    """Into which topics it can go."""
    return page.locator("select[name=into] option").all_inner_texts()


def catalogue(chain: Chain) -> None:
    """The catalogue is drafted with the role of the units, signed, and read by everybody on a phone."""
    page = chain.page
    chain.enter(chain.officer, "/desk/public-notices/")
    page.get_by_role("link", name="拟立项通知").first.click()
    page.get_by_label("标题").fill("关于公布2026年度三门峡科技智库调研课题选题目录的通知")
    page.get_by_label("承担方式").fill("承办")
    chain.press("保存")
    expect(page.get_by_role("button", name="提请领导签发")).to_be_visible(timeout=PATIENCE_MS)
    chain.press("提请领导签发", "已提交领导审批")
    chain.agree(chain.leader)
    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    chain.open("/notices/")
    page.get_by_role("link", name="选题目录").click()
    for heading, other in (("合并的选题", PART), ("重复的选题", SAME)):
        section = page.locator("section", has=page.get_by_role("heading", name=heading, exact=True))
        expect(section.get_by_role("listitem")).to_have_text([f"{BELT}：{other}"], timeout=PATIENCE_MS)
    expect(page.get_by_text("承办").first).to_be_visible()
    expect(page.get_by_text("金额")).to_have_count(0)  # topics get no money
    chain.can_be_read()
    chain.fits_a_phone()
    picture(page, "topic-catalogue")
    assert Award.objects.get().role == "承办"


def told_where_it_went(chain: Chain, application: Application) -> None:
    """Whoever proposed a topic that was joined reads into which one it went."""
    assert BELT in ResultLetter.objects.get(application=application).reason
    chain.enter(application.created_by, f"/applications/{application.pk}/")
    chain.can_be_read()


class Undertaken(Closed):
    """A project of an application of the shipped call, its acceptance opened."""

    def __init__(self, chain: Chain, application: Application) -> None:
        self.call, self.unit, self.applicant = chain.call, application.unit, application.created_by
        self.officer, self.leader, self.finance = chain.officer, chain.leader, chain.finance
        by: dict[str, Any] = {"made_by": self.officer, "made_at": NOW}
        decision = Decision.objects.create(
            association=self.call.association, call=self.call, revision=application.revision, **by
        )
        self.selection = Selection.objects.create(
            association=self.call.association,
            decision=decision,
            call=self.call,
            application=application,
            state=SelectionState.CONFIRMED.value,
            amount_fen=5_000_000,
            decided_at=NOW,
        )
        (begun,) = begin_grants(self.call.pk, Beginning(), 1, **self.by("officer"))
        self.pk = begun.pk
        row = self.instalment()
        payments = [agreements.Payment(row.name, row.amount_fen, row.condition)]
        days = agreements.Drafted(local_day(NOW), date(2026, 10, 31), None, (), payments)
        agreements.draft(self.pk, days, **self.by("officer"))
        self.signed()
        if self.grant.state == "signed":
            agreements.start(self.pk, **self.by("officer"))
        self.acceptance_pk = open_for(self.pk, **self.by("officer")).pk


def test_a_project_fails_and_next_year_its_unit_and_its_leader_are_refused_with_the_clause(
    page: Page, clock: Clock
):
    clock.stand_at("2026-06-01", "10:00")
    chain = Chain(page, clock, open_call("sanmenxia", "2026-06-30"))
    for register in ("debarments", "holdings"):
        state_kept(chain.call.association_id, Statement(register, "逐年核对"), by=registers.PROGRAM)
    person = register_person(
        PersonDetails(LEADER["name"], birth_date=date.fromisoformat(LEADER["birth_date"])),
        actor=None,
        role="tests",
        at=make.LONG_AGO,
    )
    application = filed(chain.call, "sanmenxia", Filing(UNIT, "shouxi", "果树专家科普工作室"), NOW)
    project = Undertaken(chain, application)
    assert project.grant.leader_id == person.pk

    clock.stand_at("2026-12-01")
    failed(chain, project)
    unit, leader = CreditEntry.objects.get(hit="unit"), CreditEntry.objects.get(hit="leader")
    answered(chain, project, unit)
    recorded(chain, unit)
    clock.stand_at("2026-12-15")
    recorded(chain, leader)
    assert {each.party_id for each in Debarment.objects.all()} == {application.unit_id, person.pk}

    clock.stand_at("2027-04-12")
    following = next_call(chain)
    the_unit_is_refused(chain, application, following)
    the_leader_is_refused(chain, person)


def failed(chain: Chain, project: Undertaken) -> None:
    """The office fails what was never handed in; another person agrees; whom it is about is told."""
    page = chain.page
    chain.enter(chain.officer, f"/desk/acceptance/{project.acceptance_pk}/")
    picture(page, "acceptance-failing")
    page.get_by_role("link", name="验收不通过").click()
    chain.can_be_read()
    chain.press("验收不通过", "这个字段是必填项。")
    page.get_by_label("理由").fill("超过期限，没有提交结项材料，活动没有开展。")
    chain.press("验收不通过", "已提交审批，另一人同意后生效。")
    assert Acceptance.objects.get().state == "due"
    chain.agree(chain.leader)
    assert Acceptance.objects.get().state == "failed"
    assert Grant.objects.get().state == "failed"


def answered(chain: Chain, project: Undertaken, entry: CreditEntry) -> None:
    """The unit finds it on its first screen, reads the rule, and answers."""
    page = chain.page
    chain.enter(project.applicant, "/desk/")
    chain.enter(project.applicant, "/desk/acceptance/own/")
    picture(page, "acceptance-own")
    page.get_by_role("link", name=entry.summary).first.click()
    chain.hears(CLAUSE)
    chain.can_be_read()
    picture(page, "credit-proposed")
    page.get_by_role("link", name="陈述申辩").click()
    page.get_by_label("内容").fill("负责人长期出差，请求补做。")
    chain.press("陈述申辩")
    chain.hears("请求补做")


def recorded(chain: Chain, entry: CreditEntry) -> None:
    """An officer asks for it to be recorded, the leader agrees."""
    page = chain.page
    chain.enter(chain.officer, f"/desk/credit/{entry.pk}/")
    page.get_by_role("link", name="作出信用记录").click()
    chain.press("作出信用记录", "已提交审批，另一人同意后生效。")
    chain.agree(chain.leader)
    chain.enter(chain.officer, f"/desk/credit/{entry.pk}/")
    picture(page, "credit-recorded")


def next_call(chain: Chain) -> Any:
    """The call of the next year, open."""
    following = reopened(
        "sanmenxia-2023",
        date(2027, 4, 30),
        id="sanmenxia-2027",
        title="2027年度三门峡市科普项目申报通知",
        year=2027,
    )
    return make.published_call(chain.call.association, following)


def the_unit_is_refused(chain: Chain, application: Application, following: Any) -> None:
    """On its first screen: what it may apply for, what not, and by which clause. Projects of another kind stay open."""
    page = chain.page
    chain.enter(application.created_by, "/may-we/")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=STUDIO, exact=True))
    expect(row).to_contain_text("不可申报")
    expect(row).to_contain_text("禁报")
    expect(row).to_contain_text(CLAUSE)
    other = page.get_by_role("row").filter(has=page.get_by_role("link", name=YOUNG, exact=True))
    expect(other).not_to_contain_text("禁报")
    chain.fits_a_phone()
    picture(page, "may-we-barred")
    page.get_by_role("link", name=STUDIO, exact=True).click()
    stops = page.locator(".kq-group--stops")
    expect(stops).to_contain_text(CLAUSE)
    expect(stops).to_contain_text("2029")
    chain.fits_a_phone()
    picture(page, "may-we-barred-why")


def the_leader_is_refused(chain: Chain, person: Any) -> None:
    """Another unit that wants to name the leader is told before it begins."""
    page = chain.page
    region = chain.call.association.organisation.region
    other = make.organisation(OTHER, kind="society", level="prefecture", region=region)
    post(person, other, TieKind.MEMBER)
    chain.enter(make.holder(Role.UNIT_ADMIN, other), "/may-we/")
    page.get_by_role("link", name=STUDIO, exact=True).click()
    expect(page.locator(".kq-group--stops", has_text="禁报")).to_have_count(0)
    page.get_by_label("角色").select_option("项目负责人")
    page.get_by_label("人选").select_option(label=LEADER["name"])
    page.get_by_role("button", name="试算").click()
    result = page.get_by_role("status").filter(has_text="试算结论")
    expect(result).to_contain_text("不可申报", timeout=PATIENCE_MS)
    expect(result).to_contain_text("禁报")
    expect(result).to_contain_text(CLAUSE)
    chain.fits_a_phone()
    picture(page, "may-we-leader-barred")
