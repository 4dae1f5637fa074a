"""Summary tables that a unit files itself, of what it has submitted where nobody endorses (选题汇总表).

A call that wants such a table beside each recommendation states a form for it with the purpose "summary" (Sanmenxia,
通知三（二）4). Where somebody endorses, the table is that unit's and goes with its list.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from keqiao.core.lifecycle.application import IN_HAND
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.queries import last_submissions, own_application, own_applications
from keqiao.web.endorsement.definitions import endorsing_at
from keqiao.web.endorsement.summary import About, CallsTable, Listed, summary_of, table_of_call
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.queries import offers_of
from keqiao.writers.forms.imprint import Imprint
from keqiao.writers.summary import Summary

STANDING = [state.value for state in IN_HAND]


@dataclass(frozen=True, slots=True)
class OwnSummary:
    """A table that a unit can fetch: its title, of which call, whose, how many lines; ``pk``: the first application."""

    pk: UUID
    title: str
    call: str
    unit: str
    count: int


def own_table(revision_id: UUID, node: str) -> CallsTable | None:
    """Return the summary table that a unit files itself in a category, or nothing."""
    return None if endorsing_at(revision_id, node).is_needed else table_of_call(revision_id, node)


def own_summaries(viewer: Viewer, at: datetime) -> list[OwnSummary]:
    """Return the tables of what the viewer's units have submitted, the last submitted first. One query."""
    found: dict[tuple[UUID, UUID, str], list[Any]] = {}
    tables: dict[tuple[UUID, UUID, str], CallsTable] = {}
    for row in _standing(viewer, at):
        if table := own_table(row.revision_id, row.node):
            key = (row.call_id, row.unit_id, table.id)
            found.setdefault(key, []).append(row)
            tables[key] = table
    return [
        OwnSummary(rows[0].pk, tables[key].title, rows[0].call.title, rows[0].unit.name, len(rows))
        for key, rows in reversed(found.items())
    ]


def own_summary(viewer: Viewer, pk: UUID, at: datetime) -> Summary:
    """Return the table on which an application of the viewer's units stands, with all that stands there; else 404."""
    application = own_application(viewer, pk, at)
    table = own_table(application.revision_id, application.node)
    if table is None or application.state not in STANDING:
        raise Http404
    rows = [
        row
        for row in _standing(viewer, at).filter(call=application.call_id, unit=application.unit_id)
        if (its := own_table(row.revision_id, row.node)) and its.id == table.id
    ]
    return _table(application, rows)


def _standing(viewer: Viewer, at: datetime) -> Any:
    """What was submitted and not withdrawn, in the order in which it came."""
    return own_applications(viewer, at).filter(state__in=STANDING).order_by("submitted_at", "pk")


def _table(application: Any, rows: Iterable[Any]) -> Summary:
    submissions = last_submissions([row.pk for row in rows])
    came = max(each.arrived_at for each in submissions.values())
    about = About(
        unit=application.unit.name,
        call=application.call.title,
        category="",
        revision_id=application.revision_id,
        node=application.node,
        day=local_day(came),
        imprint=Imprint(at=came, issuers=(application.unit.name,)),
    )
    names = dict(offers_of({application.call_id}).values_list("node", "name"))
    return summary_of(about, [Listed(row, submissions.get(row.pk)) for row in rows], names)
