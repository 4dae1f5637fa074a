"""Publish a call: the draft becomes a revision that never changes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.call import OFFICER, CallState, call_after
from keqiao.core.programme import Programme
from keqiao.core.programme.milestones import milestones
from keqiao.core.programme.validation import validate
from keqiao.core.workdays import last_moment
from keqiao.readers.fact_kinds import fact_words
from keqiao.web.audit import log
from keqiao.web.programmes import followers
from keqiao.web.programmes.actions.drafting import locked_draft, name_after, require_version
from keqiao.web.programmes.actions.merging_notices import take_up
from keqiao.web.programmes.actions.offering import offer_to_the_public
from keqiao.web.programmes.definitions import digest_of, programme_of
from keqiao.web.programmes.models import Call, Draft, Revision
from keqiao.web.programmes.permissions import Viewer, roles_towards
from keqiao.web.programmes.refusals import Refused


@dataclass(frozen=True, slots=True)
class Signed:
    """Who publishes, when, with which public ``note``, and the second person who agreed, if there is one."""

    actor: Viewer
    at: datetime
    note: str = ""
    approved_by: Viewer | None = None


@transaction.atomic
def publish(call_id: UUID, version: int, *, actor: Viewer, at: datetime, note: str = "") -> Revision:
    """Publish the draft of a call at ``version``, for the first time or again, and return the revision.

    A warning is passed by a ``note`` that says why; what refuses never is.

    Raises:
        StaleDraft: somebody else changed the draft since that version.
        Refused: with every finding that stands against it; or because nothing changed since the last
            revision, or because the association wants a second person to agree (``second_person`` asks
            for that); then nothing is written.
    """
    draft = locked_draft(call_id, "publish", actor, at)
    if draft.call.association.second_person_publishes:
        raise Refused(Finding("call.second_person_needed", Weight.REFUSE))
    return _publish(draft, version, Signed(actor, at, note))


@transaction.atomic
def publish_approved(call_id: UUID, version: int, signed: Signed) -> Revision:
    """Publish for ``signed.actor``, who proposed it, what ``signed.approved_by`` has agreed to.

    Raises:
        StaleDraft, Refused: as :func:`publish` says; also where nobody else than the actor agreed, or
            somebody without a role in the association.
    """
    draft = locked_draft(call_id, "publish", signed.actor, signed.at)
    second = signed.approved_by
    if (
        second is None
        or second.pk == signed.actor.pk
        or not roles_towards(second, draft.association_id, signed.at)
    ):
        raise Refused(Finding("call.second_person_needed", Weight.REFUSE))
    return _publish(draft, version, signed)


def require_publishable(draft: Draft, version: int, note: str) -> Programme:
    """Return what ``draft`` says if nothing stands against publishing it at ``version``; writes nothing.

    Raises:
        StaleDraft, Refused: as :func:`publish` says.
    """
    require_version(draft, version)
    programme = programme_of(draft.definition)
    if stops := [finding for finding in objections(programme) if _stops(finding, note)]:
        raise Refused(*stops)
    last = _last_number(draft.call)
    if draft.call.revisions.filter(digest=digest_of(draft.definition), number=last).exists():
        raise Refused(Finding("call.nothing_changed", Weight.REFUSE))
    return programme


def _publish(draft: Draft, version: int, signed: Signed) -> Revision:
    programme = require_publishable(draft, version, signed.note)
    call = draft.call
    event = _move_on(call, programme, signed)
    revision = _revision(draft, signed)
    if call.slug is None:
        call.published_at, call.slug = signed.at, _free_slug(call, programme)
    name_after(call, programme)
    call.deadline_at, call.deadline_invented = first_deadline(programme)
    call.save()
    take_up(revision)
    offer_to_the_public(call)
    _record(revision, event, signed)
    followers.tell(call, event, signed.at)
    return revision


def _move_on(call: Call, programme: Programme, signed: Signed) -> str:
    """Move the call to the state that publishing leads to, and return the event.

    A closed call is opened again by a deadline that lies ahead; a correction that leaves the deadlines alone
    leaves it closed.

    Raises:
        Refused: it is closed, and its deadlines are moved to where none of them lies ahead.
    """
    if call.slug is None:
        act, event = "publish", "published"
    elif call.state != CallState.CLOSED:
        return "revised"
    elif any(moment >= signed.at for moment, _invented in _closing(programme)):
        act, event = "extend", "extended"
    elif _closing(programme) == _closing(_in_force(call)):
        return "revised"
    else:
        raise Refused(Finding("amendment.extends_nothing", Weight.REFUSE))
    roles = roles_towards(signed.actor, call.association_id, signed.at)
    call.state = call_after(CallState(call.state), act, roles).value
    return event


def _record(revision: Revision, act: str, signed: Signed) -> None:
    data = {"revision": revision.number, "digest": revision.digest, "slug": revision.call.slug}
    if signed.approved_by is not None:
        data["approved_by"] = str(signed.approved_by.pk)
    log.record(
        act, revision.call, actor=signed.actor, role=OFFICER, at=signed.at, data=data, reason=signed.note
    )


def objections(programme: Programme) -> list[Finding]:
    """Return everything that stands against publishing ``programme``, or needs a reason."""
    return validate(programme, for_publication=True, words=fact_words())


def first_deadline(programme: Programme) -> tuple[datetime | None, bool]:
    """Return the first moment after which some part of the call takes no more applications; and whether it
    is invented for the demonstration. None where no deadline is stated.
    """
    return next(iter(_closing(programme)), (None, False))


def _closing(programme: Programme) -> list[tuple[datetime, bool]]:
    """The last moments at which parts of the call take applications, the first first; whether each is invented."""
    deadlines = [each for each in milestones(programme) if each.kind == "deadline"]
    return sorted((last_moment(each.on, each.at), each.invented) for each in deadlines)


def _stops(finding: Finding, note: str) -> bool:
    return finding.weight is Weight.REFUSE or (finding.weight is Weight.WARN and not note.strip())


def _in_force(call: Call) -> Programme:
    return programme_of(call.revisions.order_by("-number").values_list("definition", flat=True)[0])


def _revision(draft: Draft, signed: Signed) -> Revision:
    return Revision.objects.create(
        call=draft.call,
        number=_last_number(draft.call) + 1,
        definition=draft.definition,
        words=draft.words,
        digest=digest_of(draft.definition),
        note=signed.note.strip()[:400],
        published_at=signed.at,
        published_by_id=signed.actor.pk,
    )


def _last_number(call: Call) -> int:
    return call.revisions.order_by("-number").values_list("number", flat=True).first() or 0


def _free_slug(call: Call, programme: Programme) -> str:
    """An address that people can read: association and year, and a number from the second call on."""
    base = slugify(f"{call.association_id and call.association.slug}-{programme.year or ''}").strip("-")
    taken = set(Call.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)
