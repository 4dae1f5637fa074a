"""Write down ties between parties, and end them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from keqiao.web.audit import log
from keqiao.web.parties.actions.writing import chain_of, save_new
from keqiao.web.parties.models import Organisation, Party, Tie, TieKind


@dataclass(frozen=True)
class NewTie:
    """What ``party`` is to ``organisation``, from when until when, and who says so."""

    party: Party
    organisation: Organisation
    kind: TieKind
    valid_from: date
    source: str
    post: str = ""
    valid_until: date | None = None


@transaction.atomic
def tie(wanted: NewTie, *, actor: log.Actor | None, role: str, at: datetime) -> Tie:
    """Write down a dated role of one party towards an organisation.

    Raises:
        ValidationError: it joins a party to itself, ends before it begins, or stands there already.
    """
    made = Tie(
        party_id=wanted.party.pk,
        organisation_id=wanted.organisation.pk,
        kind=wanted.kind.value,
        post=wanted.post,
        source=wanted.source,
        valid_from=wanted.valid_from,
        valid_until=wanted.valid_until,
    )
    save_new(made)
    data = {"tie": str(made.pk), "kind": made.kind, "organisation": str(made.organisation_id)}
    log.record("tied", chain_of(wanted.party), actor=actor, role=role, at=at, data=data)
    return made


@transaction.atomic
def end_tie(made: Tie, last_day: date, *, actor: log.Actor | None, role: str, at: datetime) -> None:
    """End a tie with ``last_day``, the last day on which it holds."""
    made.valid_until = last_day
    made.full_clean()
    made.save(update_fields=["valid_until"])
    data = {"tie": str(made.pk), "until": last_day.isoformat()}
    log.record("tie_ended", chain_of(made.party), actor=actor, role=role, at=at, data=data)
