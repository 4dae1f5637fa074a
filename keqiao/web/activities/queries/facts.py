"""The records of a project as the core counts them: a constant number of queries, however many there are."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from keqiao.core.lifecycle.activity import COUNTS, NEARLY_COUNTS
from keqiao.core.targets import Record
from keqiao.core.targets.records import Given
from keqiao.readers.fact_kinds import fact_words
from keqiao.web.activities.certificates import holds_on
from keqiao.web.activities.models import Activity
from keqiao.web.activities.queries.evidence import LINK, standing_evidence
from keqiao.web.activities.values import as_given

LEVELS = {
    "province": "province",
    "prefecture": "city",
    "county": "county",
    "township": "township",
}
"""The levels of regions as targets name areas (市域, 每个县市区)."""

GRADE = "grade"
TOLD = sorted(state.value for state in COUNTS | NEARLY_COUNTS)
COUNTING = frozenset(state.value for state in COUNTS)


def counted_records(project_kind: str, project_id: UUID) -> QuerySet[Activity]:
    """Return the records of a project that count or nearly do, with all that judging asks; plans are left out."""
    rows = Activity.objects.filter(project_kind=project_kind, project_id=project_id, state__in=TOLD)
    shown = Exists(standing_evidence().filter(activity=OuterRef("pk")))
    return rows.annotate(is_shown=shown).select_related(
        "region__parent__parent__parent__parent", "qualification"
    )


def records_of(project_kind: str, project_id: UUID, payer: str | None = None) -> tuple[Record, ...]:
    """Return the records of a project as the core takes them; ``payer`` is who pays for it. One query."""
    project = project_name(project_kind, project_id)
    return tuple(_record(row, project, payer) for row in counted_records(project_kind, project_id))


def project_name(project_kind: str, project_id: UUID) -> str:
    """Return the name of a project in the core's values."""
    return f"{project_kind}:{project_id}"


def _record(row: Any, project: str, payer: str | None) -> Record:
    return Record(
        id=str(row.pk),
        kind=row.kind,
        project=project,
        start=row.start,
        end=row.end,
        values=_values(row),
        areas=areas_round(row.region),
        payer=payer,
        verified_by=str(row.verified_by_id) if row.state in COUNTING else None,
        has_evidence=row.is_shown or bool(row.values.get(LINK)),
    )


def _values(row: Activity) -> Mapping[str, Given]:
    """The fields of a record; the grade of a certificate that the register knows is the one that held on the day."""
    given = as_given(row.values, fact_words())
    if row.qualification is None:
        return given
    level = row.qualification.level if holds_on(row.qualification, row.end or row.start) else None
    rest = {name: value for name, value in given.items() if name != GRADE}
    return rest if level is None else rest | {GRADE: level}


def areas_round(region: Any) -> dict[str, str]:
    """Return the codes of a region and of those round it, by level as targets name them."""
    found: dict[str, str] = {}
    while region is not None:
        if region.level in LEVELS:
            found.setdefault(LEVELS[region.level], region.code)
        region = region.parent
    return found
