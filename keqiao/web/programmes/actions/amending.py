"""Take in a correction or extension notice, tie it to its call, settle its changes, merge them into the draft."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.call import OFFICER, CallState, call_after
from keqiao.core.programme.amending.asked import Said
from keqiao.web.audit import log
from keqiao.web.programmes import followers
from keqiao.web.programmes.actions.starting import Original
from keqiao.web.programmes.amendments.shown import PLAIN, ProposalShown, shown
from keqiao.web.programmes.amendments.state import is_merged
from keqiao.web.programmes.amendments.values import ACCEPT, Settled, settled_values
from keqiao.web.programmes.models import UNPUBLISHED, Amendment, Call, Draft, ReadingState
from keqiao.web.programmes.permissions import Viewer, roles_towards
from keqiao.web.programmes.refusals import Refused
from keqiao.web.programmes.tasks import read_amendment


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an officer says to the proposal ``key``: ``accept``, ``aside`` or ``by_hand``.

    ``candidate`` is the number of the part that is meant, ``after`` the value written in place of the proposed one
    (None: as proposed); ``reason`` says why the proposal is set aside.
    """

    key: str
    verdict: str
    candidate: int = 0
    after: Said | None = None
    reason: str = ""


@transaction.atomic
def take_in(
    association_id: UUID, file: Original, call: Call | None = None, *, actor: Viewer, at: datetime
) -> Amendment:
    """Take in a stored notice, whose reading begins in the background; ``call`` is the one it is about, if known."""
    amendment = Amendment.objects.create(
        association_id=association_id,
        call=call,
        file_id=file.file_id,
        uploaded_at=at,
        uploaded_by_id=actor.pk,
    )
    log.record("taken_in", amendment, actor=actor, role=OFFICER, at=at)
    read_amendment.enqueue(str(amendment.pk))
    return amendment


@transaction.atomic
def take_in_instead(call_id: UUID, *, actor: Viewer, at: datetime) -> Amendment:
    """Take the document of a call that was started from it by mistake as a notice; the empty call is cancelled.

    Raises:
        Refused: the call has been published, or has no document.
    """
    call = Call.objects.select_for_update().get(pk=call_id)
    source = call.sources.order_by("-uploaded_at").first()
    if source is None or call.slug is not None:
        raise Refused(Finding("call.wrong_state", Weight.REFUSE, {"state": call.get_state_display()}))
    try:
        roles = roles_towards(actor, call.association_id, at)
        call.state = call_after(CallState(call.state), "cancel", roles).value
    except NotAllowed as refused:
        raise Refused(
            Finding("call.wrong_state", Weight.REFUSE, {"state": call.get_state_display()})
        ) from refused
    call.save(update_fields=["state"])
    amendment = take_in(call.association_id, Original(source.file_id, source.file.name), actor=actor, at=at)
    log.record("cancelled", call, actor=actor, role=OFFICER, at=at, data={"amendment": str(amendment.pk)})
    followers.tell(call, "cancelled", at)
    return amendment


@transaction.atomic
def tie_to_call(amendment_id: UUID, call_id: UUID, *, actor: Viewer, at: datetime) -> Amendment:
    """Say which published call a notice is about; what was said to its changes for another call is dropped.

    Raises:
        Refused: it has been merged, or the call is not a published one of the same association.
    """
    amendment = _open(amendment_id)
    call = Call.objects.filter(pk=call_id, association_id=amendment.association_id).first()
    if call is None or call.state in UNPUBLISHED:
        raise Refused(Finding("amendment.call_not_published", Weight.REFUSE))
    if amendment.call_id != call.pk:
        amendment.call = call
        amendment.proposals = [{**change, "settled": {}} for change in amendment.proposals]
        amendment.save(update_fields=["call", "proposals"])
        log.record("tied", amendment, actor=actor, role=OFFICER, at=at, data={"call": str(call.pk)})
    return amendment


