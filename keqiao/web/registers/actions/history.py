"""Write down past projects and how they went, projects in hand, society affairs, adverse incidents."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.web.registers.actions import writing
from keqiao.web.registers.actions.writing import By, record, require_writer, write_new
from keqiao.web.registers.models import Holding, Incident, SocietyAffair, TrackRecord
from keqiao.web.registers.models.history import PastKind


@dataclass(frozen=True, slots=True)
class PastProject:
    """A project or topic of a past year; see ``TrackRecord``. The amount is in fen."""

    party_id: UUID
    title: str
    family: str
    year: int
    source: str
    kind: str = PastKind.PROJECT.value
    call: str = ""
    path: tuple[str, ...] = ()
    amount_fen: int | None = None
    leader_id: UUID | None = None
    outcome: str = ""
    concluded_on: date | None = None
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """How a past project went, on which day that was decided, and in which words."""

    outcome: str
    concluded_on: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class Affair:
    """A re-election, a yearly inspection, a step in building the party branch; see ``SocietyAffair``."""

    party_id: UUID
    kind: str
    year: int
    on: date
    source: str
    outcome: str = ""
    words: str = ""
    next_due: date | None = None


@dataclass(frozen=True, slots=True)
class NewIncident:
    """Something adverse that happened to a unit or in a region."""

    what: str
    on: date
    source: str
    party_id: UUID | None = None
    region_id: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class InHand:
    """An application or project of a unit in a year; see ``Holding``."""

    party_id: UUID
    project: str
    title: str
    year: int
    stage: str
    since: date
    source: str
    call: str = ""
    path: tuple[str, ...] = ()
    lead_id: UUID | None = None
    person_id: UUID | None = None
    mark: str = ""


@transaction.atomic
def add_past_project(association_id: UUID, wanted: PastProject, *, by: By) -> TrackRecord:
    """Enter a past project or topic.

    Raises:
        PermissionDenied: the actor is no officer of the association.
        ValidationError: it stands there already, or a value is not sound.
    """
    row = TrackRecord(association_id=association_id, **_plain(wanted))
    return write_new(row, by, "entered", party=str(wanted.party_id), year=wanted.year)


@transaction.atomic
def record_result(project_id: UUID, conclusion: Conclusion, *, by: By) -> TrackRecord:
    """Write down how a past project went. A verdict that changes is written again; the events keep both.

    Raises:
        PermissionDenied: the actor is no officer of the association.
        ValidationError: the line was taken back, or a value is not sound.
    """
    row = TrackRecord.objects.select_for_update(of=("self",)).get(pk=project_id)
    require_writer(by, row.association_id)
    if row.taken_back_at is not None:
        raise ValidationError(_("这条登记已经撤回。"), code="line.taken_back")
    row.outcome, row.concluded_on = conclusion.outcome, conclusion.concluded_on
    row.conclusion = conclusion.words.strip()
    row.full_clean()
    row.save(update_fields=["outcome", "concluded_on", "conclusion"])
    record("result_recorded", row, by, outcome=row.outcome, on=conclusion.concluded_on.isoformat())
    return row


@transaction.atomic
def add_affair(association_id: UUID, wanted: Affair, *, by: By) -> SocietyAffair:
    """Enter a society affair; raises as :func:`add_past_project` does."""
    row = SocietyAffair(association_id=association_id, **_plain(wanted))
    return write_new(row, by, "entered", party=str(wanted.party_id), kind=wanted.kind, year=wanted.year)


@transaction.atomic
def add_incident(association_id: UUID, wanted: NewIncident, *, by: By) -> Incident:
    """Enter an adverse incident; raises as :func:`add_past_project` does."""
    row = Incident(association_id=association_id, **_plain(wanted))
    return write_new(row, by, "entered", on=wanted.on.isoformat())


@transaction.atomic
def add_holding(association_id: UUID, wanted: InHand, *, by: By) -> Holding:
    """Enter an application or project in hand; raises as :func:`add_past_project` does."""
    row = Holding(association_id=association_id, **_plain(wanted))
    data = {"party": str(wanted.party_id), "year": wanted.year, "stage": wanted.stage}
    return write_new(row, by, "entered", **data)


@transaction.atomic
def end_holding(holding_id: UUID, on: date, *, reason: str, by: By) -> Holding:
    """Say from which day on an application or project no longer counts: withdrawn, not chosen, given back.

    Raises:
        PermissionDenied: the actor is no officer of the association.
        ValidationError: the day lies before it began.
    """
    row = Holding.objects.select_for_update(of=("self",)).get(pk=holding_id)
    require_writer(by, row.association_id)
    if on < row.since:
        raise ValidationError(_("退出日期早于起始日期。"), code="holding.ends_before")
    row.ended_on = on
    row.save(update_fields=["ended_on"])
    record("ended", row, by, reason, on=on.isoformat())
    return row


@transaction.atomic
def take_back_past_project(pk: UUID, *, reason: str, by: By) -> TrackRecord:
    """Take back a past project or topic that was entered by mistake."""
    return writing.take_back(TrackRecord, pk, reason, by)


@transaction.atomic
def take_back_affair(pk: UUID, *, reason: str, by: By) -> SocietyAffair:
    """Take back a society affair that was entered by mistake."""
    return writing.take_back(SocietyAffair, pk, reason, by)


@transaction.atomic
def take_back_incident(pk: UUID, *, reason: str, by: By) -> Incident:
    """Take back an incident that was entered by mistake."""
    return writing.take_back(Incident, pk, reason, by)


@transaction.atomic
def take_back_holding(pk: UUID, *, reason: str, by: By) -> Holding:
    """Take back a project in hand that was entered by mistake."""
    return writing.take_back(Holding, pk, reason, by)


def _plain(wanted: Any) -> dict[str, Any]:
    """The values of a new line, without blanks round their words."""
    values = asdict(wanted)
    if "path" in values:
        values["path"] = list(values["path"])
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
