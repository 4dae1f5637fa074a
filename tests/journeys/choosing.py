"""Steps of the office, in the browser: the formal check, a round of review, the decision, the notice, the award."""

from datetime import datetime
from typing import Any

from playwright.sync_api import expect

from keqiao.web.allocation.models import Decision
from keqiao.web.applications.models import Application
from keqiao.web.public_notice import actions as notices
from keqiao.web.public_notice.models import Award, Notice
from keqiao.web.review import actions as review
from keqiao.web.review.models import Expert, FormalCheck, Round, Task
from tests.journeys.chain import Chain
from tests.journeys.pictures import picture
from tests.journeys.visitors import PATIENCE_MS
from tests.web.review import rounds

COMMENT = "方案具体，进度合理，预期成效可以检验。"


def check(chain: Chain, application: Application) -> None:
    """An officer looks at an application point by point and lets it pass."""
    page = chain.page
    chain.enter(chain.officer, "/desk/formal-checks/")
    page.get_by_role("link", name=chain.call.title).click()
    page.get_by_role("button", name="开始审查").click()
    chain.can_be_read()
    chain.open(f"/desk/formal-checks/{FormalCheck.objects.get(application=application).pk}/")
    chain.press("其余各项均符合", "已保存。")
    chain.press("合格，进入评审", "已判为合格，并通知申报单位。")


def round_made(chain: Chain, closes_on: str) -> Round:
    """An officer puts a round together, takes what is proposed, sends the invitations and opens it."""
    page = chain.page
    chain.enter(chain.officer, "/desk/review/")
    page.get_by_role("link", name=chain.call.title).click()
    chain.can_be_read()
    page.get_by_label("截止日期").fill(closes_on)
    picture(page, "review-round-new")
    chain.press("建立轮次", "评审轮次已建立。下一步安排专家。")
    page.get_by_role("link", name="均衡分配建议").click()
    chain.can_be_read()
    chain.fits_a_phone()
    picture(page, "review-board")
    chain.press("向勾选的专家发出邀请")
    found = Round.objects.get()
    chain.open(f"/desk/review/{found.pk}/")
    chain.press("现在开始评审")
    chain.open("/desk/review/")
    picture(page, "review-rounds")
    return found


def judged_at_the_desk(chain: Chain, task: Task, points: dict[str, str], hidden: tuple[str, ...]) -> None:
    """An expert accepts, reads the blind copy, is told what is missing, and seals a sheet."""
    page = chain.page
    chain.enter(rounds.account(task.expert), "/reviewing/")
    picture(page, "review-tasks")
    page.goto(f"/reviewing/{task.pk}/")
    chain.can_be_read()
    picture(page, "review-invitation")
    page.get_by_role("checkbox").check()
    chain.press("接受", "已接受。请在截止前封存评分表。")
    for words in hidden:
        expect(page.get_by_text(words)).to_have_count(0)
    chain.can_be_read()
    chain.press("检查", "处还不能封存")
    chain.can_be_read()
    chain.fits_a_phone()
    picture(page, "review-sheet-faults")
    typed(chain, task, points)
    chain.press("封存评分表", "回执")
    chain.can_be_read()
    picture(page, "review-sheet-sealed")


def typed(chain: Chain, task: Task, points: dict[str, str]) -> None:
    """Type a whole sheet."""
    page, card = chain.page, task.round.card
    for each in card["criteria"]:
        page.locator(f"#points-{each['id']}").fill(points[each["id"]])
        if band := band_of(each, points[each["id"]]):
            page.locator(f"input[name='band:{each['id']}'][value='{band}']").check()
    if card.get("integrity"):
        page.locator("input[name=fraud][value=no]").check()
    if card.get("recommendation"):
        page.locator("input[name=recommends][value=yes]").check()
    page.get_by_label("评语").fill(COMMENT)
    picture(page, "review-sheet")


def band_of(criterion: dict[str, Any], points: str) -> str:
    """The band of a criterion in which points lie, or nothing where it has none."""
    bands = criterion.get("bands") or ()
    return next((b["name"] for b in bands if float(b["least"]) <= float(points) <= float(b["most"])), "")


