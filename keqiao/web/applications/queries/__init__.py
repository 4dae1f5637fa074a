"""Read applications, their versions and findings, receipts and returns, and how calls take them in."""

from keqiao.web.applications.queries.applications import (
    drafts_counted,
    office_application,
    office_applications,
    own_application,
    own_applications,
    units_to_apply_for,
)
from keqiao.web.applications.queries.contents import (
    answers_of,
    findings_of,
    new_key,
    specification_of,
    submitted_answers,
    version_of,
    versions_of,
)
from keqiao.web.applications.queries.filling import (
    drafts_for,
    earlier_application,
    people_of,
    regions_offered,
)
from keqiao.web.applications.queries.intake import calls_still_open, intake_of, prepared_of
from keqiao.web.applications.queries.submissions import (
    earlier_receipt,
    editable_fields,
    last_submission,
    open_return,
    receipts_of,
    submission_of,
)

__all__ = [
    "answers_of",
    "calls_still_open",
    "drafts_counted",
    "drafts_for",
    "earlier_application",
    "earlier_receipt",
    "editable_fields",
    "findings_of",
    "intake_of",
    "last_submission",
    "new_key",
    "office_application",
    "office_applications",
    "open_return",
    "own_application",
    "own_applications",
    "people_of",
    "prepared_of",
    "receipts_of",
    "regions_offered",
    "specification_of",
    "submission_of",
    "submitted_answers",
    "units_to_apply_for",
    "version_of",
    "versions_of",
]
