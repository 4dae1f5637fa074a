"""Who turns the next key of a decision is asked by letter; the office is told how far it is. Nobody hears of ranks or
sums: what is decided stays on its page until it is released.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from keqiao.web.accounts.queries import holders_of
from keqiao.web.allocation.models import Decision
from keqiao.web.allocation.permissions import OFFICER
from keqiao.web.approvals.queries import Approval, approvers_of, names_of
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.ui.site_addresses import page_address

APPROVAL = Approval._meta.label_lower


def tell_approvers(approval: Approval, at: datetime) -> None:
    """Ask whoever may turn the key that waits, with the link to the very act."""
    said = {
        "title": approval.title,
        "who": names_of([approval.proposed_by_id]).get(approval.proposed_by_id, "") or "—",
        "until": f"{timezone.localtime(approval.expires_at):%Y-%m-%d %H:%M}",
        "url": page_address("approvals:detail", approval.pk),
    }
    for person in approvers_of(approval, at):
        letter = Letter(
            "approval.waiting",
            recipient_id=person.pk,
            address=person.email or "",
            language=person.language,
            variables=said,
            about=(APPROVAL, str(approval.pk)),
            association_id=approval.association_id,
            until=approval.expires_at,
        )
        queue(letter, key=f"approval:{approval.pk}:{person.pk}", at=at)


def tell_office(event: str, decision: Decision, at: datetime, *, but: Iterable[Any] = ()) -> None:
    """Tell the officers of the association what became of a decision, but for those who did it themselves."""
    template, themselves = f"allocation.{event}", set(but)
    for person in holders_of(OFFICER, decision.association_id, at):
        if person.pk in themselves:
            continue
        letter = Letter(
            template,
            recipient_id=person.pk,
            address=person.email or "",
            language=person.language,
            variables={
                "call": " ".join(decision.call.title.split()),
                "url": page_address("allocation:decision", decision.pk),
            },
            about=(Decision._meta.label_lower, str(decision.pk)),
            association_id=decision.association_id,
        )
        queue(letter, key=f"{template}:{decision.pk.hex}:{decision.version}:{person.pk.hex}", at=at)
