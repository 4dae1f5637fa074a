"""The ledger of a grant as rows: entries are read, asked of the core whether they fit, and added; never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from keqiao.core.money import ledger as core
from keqiao.core.money.ledger import Account, Entry, NotBooked, book, booked
from keqiao.web.applications.refusals import Refused
from keqiao.web.grants.models import Grant, LedgerEntry

KINDS: Mapping[str, type[Any]] = {
    each.__name__: each
    for each in (
        core.Approve, core.Plan, core.Drop, core.Meet, core.Pay, core.Bounce, core.Claim, core.Admit, core.AskChange,
        core.DecideChange, core.Return, core.Waive, core.Close,
    )
}  # fmt: skip


def entry_of(row: LedgerEntry) -> Entry:
    """Return a row as the core knows it. Raises TypeError, KeyError: the row was tampered with."""
    entry: Entry = KINDS[row.kind](**row.values)
    return entry


def entries_of(grant: Grant) -> list[Entry]:
    """Return the entries of a grant in order."""
    return [entry_of(row) for row in grant.entries.order_by("sequence")]


def account_of(grant: Grant) -> Account:
    """Return how the money of a grant stands by its entries."""
    return booked(entries_of(grant))


def enter(grant: Grant, entries: Sequence[Entry], *, actor: Any, at: datetime) -> Account:
    """Add entries to the ledger of a grant that is held under lock, all of them or none.

    Raises:
        Refused: one does not fit, with the finding of the core.
    """
    known = entries_of(grant)
    account = booked(known)
    try:
        for each in entries:
            account = book(account, each)
    except NotBooked as refused:
        raise Refused(refused.finding) from refused
    rows = [
        LedgerEntry(
            association_id=grant.association_id,
            grant=grant,
            sequence=sequence,
            kind=type(each).__name__,
            values=_values(each),
            entered_by_id=actor.pk if actor is not None else None,
            entered_at=at,
        )
        for sequence, each in enumerate(entries, start=len(known) + 1)
    ]
    LedgerEntry.objects.bulk_create(rows)
    return account


def _values(entry: Any) -> dict[str, Any]:
    said = asdict(entry) if fields(entry) else {}
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in said.items()}
