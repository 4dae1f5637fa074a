"""Read records: lists, one record, its evidence, the facts of a project as the core counts them."""

from keqiao.web.activities.queries.evidence import (
    Elsewhere,
    also_used,
    has_evidence,
    shown_evidence,
    standing_evidence,
)
from keqiao.web.activities.queries.facts import counted_records, records_of
from keqiao.web.activities.queries.records import (
    evidence_for,
    project_for,
    record_for,
    records_of_project,
    records_to_verify,
    records_with,
    several_for,
    words_used,
)

__all__ = [
    "Elsewhere",
    "also_used",
    "counted_records",
    "evidence_for",
    "has_evidence",
    "project_for",
    "record_for",
    "records_of",
    "records_of_project",
    "records_to_verify",
    "records_with",
    "several_for",
    "shown_evidence",
    "standing_evidence",
    "words_used",
]
