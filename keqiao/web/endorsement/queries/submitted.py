"""What was submitted of many applications at once, and what the checks found in it: for lists, in one query each."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from keqiao.core.findings import Finding
from keqiao.web.applications.queries import findings_kept, last_submissions, submissions_of_content
from keqiao.web.endorsement.models import Passage
from keqiao.web.scope import crossing

WHY = "whoever endorses an application reads it as it was submitted, and what was found in it"


def passage_of(application_id: UUID) -> Passage | None:
    """Return the passage of an application, or nothing. Who may see it was asked before."""
    with crossing(WHY):
        return Passage.objects.filter(application_id=application_id).first()


def submissions_of(application_ids: Collection[UUID]) -> dict[UUID, Any]:
    """Return the last submission of each application. Who may see them was asked before."""
    with crossing(WHY):
        return last_submissions(application_ids)


def submissions_with(digests: Collection[str]) -> dict[str, Any]:
    """Return the submissions with these digests, by digest: what stood on a list when it was made."""
    with crossing(WHY):
        return submissions_of_content(digests)


def findings_of_many(passages: Collection[Passage]) -> Mapping[UUID, tuple[Finding, ...]]:
    """Return what the checks found in the content that lies before the endorser, by the id of the passage.

    What the unit has written since, while it corrects, is nobody else's: then nothing is known.
    """
    with crossing(WHY):
        kept = findings_kept(row.application_id for row in passages)
    before = ((row, kept.get(row.application_id, ("", ()))) for row in passages)
    return {row.pk: found for row, (digest, found) in before if digest == row.digest}
