"""Rows of the pages about personal data: the catalogue, what is kept of one person, and who looked at what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from keqiao.web.audit.log import ERASED
from keqiao.web.audit.queries import events_of_act
from keqiao.web.privacy.actions import REVEALED
from keqiao.web.privacy.catalogue import (
    BASES,
    CORRECTIONS,
    SENSITIVITIES,
    PersonalField,
    PersonalTable,
    Sensitivity,
    Viewer,
    Words,
    table_called,
    tables,
)
from keqiao.web.privacy.fields import Sealed
from keqiao.web.privacy.queries import is_locked
from keqiao.web.privacy.retention import dues, endless
from keqiao.web.scope import crossing

ROWS_SHOWN = 20  # of one table, newest ids last; the copy has all


@dataclass(frozen=True)
class Entry:
    """One column in the words of people."""

    table: PersonalTable
    field: PersonalField

    @property
    def title(self) -> Words:
        """Return what people call the column."""
        return self.table.title_of(self.field)

    @property
    def basis(self) -> Words:
        """Return the ground on which it is kept."""
        return BASES[self.field.basis]

    @property
    def sensitivity(self) -> Words:
        """Return how sensitive it is."""
        return SENSITIVITIES[self.field.sensitivity]

    @property
    def is_sensitive(self) -> bool:
        """Is it locked and shown masked?"""
        return self.field.sensitivity is Sensitivity.SENSITIVE

    @property
    def correction(self) -> Words:
        """Return how the person puts it right."""
        return CORRECTIONS[self.field.correction]


def entries() -> list[Entry]:
    """Return every declared column, sensitive ones first, then in the order of the rooms."""
    found = [Entry(table, field) for table in tables() for field in table.fields]
    return sorted(found, key=lambda entry: not entry.is_sensitive)


@dataclass(frozen=True)
class DueLine:
    """What falls due together: its columns, whose, how long it is kept, and how many rows are due now."""

    entries: list[Entry]
    count: int


def due_lines(at: datetime) -> list[DueLine]:
    """Return everything that can fall due, with how much of it is due at ``at``. One query for each."""
    return [DueLine([Entry(due.table, field) for field in due.fields], due.count(at)) for due in dues()]


def endless_entries() -> list[Entry]:
    """Return the columns that never fall due by themselves: the data do not tell when their purpose ends."""
    return [Entry(table, field) for table, field in endless()]


def catalogue_values() -> list[dict[str, Any]]:
    """Return the catalogue as plain values for JSON, in the language of the page."""
    return [
        {
            "table": entry.table.label,
            "column": entry.field.name,
            "title": str(entry.title),
            "whose": str(entry.table.whose),
            "purpose": str(entry.field.purpose),
            "basis": {"code": entry.field.basis.value, "words": str(entry.basis)},
            "sensitivity": {"code": entry.field.sensitivity.value, "words": str(entry.sensitivity)},
            "retention": str(entry.field.retention),
            "correction": {"code": entry.field.correction.value, "words": str(entry.correction)},
            "kept_by_law": str(entry.field.held),
        }
        for entry in entries()
    ]


@dataclass(frozen=True)
class OwnValues:
    """What is kept of a person in one table: its columns, and per row each value as words under its title."""

    table: PersonalTable
    entries: list[Entry]
    rows: list[list[tuple[Words, str]]]
    more: int


def own_values(viewer: Viewer) -> Iterator[OwnValues]:
    """Yield, per table that can be traced to the account, what is kept there; locked values masked.

    All of it, by whichever association it is kept: the person, and whoever answers the person, asks for the whole.
    """
    for table in tables():
        if table.own is None:
            continue
        with crossing("what is kept of a person is shown to the person, whoever keeps it"):
            found = _own_values(table, table.own(viewer).order_by("-pk"))
        if found.rows:
            yield found


def _own_values(table: PersonalTable, rows: QuerySet[Any]) -> OwnValues:
    columns = [Entry(table, field) for field in table.fields]
    shown = [
        [(table.title_of(field), as_words(value)) for field, value in values_in(row, table)]
        for row in rows[:ROWS_SHOWN]
    ]
    more = rows.count() - ROWS_SHOWN if len(shown) == ROWS_SHOWN else 0
    return OwnValues(table, columns, shown, more)


def values_in(row: Any, table: PersonalTable) -> Iterator[tuple[PersonalField, Any]]:
    """Yield the declared columns of a row with their values; one that holds no words says that it was erased."""
    values = {field: getattr(row, field.name) for field in table.fields}
    for field, value in values.items():
        gone = value is None and field.term is not None and ERASED in values.values()
        yield field, ERASED if gone else value


def as_words(value: Any) -> str:
    """Return a value as a page shows it: locked ones as their mask."""
    return "" if value is None else str(value)


def as_plain(value: Any) -> Any:
    """Return a value as the person's own copy has it: locked ones opened."""
    if isinstance(value, Sealed):
        return value.plain()
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | bool | list | dict | type(None)) else str(value)


@dataclass(frozen=True)
class Look:
    """One look at a locked value: when, who, in which role, what, of which row, why."""

    at: datetime
    who: str
    role: str
    what: Words
    row: str
    reason: str


def looks() -> QuerySet[Any]:
    """Return the events of all looks at locked values, each with its reason."""
    return events_of_act(REVEALED)


def looks_of(events: Iterable[Any]) -> list[Look]:
    """Return looks in words, in the order of their events. One query, however many there are."""
    events = list(events)
    people = get_user_model().objects.in_bulk({event.actor_id for event in events if event.actor_id})
    return [
        Look(
            event.at,
            str(people.get(event.actor_id) or "—"),
            event.role,
            _title(event.data.get("field", "")),
            str(event.data.get("row", "")),
            event.reason_words,
        )
        for event in events
    ]


def locked_columns() -> dict[str, list[str]]:
    """Return the locked columns (``label.column``) by what people call them, in the language of the page."""
    found: dict[str, list[str]] = {}
    for entry in entries():
        if is_locked(entry.table, entry.field.name):
            found.setdefault(str(entry.title), []).append(f"{entry.table.label}.{entry.field.name}")
    return found


def _title(name: str) -> Words:
    label, _dot, column = name.rpartition(".")
    table = table_called(label)
    field = table.field(column) if table else None
    return table.title_of(field) if table and field else name
