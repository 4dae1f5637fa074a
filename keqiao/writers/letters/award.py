"""The notice of the award (立项通知): what was decided, the list, and what those who are funded have to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from keqiao.core.money import exact_amount
from keqiao.writers.letters.listing import Field, Listed, listing, parted
from keqiao.writers.letters.paper import Attached, Head, OfficialPaper, Writing
from keqiao.writers.notice.figures import day


@dataclass(frozen=True, slots=True)
class Award:
    """What an award notice says. Empty parts are left out.

    ``basis`` names the call with its number, ``procedure`` the steps; ``agreement_by`` and ``agreement_copies`` are the
    day and number of copies of the agreement; ``regulation`` rules the use of the money; ``mark`` is how the support is
    named on products; ``finish_by`` the day of completion; ``contacts`` are lines.
    """

    basis: str
    procedure: tuple[str, ...]
    items: tuple[Listed, ...]
    fields: tuple[Field, ...]
    agreement_by: date | None = None
    agreement_copies: int = 3
    regulation: str = ""
    mark: str = ""
    finish_by: date | None = None
    reports: str = ""
    contacts: tuple[str, ...] = ()
    subject: str = "项目"


def award_notice(head: Head, award: Award) -> OfficialPaper:
    """The award notice with its list as attachment; topics (选题) have a list of their own, and no duties.

    Raises:
        ValueError: no field is allowed, or one twice.
    """
    projects, topics = parted(award.items)
    lists = ((f"立项{award.subject}名单", projects), ("入选选题名单", topics))
    attached = tuple(Attached(title, listing(rows, award.fields)) for title, rows in lists if rows)
    writing = Writing(head, attached)
    steps = f"，经{'、'.join(award.procedure)}" if award.procedure else ""
    decided = [*_of_projects(award, projects), *([f"将{len(topics)}个选题列入选题目录"] if topics else [])]
    begins = "现将有关事项通知如下。" if projects or award.contacts else ""
    writing.paragraph(f"根据{award.basis}{steps}，决定{'，'.join(decided)}（名单见附件）。{begins}")
    for title, words in _duties(award) if projects else ():
        writing.heading(title, words)
    if award.contacts:
        writing.heading("联系方式")
        for line in award.contacts:
            writing.paragraph(line)
    return writing.finished()


def _of_projects(award: Award, projects: Sequence[Listed]) -> list[str]:
    amounts = [each.amount_fen for each in projects if each.amount_fen]
    money = f"，支持经费共{exact_amount(sum(amounts))}" if amounts else ""
    return [f"对{len(projects)}个{award.subject}予以立项{money}"] if projects else []


_AS_APPLIED = "任务书的内容和指标应与申报书及评审意见一致。"


def _duties(award: Award) -> list[tuple[str, str]]:
    found = []
    if award.agreement_by:
        found.append(
            (
                "签订任务书",
                f"请各承担单位于{day(award.agreement_by)}前签订任务书，一式{award.agreement_copies}份。{_AS_APPLIED}",
            )
        )
    if award.regulation:
        words = f"项目经费按照{award.regulation}管理和使用，专款专用，单独核算。"
        found.append(("规范使用经费", words))
    if award.finish_by or award.reports:
        finish = f"项目应于{day(award.finish_by)}前完成并申请结项。" if award.finish_by else ""
        reports = f"{award.reports.rstrip('。')}。" if award.reports else ""
        words = f"{finish}{reports}执行和评价结果作为以后年度支持的依据。"
        found.append(("按期组织实施", words))
    if award.mark:
        found.append(("标注支持来源", f"项目的活动和成果应注明“{award.mark}”。"))
    return found
