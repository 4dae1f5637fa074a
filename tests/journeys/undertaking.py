"""Steps of a project, in the browser: agreement, payment, activity, acceptance, settlement, until it is closed."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Locator, expect

from keqiao.web.acceptance.models import Acceptance
from keqiao.web.activities.models import Activity
from keqiao.web.applications.models import Application
from keqiao.web.grants.models import Grant, Settlement
from tests.journeys.chain import Chain
from tests.journeys.pictures import picture
from tests.journeys.visitors import PATIENCE_MS
from tests.web.activities import makers as activities
from tests.web.filing.stamped_pages import photo


class Session(NamedTuple):
    """One session as a unit records it."""

    kind: str
    name: str
    heads: str


PDF = b"%PDF-1.4\n%%EOF\n"


def grants_begun(chain: Chain, number: int, shares: str = "100") -> None:
    """An officer lets the grants of everything begin that was confirmed, paid in these shares."""
    page = chain.page
    chain.enter(chain.officer, "/desk/grants/")
    picture(page, "grants-calls")
    page.get_by_role("link", name=chain.call.title).click()
    page.get_by_role("link", name=f"立项 {number} 项").click()
    chain.can_be_read()
    page.get_by_label("分期比例").fill(shares)
    picture(page, "grants-beginning")
    chain.press(f"立项 {number} 项")
    expect(page.locator("tbody th a")).to_have_count(number, timeout=PATIENCE_MS)
    chain.can_be_read()
    picture(page, "grants-call")


def agreed(chain: Chain, application: Application, days: tuple[str, str], folder: Path) -> Grant:
    """The agreement is sent, its page stamped and photographed by the unit, matched, and put down as signed."""
    page, grant = chain.page, Grant.objects.get(application=application)
    here = f"/grants/{grant.pk}/"
    chain.open(here)
    chain.fits_a_phone()
    page.get_by_role("link", name="拟定期限和拨款").click()
    page.get_by_label("开始日期").fill(days[0])
    page.get_by_label("结束日期").fill(days[1])
    chain.can_be_read()
    picture(page, "grant-drafting")
    chain.press("保存", "已保存。")
    acted(chain, "发出签订")
    chain.open(f"{here}agreement/")
    picture(page, "grant-agreement")

    chain.enter(application.created_by, "/grants/")
    picture(page, "grants-own")
    page.get_by_role("link", name=grant.number).click()
    page.get_by_role("link", name="打印、上传盖章页").click()
    chain.can_be_read()
    with page.expect_download() as download:
        chain.press("下载盖章页（PDF）")
    stamped = folder / "photo.jpg"
    stamped.write_bytes(photo(download.value.path().read_bytes()))
    page.get_by_label("图片或 PDF").set_input_files(stamped)
    chain.press("上传并识别", "盖章页与现内容一致")

    chain.enter(chain.officer, here)
    acted(chain, "登记签订")
    if Grant.objects.get(pk=grant.pk).state == "signed":  # it begins by itself where its first day has come
        acted(chain, "启动实施")
    return Grant.objects.get(pk=grant.pk)


def act_of(chain: Chain, label: str) -> Locator:
    """The way to an act: a link that says it, and of which instalment where there are several."""
    return chain.page.get_by_role("link", name=re.compile(f"^{label}( |$)")).first


def acted(chain: Chain, label: str, **typed: str) -> None:
    """One act of an officer or a unit from the page of a grant: its own page, what it asks for, its button."""
    page = chain.page
    act_of(chain, label).click()
    chain.can_be_read()
    for name, words in typed.items():
        page.locator(f"[name={name}]").fill(words)
    chain.press(label, f"已办理：{label}。")


def asked(chain: Chain, label: str, who: Any) -> None:
    """One act that another person has to agree to."""
    act_of(chain, label).click()
    chain.press(label, "已提交审批，另一人同意后生效。")
    chain.agree(who)


def paid(chain: Chain, grant: Grant, unit: Any, voucher: str = "2026-0117") -> None:
    """The next instalment: conditions met, asked for, agreed to and paid by finance, confirmed by the unit."""
    here = f"/grants/{grant.pk}/"
    chain.enter(chain.officer, here)
    if act_of(chain, "条件已具备").count():
        acted(chain, "条件已具备")
    asked(chain, "申请拨付", chain.finance)
    chain.enter(chain.finance, here)
    acted(chain, "登记拨付", voucher=voucher)
    chain.enter(unit, here)
    acted(chain, "确认到账")
    picture(chain.page, "grant-paid")


def recorded(chain: Chain, grant: Grant, unit: Any, session: Session) -> None:
    """The unit records what it did, with a picture; somebody of the office verifies it."""
    page = chain.page
    chain.enter(unit, f"/desk/records/of/grant/{grant.pk}/")
    page.get_by_role("link", name="登记一条").first.click()
    page.get_by_role("link", name="活动", exact=True).click()
    page.get_by_label("名称").fill(session.name)
    page.get_by_label("种类").fill(session.kind)
    page.get_by_label("参加人数").fill(session.heads)
    taken = {"name": "现场.png", "mimeType": "image/png", "buffer": activities.picture().read()}
    page.get_by_label("拍照").set_input_files(files=[taken])
    chain.press("登记并报送", "已登记，序号 1。")
    chain.can_be_read()

    chain.enter(chain.officer, "/desk/records/")
    page.get_by_label(session.name).check()
    chain.press("核实", "已核实 1 条。")
    assert Activity.objects.get(title=session.name).state == "verified"


def accepted(chain: Chain, grant: Grant, unit: Any, finished_on: str, why: str) -> Acceptance:
    """The work is done; the unit fills in and hands in; the office lets it pass, a leader agrees."""
    page = chain.page
    chain.enter(unit, f"/grants/{grant.pk}/")
    acted(chain, "实施完毕")
    chain.enter(chain.officer, "/desk/acceptance/")
    page.get_by_role("link", name=chain.call.title).click()
    page.get_by_role("button", name="项验收").click()
    expect(page.get_by_role("link", name=grant.number)).to_be_visible(timeout=PATIENCE_MS)
    chain.can_be_read()

    chain.enter(unit, "/desk/acceptance/own/")
    page.get_by_role("link", name=grant.number).click()
    papers_handed_in(chain)
    for reason in page.get_by_label("偏差原因及改进措施").all():
        reason.fill("已完成的按实际填写，其余按申报书分年度实施。")
    page.get_by_label("完成日期").fill(finished_on)
    page.get_by_label("问题与打算").fill("下一年提前安排场地。")
    chain.press("提交结项材料", "结项材料已提交，等待验收。")
    chain.can_be_read()

    found = Acceptance.objects.get(grant=grant)
    chain.enter(chain.officer, f"/desk/acceptance/{found.pk}/")
    chain.fits_a_phone()
    page.get_by_role("link", name="验收通过").click()
    page.get_by_label("理由").fill(why)
    chain.press("验收通过", "已提交审批，另一人同意后生效。")
    chain.agree(chain.leader)
    return Acceptance.objects.get(pk=found.pk)


def papers_handed_in(chain: Chain) -> None:
    """Every paper that the call asks for."""
    page = chain.page
    for _ in range(page.get_by_role("link", name="上传", exact=True).count()):
        page.get_by_role("link", name="上传", exact=True).first.click()
        report = {"name": "总结报告.pdf", "mimeType": "application/pdf", "buffer": PDF}
        page.get_by_label("文件").set_input_files(files=[report])
        chain.press("上传", "已上传")


def settled(chain: Chain, grant: Grant, unit: Any, spent_on: str) -> None:
    """The unit accounts for the money: a receipt for each line, judged by the office, admitted by finance, closed."""
    page, here = chain.page, f"/grants/{grant.pk}/"
    chain.enter(unit, here)
    for number, line in enumerate(grant.lines, start=1):
        if line["grant_fen"]:
            claimed(chain, f"F{number}", line, spent_on)
    picture(page, "grant-receipts")
    chain.press("开始决算")
    acted(chain, "提交决算")
    chain.enter(chain.officer, here)
    for judge in [each.get_attribute("href") for each in page.locator("a[href^='/grants/receipts/']").all()]:
        chain.open(str(judge))
        page.get_by_label("核定金额（元）").fill(page.get_by_label("核定金额（元）").input_value())
        chain.press("核定")
    chain.open(here)
    asked(chain, "审定决算", chain.finance)
    chain.enter(chain.finance, here)
    acted(chain, "结清")
    picture(page, "grant-settled")
    assert Settlement.objects.get(grant=grant).state == "closed"


def claimed(chain: Chain, number: str, line: dict[str, Any], spent_on: str) -> None:
    """One receipt."""
    page = chain.page
    page.get_by_role("link", name="填报票据").click()
    page.get_by_label("票据号").fill(number)
    page.get_by_label("支出科目").select_option(line["key"])
    page.get_by_label("用途").fill("场地和讲课")
    page.get_by_label("开票日期").fill(spent_on)
    page.get_by_label("申报金额（元）").fill(str(line["grant_fen"] // 100))
    file = {"name": f"{number}.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.get_by_label("文件").set_input_files(files=[file])
    chain.can_be_read()
    picture(page, "grant-receipt")
    chain.press("保存")
    expect(page.get_by_role("link", name=number, exact=True)).to_be_visible(timeout=PATIENCE_MS)


def closed(chain: Chain, acceptance: Acceptance) -> None:
    """The office closes the project."""
    chain.enter(chain.officer, f"/desk/acceptance/{acceptance.pk}/")
    chain.press("结项", "项目已结项。")
    chain.open(f"/grants/{acceptance.grant_id}/")
    chain.hears("已结题")
    picture(chain.page, "grant-closed")
    assert Grant.objects.get(pk=acceptance.grant_id).state == "closed"
