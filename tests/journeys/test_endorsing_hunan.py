"""A city's association forwards together with the finance bureau: exactly this list, agreed to, and void once changed.

The chain is that of Hunan's call (二2: 同级科协审核、会同财政部门汇总).
"""

import pytest
from playwright.sync_api import Page, expect

from keqiao.web.accounts.roles import Role
from keqiao.web.endorsement.models import Batch
from tests.journeys import endorsing
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import picture
from tests.journeys.visitors import log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TITLE = "岳麓山科普基地学术交流"


class City:
    """长沙市: its association applies and endorses, its finance bureau signs along; the province's runs the call."""

    def __init__(self) -> None:
        province = make.region("430000", "湖南省", "province")
        region = make.region("430100", "长沙市", "prefecture", parent=province)
        self.association = make.association("湖南省科学技术协会")
        body = make.organisation("长沙市科学技术协会", kind="association", level="prefecture", region=region)
        bureau = make.organisation("长沙市财政局", kind="government_body", level="prefecture", region=region)
        self.endorser = make.holder(Role.ENDORSER, body)
        self.treasurer = make.holder(Role.FINANCE, bureau)
        chains = endorsing.chains_of("hunan-2022", "hunan-2022")
        self.call = endorsing.open_call(self.association, chains, "湖南省")
        self.application = endorsing.submitted(self.call, body, TITLE)


def test_the_finance_bureau_agrees_to_exactly_this_list(page: Page, second_page: Page):
    city = City()
    log_in(page, city.endorser)
    endorsing.open_queue(page, city.call.title)
    endorsing.tick(page, TITLE)
    recommend(page, "同意推荐。")
    propose(page)

    log_in(second_page, city.treasurer)
    refuse(second_page)
    change_and_propose_again(page, city)
    agree(second_page)

    page.reload()
    page.get_by_role("link", name="上报", exact=True).click()
    page.get_by_role("button", name="上报 1 项").click()
    expect(page.get_by_text("已上报 1 项。")).to_be_visible()
    assert endorsing.states() == {TITLE: "filed"}
    assert list(Batch.objects.order_by("ordinal").values_list("state", flat=True)) == ["refused", "forwarded"]


def recommend(page: Page, opinion: str) -> None:
    """What is ticked, with one opinion."""
    page.locator("[data-selection]").get_by_role("button", name="推荐", exact=True).click()
    page.locator("[name=words]").fill(opinion)
    page.get_by_role("button", name="推荐 1 项").click()
    expect(page.get_by_text("已办理 1 项。")).to_be_visible()


def propose(page: Page) -> None:
    """The page says that the bureau comes first."""
    page.get_by_role("link", name="上报 1 项").click()
    expect(page.get_by_text("先由 长沙市财政局 会签")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("button", name="送会签").click()
    expect(page.get_by_text("名单已送会签。")).to_be_visible()


def refuse(page: Page) -> None:
    """Not without a reason."""
    page.goto("/endorsing/")
    expect_accessible(page)
    page.get_by_role("link", name="查看并会签").click()
    expect_accessible(page)
    picture(page, "endorsing-co-sign")
    page.get_by_role("button", name="不同意").click()
    expect(page.get_by_text("请写明不同意的理由。").first).to_be_visible()
    page.get_by_label("意见", exact=True).fill("请补充配套经费说明")
    page.get_by_role("button", name="不同意").click()
    expect(page.get_by_text("已回复不同意。")).to_be_visible()


def change_and_propose_again(page: Page, city: City) -> None:
    """The endorser reads why, says more in its opinion, and sends it again."""
    page.reload()
    expect(page.get_by_text("请补充配套经费说明")).to_be_visible()
    endorsing.open_queue(page, city.call.title)
    endorsing.tick(page, TITLE)
    page.locator("[data-selection]").get_by_role("button", name="重新审核").click()
    endorsing.tick(page, TITLE)
    recommend(page, "同意推荐，市级配套已落实。")
    propose(page)


def agree(page: Page) -> None:
    """The list that waits now is another one."""
    page.goto("/endorsing/")
    page.get_by_role("link", name="查看并会签").click()
    expect(page.get_by_text("市级配套已落实")).to_be_visible()
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_text("已同意，推荐单位可以上报。")).to_be_visible()
