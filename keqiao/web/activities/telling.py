"""A unit is told what the office said of its record: returned, not counted, looked at again."""

from datetime import datetime
from typing import Any

from keqiao.web.activities.models import Activity
from keqiao.web.activities.projects import Project
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.ui.site_addresses import page_address

TEMPLATES = {
    "returned": "activities.returned",
    "disallowed": "activities.disallowed",
    "looked_at_again": "activities.looked_at_again",
}


def tell(row: Activity, project: Project, event: str, at: datetime) -> None:
    """Put a letter into the outbox for whoever reported the record."""
    account: Any = row.reported_by or row.entered_by
    variables = {
        "title": row.title,
        "number": str(row.number),
        "project": project.title,
        "reason": row.words,
        "url": page_address("activities:record", row.pk),
    }
    letter = Letter(
        TEMPLATES[event],
        recipient_id=account.pk,
        address=account.email or "",
        language=account.language,
        variables=variables,
        about=(Activity._meta.label_lower, str(row.pk)),
        association_id=row.association_id,
    )
    queue(letter, key=f"{TEMPLATES[event]}:{row.pk.hex}:{at.isoformat()}", at=at)
