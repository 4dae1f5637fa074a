"""What shows a record, and where else the same files are used."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from keqiao.web.activities.models import Activity, EvidenceUse

LINK = "link"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A record that the same file is evidence of as well; ``other_project``: of another project."""

    record: Activity
    other_project: bool


def standing_evidence() -> QuerySet[EvidenceUse]:
    """Return the evidence of all records that has not been taken away."""
    return EvidenceUse.objects.filter(taken_away_at__isnull=True)


def shown_evidence(row: Activity) -> list[EvidenceUse]:
    """Return the evidence of a record that has not been taken away, oldest first."""
    return list(standing_evidence().filter(activity=row).select_related("file"))


def has_evidence(row: Activity) -> bool:
    """Is there evidence of a record: a file, a link beside it, or the link that it is about?"""
    return bool(row.values.get(LINK)) or standing_evidence().filter(activity=row).exists()


def also_used(
    row: Activity, evidence: Sequence[EvidenceUse], *, of_any_unit: bool
) -> dict[str, list[Elsewhere]]:
    """Return, by digest, the other records that the same files are evidence of.

    ``of_any_unit``: of all units of the association, for its office; else of the same unit only. Who may see this
    record was asked before.
    """
    digests = {use.sha256 for use in evidence if use.sha256}
    if not digests:
        return {}
    rows = standing_evidence().filter(sha256__in=digests, association_id=row.association_id)
    if not of_any_unit:
        rows = rows.filter(activity__owner_id=row.owner_id)
    found: dict[str, list[Elsewhere]] = defaultdict(list)
    for use in rows.exclude(activity=row).select_related("activity").order_by("added_at", "pk"):
        found[use.sha256].append(Elsewhere(use.activity, use.activity.project != row.project))
    return dict(found)
