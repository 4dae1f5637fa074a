"""Debarring and freeing that a second person agrees to (room ``approvals``)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from keqiao.web.accounts.queries import holders_of, user_with_id
from keqiao.web.approvals.acts import Act, Arguments, Description, Done, NotExecuted, Subject, Viewer
from keqiao.web.approvals.frozen import Change, Plain
from keqiao.web.parties.finding import names_of
from keqiao.web.registers import permissions
from keqiao.web.registers.actions.debarments import NewDebarment, debar, free
from keqiao.web.registers.actions.writing import By, Decision
from keqiao.web.registers.models import Debarment
from keqiao.web.registers.models.debarments import STATE_WORDS

DEBAR, FREE = "registers.debar", "registers.free"
VALID_FOR = timedelta(days=15)
"""Time to decide, in natural days; what nobody decided can be proposed again."""

FREEING_WORDS = {
    "lift": gettext_lazy("提前解除"),
    "allow_appeal": gettext_lazy("申诉成立，撤销决定"),
    "annul": gettext_lazy("决定有误，撤销"),
}
LABELS = {
    "parties": gettext_lazy("主体"),
    "cause": gettext_lazy("事由"),
    "basis": gettext_lazy("依据文件"),
    "clause": gettext_lazy("条款"),
    "scope": gettext_lazy("限制范围"),
    "valid_from": gettext_lazy("起始日期"),
    "valid_until": gettext_lazy("截止日期"),
    "state": gettext_lazy("状态"),
    "steps": gettext_lazy("已办事项数"),
    "debarments": gettext_lazy("已有的禁止申报"),
    "on": gettext_lazy("生效日期"),
}
SHOWN = ("cause", "basis", "clause", "scope", "valid_from", "valid_until")


def approvers(association_id: UUID, at: datetime) -> Iterable[Viewer]:
    """Return the leaders and officers of an association, each once; the room leaves the proposer out."""
    roles = reversed(permissions.READ_REGISTERS)
    people = [person for role in roles for person in holders_of(role, association_id, at)]
    return {person.pk: person for person in people}.values()


def arguments_of(wanted: NewDebarment) -> dict[str, Any]:
    """Return a debarment as an approval freezes it."""
    return {
        "parties": [str(party) for party in wanted.party_ids],
        "cause": wanted.cause,
        "basis": wanted.basis,
        "clause": wanted.clause,
        "scope": wanted.scope,
        "source": wanted.source,
        "valid_from": wanted.valid_from.isoformat(),
        "valid_until": wanted.valid_until.isoformat() if wanted.valid_until else "",
        "file": str(wanted.file_id or ""),
    }


def _wanted(arguments: Arguments) -> NewDebarment:
    until, file = arguments["valid_until"], arguments["file"]
    return NewDebarment(
        party_ids=tuple(UUID(party) for party in arguments["parties"]),
        cause=arguments["cause"],
        basis=arguments["basis"],
        clause=arguments["clause"],
        scope=arguments["scope"],
        source=arguments["source"],
        valid_from=date.fromisoformat(arguments["valid_from"]),
        valid_until=date.fromisoformat(until) if until else None,
        file_id=UUID(file) if file else None,
    )


def current_of_parties(subject: Subject, arguments: Arguments) -> Mapping[str, Plain]:
    """Return, under lock, how many debarments those to be debarred have in this association already."""
    rows = Debarment.objects.select_for_update(of=("self",)).filter(
        association_id=subject.association_id, party_id__in=arguments["parties"]
    )
    return {"debarments": len(rows)}


def describe_debarring(_subject: Subject, arguments: Arguments) -> Description:
    """Say in plain words who is to be debarred, why and for how long."""
    names = names_of([UUID(party) for party in arguments["parties"]])
    named = "、".join(sorted(names.values()))
    with override("zh-hans"):  # frozen texts are Chinese, whoever asks
        title = _("禁止申报：%(names)s") % {"names": named[:200]}
    rows = [Change("parties", None, named)]
    return Description(
        title, (*rows, *(Change(name, None, arguments[name]) for name in SHOWN if arguments[name]))
    )


def execute_debarring(subject: Subject, arguments: Arguments, done: Done) -> Mapping[str, Any]:
    """Debar for the proposer what the approver has agreed to.

    Raises:
        NotExecuted: it is refused now, or the proposer's account is gone or no officer any more.
    """
    by = _by_proposer(done)
    try:
        rows = debar(subject.association_id, _wanted(arguments), by=by)
    except ValidationError as refused:
        raise NotExecuted(*refused.messages) from refused
    except PermissionDenied as denied:
        raise NotExecuted(_("提交人已不是本科协的工作人员。")) from denied
    return {"debarments": [str(row.pk) for row in rows]}


def current_of_debarment(subject: Subject, _arguments: Arguments) -> Mapping[str, Plain]:
    """Return, under lock, where a debarment stands."""
    row = Debarment.objects.select_for_update(of=("self",)).get(pk=subject.id)
    return {"state": row.state, "steps": row.steps.count()}


def describe_freeing(subject: Subject, arguments: Arguments) -> Description:
    """Say in plain words who is to be freed, from which day, and how."""
    row = Debarment.objects.select_related("party").get(pk=subject.id)
    with override("zh-hans"):
        words = str(FREEING_WORDS[arguments["act"]])
        title = _("%(act)s：%(name)s") % {"act": words, "name": row.party.name}
        before = str(STATE_WORDS[row.state])  # type: ignore[index]  a state is its own value
    return Description(title, (Change("state", before, words), Change("on", None, arguments["on"])))


def execute_freeing(subject: Subject, arguments: Arguments, done: Done) -> Mapping[str, Any]:
    """Lift or annul for the proposer what the approver has agreed to.

    Raises:
        NotExecuted: it is refused now, or the proposer's account is gone or no officer any more.
    """
    by = _by_proposer(done)
    decision = Decision(
        arguments["act"], date.fromisoformat(arguments["on"]), arguments["reason"], arguments["basis"]
    )
    try:
        row = free(UUID(subject.id), decision, by=by)
    except ValidationError as refused:
        raise NotExecuted(*refused.messages) from refused
    except PermissionDenied as denied:
        raise NotExecuted(_("提交人已不是本科协的工作人员。")) from denied
    return {"debarment": str(row.pk), "state": row.state}


def _by_proposer(done: Done) -> By:
    proposer = user_with_id(done.proposed_by_id)
    if proposer is None:
        raise NotExecuted(_("提交人的账号已不存在。"))
    return By(proposer, done.at)


def _may_act(viewer: Viewer, at: datetime) -> Any:
    return permissions.associations_written(viewer, at)  # type: ignore[arg-type]  accounts tell both rooms


def _may_agree(viewer: Viewer, at: datetime) -> Any:
    return permissions.associations_read(viewer, at)  # type: ignore[arg-type]


ACTS = [
    Act(
        code=DEBAR,
        label=gettext_lazy("禁止申报"),
        may_propose=_may_act,
        may_approve=_may_agree,
        approvers=approvers,
        current=current_of_parties,
        describe=describe_debarring,
        execute=execute_debarring,
        valid_for=VALID_FOR,
        approver_roles=permissions.READ_REGISTERS,
        names_people=True,
        labels=LABELS,
        address=lambda subject: reverse("registers:party", args=[subject.id]),
    ),
    Act(
        code=FREE,
        label=gettext_lazy("解除禁止申报"),
        may_propose=_may_act,
        may_approve=_may_agree,
        approvers=approvers,
        current=current_of_debarment,
        describe=describe_freeing,
        execute=execute_freeing,
        valid_for=VALID_FOR,
        approver_roles=permissions.READ_REGISTERS,
        names_people=True,
        labels=LABELS,
        address=lambda subject: reverse("registers:debarment", args=[subject.id]),
    ),
]
