"""What limits and debarments say at the last moment, asked by hand in as few statements as can be.

The act of submitting asks while it holds the guards of the parties: what it reads is true until it ends.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from keqiao.core.rules import facts
from keqiao.web.rows import json_read, select, uuid_read, written

IN_HAND = (
    "SELECT project, party_id, call, path, year, stage, lead_id, person_id, mark FROM registers_holding "
    "WHERE association_id = %s AND taken_back_at IS NULL AND since <= %s AND (ended_on IS NULL OR ended_on > %s) "
    "AND (party_id IN ({units}){person})"
)
DEBARRED = (
    "SELECT id, state FROM registers_debarment WHERE party_id IN ({parties}) "
    "AND valid_from <= %s AND (valid_until IS NULL OR valid_until >= %s)"
)


LAST_LOOK = (
    "SELECT state, id, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM registers_debarment WHERE party_id IN ({parties}) "  # noqa: S608
    "AND valid_from <= %s AND (valid_until IS NULL OR valid_until >= %s) UNION ALL " + IN_HAND
)


@dataclass(frozen=True, slots=True)
class LastLook:
    """What stood in the registers at the last moment: debarments as id and state, and what is in hand."""

    debarments: frozenset[str]
    holdings: tuple[facts.Holding, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """Whose projects limits count before an association: of units, and of the person who leads (None: nobody)."""

    association_id: UUID
    units: Sequence[UUID]
    person_id: UUID | None

    @property
    def places(self) -> dict[str, str]:
        """The places of ids in the words of the statements."""
        return {"units": _places(self.units), "person": " OR person_id = %s" if self.person_id else ""}

    def asked(self, on: date) -> Iterator[Any]:
        """The parameters of ``IN_HAND``."""
        yield from (self.association_id, on, on, *self.units)
        yield from (self.person_id,) if self.person_id else ()


def last_look(counted: Counted, parties: Sequence[UUID], *, on: date) -> LastLook:
    """Return what :func:`debarments_against` and :func:`in_hand` say, in one query."""
    statement = LAST_LOOK.format(parties=_places(parties), **counted.places)
    rows = select(statement, written(*parties, on, on, *counted.asked(on)))
    debarments = frozenset(f"{uuid_read(row[1])}:{row[0]}" for row in rows if row[CALL] is None)
    return LastLook(debarments, tuple(_holding(row) for row in rows if row[CALL] is not None))


CALL = 2
"""The column that every project in hand has, and no debarment."""


def in_hand(counted: Counted, *, on: date) -> tuple[facts.Holding, ...]:
    """Return what units and a person have in hand before an association on a day, as limits count it. One query.

    Units and people stand in it by the 32 digits of their ids (``UUID.hex``).
    """
    statement = IN_HAND.format(**counted.places)
    return tuple(_holding(row) for row in select(statement, written(*counted.asked(on))))


def debarments_against(parties: Collection[UUID], *, on: date) -> frozenset[str]:
    """Return the debarments that run against any of these parties on a day, each as id and state. One query.

    Whether they bar anything is for the rules to say: this only tells whether there is one that they have not seen.
    """
    rows = select(DEBARRED.format(parties=_places(parties)), written(*parties, on, on))
    return frozenset(f"{uuid_read(pk)}:{state}" for pk, state in rows)


def _places(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _holding(row: Sequence[Any]) -> facts.Holding:
    project, unit, call, path, year, stage, lead, person, mark = row
    return facts.Holding(
        project=project,
        unit=_digits(unit),
        call=call,
        path=_path(path),
        year=year,
        stage=facts.Stage(stage),
        lead=_digits(lead),
        person=_digits(person),
        mark=mark,
    )


def _digits(value: Any) -> str:
    """An id as SQLite keeps it, or PostgreSQL; empty where there is none."""
    return value.hex if isinstance(value, UUID) else value or ""


@lru_cache(maxsize=1000)
def _path(text: str) -> tuple[str, ...]:
    return tuple(json_read(text))
