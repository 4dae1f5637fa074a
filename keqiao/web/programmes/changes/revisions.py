"""The published revisions of a call: what each changed, who published it, and who agreed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.shortcuts import get_object_or_404

from keqiao.core.programme import Path, Programme, effective
from keqiao.web.approvals.queries import names_of
from keqiao.web.audit.queries import timeline
from keqiao.web.calendars.queries import calendar_for
from keqiao.web.programmes.changes.grouped import changes_of
from keqiao.web.programmes.changes.lines import Changes
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.models import Call, Draft, Revision
from keqiao.web.programmes.queries import revision_in_force, revisions_of
from keqiao.web.programmes.versions import step_of

PUBLISHING = ("published", "revised", "extended")


@dataclass(frozen=True, slots=True)
class RevisionShown:
    """A revision with the names of whoever published it and of the second person who agreed ("": nobody had to)."""

    revision: Revision
    published_by: str
    approved_by: str

    @property
    def number(self) -> int:
        """Which revision of the call it is, counted from 1."""
        return self.revision.number

    @property
    def published_at(self) -> datetime:
        """When everybody could read it."""
        return self.revision.published_at


def revisions_shown(call: Call) -> list[RevisionShown]:
    """Return the revisions of a call for the office, newest first."""
    revisions = list(revisions_of(call))
    approvers = _approvers(call)
    names = names_of([*(revision.published_by_id for revision in revisions), *approvers.values()])
    return [
        RevisionShown(
            revision,
            names.get(revision.published_by_id, ""),
            names.get(approvers.get(revision.number), ""),
        )
        for revision in revisions
    ]


def revision_numbered(call: Call, number: int) -> Revision:
    """Return one revision of a call with its contents, or 404."""
    return get_object_or_404(Revision.objects.filter(call=call), number=number)


def changes_of_revision(revision: Revision) -> Changes:
    """Return what a revision changed in the one before it; nothing for the first."""
    if revision.number == 1:
        return Changes()
    before = Revision.objects.get(call_id=revision.call_id, number=revision.number - 1)
    return _changes(revision.call, programme_of(before.definition), programme_of(revision.definition))


def latest_changes(call: Call) -> Changes:
    """Return what the revision in force changed in the one before it; nothing while there is only one."""
    revision = revision_in_force(call)
    return changes_of_revision(revision) if revision else Changes()


def changes_between(call: Call, from_revision: int, to_revision: int, path: Path | None = None) -> Changes:
    """Return what changed from one published revision to another; with ``path``, only what concerns that category.

    For people who filled in something on the older one. What stands above the category and in its track
    concerns it too.

    Raises:
        Revision.DoesNotExist: the call has no revision of that number.
        KeyError: the newer one has no category at ``path`` any more.
    """
    old, new = (
        programme_of(call.revisions.get(number=number).definition) for number in (from_revision, to_revision)
    )
    changes = _changes(call, old, new)
    if path is None:
        return changes
    track = effective(new, path).track
    return changes.within(path, track.id if track else "")


def changes_of_draft(draft: Draft) -> Changes:
    """Return what publishing a draft would change in the revision in force; nothing before the first."""
    revision = revision_in_force(draft.call)
    if revision is None:
        return Changes()
    return _changes(draft.call, programme_of(revision.definition), programme_of(draft.definition))


def changes_since(draft: Draft, version: int) -> Changes:
    """Return what was changed in a draft since a version of it was saved; nothing where that was not kept."""
    step = step_of(draft.pk, version)
    if step is None:
        return Changes()
    return _changes(draft.call, programme_of(step.definition), programme_of(draft.definition))


def _changes(call: Call, old: Programme, new: Programme) -> Changes:
    return changes_of(old, new, calendar_for(call.association_id))


def _approvers(call: Call) -> dict[int, UUID]:
    """The second person of each revision that had one, by its number."""
    events = timeline(call).filter(act__in=PUBLISHING)
    said = ((event.data.get("revision"), event.data.get("approved_by")) for event in events)
    return {number: UUID(approver) for number, approver in said if number and approver}
