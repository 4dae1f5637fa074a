"""Units are told what happens to their grants; the office, what a unit does. Whoever acts is not told."""

import hashlib
from datetime import datetime
from typing import Any

from keqiao.core.money import exact_amount
from keqiao.readers.letters import letter_templates
from keqiao.web.accounts.queries import holders_of
from keqiao.web.grants.models import Grant
from keqiao.web.grants.owed import GRANT
from keqiao.web.grants.permissions import OF_A_UNIT, OFFICER
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.ui.site_addresses import page_address

TO_THE_OFFICE = frozenset({"given_up", "change_submitted", "settlement_submitted"})


def tell(event: str, grant: Grant, by: tuple[Any, datetime], *, amount_fen: int = 0, words: str = "") -> None:
    """Put a letter about ``event`` into the outbox for the people of the unit, or of the office."""
    actor, at = by
    roles, body = ((OFFICER,), grant.association_id) if event in TO_THE_OFFICE else (OF_A_UNIT, grant.unit_id)
    people = {person.pk: person for role in roles for person in holders_of(role, body, at)}
    variables = {
        "title": grant.title,
        "number": grant.number,
        "amount": exact_amount(amount_fen) if amount_fen else "—",
        "words": words.strip() or "—",
        "url": page_address("grants:grant", grant.pk),
    }
    blanks = letter_templates()[f"grants.{event}"].variables
    for person in people.values():
        if actor is not None and person.pk == actor.pk:
            continue
        letter = Letter(
            f"grants.{event}",
            recipient_id=person.pk,
            address=person.email or "",
            language=person.language,
            variables={name: said for name, said in variables.items() if name in blanks},
            about=(GRANT, str(grant.pk)),
            association_id=grant.association_id,
        )
        queue(letter, key=_key(letter, at), at=at)


def _key(letter: Letter, at: datetime) -> str:
    """The same letter to the same person about the same moment is one; keys are short."""
    said = [str(letter.recipient_id), *letter.about, at.isoformat(), *sorted(letter.variables.items())]
    return f"{letter.template}:{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"
