"""The office is told how far a decision is.

Nobody hears of ranks or sums: what is decided stays on its page until it is released.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from keqiao.web.accounts.queries import holders_of
from keqiao.web.allocation.models import Decision
from keqiao.web.allocation.permissions import OFFICER
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.ui.site_addresses import page_address


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
                "call": decision.call.title,
                "url": page_address("allocation:decision", decision.pk),
            },
            about=(Decision._meta.label_lower, str(decision.pk)),
            association_id=decision.association_id,
        )
        queue(letter, key=f"{template}:{decision.pk.hex}:{decision.version}:{person.pk.hex}", at=at)
