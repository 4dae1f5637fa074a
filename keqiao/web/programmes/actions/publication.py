"""Publish a call: the draft becomes a revision that never changes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.call import OFFICER, CallState, call_after
from keqiao.core.programme import Programme, effective, leaves
from keqiao.core.programme.schedule import Deadline
from keqiao.core.programme.validation import validate
from keqiao.core.workdays import last_moment
from keqiao.web.audit import log
from keqiao.web.programmes.actions.corrections import locked_draft, name_after, require_version
from keqiao.web.programmes.definitions import digest_of, programme_of
from keqiao.web.programmes.models import Call, Draft, Revision
from keqiao.web.programmes.permissions import Viewer, roles_towards
from keqiao.web.programmes.refusals import Refused


@transaction.atomic
def publish(call_id: UUID, version: int, *, actor: Viewer, at: datetime, note: str = "") -> Revision:
    """Publish the draft of a call at ``version``, for the first time or again, and return the revision.

    A warning is passed by a ``note`` that says why; what refuses never is.

    Raises:
        StaleDraft: somebody else changed the draft since that version.
        Refused: with every finding that stands against it, or because nothing changed since the last
            revision; then nothing is written.
    """
    draft = locked_draft(call_id, "publish", actor, at)
    require_version(draft, version)
    call, programme = draft.call, programme_of(draft.definition)
    if stops := [finding for finding in objections(programme) if _stops(finding, note)]:
        raise Refused(*stops)
    if call.revisions.filter(digest=digest_of(draft.definition), number=_last_number(call)).exists():
        raise Refused(Finding("call.nothing_changed", Weight.REFUSE))
    is_first = call.slug is None
    revision = _revision(draft, actor, at, note)
    if is_first:
        roles = roles_towards(actor, call.association_id, at)
        call.state = call_after(CallState(call.state), "publish", roles).value
        call.published_at, call.slug = at, _free_slug(call, programme)
    name_after(call, programme)
    call.deadline_at, call.deadline_invented = first_deadline(programme)
    call.save()
    data = {"revision": revision.number, "digest": revision.digest, "slug": call.slug}
    act = "published" if is_first else "revised"
    log.record(act, call, actor=actor, role=OFFICER, at=at, data=data, reason=note)
    return revision


def objections(programme: Programme) -> list[Finding]:
    """Return everything that stands against publishing ``programme``, or needs a reason."""
    return validate(programme, for_publication=True)


def first_deadline(programme: Programme) -> tuple[datetime | None, bool]:
    """Return the first moment after which some part of the call takes no more applications.

    The whole call's own deadline, or else the earliest of its categories'; and whether it is invented for
    the demonstration. None where no deadline is stated.
    """
    stated = [_deadline(programme, path) for path, _category in leaves(programme)] or [programme.deadline]
    days = [
        d for d in ([programme.deadline] if programme.deadline else stated) if d and not isinstance(d.on, str)
    ]
    if not days:
        return None, False
    first = min(days, key=_moment)
    return _moment(first), first.invented


def _deadline(programme: Programme, path: tuple[str, ...]) -> Deadline | None:
    stated = effective(programme, path).deadline
    return stated.fact if stated else None


def _moment(deadline: Deadline) -> datetime:
    return last_moment(deadline.on, deadline.at)


def _stops(finding: Finding, note: str) -> bool:
    return finding.weight is Weight.REFUSE or (finding.weight is Weight.WARN and not note.strip())


def _revision(draft: Draft, actor: Viewer, at: datetime, note: str) -> Revision:
    return Revision.objects.create(
        call=draft.call,
        number=_last_number(draft.call) + 1,
        definition=draft.definition,
        words=draft.words,
        digest=digest_of(draft.definition),
        note=note.strip()[:400],
        published_at=at,
        published_by_id=actor.pk,
    )


def _last_number(call: Call) -> int:
    return call.revisions.order_by("-number").values_list("number", flat=True).first() or 0


def _free_slug(call: Call, programme: Programme) -> str:
    """An address that people can read: association and year, and a number from the second call on."""
    base = slugify(f"{call.association_id and call.association.slug}-{programme.year or ''}").strip("-")
    taken = set(Call.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)