@transaction.atomic
def settle(amendment_id: UUID, verdict: Verdict, *, actor: Viewer, at: datetime) -> None:
    """Accept a proposal, set it aside, or take it over by hand; what was said before gives way.

    Raises:
        Refused: the notice has been merged, is not tied to a call, or has no such proposal (any more).
    """
    amendment = _open(amendment_id)
    proposal = shown(amendment, _draft(amendment)).proposal(verdict.key)
    if proposal is None:
        raise Refused(Finding("amendment.moved", Weight.REFUSE))
    said = _settled(proposal, verdict)
    _write(amendment, {verdict.key: (proposal.change.id, _signed(said, actor, at))})
    data = {"proposal": proposal.change.id, "verdict": verdict.verdict}
    log.record("settled", amendment, actor=actor, role=OFFICER, at=at, data=data, reason=verdict.reason)


@transaction.atomic
def open_again(amendment_id: UUID, key: str, *, actor: Viewer, at: datetime) -> None:
    """Take back what was said to a proposal; where nothing was, nothing happens.

    Raises:
        Refused: the notice has been merged.
    """
    amendment = _open(amendment_id)
    change = next((change for change in amendment.proposals if key in change["settled"]), None)
    if change is None:
        return
    del change["settled"][key]
    amendment.save(update_fields=["proposals"])
    data = {"proposal": change["id"]}
    log.record("settled_anew", amendment, actor=actor, role=OFFICER, at=at, data=data)


@transaction.atomic
def accept_plain(amendment_id: UUID, *, actor: Viewer, at: datetime) -> int:
    """Accept all proposals that need no decision; return how many.

    Raises:
        Refused: the notice has been merged, or is not tied to a call.
    """
    amendment = _open(amendment_id)
    plain = shown(amendment, _draft(amendment)).in_group(PLAIN)
    said = {p.key: (p.change.id, _signed(_settled(p, Verdict(p.key, ACCEPT)), actor, at)) for p in plain}
    _write(amendment, said)
    data = {"proposals": len(said), "verdict": ACCEPT}
    log.record("settled", amendment, actor=actor, role=OFFICER, at=at, data=data)
    return len(said)


def _open(amendment_id: UUID) -> Amendment:
    """Return the notice under lock while its changes may still be settled."""
    amendment = Amendment.objects.select_for_update().get(pk=amendment_id)
    if is_merged(amendment):
        raise Refused(Finding("amendment.applied", Weight.REFUSE))
    if amendment.state != ReadingState.READ:
        raise Refused(Finding("amendment.not_ready", Weight.REFUSE))
    return amendment


def _draft(amendment: Amendment) -> Draft:
    draft = Draft.objects.filter(call_id=amendment.call_id).first() if amendment.call_id else None
    if draft is None:
        raise Refused(Finding("amendment.not_ready", Weight.REFUSE))
    return draft


def _settled(proposal: ProposalShown, verdict: Verdict) -> Settled:
    if verdict.verdict != ACCEPT:
        return Settled(verdict.verdict, reason=verdict.reason)
    candidates = proposal.proposal.candidates
    if not 0 <= verdict.candidate < len(candidates):
        raise Refused(Finding("amendment.moved", Weight.REFUSE))
    chosen, proposed = candidates[verdict.candidate], proposal.proposal
    return Settled(
        ACCEPT,
        chosen.address,
        chosen.before,
        None if proposed.removes else verdict.after or chosen.after,
        dict(proposed.entry) if proposed.entry is not None else None,
        proposed.removes,
        proposal.candidates[verdict.candidate].name,
        verdict.reason,
    )


def _signed(said: Settled, actor: Viewer, at: datetime) -> Settled:
    return replace(said, by=str(actor.pk), at=at.isoformat())


def _write(amendment: Amendment, said: dict[str, tuple[str, Settled]]) -> None:
    changes: dict[str, Any] = {change["id"]: change for change in amendment.proposals}
    for key, (change_id, settled) in said.items():
        changes[change_id]["settled"][key] = settled_values(settled)
    amendment.save(update_fields=["proposals"])