def judged(task: Task, points: dict[str, str], at: datetime) -> None:
    """The same without the browser."""
    account, card = rounds.account(task.expert), task.round.card
    review.accept_task(task.pk, pledged=True, actor=account, at=at)
    marks = {each["id"]: {"points": points[each["id"]]} for each in card["criteria"]}
    for each in card["criteria"]:
        if band := band_of(each, points[each["id"]]):
            marks[each["id"]]["band"] = band
    answers = {
        "marks": marks,
        "fraud": False if card.get("integrity") else None,
        "vetoes": {each["id"]: False for each in card.get("vetoes") or ()},
        "comment": COMMENT,
        "recommends": True if card.get("recommendation") else None,
    }
    review.seal_sheet(task.pk, review.Typed(0, answers), actor=account, at=at)


def closed(chain: Chain, found: Round) -> None:
    """The round is closed, and its results are there to be read."""
    chain.enter(chain.officer, f"/desk/review/{found.pk}/")
    picture(chain.page, "review-round")
    chain.press("结束评审")
    chain.open(f"/desk/review/{found.pk}/outcomes/")
    picture(chain.page, "review-outcomes")


def begun(chain: Chain) -> Decision:
    """An officer begins the decision and takes what is proposed."""
    page = chain.page
    chain.enter(chain.officer, "/desk/decisions/")
    picture(page, "decisions")
    chain.press("开始遴选", "建议生成于")
    chain.can_be_read()
    chain.fits_a_phone()
    picture(page, "decision-proposed")
    chain.press("按建议办理", "已按建议办理。")
    picture(page, "decision")
    return Decision.objects.get()


def approved(chain: Chain, decision: Decision, *, by_finance: bool = False) -> None:
    """It is laid before the leader, who agrees; where the call wants it, the finance bureau agrees after that."""
    page = chain.page
    page.get_by_label("说明").fill("请审定。")
    chain.press("报领导审定", "已报领导审定。")
    chain.can_be_read()
    chain.agree(chain.leader)
    if by_finance:
        chain.agree(chain.finance)
    chain.enter(chain.officer, f"/desk/decisions/{decision.pk}/")
    chain.hears("已审定")
    picture(page, "decision-approved")


def posted(chain: Chain) -> Notice:
    """An officer drafts a notice about everything that is ready, a leader signs it, it is posted."""
    page = chain.page
    chain.enter(chain.officer, "/desk/public-notices/")
    picture(page, "public-notices")
    page.get_by_role("link", name="拟公示").first.click()
    page.get_by_label("受理电话").fill("0537-1234567")
    chain.can_be_read()
    picture(page, "public-notice-drafting")
    chain.press("保存")
    expect(page.get_by_role("button", name="提请领导签发")).to_be_visible(timeout=PATIENCE_MS)
    chain.can_be_read()
    chain.fits_a_phone()
    picture(page, "public-notice-draft")
    chain.press("提请领导签发", "已提交领导审批")
    chain.agree(chain.leader)
    notice = Notice.objects.get(state="signed")
    chain.enter(chain.officer, f"/desk/public-notices/{notice.pk}/")
    chain.press("现在发布", "已发布，公示期从今天算起。")
    return notice


def ended(chain: Chain, notice: Notice, day: str) -> None:
    """The clock ends a notice; an officer concludes it."""
    notices.end_due(chain.clock.stand_at(day, "00:05"))
    chain.clock.stand_at(day)
    chain.enter(chain.officer, f"/desk/public-notices/{notice.pk}/")
    chain.press("办结公示，确认立项", "已办结")
    chain.can_be_read()


def awarded(chain: Chain, until: str) -> Award:
    """The award is drafted, the leader signs it, and everybody reads it."""
    page = chain.page
    chain.enter(chain.officer, "/desk/public-notices/")
    page.get_by_role("link", name="拟立项通知").first.click()
    page.get_by_label("完成期限").fill(until)
    chain.can_be_read()
    picture(page, "award-drafting")
    chain.press("保存")
    expect(page.get_by_role("button", name="提请领导签发")).to_be_visible(timeout=PATIENCE_MS)
    chain.can_be_read()
    chain.press("提请领导签发", "已提交领导审批")
    chain.agree(chain.leader)
    award = Award.objects.get()
    chain.enter(chain.officer, f"/desk/awards/{award.pk}/")
    picture(page, "award")
    page.context.clear_cookies()
    chain.open(f"/awards/{award.pk}/")
    chain.fits_a_phone()
    picture(page, "award-for-everybody")
    return award


def experts(chain: Chain, number: int) -> list[Expert]:
    """Experts of the association who can log in."""
    return [rounds.expert(chain.call.association) for _ in range(number)]
