"""What all acts of the room share: rows are checked before they are saved, and each party has one chain of events."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from keqiao.core.identifiers import Malformed, clean_name, fold
from keqiao.web.audit import log
from keqiao.web.parties.models import NameKind, Party, PartyName
from keqiao.web.parties.sentences import refusal


def chain_of(party: Party) -> log.Chain:
    """Return the chain of a party: one, whether it is read as an organisation, a person or a party."""
    return log.Chain("parties.party", str(party.pk))


def save_new(row: Model) -> None:
    """Check a new row as a whole and save it.

    Raises:
        ValidationError: with every fault at its column.
    """
    row.full_clean()
    row.save(force_insert=True)


def add_name(party: Party, kind: NameKind, text: str, since: date) -> None:
    """Write down a name that ``party`` bears from ``since`` on, and the form in which it is compared."""
    PartyName.objects.create(party=party, kind=kind.value, text=text, folded=fold(text), valid_from=since)


def locked_party(pk: UUID) -> Party:
    """Return the party, locked until the transaction ends.

    Raises:
        ValidationError: it was merged into another.
    """
    party = Party.objects.select_for_update().get(pk=pk)
    refuse_merged(party)
    return party


def refuse_merged(party: Party) -> None:
    """Let nothing new be written to a party that was merged into another."""
    if party.merged_into_id is not None:
        raise ValidationError(_("该记录已并入其他记录，请在保留的记录上办理。"), code="party.merged")


def cleaned(name: str) -> str:
    """Return a name as it is kept, without what cannot be seen.

    Raises:
        ValidationError: it has no letters.
    """
    try:
        return clean_name(name)
    except Malformed as wrong:
        raise refusal(wrong.finding) from wrong
