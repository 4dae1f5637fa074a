"""Applicants are told what the formal check came to: which clause, which reason."""

from datetime import datetime
from typing import Any

from keqiao.core.rules.formal_check import Said
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.review.models import FormalCheck
from keqiao.web.review.points import APPLICATION
from keqiao.web.ui.site_addresses import page_address

TEMPLATES = {
    "passed": "review.formal_passed",
    "refused": "review.formal_refused",
    "reopened": "review.formal_reopened",
}


def tell_result(check: FormalCheck, event: str, at: datetime) -> None:
    """Put a letter into the outbox for whoever submitted the application."""
    application: Any = check.application
    account = application.created_by
    if account is None:
        return
    variables = {
        "title": application.title.strip() or application.number,
        "number": application.number,
        "url": page_address("applications:detail", application.pk),
    }
    if event == "refused":
        variables |= {"reason": check.words, "clauses": "、".join(_clauses(check)) or "—"}
    letter = Letter(
        TEMPLATES[event],
        recipient_id=account.pk,
        address=account.email or "",
        language=account.language,
        variables=variables,
        about=(APPLICATION, str(application.pk)),
        association_id=check.association_id,
    )
    queue(letter, key=f"{TEMPLATES[event]}:{check.pk.hex}:{at.isoformat()}", at=at)


def _clauses(check: FormalCheck) -> list[str]:
    """The clauses of the points that were found wanting."""
    wanting = [row for row in check.found if row["said"] == Said.FAILS.value and row["source"]]
    return list(dict.fromkeys(row["source"]["clause"] for row in wanting))
