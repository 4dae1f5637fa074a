"""All that is recorded of one unit or person, as far as a viewer may see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from keqiao.core.lifecycle.recognition import NEVER_HELD
from keqiao.web.parties.finding import party_with_id
from keqiao.web.registers import permissions
from keqiao.web.registers.models import (
    Debarment,
    Holding,
    Incident,
    PlatformAccount,
    Recognition,
    RecognitionScheme,
    SocietyAffair,
    TrackRecord,
)
from keqiao.web.registers.models.entered import IN_USE
from keqiao.web.registers.permissions import Viewer
from keqiao.web.registers.queries.lines import debarments_heeded
from keqiao.web.scope import crossing

NEVER = [state.value for state in NEVER_HELD]
MOST = 100  # lines of one kind on the page; the lists hold them all


@dataclass(frozen=True, slots=True)
class OfParty:
    """What the registers of the viewer's associations hold of a party, kind by kind; ``shared`` is what others
    share with them.
    """

    party: Any
    recognitions: list[Recognition]
    debarments: list[Debarment]
    shared: list[Debarment]
    past: list[TrackRecord]
    holdings: list[Holding]
    affairs: list[SocietyAffair]
    platforms: list[PlatformAccount]
    incidents: list[Incident]

    @property
    def is_empty(self) -> bool:
        """Is nothing recorded?"""
        return not any(getattr(self, name) for name in self.__slots__ if name != "party")


def of_party(viewer: Viewer, pk: UUID, at: datetime) -> OfParty:
    """Return all that is recorded of a party; 404 for whoever keeps no register, and where there is no such party."""
    associations = permissions.associations_read(viewer, at)
    party = party_with_id(pk) if associations else None
    if party is None:
        raise Http404
    return OfParty(
        party=party,
        recognitions=_rows(Recognition, Q(party=party), associations, "scheme"),
        debarments=_rows(Debarment, Q(party=party), associations),
        shared=_shared(party, associations),
        past=_rows(TrackRecord, Q(party=party) | Q(leader=party), associations, "party"),
        holdings=_rows(Holding, Q(party=party) | Q(person=party), associations, "party"),
        affairs=_rows(SocietyAffair, Q(party=party), associations),
        platforms=_rows(PlatformAccount, Q(party=party), associations),
        incidents=_rows(Incident, Q(party=party), associations),
    )


def of_own_unit(viewer: Viewer, pk: UUID, at: datetime) -> OfParty:
    """Return what any association has on record of a unit that the viewer works for; otherwise 404.

    What counts, and no more: proposals that are not decided and lines that were taken back are left out. What was
    barred and found wrong stays, so that the unit sees that it no longer counts.
    """
    party = party_with_id(pk) if pk in permissions.own_units(viewer, at) else None
    if party is None:
        raise Http404
    mine = Q(party=party)
    counts = mine & IN_USE
    return OfParty(
        party=party,
        recognitions=_with_schemes(_of_all(Recognition, mine & ~Q(state__in=NEVER))),
        debarments=_of_all(Debarment, mine),
        shared=[],
        past=_of_all(TrackRecord, counts, "party"),
        holdings=_of_all(Holding, counts, "party"),
        affairs=_of_all(SocietyAffair, counts),
        platforms=_of_all(PlatformAccount, counts),
        incidents=_of_all(Incident, counts),
    )


def _with_schemes(lines: list[Recognition]) -> list[Recognition]:
    """The lines with their registers: a wall of the lines that asks for their register cannot be asked by it too."""
    with crossing("whoever holds a line of a register may know the name of the register"):
        schemes = RecognitionScheme.objects.in_bulk({line.scheme_id for line in lines})
    for line in lines:
        line.scheme = schemes[line.scheme_id]
    return lines


def _of_all(table: Any, whose: Q, *related: str) -> list[Any]:
    rows: QuerySet[Any] = table.objects.filter(whose)
    return list(rows.select_related("association__organisation", *related)[:MOST])


def _rows(table: Any, whose: Q, associations: frozenset[UUID], *related: str) -> list[Any]:
    return _of_all(table, whose & Q(association_id__in=associations), *related)


def _shared(party: Any, associations: frozenset[UUID]) -> list[Debarment]:
    found = {row.pk: row for each in associations for row in debarments_heeded(each).filter(party=party)}
    return [row for row in found.values() if row.association_id not in associations]
