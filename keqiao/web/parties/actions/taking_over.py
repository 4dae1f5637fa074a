"""What the party kept takes over from the one that is gone, column by column, and gives back when that is undone.

What facts, ties and registers say is turned as rows; here are the columns that no dated row repeats.
"""

from collections.abc import Mapping
from typing import Any

from keqiao.web.parties.models import Organisation, Person

TAKES_OVER: Mapping[type, tuple[str, ...]] = {
    Organisation: ("credit_code", "registered_on", "address", "postcode", "bank_name", "bank_account"),
    Person: ("birth_date", "phone", "identity_number"),
}
EMPTY = {"credit_code": None, "registered_on": None, "birth_date": None}
"""What a column says when it says nothing; the others are texts."""
UNIQUE = frozenset({"credit_code", "identity_number"})
"""Columns in which no two parties may say the same: they are emptied on one side first."""


def take_over(kept: Any, gone: Any) -> list[str]:
    """Let ``kept`` have what it lacks and ``gone`` knows; return the columns. Both are saved."""
    taken = [name for name in TAKES_OVER[type(kept)] if getattr(gone, name) and not getattr(kept, name)]
    values = {name: getattr(gone, name) for name in taken}
    _set(gone, {name: EMPTY.get(name, "") for name in taken if name in UNIQUE})
    _set(kept, values)
    return taken


def give_back(kept: Any, gone: Any, taken: list[str]) -> None:
    """Undo ``take_over``: ``gone`` still knows all but what only one may have."""
    alone = {name: getattr(kept, name) for name in taken if name in UNIQUE}
    _set(kept, {name: EMPTY.get(name, "") for name in taken})
    _set(gone, alone)


def _set(party: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(party, name, value)
    columns = [*values, *(["identity_key"] if "identity_number" in values else [])]
    if columns:
        party.save(update_fields=columns)
