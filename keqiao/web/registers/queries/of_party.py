"""All that is recorded of one unit or person, as far as a viewer may see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from keqiao.web.parties.finding import party_with_id
from keqiao.web.registers import permissions
from keqiao.web.registers.models import (
    Debarment,
    Holding,
    Incident,
    PlatformAccount,
    Recognition,
    SocietyAffair,
    TrackRecord,
)
from keqiao.web.registers.permissions import Viewer
from keqiao.web.registers.queries.lines import debarments_heeded

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


def _rows(table: Any, whose: Q, associations: frozenset[UUID], *related: str) -> list[Any]:
    rows: QuerySet[Any] = table.objects.filter(whose, association_id__in=associations)
    return list(rows.select_related("association", *related)[:MOST])


def _shared(party: Any, associations: frozenset[UUID]) -> list[Debarment]:
    found = {row.pk: row for each in associations for row in debarments_heeded(each).filter(party=party)}
    return [row for row in found.values() if row.association_id not in associations]
