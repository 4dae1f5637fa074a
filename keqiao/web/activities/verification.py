"""What must always hold of records: states and content are what the events say, evidence belongs to its record."""

from django.db.models import F, Q

from keqiao.core.lifecycle.activity import TABLE
from keqiao.web.activities.actions.recording import content_of
from keqiao.web.activities.models import Activity, EvidenceUse
from keqiao.web.activities.values import digest_of
from keqiao.web.audit.verification import Check, Fault, Outcome, compare_states


def check_states() -> Outcome:
    """Check that the state of each record is what its events say."""
    states = Activity.objects.values_list("pk", "state").iterator()
    return compare_states(Activity._meta.label_lower, states, TABLE.state_after)


def check_contents() -> Outcome:
    """Check that each record says what its digest, which its events name, was made of."""
    rows = Activity.objects.all()
    faults = tuple(
        Fault("activity.content_differs", str(row.pk))
        for row in rows.iterator()
        if digest_of(content_of(row)) != row.digest
    )
    return Outcome(rows.count(), faults)


def check_evidence() -> Outcome:
    """Check that evidence belongs to the association of its record, and its digest is that of its file."""
    strays = EvidenceUse.objects.exclude(
        association_id=F("activity__association_id")
    ) | EvidenceUse.objects.filter(Q(file__isnull=False) & ~Q(sha256=F("file__sha256")))
    faults = tuple(Fault("activity.evidence_differs", str(pk)) for pk in strays.values_list("pk", flat=True))
    return Outcome(EvidenceUse.objects.count(), faults)


CHECKS: list[tuple[str, Check]] = [
    ("records of activities", check_states),
    ("contents of these records", check_contents),
    ("evidence of these records", check_evidence),
]
