"""Ask for an act that needs a second person, decide it, take it back, let it expire."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.approval import (
    APPROVER,
    CLOCK,
    PROPOSER,
    ApprovalState,
    approval_after,
    state_at,
)
from keqiao.web.approvals import followers
from keqiao.web.approvals.acts import Act, Done, Subject, Viewer, act_called
from keqiao.web.approvals.frozen import changes_between, digest_of, require_plain
from keqiao.web.approvals.models import Approval
from keqiao.web.approvals.permissions import may_propose, roles_towards
from keqiao.web.approvals.refusals import AlreadyProposed, NotProposed, SubjectChanged
from keqiao.web.audit import log

MAY_BE_EMPTY = ("arguments", "basis", "difference", "outcome")
EXPIRED_AT_ONCE = 100  # so that a round of due work stays short


@dataclass(frozen=True)
class Proposal:
    """An act as somebody wants it done: its code, what it is about, with what, and why.

    ``arguments`` hold plain values (``frozen.Plain``), lists and mappings, and no personal data: ids stand
    for people.
    """

    kind: str
    subject: Subject
    arguments: Mapping[str, Any]
    reason: str


@transaction.atomic
def propose(wanted: Proposal, *, actor: Viewer, at: datetime) -> Approval:
    """Freeze an act and let it wait for a second person. Asking the same again gives what waits already.

    Raises:
        LookupError: no room has registered this act.
        PermissionDenied: the actor may not ask for it there.
        ValidationError: the reason is missing or too long.
        ValueError: the arguments or the facts they rest on are no plain values.
        AlreadyProposed: the act waits for this subject already, with other content or from somebody else.
    """
    act = act_called(wanted.kind)
    if act is None:
        raise LookupError(f"{wanted.kind}: no such act; a room lists its acts in second_person.ACTS")
    if not may_propose(actor, act, wanted.subject.association_id, at):
        raise PermissionDenied(f"{act.code} is not this account's to ask for")
    waiting = _waiting_for(wanted, at)  # locked before the subject, in the order that ``approve`` keeps
    approval = _frozen(act, wanted, actor, at)
    waiting = waiting or _insert(approval, wanted)
    if waiting:
        return _the_same(waiting, approval)
    data = {
        "kind": act.code,
        "subject": [approval.subject_kind, approval.subject_id],
        "digest": approval.digest,
    }
    log.record("proposed", approval, actor=actor, role=PROPOSER, at=at, data=data, reason=approval.reason)
    followers.tell(approval, at)
    return approval


@transaction.atomic
def approve(approval_id: UUID, *, actor: Viewer, at: datetime, reason: str = "") -> Approval:
    """Approve an act and do it, in one transaction. Approving again does nothing again.

    Raises:
        NotAllowed: the actor proposed it or has not the right, or it is decided, withdrawn or expired.
        SubjectChanged: the facts it rests on have changed since; nothing is done.
        NotExecuted: the act's own rules refuse it now; nothing is done.
        NotProposed: the stored act is not the one that was proposed; nothing is done.
    """
    approval = _locked(approval_id)
    if _repeats(approval, ApprovalState.APPROVED, actor):
        return approval
    state = _state_after(approval, "approve", actor, at)
    act = _act_of(approval)
    _require_unchanged(approval, act)
    done = Done(proposed_by_id=approval.proposed_by_id, approved_by=actor, at=at)
    approval.outcome = dict(act.execute(approval.subject, approval.arguments, done))
    approval.executed_at = at
    _decide(approval, state, (actor, reason), at)
    data = {"digest": approval.digest, "outcome": approval.outcome}
    log.record("approved", approval, actor=actor, role=APPROVER, at=at, data=data, reason=reason)
    followers.tell(approval, at)
    return approval


@transaction.atomic
def refuse(approval_id: UUID, *, actor: Viewer, at: datetime, reason: str) -> Approval:
    """Refuse an act, with a reason. Refusing again does nothing again.

    Raises:
        NotAllowed: as :func:`approve` says.
        ValidationError: the reason is missing or too long.
    """
    approval = _locked(approval_id)
    if _repeats(approval, ApprovalState.REFUSED, actor):
        return approval
    state = _state_after(approval, "refuse", actor, at)
    if not reason.strip():
        raise ValidationError(_("不批准须说明理由。"), code="approval.reason_missing")
    _decide(approval, state, (actor, reason), at)
    data = {"digest": approval.digest}
    log.record("refused", approval, actor=actor, role=APPROVER, at=at, data=data, reason=reason)
    followers.tell(approval, at)
    return approval


@transaction.atomic
def withdraw(approval_id: UUID, *, actor: Viewer, at: datetime, reason: str = "") -> Approval:
    """Take back an act that the actor proposed. Withdrawing again does nothing again.

    Raises:
        NotAllowed: somebody else proposed it, or it is decided or expired.
    """
    approval = _locked(approval_id)
    if approval.state == ApprovalState.WITHDRAWN and actor.pk == approval.proposed_by_id:
        return approval
    approval.state = _state_after(approval, "withdraw", actor, at).value
    approval.save(update_fields=["state"])
    log.record("withdrawn", approval, actor=actor, role=PROPOSER, at=at, reason=reason)
    followers.tell(approval, at)
    return approval


def expire_due(now: datetime) -> None:
    """Write down that approvals have expired. Due work: safe to run at any time and by several at once."""
    overdue = Approval.objects.filter(state=ApprovalState.PROPOSED, expires_at__lte=now).order_by(
        "expires_at"
    )
    for pk in list(overdue.values_list("pk", flat=True)[:EXPIRED_AT_ONCE]):
        with transaction.atomic():
            still_open = overdue.select_for_update(skip_locked=True).filter(pk=pk).first()
            if still_open:
                _expire(still_open, now)


def _frozen(act: Act, wanted: Proposal, actor: Viewer, at: datetime) -> Approval:
    description = act.describe(wanted.subject, wanted.arguments)
    approval = Approval(
        association_id=wanted.subject.association_id,
        kind=act.code,
        subject_kind=wanted.subject.kind,
        subject_id=wanted.subject.id,
        title=description.title,
        arguments=dict(wanted.arguments),
        basis=dict(act.current(wanted.subject, wanted.arguments)),
        difference=[asdict(change) for change in description.changes],
        salt=secrets.token_hex(16),
        proposed_by_id=actor.pk,
        proposed_at=at,
        reason=wanted.reason.strip(),
        expires_at=at + act.valid_for,
    )
    require_plain(approval.proposed_content(), act.code)
    approval.digest = digest_of(approval.salt, approval.proposed_content())
    approval.clean_fields(exclude=MAY_BE_EMPTY)
    return approval


def _waiting_for(wanted: Proposal, at: datetime) -> Approval | None:
    waiting = _open_ones(wanted).select_for_update().first()
    if (
        waiting is None
        or state_at(ApprovalState(waiting.state), waiting.expires_at, at) is ApprovalState.PROPOSED
    ):
        return waiting
    _expire(waiting, at)
    return None


def _open_ones(wanted: Proposal) -> QuerySet[Approval]:
    of_subject = Approval.objects.filter(subject_kind=wanted.subject.kind, subject_id=wanted.subject.id)
    return of_subject.filter(kind=wanted.kind, state=ApprovalState.PROPOSED)


def _insert(approval: Approval, wanted: Proposal) -> Approval | None:
    """Store a new approval; where somebody was quicker, return theirs instead."""
    try:
        with transaction.atomic():
            approval.save(force_insert=True)
    except IntegrityError:
        quicker = _open_ones(wanted).first()
        if quicker is None:
            raise
        return quicker
    return None


def _the_same(waiting: Approval, wanted: Approval) -> Approval:
    if waiting.proposed_by_id == wanted.proposed_by_id and (
        waiting.proposed_content() == wanted.proposed_content()
    ):
        return waiting
    raise AlreadyProposed(waiting.pk)


def _locked(approval_id: UUID) -> Approval:
    return Approval.objects.select_for_update().get(pk=approval_id)


def _repeats(approval: Approval, state: ApprovalState, actor: Viewer) -> bool:
    return approval.state == state and approval.decided_by_id == actor.pk


def _state_after(approval: Approval, act: str, actor: Viewer, at: datetime) -> ApprovalState:
    state = state_at(ApprovalState(approval.state), approval.expires_at, at)
    return approval_after(state, act, roles_towards(actor, approval, at))


def _act_of(approval: Approval) -> Act:
    act = act_called(approval.kind)
    if act is None:
        raise LookupError(f"{approval.kind}: no such act")  # nobody is its approver then
    return act


def _require_unchanged(approval: Approval, act: Act) -> None:
    if digest_of(approval.salt, approval.proposed_content()) != approval.digest:
        raise NotProposed(str(approval.pk))
    now = act.current(approval.subject, approval.arguments)
    if changes := changes_between(approval.basis, now):
        raise SubjectChanged(changes)


def _decide(approval: Approval, state: ApprovalState, by: tuple[Viewer, str], at: datetime) -> None:
    actor, reason = by
    approval.state, approval.decision_reason = state.value, reason.strip()
    approval.decided_by_id, approval.decided_at = actor.pk, at
    approval.clean_fields(exclude=MAY_BE_EMPTY)
    fields = ["state", "decided_by_id", "decided_at", "decision_reason", "executed_at", "outcome"]
    approval.save(update_fields=fields)


def _expire(approval: Approval, at: datetime) -> None:
    approval.state = approval_after(ApprovalState(approval.state), "expire", {CLOCK}).value
    approval.save(update_fields=["state"])
    log.record("expired", approval, actor=None, role=CLOCK, at=at)
    followers.tell(approval, at)
