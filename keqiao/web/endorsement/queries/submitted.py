"""What was submitted of many applications at once, and what the checks found in it: for lists, in one query each."""

from collections.abc import Collection, Mapping
from uuid import UUID

from keqiao.core.findings import Finding
from keqiao.web.applications.kept_findings import from_values
from keqiao.web.applications.models import Prepared, Submission
from keqiao.web.endorsement.models import Passage
from keqiao.web.scope import crossing

WHY = "whoever endorses an application reads it as it was submitted, and what was found in it"


def passage_of(application_id: UUID) -> Passage | None:
    """Return the passage of an application, or nothing. Who may see it was asked before."""
    with crossing(WHY):
        return Passage.objects.filter(application_id=application_id).first()


def submissions_of(application_ids: Collection[UUID]) -> dict[UUID, Submission]:
    """Return the last submission of each application. Who may see them was asked before."""
    with crossing(WHY):
        rows = Submission.objects.filter(application_id__in=application_ids).order_by("ordinal")
        return {row.application_id: row for row in rows}


def submissions_with(digests: Collection[str]) -> dict[str, Submission]:
    """Return the submissions with these digests, by digest: what stood on a list when it was made."""
    with crossing(WHY):
        return {row.digest: row for row in Submission.objects.filter(digest__in=digests)}


def findings_of_many(passages: Collection[Passage]) -> Mapping[UUID, tuple[Finding, ...]]:
    """Return what the checks found in the content that lies before the endorser, by the id of the passage.

    What the unit has written since, while it corrects, is nobody else's: then nothing is known.
    """
    digests = {row.application_id: (row.pk, row.digest) for row in passages}
    with crossing(WHY):
        rows = Prepared.objects.filter(application_id__in=digests)
        kept = list(rows.values_list("application_id", "digest", "findings"))
    return {digests[pk][0]: from_values(found) for pk, digest, found in kept if digest == digests[pk][1]}
