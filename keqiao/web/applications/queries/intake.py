"""How a call takes applications in: what an officer stated of it, of all calls of the association, or nobody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.web.applications import permissions
from keqiao.web.applications.models import Application, Intake, Prepared
from keqiao.web.programmes.queries import offers_taken


@dataclass(frozen=True, slots=True)
class Terms:
    """The grace after a deadline, and how numbers are made (empty: as the program does)."""

    grace_seconds: int = 0
    number_pattern: str = ""


def intake_of(association_id: UUID, call_id: UUID | None) -> Terms:
    """Return what holds for a call: of each, what is stated of the call itself, else of all calls."""
    stated = Intake.objects.filter(association_id=association_id)
    by_call = {row.call_id: row for row in stated if row.call_id in (call_id, None)}
    rows: list[Any] = [by_call[key] for key in dict.fromkeys((call_id, None)) if key in by_call]
    if not rows:
        return Terms()
    pattern = next((row.number_pattern for row in rows if row.number_pattern), "")
    return Terms(rows[0].grace_seconds, pattern)


def calls_still_open(viewer: permissions.Viewer, at: datetime) -> list[tuple[UUID, str]]:
    """Return the published calls of the viewer's associations whose deadline lies ahead: what can still be stated."""
    associations = permissions.associations_in_charge(viewer, at)
    offers = offers_taken(at).filter(call__association_id__in=associations)
    return list(offers.order_by("call__title", "call_id").values_list("call_id", "call__title").distinct())


def prepared_of(application: Application) -> Prepared | None:
    """Return what was made ready of an application, whichever version that was; nothing where nothing was."""
    return Prepared.objects.filter(application=application).first()
