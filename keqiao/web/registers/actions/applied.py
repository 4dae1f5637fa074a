"""Applications take a place in the register of what a unit has in hand, and give it back.

The limits of calls count these lines. They are written by the act of submitting, in its transaction, by whoever
applies: no officer enters them. The event of each is given back, to be recorded with that of the act.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from keqiao.web.audit.log import Chain, Happened
from keqiao.web.registers.models import Holding
from keqiao.web.registers.models.history import HoldingStage
from keqiao.web.rows import insert, uuid_read

SOURCE = "application"
"""What such a line names as its source."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The place that one application takes for each unit that joins it, the one that leads it first.

    ``project`` is the id of the application; ``call`` the id of the definition, ``path`` the ids of categories.
    ``of_record`` is the body in whose name the unit that leads applies: the project is that body's as well, so that
    whoever else applies in its name finds the place taken. ``mark`` is the project of the pilot into which it is to go.
    """

    association_id: UUID
    project: UUID
    title: str
    call: str
    path: tuple[str, ...]
    year: int
    units: tuple[UUID, ...]
    leader_id: UUID | None = None
    of_record: UUID | None = None
    mark: str = ""

    @property
    def leads(self) -> dict[UUID, UUID]:
        """Who has a place, each with who leads the project as its place counts."""
        own = {self.of_record: self.of_record} if self.of_record else {}
        return dict.fromkeys(self.units, self.units[0]) | own


COLUMNS = (
    "id", "association_id", "party_id", "project", "title", "call", "path", "year", "stage", "lead_id", "person_id",
    "mark", "since", "ended_on", "source", "entered_by_id", "entered_at", "taken_back_at", "taken_back_reason",
)  # fmt: skip
AGAIN = (
    "ON CONFLICT (association_id, party_id, project, stage) WHERE taken_back_at IS NULL DO UPDATE SET "
    "title = excluded.title, path = excluded.path, lead_id = excluded.lead_id, person_id = excluded.person_id, "
    "mark = excluded.mark, "
    "since = CASE WHEN registers_holding.ended_on IS NULL THEN registers_holding.since ELSE excluded.since END, "
    "ended_on = NULL RETURNING id, party_id"
)
"""An application that was withdrawn and comes again has its line already: from now on it counts anew."""


def take_place(taken: Taken, *, by: Any, on: date, at: datetime) -> list[Happened]:
    """Write down that the units have the application in hand from ``on``. One statement.

    Called inside the transaction of the act, under the guard of all its parties; the events are the caller's to record.
    """
    shared = (str(taken.project), taken.title, taken.call, list(taken.path), taken.year)
    rows = [
        (_line_id(taken, unit), taken.association_id, unit, *shared, HoldingStage.APPLIED.value, lead, taken.leader_id,
         taken.mark, on, None, SOURCE, by.pk if by is not None else None, at, None, "")
        for unit, lead in taken.leads.items()
    ]  # fmt: skip
    lines = [tuple(map(uuid_read, line)) for line in insert(Holding, COLUMNS, rows, AGAIN)]
    return [_happened("applied", line, party=str(unit), year=taken.year) for line, unit in lines]


def give_back_place(
    association_id: UUID, project: UUID, *, on: date, but: Sequence[UUID] = ()
) -> list[Happened]:
    """Write down that an application counts no more from ``on``, ``but`` for these units.

    The events are the caller's to record.
    """
    rows = Holding.objects.filter(
        association_id=association_id,
        project=str(project),
        stage=HoldingStage.APPLIED.value,
        taken_back_at=None,
        ended_on=None,
    )
    lines = list(rows.exclude(party_id__in=but).values_list("pk", flat=True))
    rows.filter(pk__in=lines).update(ended_on=on)
    return [_happened("ended", line, on=on.isoformat()) for line in lines]


def mark_place(association_id: UUID, project: UUID, mark: str) -> list[Happened]:
    """Write down into which pilot a project that is in hand is to go ("": none); nothing where it has no place.

    Called inside the transaction of the act, under the guard of its parties; the events are the caller's to record.
    """
    rows = Holding.objects.filter(
        association_id=association_id,
        project=str(project),
        stage=HoldingStage.APPLIED.value,
        taken_back_at=None,
        ended_on=None,
    )
    lines = list(rows.exclude(mark=mark).values_list("pk", flat=True))
    rows.filter(pk__in=lines).update(mark=mark)
    return [_happened("marked", line, pilot=mark) for line in lines]


def _line_id(taken: Taken, unit: UUID) -> UUID:
    """The id of a new line of a unit; one that is there already keeps its own."""
    return uuid.uuid5(taken.project, f"{HoldingStage.APPLIED.value}:{unit}")


def _happened(act: str, line: UUID, **data: Any) -> Happened:
    return Happened(act, Chain(Holding._meta.label_lower, str(line)), data)
