"""Units to be called by telephone: their names, with the liaison of each where one is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keqiao.web.parties.liaisons import Liaison, liaisons_of
from keqiao.web.parties.queries import local_day
from keqiao.web.scope import crossing

WHY = "an endorsing unit calls the liaisons of the units in its area that have not filed yet"


@dataclass(frozen=True, slots=True)
class ToCall:
    """A unit, whom to ask for, and the number."""

    name: str
    contact: str
    phone: str


def to_call(units: Sequence[Any], at: datetime) -> list[ToCall]:
    """Return these units as a list to telephone by."""
    with crossing(WHY):
        known = liaisons_of([unit.pk for unit in units], local_day(at))
    liaisons = [known.get(unit.pk, Liaison()) for unit in units]
    return [ToCall(unit.name, who.name, who.phone) for unit, who in zip(units, liaisons, strict=True)]
