"""A change as a paper: what the unit asks for, and once it is decided, what the office answers (变更申请、批复)."""

from collections.abc import Iterator
from datetime import date

from keqiao.core.lifecycle.change_request import ChangeRequestState as S
from keqiao.web.grants.changed import ShownChange, shown_changes
from keqiao.web.grants.models import ChangeRequest, Grant
from keqiao.web.parties.queries import local_day
from keqiao.writers.letters import Head, Letter, OfficialPaper, letter
from keqiao.writers.notice.figures import day

DECIDED = {
    S.APPROVED.value: ("关于同意项目变更的批复", "经研究，同意下列变更，其余内容仍按原任务书执行。"),
    S.NOTED.value: ("关于项目变更备案的函", "下列变更不须批准，予以备案，其余内容仍按原任务书执行。"),
    S.REFUSED.value: ("关于不同意项目变更的批复", "经研究，不同意下列变更，请仍按原任务书执行。"),
}
ASKED = "关于申请项目变更的函"
SHOWN = frozenset({S.SUBMITTED.value, *DECIDED})
"""A draft is its unit's own, and what was taken back is no paper."""
NAMED = {"title": "项目名称", "ends_on": "完成期限", "leader": "项目负责人"}


def title_of(row: ChangeRequest) -> str:
    """Return what the paper of a change is called."""
    return DECIDED[row.state][0] if row.state in DECIDED else ASKED


def paper_of_change(row: ChangeRequest, grant: Grant) -> OfficialPaper:
    """Return the paper of a change that was submitted: the unit's own words, or the answer of the office."""
    office, unit = grant.association.organisation.name, grant.unit.name
    facts = tuple(_facts(shown_changes(row)))
    project = f"“{grant.title}”（编号{grant.number}）"
    if row.state not in DECIDED:
        words = (f"我单位承担的{project}申请变更下列内容，请予审批。", f"变更理由：{row.words}")
        return letter(_head(row, unit, office), Letter(words, facts))
    words = (f"你单位关于{project}的变更申请收悉。{DECIDED[row.state][1]}", f"变更理由：{row.words}")
    answer = (f"批复意见：{row.answer}",) if row.answer else ()
    return letter(_head(row, office, unit), Letter((*words, *answer), facts))


def _head(row: ChangeRequest, issuer: str, to: str) -> Head:
    at = row.decided_at or row.made_at
    return Head((issuer,), title_of(row), addressees=(to,), issued=local_day(at), at=at)


def _facts(changes: list[ShownChange]) -> Iterator[tuple[str, str]]:
    yield "变更内容", "变更前 → 变更后"
    for each in changes:
        name = each.name if each.is_line else NAMED[each.name]
        yield name, f"{_said(each, each.before) or '—'} → {_said(each, each.after) or '—'}"


def _said(change: ShownChange, words: str) -> str:
    is_day = words and not change.is_line and change.name == "ends_on"
    return day(date.fromisoformat(words)) if is_day else words
