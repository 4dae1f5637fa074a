"""Ask whoever may approve what waits for a second person, whichever room it is of."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from keqiao.web.approvals.queries import approvers_of, names_of
from keqiao.web.notifications.actions.queueing import queue
from keqiao.web.notifications.letters import Letter
from keqiao.web.ui.site_addresses import page_address


def ask_approvers(approval: Any, at: datetime) -> None:
    """Put a letter to each of them into the outbox, with the link to the very act; asking again sends none again."""
    proposer = approval.proposed_by_id
    said = {
        "title": approval.title,
        "who": names_of([proposer]).get(proposer) or "—",
        "until": f"{timezone.localtime(approval.expires_at):%Y-%m-%d %H:%M}",
        "url": page_address("approvals:detail", approval.pk),
    }
    for person in approvers_of(approval, at):
        letter = Letter(
            "approval.waiting",
            recipient_id=person.pk,
            address=person.email or "",  # type: ignore[attr-defined]
            language=person.language,  # type: ignore[attr-defined]
            variables=said,
            about=(approval._meta.label_lower, str(approval.pk)),
            association_id=approval.association_id,
            until=approval.expires_at,
        )
        queue(letter, key=f"approval:{approval.pk}:{person.pk}", at=at)
