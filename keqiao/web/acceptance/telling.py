"""Units are told what becomes of their acceptances; whom a credit entry is about, of that entry and nothing else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from keqiao.readers.letters import letter_templates
from keqiao.web.acceptance.models import Acceptance, CreditEntry
from keqiao.web.acceptance.owed import ACCEPTANCE, CREDIT, day_of
from keqiao.web.acceptance.permissions import OF_A_UNIT
from keqiao.web.accounts.queries import account_of_person, holders_of
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.ui.site_addresses import page_address


def tell(acceptance: Acceptance, event: str, at: datetime) -> None:
    """Put a letter about ``event`` into the outbox for the people of the unit."""
    grant: Any = acceptance.grant
    day = day_of(acceptance)
    variables = {
        "title": grant.title,
        "number": grant.number,
        "day": day.isoformat() if day else "—",
        "words": acceptance.words.strip() or "—",
        "url": page_address("acceptance:acceptance", acceptance.pk),
    }
    about = (ACCEPTANCE, str(acceptance.pk))
    _send(f"acceptance.{event}", _people_of(grant.unit_id, at), (variables, about), acceptance, at)


def tell_subject(entry: CreditEntry, event: str, at: datetime) -> None:
    """Put a letter about a credit entry into the outbox for whom it is about."""
    grant: Any = entry.acceptance.grant
    variables = {
        "title": grant.title,
        "number": grant.number,
        "summary": entry.summary,
        "clause": entry.clause or "—",
        "day": entry.answer_by.isoformat(),
        "until": entry.until.isoformat() if entry.until else "—",
        "words": entry.words.strip() or "—",
        "url": page_address("acceptance:entry", entry.pk),
    }
    person = account_of_person(entry.party_id)
    people = [*_people_of(entry.party_id, at), *([person] if person else [])]
    _send(f"acceptance.credit_{event}", people, (variables, (CREDIT, str(entry.pk))), entry, at)


def _people_of(unit_id: Any, at: datetime) -> list[Any]:
    found = {person.pk: person for role in OF_A_UNIT for person in holders_of(role, unit_id, at)}
    return list(found.values())


def _send(
    template: str,
    people: Iterable[Any],
    said: tuple[dict[str, str], tuple[str, str]],
    row: Any,
    at: datetime,
) -> None:
    variables, about = said
    asked = letter_templates()[template].variables
    for person in people:
        letter = Letter(
            template,
            recipient_id=person.pk,
            address=person.email or "",
            language=person.language,
            variables={name: variables[name] for name in asked},
            about=about,
            association_id=row.association_id,
        )
        queue(letter, key=f"{template}:{row.pk.hex}:{person.pk.hex}:{int(at.timestamp())}", at=at)
