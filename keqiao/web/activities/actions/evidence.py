"""Evidence of records: files that are stored once and used often, and links."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.roles import APPLICANT
from keqiao.web.activities.actions.writing import note, taken_in_hand
from keqiao.web.activities.models import Activity, EvidenceUse
from keqiao.web.activities.papers import PURPOSE
from keqiao.web.activities.permissions import Viewer
from keqiao.web.activities.refusals import refusal
from keqiao.web.activities.tasks import measure
from keqiao.web.audit.log import By
from keqiao.web.files.queries import received_file


@transaction.atomic
def attach(
    record_id: UUID, files: Iterable[UUID], links: Iterable[str], *, actor: Viewer, at: datetime
) -> None:
    """Add evidence to a record that can still be changed; what it has already is not added twice.

    Raises:
        Activity.DoesNotExist: it is not the actor's business.
        Refused: it cannot be changed where it stands, or a file was not sent by the actor.
    """
    row, _project = taken_in_hand(record_id, "edit", APPLICANT, actor, at)
    added(row, files, links, By(actor, APPLICANT, at))


@transaction.atomic
def take_away(use_id: UUID, *, actor: Viewer, at: datetime) -> Activity:
    """Take a piece of evidence away from a record that can still be changed. Again: does nothing.

    Raises:
        EvidenceUse.DoesNotExist, Activity.DoesNotExist: it is not the actor's business.
        Refused: the record cannot be changed where it stands.
    """
    use = EvidenceUse.objects.select_for_update(of=("self",)).get(pk=use_id)
    row, _project = taken_in_hand(use.activity_id, "edit", APPLICANT, actor, at)
    if use.taken_away_at is None:
        use.taken_away_at = at
        use.save(update_fields=["taken_away_at"])
        note(row, "evidence_taken_away", By(actor, APPLICANT, at), use=str(use.pk))
    return row


def added(row: Activity, files: Iterable[UUID], links: Iterable[str], by: By) -> None:
    """Add evidence to a record under lock. Raises Refused: a file was not sent by who acts."""
    standing = row.evidence.filter(taken_away_at__isnull=True)
    known = {value for pair in standing.values_list("sha256", "link") for value in pair}
    made = [*_of_files(row, files, by), *_of_links(row, links, by)]
    for use in made:
        if (named := use.sha256 or use.link) in known:
            continue
        known.add(named)
        use.save(force_insert=True)
        note(row, "evidence_added", by, use=str(use.pk), sha256=use.sha256)
        if use.file_id:
            _measure_later(str(use.pk))


def _measure_later(use_id: str) -> None:
    transaction.on_commit(lambda: measure.enqueue(use_id))


def _of_files(row: Activity, files: Iterable[UUID], by: By) -> Iterable[EvidenceUse]:
    for pk in dict.fromkeys(files):
        file = received_file(by.actor, pk, PURPOSE, hold=True)
        if file is None or file.association_id != row.association_id:
            raise refusal("file_not_found")
        first = _used_before(row, file.sha256) or file
        yield EvidenceUse(file=first, sha256=file.sha256, **_of(row, by))


def _used_before(row: Activity, sha256: str) -> Any | None:
    """The file with these bytes that the unit has used already; never another unit's, whose name of it is its own."""
    uses = EvidenceUse.objects.filter(sha256=sha256, activity__owner_id=row.owner_id)
    use = uses.filter(association_id=row.association_id).select_related("file").order_by("added_at").first()
    return use.file if use is not None else None


def _of_links(row: Activity, links: Iterable[str], by: By) -> Iterable[EvidenceUse]:
    return (EvidenceUse(link=link, **_of(row, by)) for link in dict.fromkeys(links))


def _of(row: Activity, by: By) -> dict[str, Any]:
    actor: Any = by.actor
    return {
        "association_id": row.association_id,
        "activity": row,
        "added_by_id": actor.pk,
        "added_at": by.at,
    }
