"""Read approvals: what waits for whom, what somebody asked for, what happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.approval import APPROVER, ApprovalState, state_at
from keqiao.web.approvals import permissions
from keqiao.web.approvals.acts import Viewer, Words, act_called
from keqiao.web.approvals.frozen import Change, Plain
from keqiao.web.approvals.models import STATE_WORDS, Approval
from keqiao.web.audit.queries import timeline

EVENT_WORDS: dict[str, Words] = {
    "proposed": _("提交审批"),
    "approved": _("已批准并执行"),
    "refused": _("不予批准"),
    "withdrawn": _("已撤回"),
    "expired": _("逾期未批，失效"),
    "reason_erased": _("删除理由文字"),
}


@dataclass(frozen=True)
class Shown:
    """An approval as a page shows it. ``state`` is the one that counts now; people are given by name."""

    approval: Approval
    state: ApprovalState
    act: Words
    proposer: str
    decider: str

    @property
    def state_words(self) -> Words:
        """The state in words."""
        return STATE_WORDS[self.state]


@dataclass(frozen=True)
class Happening:
    """One event of an approval as the timeline shows it."""

    at: datetime
    words: Words
    who: str
    reason: str


@dataclass(frozen=True)
class ShownChange:
    """One value before and after, under the words of its act."""

    label: Words
    before: Plain
    after: Plain


def approvals_for(viewer: Viewer, at: datetime) -> QuerySet[Approval]:
    """Return the approvals that ``viewer`` may see."""
    return Approval.objects.filter(permissions.visible_to(viewer, at))


def approval_for(viewer: Viewer, pk: UUID, at: datetime) -> Approval:
    """Return one approval if ``viewer`` may see it; otherwise 404."""
    return get_object_or_404(approvals_for(viewer, at), pk=pk)


def waiting_for(viewer: Viewer, at: datetime) -> QuerySet[Approval]:
    """Return the approvals that ``viewer`` can decide at ``at``."""
    return Approval.objects.filter(permissions.decidable_by(viewer, at), undecided(at))


def proposed_by(viewer: Viewer) -> QuerySet[Approval]:
    """Return the approvals that ``viewer`` asked for."""
    return Approval.objects.filter(permissions.proposed_by(viewer))


def open_for_subject(kind: str, subject: tuple[str, str], at: datetime) -> Approval | None:
    """Return the approval of act ``kind`` that waits for a subject, given as (kind, id), or nothing.

    For the page of the subject; whoever calls has already decided that the viewer may see the subject.
    """
    subject_kind, subject_id = subject
    waiting = Approval.objects.filter(undecided(at), kind=kind)
    return waiting.filter(subject_kind=subject_kind, subject_id=subject_id).first()


def done_of(kind: str) -> QuerySet[Approval]:
    """Return the acts of one kind that were approved and done; for checks."""
    return Approval.objects.filter(kind=kind, state=ApprovalState.APPROVED.value)


def approvers_of(approval: Approval, at: datetime) -> list[Viewer]:
    """Return the accounts whose decision an open approval waits for; none once it is decided or expired.

    A room above tells them; nobody is named who could not approve.
    """
    act = act_called(approval.kind)
    if act is None or _state_at(approval, at) is not ApprovalState.PROPOSED:
        return []
    asked = act.approvers(approval.association_id, at)
    return [person for person in asked if APPROVER in permissions.roles_towards(person, approval, at)]


def proposed(which: Q | None = None) -> QuerySet[Approval]:
    """Return what nobody has decided and no clock has ended yet, of what ``which`` picks."""
    return Approval.objects.filter(which or Q(), state=ApprovalState.PROPOSED.value)


def undecided(at: datetime) -> Q:
    """Return what picks approvals that can still be decided at ``at``."""
    return Q(state=ApprovalState.PROPOSED.value, expires_at__gt=at)


def in_state(value: str, at: datetime) -> Q:
    """Return what picks approvals in one state; an undecided one whose time has run out is expired."""
    overdue = Q(state=ApprovalState.PROPOSED.value, expires_at__lte=at)
    if value == ApprovalState.PROPOSED:
        return undecided(at)
    return Q(state=value) | overdue if value == ApprovalState.EXPIRED else Q(state=value)


def named(word: str) -> Q:
    """Return what finds an approval by one word: in what it is about or in the reason given."""
    return Q(title__icontains=word) | Q(reason__icontains=word)


def proposed_by_named(word: str) -> Q:
    """Return what picks approvals that somebody called so, in part, asked for."""
    people = get_user_model()._default_manager.filter(display_name__icontains=word)
    return Q(proposed_by_id__in=people.values("pk"))


def act_in_words(approval: Approval) -> str:
    """Return the kind of act of an approval; its code where no room declares it any longer."""
    act = act_called(approval.kind)
    return str(act.label) if act else approval.kind


def state_in_words(approval: Approval, at: datetime) -> str:
    """Return the state that counts at ``at``."""
    return str(STATE_WORDS[_state_at(approval, at)])


def states() -> list[tuple[str, Words]]:
    """Return the states an approval can be in, with their words."""
    return [(state.value, words) for state, words in STATE_WORDS.items()]


def shown(approvals: Iterable[Approval], at: datetime) -> list[Shown]:
    """Return approvals as pages show them, in the same order; people are read in one query."""
    rows = list(approvals)
    names = names_of(pk for row in rows for pk in (row.proposed_by_id, row.decided_by_id))
    return [_shown(row, names, at) for row in rows]


def difference_of(approval: Approval) -> list[ShownChange]:
    """Return what the act would change, as it was frozen."""
    return labelled(approval, (Change(**row) for row in approval.difference))


def labelled(approval: Approval, changes: Iterable[Change]) -> list[ShownChange]:
    """Return changes under the words that the act of ``approval`` has for them."""
    act = act_called(approval.kind)
    labels = act.labels if act else {}
    return [ShownChange(labels.get(row.name, row.name), row.before, row.after) for row in changes]


def role_to_act(viewer: Viewer, approval: Approval, at: datetime) -> str:
    """Return as what ``viewer`` can end an approval at ``at``: approver, proposer, or not at all ("")."""
    if _state_at(approval, at) is not ApprovalState.PROPOSED:
        return ""
    return next(iter(permissions.roles_towards(viewer, approval, at)), "")


def address_of(approval: Approval) -> str:
    """Return where the subject is shown, or nothing."""
    act = act_called(approval.kind)
    return act.address(approval.subject) if act and act.address else ""


def happened(approval: Approval) -> list[Happening]:
    """Return what happened to an approval, newest first."""
    events = list(timeline(approval).order_by("-sequence"))
    names = names_of(event.actor_id for event in events)
    return [
        Happening(
            event.at,
            EVENT_WORDS.get(event.act, event.act),
            names.get(event.actor_id, ""),
            event.reason_words,
        )
        for event in events
    ]


def names_of(account_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return the names of accounts by id; the user model of the settings has them."""
    found = get_user_model()._default_manager.in_bulk({pk for pk in account_ids if pk})
    return {pk: account.get_full_name() for pk, account in found.items()}


def _state_at(approval: Approval, at: datetime) -> ApprovalState:
    return state_at(ApprovalState(approval.state), approval.expires_at, at)


def _shown(row: Approval, names: dict[UUID, str], at: datetime) -> Shown:
    act = act_called(row.kind)
    proposer, decider = names.get(row.proposed_by_id, ""), names.get(row.decided_by_id, "")
    return Shown(row, _state_at(row, at), act.label if act else row.kind, proposer, decider)
