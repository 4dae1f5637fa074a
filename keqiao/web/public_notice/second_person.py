"""What a leader agrees to: signing and withdrawing a notice, deciding an objection, a substitute, issuing an award."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from keqiao.core.lifecycle.roles import LEADER, OFFICER
from keqiao.web.accounts.queries import holders_of, user_with_id
from keqiao.web.allocation.queries.in_charge import locked_selection
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.acts import Act, Arguments, Description, Done, NotExecuted, Subject, Viewer
from keqiao.web.approvals.frozen import Change, Plain
from keqiao.web.public_notice import actions
from keqiao.web.public_notice.actions.awarding import award_digest, joined_topics, lines_now, locked_award
from keqiao.web.public_notice.actions.drafting import digest_now
from keqiao.web.public_notice.actions.writing import locked_notice, locked_objection
from keqiao.web.public_notice.approving import DECIDE, ISSUE, SIGN, SUBSTITUTE, WITHDRAW
from keqiao.web.public_notice.permissions import associations_as
from keqiao.web.ui.templatetags.shell import say

VALID_FOR = timedelta(days=15)
"""Time to decide, in natural days; what nobody decided can be proposed again."""
DIGEST_SHOWN = 12
LONGEST_TITLE = 200
LABELS = {
    "state": gettext_lazy("状态"),
    "content": gettext_lazy("名单内容（摘要）"),
    "items": gettext_lazy("名单项数"),
    "register": gettext_lazy("登记到名册"),
    "days": gettext_lazy("公示天数"),
    "reason": gettext_lazy("理由"),
    "outcome": gettext_lazy("处理结果"),
    "answer": gettext_lazy("处理依据"),
    "finding": gettext_lazy("调查结论"),
    "successor": gettext_lazy("递补项目"),
}


def approvers(association_id: UUID, at: datetime) -> Iterable[Viewer]:
    """Return the leaders of an association."""
    return list(holders_of(LEADER, association_id, at))


def notice_now(subject: Subject, _arguments: Arguments) -> Mapping[str, Plain]:
    """Return, under lock, what signing or withdrawing a notice rests on."""
    notice = locked_notice(UUID(subject.id))
    return {"state": notice.state, "content": (notice.digest or digest_now(notice))[:DIGEST_SHOWN]}


def describe_signing(subject: Subject, _arguments: Arguments) -> Description:
    """Say what would be signed."""
    notice = locked_notice(UUID(subject.id))
    rows = (
        Change("items", None, notice.items.count()),
        Change("days", None, f"{notice.days}{notice.get_day_kind_display()}"),  # type: ignore[attr-defined]
        Change("content", None, digest_now(notice)[:DIGEST_SHOWN]),
    )
    return _told(gettext_lazy("签发公示：%(title)s"), notice.title, rows)


def describe_withdrawing(subject: Subject, arguments: Arguments) -> Description:
    """Say which notice would be withdrawn, and why."""
    notice = locked_notice(UUID(subject.id))
    return _told(
        gettext_lazy("撤回公示：%(title)s"), notice.title, (Change("reason", None, arguments["reason"]),)
    )


def execute_signing(subject: Subject, _arguments: Arguments, done: Done) -> Mapping[str, Any]:
    """Sign for the leader what the officer laid before them."""
    notice = _doing(
        lambda: actions.sign(UUID(subject.id), by=done.approved_by, proposer=_proposer(done), at=done.at)
    )  # type: ignore[arg-type]
    return {"digest": notice.digest}


def execute_withdrawing(subject: Subject, arguments: Arguments, done: Done) -> Mapping[str, Any]:
    """Withdraw what the leader agreed to withdraw."""
    by: Any = done.approved_by
    notice = _doing(lambda: actions.withdraw(UUID(subject.id), arguments["reason"], by=by, at=done.at))
    return {"notice": str(notice.pk)}


def objection_now(subject: Subject, _arguments: Arguments) -> Mapping[str, Plain]:
    """Return, under lock, what the decision of an objection rests on."""
    objection = locked_objection(UUID(subject.id))
    return {"state": objection.state, "finding": objection.finding}


def describe_deciding(subject: Subject, arguments: Arguments) -> Description:
    """Say how an objection would be decided, and on what grounds. Who objected is not told here."""
    objection = locked_objection(UUID(subject.id))
    with override("zh-hans"):
        outcome = _("异议成立") if arguments["upheld"] else _("异议不成立")
    rows = (
        Change("outcome", None, outcome),
        Change("answer", None, arguments["answer"]),
        Change("finding", None, objection.finding),
    )
    title = f"{objection.number} {objection.item.listed['title']}"
    return _told(gettext_lazy("决定异议：%(title)s"), title, rows)


def execute_deciding(subject: Subject, arguments: Arguments, done: Done) -> Mapping[str, Any]:
    """Decide the objection as the leader agreed."""
    decided = actions.Decided(done.approved_by, _proposer(done), done.at)
    objection = _doing(
        lambda: actions.decide(
            UUID(subject.id), arguments["answer"], is_upheld=arguments["upheld"], decided=decided
        )
    )
    return {"state": objection.state}


def place_now(subject: Subject, arguments: Arguments) -> Mapping[str, Plain]:
    """Return, under lock, how the project that is out and the one in reserve stand."""
    out, successor = locked_selection(subject.id), locked_selection(arguments["successor"])
    return {"state": out.state, "successor": successor.state}


def describe_substituting(subject: Subject, arguments: Arguments) -> Description:
    """Say who would take whose place."""
    out, successor = locked_selection(subject.id), locked_selection(arguments["successor"])
    rows = (
        Change("successor", None, successor.application.title),
        Change("reason", None, arguments["reason"]),
    )
    return _told(gettext_lazy("递补：%(title)s"), out.application.title, rows)


def execute_substituting(subject: Subject, arguments: Arguments, done: Done) -> Mapping[str, Any]:
    """Let the next one take the place."""
    out = locked_selection(subject.id)
    agreed = actions.Agreed(_proposer(done), done.approved_by, done.at)
    successor = _doing(lambda: actions.substitute(out, arguments["successor"], arguments["reason"], agreed))
    return {"selection": str(successor.pk)}


def award_now(subject: Subject, _arguments: Arguments) -> Mapping[str, Plain]:
    """Return, under lock, what issuing an award rests on: its words and what is confirmed."""
    award = locked_award(UUID(subject.id))
    selections, lines = lines_now(award)
    digest = award_digest(award, lines, [joined_topics(each) for each in selections])
    return {"content": digest[:DIGEST_SHOWN], "state": award.version}


def describe_issuing(subject: Subject, _arguments: Arguments) -> Description:
    """Say what would be issued."""
    award = locked_award(UUID(subject.id))
    selections, _lines = lines_now(award)
    into = [f"“{each.title}”：{each.scheme.name}" for each in award.titles.select_related("scheme")]
    into = [*([award.scheme.name] if award.scheme else []), *into]
    rows = (Change("items", None, len(selections)), *(Change("register", None, each) for each in into))
    return _told(gettext_lazy("印发立项通知：%(title)s"), award.title, rows)


def execute_issuing(subject: Subject, _arguments: Arguments, done: Done) -> Mapping[str, Any]:
    """Issue the award."""
    proposer = _proposer(done)
    award = _doing(
        lambda: actions.issue(UUID(subject.id), by=done.approved_by, proposer=proposer, at=done.at)
    )
    return {"digest": award.digest}


def _told(words: Any, title: str, rows: tuple[Change, ...]) -> Description:
    with override("zh-hans"):  # frozen texts are Chinese, whoever asks
        return Description(str(words) % {"title": title[:LONGEST_TITLE]}, rows)


def _doing(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except Refused as refused:
        raise NotExecuted(*map(say, refused.findings)) from refused


def _proposer(done: Done) -> Any:
    proposer = user_with_id(done.proposed_by_id)
    if proposer is None:
        raise NotExecuted(_("提交人的账号已不存在。"))
    return proposer


def _as(role: str) -> Callable[[Any, datetime], Any]:
    return lambda viewer, at: associations_as(role, viewer, at)


def _act(code: str, label: Any, does: tuple[Any, Any, Any], page: str) -> Act:
    current, describe, execute = does
    return Act(
        code=code,
        label=label,
        may_propose=_as(OFFICER),
        may_approve=_as(LEADER),
        approvers=approvers,
        current=current,
        describe=describe,
        execute=execute,
        valid_for=VALID_FOR,
        approver_roles=(LEADER,),
        labels=LABELS,
        names_people=code == DECIDE,
        address=lambda subject: reverse(page, args=[subject.id]),
    )


ACTS = [
    _act(
        SIGN,
        gettext_lazy("签发公示"),
        (notice_now, describe_signing, execute_signing),
        "public_notice:notice",
    ),
    _act(
        WITHDRAW,
        gettext_lazy("撤回公示"),
        (notice_now, describe_withdrawing, execute_withdrawing),
        "public_notice:notice",
    ),
    _act(
        DECIDE,
        gettext_lazy("决定异议"),
        (objection_now, describe_deciding, execute_deciding),
        "public_notice:objection",
    ),
    _act(
        SUBSTITUTE,
        gettext_lazy("递补项目"),
        (place_now, describe_substituting, execute_substituting),
        "public_notice:substitute",
    ),
    _act(
        ISSUE,
        gettext_lazy("印发立项通知"),
        (award_now, describe_issuing, execute_issuing),
        "public_notice:award",
    ),
]
