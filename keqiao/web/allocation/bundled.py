"""Applications that bring others with them (试点), with what was filed beside them and what the office decided."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from keqiao.core.allocation import Pilot
from keqiao.core.rules.facts import Holding, Stage
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.queries.bundles import marks_of
from keqiao.web.eligibility.calls import ReadyCall


def pilots_in(decision: Decision, ready: ReadyCall, rows: Sequence[Selection]) -> tuple[Pilot, ...]:
    """Return the pilots among the applications of a decision."""
    leading = [row for row in rows if bundle_at(decision, row) is not None]
    if not leading:
        return ()
    marks = marks_of([row.application_id for row in leading])
    filed = {row.pk: _holding(row, ready, marks) for row in rows}
    found = []
    for row in leading:
        bundle = bundle_at(decision, row)
        if bundle is not None:
            others = tuple(holding for pk, holding in filed.items() if pk != row.pk)
            decided = decision.pilots.get(str(row.application_id))
            found.append(Pilot(str(row.application_id), bundle, filed[row.pk], others, decided))
    return tuple(found)


def bundle_at(decision: Decision, row: Selection) -> Any:
    """Return what the category of a selection brings with it; None: nothing."""
    application: Any = row.application
    return asked_at(decision.revision_id, application.node).bundle


def _holding(row: Selection, ready: ReadyCall, marks: Mapping[UUID, UUID]) -> Holding:
    application: Any = row.application
    unit = str(application.unit_id)
    return Holding(
        str(application.pk),
        unit,
        ready.programme.id,
        ready.path(application.node),
        ready.programme.year or 0,
        Stage.APPLIED,
        lead=unit,
        mark=str(marks.get(application.pk, "")),
    )
