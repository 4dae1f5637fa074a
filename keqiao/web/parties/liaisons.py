"""Whom to call at a unit: its liaison (联络人), of many units in one query."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from keqiao.web.parties.models import Person, Tie, TieKind
from keqiao.web.parties.periods import on_day


@dataclass(frozen=True, slots=True)
class Liaison:
    """A person to call, with the telephone number; either may be empty."""

    name: str = ""
    phone: str = ""


def liaisons_of(unit_ids: Collection[UUID], day: date) -> dict[UUID, Liaison]:
    """Return the liaison of each of these units that has one on the day, of several the one who came last.

    Whoever calls has asked whether the viewer may call these units.
    """
    ties = Tie.objects.filter(on_day(day), organisation_id__in=unit_ids, kind=TieKind.LIAISON.value)
    pairs = dict(ties.order_by("valid_from", "pk").values_list("organisation_id", "party_id"))
    people = Person.objects.filter(pk__in=pairs.values()).values_list("pk", "name", "phone")
    known = {pk: Liaison(name, phone) for pk, name, phone in people}
    return {unit: known[person] for unit, person in pairs.items() if person in known}
