"""Limits on undertaking: who asks for one more, and what is undertaken already by the registers."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from keqiao.core.allocation import Contender
from keqiao.core.programme import effective
from keqiao.core.rules.facts import Records, Stage
from keqiao.core.rules.quotas import Asking, limits_of
from keqiao.web.allocation.models import Selection
from keqiao.web.applications.limits import applying_of
from keqiao.web.eligibility.calls import ReadyCall
from keqiao.web.registers.queries.records import records_on, together


def contenders(ready: ReadyCall, rows: Sequence[Selection]) -> list[Contender]:
    """Return those whose categories limit what may be undertaken."""
    programme, found = ready.programme, []
    for row in rows:
        application: Any = row.application
        path = ready.path(application.node)
        limits = tuple(
            limit for limit in limits_of(effective(programme, path)) if limit.stage is Stage.UNDERTAKEN
        )
        if limits:
            of_record = applying_of(application).of_record
            asking = Asking(
                unit=str(application.unit_id),
                call=programme.id,
                year=programme.year or 0,
                path=path,
                person=str(application.leader_id or ""),
                also=frozenset({str(of_record)} if of_record else ()),
            )
            found.append(Contender(str(application.pk), asking, limits))
    return found


def records_of(association_id: UUID, asking: Sequence[Contender], day: date) -> Records:
    """Return what the registers of the association hold of everybody who asks."""
    parties = {
        UUID(party)
        for each in asking
        for party in (each.asking.unit, each.asking.person, *each.asking.also)
        if party
    }
    if not parties:
        return Records()
    return together(records_on(day, parties, [association_id]).values())
