"""The agreement on a project (任务书): parties, content, targets, budget, payments, and three signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from keqiao.core.money import capitals, exact_amount
from keqiao.writers.letters.listing import in_wan
from keqiao.writers.letters.paper import Head, OfficialPaper, Writing
from keqiao.writers.notice.figures import day

_NAMES = "甲乙丙丁"


@dataclass(frozen=True, slots=True)
class Party:
    """A body that signs: what it is here (主管单位, 承担单位, 推荐单位), its name, and who speaks for it."""

    role: str
    name: str
    person: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A target: what is counted, what it has to be (不少于24场次), and by what it is shown."""

    metric: str
    target: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Budgeted:
    """A line of the budget, with the part of the grant and that of own money."""

    line: str
    grant_fen: int
    own_fen: int = 0
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """An instalment and its condition."""

    name: str
    amount_fen: int
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What an agreement says. ``rules`` are further sentences of the office, each an item of its own."""

    project: str
    code: str
    call: str
    parties: tuple[Party, ...]
    content: tuple[str, ...]
    promises: tuple[Promise, ...]
    begins: date | None = None
    ends: date | None = None
    steps: tuple[str, ...] = ()
    budget: tuple[Budgeted, ...] = ()
    payments: tuple[Payment, ...] = ()
    mark: str = ""
    rules: tuple[str, ...] = ()
    copies: int = 3

    @property
    def rest_fen(self) -> int:
        """What of the grant no payment brings any more: an instalment was given up after the signing.

        Below zero: more is to be paid than the budget has.
        """
        if not self.budget or not self.payments:
            return 0
        return sum(each.grant_fen for each in self.budget) - sum(each.amount_fen for each in self.payments)


def agreement(head: Head, about: Agreement) -> OfficialPaper:
    """The agreement as a paper to be signed by all parties.

    Raises:
        ValueError: more is to be paid than the budget has, or there are no or too many parties.
    """
    _require_sense(about)
    writing = Writing(head)
    writing.table(_facts(about), headed=False)
    writing.heading("项目内容")
    for words in about.content:
        writing.paragraph(words)
    writing.heading("绩效指标")
    writing.table([["序号", "指标", "目标值", "佐证材料"], *_numbered(about.promises)])
    _schedule(writing, about)
    _money(writing, about)
    writing.heading("共同约定")
    for words in (*_RULES, *_marking(about), *about.rules, _copies(about)):
        writing.item(words)
    writing.heading("签章")
    writing.table([[_signature(number, party)] for number, party in enumerate(about.parties)], headed=False)
    return writing.finished(is_signed=False)


_RULES = (
    "乙方按本任务书组织实施，不得转包，经费专款专用，单独核算，接受甲方的监督检查。",
    "内容、指标、预算、负责人或期限需要变更的，乙方应事先书面申请，经甲方同意后执行。",
    "项目完成后乙方按期申请结项，提交总结、佐证材料和经费决算；结余经费按规定退回。",
    "不按约定执行或者弄虚作假的，甲方可以停止拨款、收回经费，并按通知和有关规定处理。",
)


def _require_sense(about: Agreement) -> None:
    if not 1 <= len(about.parties) <= len(_NAMES):
        raise ValueError(f"an agreement of {len(about.parties)} parties")
    if about.rest_fen < 0:
        raise ValueError(f"the payments come to {-about.rest_fen} fen more than the budget")


def _facts(about: Agreement) -> list[list[str]]:
    term = "至".join(day(each) for each in (about.begins, about.ends) if each)
    rows = [
        ["项目名称", about.project],
        ["项目编号", about.code],
        ["依据通知", about.call],
        ["实施期限", term],
    ]
    for number, party in enumerate(about.parties):
        who = "，".join(each for each in (party.person, party.telephone) if each)
        rows.append([f"{_NAMES[number]}方（{party.role}）", "\n".join(filter(None, (party.name, who)))])
    return [row for row in rows if row[1]]


def _numbered(promises: Sequence[Promise]) -> list[list[str]]:
    return [
        [str(number), each.metric, each.target, each.evidence]
        for number, each in enumerate(promises, start=1)
    ]


def _schedule(writing: Writing, about: Agreement) -> None:
    if about.steps:
        writing.heading("进度安排")
        for words in about.steps:
            writing.item(words)


def _money(writing: Writing, about: Agreement) -> None:
    if about.budget:
        grant = sum(each.grant_fen for each in about.budget)
        writing.heading("经费预算")
        writing.paragraph(f"支持经费{exact_amount(grant)}（大写：{capitals(grant)}），单位：万元。")
        rows = [[e.line, in_wan(e.grant_fen), in_wan(e.own_fen), e.basis] for e in about.budget]
        total = ["合计", in_wan(grant), in_wan(sum(each.own_fen for each in about.budget)), ""]
        writing.table([["支出科目", "支持经费", "自筹经费", "测算依据"], *rows, total])
    if about.payments:
        writing.heading("拨款安排")
        for each in about.payments:
            condition = f"，{each.condition}后拨付" if each.condition else ""
            writing.item(f"{each.name}{exact_amount(each.amount_fen)}{condition}。")
        if about.rest_fen:
            writing.item(f"其余{exact_amount(about.rest_fen)}不再拨付。")


def _marking(about: Agreement) -> list[str]:
    return [f"活动和成果应注明“{about.mark}”。"] if about.mark else []


def _copies(about: Agreement) -> str:
    return f"本任务书一式{about.copies}份，各方签字盖章后生效。"


def _signature(number: int, party: Party) -> str:
    return f"{_NAMES[number]}方（盖章）：{party.name}\n负责人（签字）：\n　　　　年　　月　　日"
