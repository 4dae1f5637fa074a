"""Merge the accepted changes of a notice into the draft of its call: one change, one step, one event."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import override

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.call import OFFICER
from keqiao.core.programme.amending.applying import Accepted, Gone, Notice, amended
from keqiao.core.programme.papers import Document
from keqiao.web.audit import log
from keqiao.web.programmes.actions.drafting import locked_draft, require_version, save, sound
from keqiao.web.programmes.amendments.shown import AmendmentShown, part_at, shown
from keqiao.web.programmes.amendments.state import accepted_changes, is_in, is_merged
from keqiao.web.programmes.amendments.values import StoredChange, changes_from
from keqiao.web.programmes.amendments.words import kind_of_notice
from keqiao.web.programmes.definitions import Values, programme_of, values_of
from keqiao.web.programmes.models import Amendment, Draft, ReadingState, Revision
from keqiao.web.programmes.owed import follow_notice
from keqiao.web.programmes.permissions import Viewer
from keqiao.web.programmes.references import without_references
from keqiao.web.programmes.refusals import Refused
from keqiao.web.programmes.versions import Saving

AMENDED = "amended"


@transaction.atomic
def merge_notice(amendment_id: UUID, version: int, *, actor: Viewer, at: datetime) -> Draft:
    """Put every accepted change of a notice into the draft of its call, which stands at ``version``.

    Raises:
        StaleDraft: somebody else changed the draft since that version.
        Refused: changes are not settled, none was accepted, the notice is merged already, or the call does not
            take a new revision in its state.
    """
    amendment = Amendment.objects.select_for_update(of=("self",)).select_related("file").get(pk=amendment_id)
    if amendment.state != ReadingState.READ or amendment.call_id is None:
        raise Refused(Finding("amendment.not_ready", Weight.REFUSE))
    # Asked before the call is locked: a publication locks the call first, then the notices that it takes up.
    if is_merged(amendment):
        raise Refused(Finding("amendment.applied", Weight.REFUSE))
    draft = locked_draft(amendment.call_id, "correct", actor, at)
    require_version(draft, version)
    page = shown(amendment, draft)
    _require_settled(page)
    _forget_what_is_proposed_no_more(amendment, page)
    changes = changes_from(amendment.proposals)
    accepted = accepted_changes(changes)
    draft.definition = _changed(draft.definition, accepted, _notice(amendment, draft.definition))
    draft.words = {**draft.words, **_words(changes, amendment)}
    data = {"amendment": str(amendment.pk), "changes": len(accepted)}
    save(draft, Saving(AMENDED, actor, at), what=(), data=data)
    amendment.applied_at = at
    amendment.save(update_fields=["applied_at", "proposals"])
    log.record("merged", amendment, actor=actor, role=OFFICER, at=at, data={"version": draft.version})
    return draft


def take_up(revision: Revision) -> None:
    """Note on every notice that was merged and stands in ``revision`` that this revision took it up."""
    merged = Amendment.objects.filter(
        call_id=revision.call_id, applied_at__isnull=False, revision__isnull=True
    )
    programme = programme_of(revision.definition)
    for amendment in merged:
        if is_in(amendment, programme):
            amendment.revision = revision
            amendment.save(update_fields=["revision"])
            follow_notice(amendment, revision.published_at, "published")


def _require_settled(page: AmendmentShown) -> None:
    if page.waiting:
        raise Refused(Finding("amendment.unsettled", Weight.REFUSE, {"count": page.waiting}))
    if not page.accepted:
        raise Refused(Finding("amendment.nothing_accepted", Weight.REFUSE))


def _forget_what_is_proposed_no_more(amendment: Amendment, page: AmendmentShown) -> None:
    """Drop what was said to proposals that the draft, as it has become, does not lead to any more."""
    standing = {proposal.key for proposal in page.proposals if proposal.settled is not None}
    for change in amendment.proposals:
        change["settled"] = {key: said for key, said in change["settled"].items() if key in standing}


def _changed(definition: Values, accepted: list[Accepted], notice: Notice) -> Values:
    """The definition with the changes; what named a part that goes lets go of it."""
    gone = {change.address.node for change in accepted if change.removes and not change.address.slot}
    try:
        changed = amended(programme_of(definition), accepted, notice)
    except Gone as missing:
        raise Refused(Finding("draft.part_gone", Weight.REFUSE, {"part": str(missing)})) from missing
    return values_of(sound(without_references(values_of(changed), gone)))


def _notice(amendment: Amendment, definition: Values) -> Notice:
    """The notice as a document of the definition, and the clause its statements name; texts there are Chinese."""
    taken = {document["id"] for document in definition.get("documents", ())}
    number = next(n for n in range(1, len(taken) + 2) if f"amendment-{n}" not in taken)
    document: dict[str, Any] = {"title": amendment.title or amendment.file.name, "file": amendment.file.name}
    with override("zh-hans"):
        clause = kind_of_notice(amendment)
    return Notice(Document(id=f"amendment-{number}", digest=amendment.file.sha256, **document), clause)


def _words(changes: list[StoredChange], amendment: Amendment) -> dict[str, Values]:
    """The words of the notice behind each part that it changed; they stand in another document than the call's."""
    where = f"《{amendment.title}》" if amendment.title else amendment.file.name
    said = (
        (settled.change, change)
        for change in changes
        for settled in change.settled.values()
        if settled.change
    )
    return {
        part_at(accepted.address).key: {
            "words": change.words, "where": where, "place": None, "confidence": "certain", "note": "",
        }
        for accepted, change in said
        if accepted.entry is None and not accepted.removes
    }  # fmt: skip
