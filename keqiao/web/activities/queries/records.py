"""Records as people see them: those of a project, those that wait to be verified, one with all it says."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.activity import ActivityState
from keqiao.readers.fact_kinds import fact_words
from keqiao.web.activities.models import Activity, EvidenceUse
from keqiao.web.activities.permissions import Viewer, in_the_office, records_seen, sees_project
from keqiao.web.activities.projects import Project, project_with

MOST_WORDS = 30
"""How many words are offered for a field."""


def project_for(viewer: Viewer, kind: str, pk: UUID, at: datetime) -> Project:
    """Return a project whose records the viewer may see; otherwise 404."""
    project = project_with(kind, pk)
    if project is None or not sees_project(viewer, project, at):
        raise Http404
    return project


def records_of_project(viewer: Viewer, project: Project, at: datetime) -> QuerySet[Activity]:
    """Return the records of a project that the viewer may see, each with how much evidence it has."""
    rows = Activity.objects.filter(records_seen(viewer, at), project_kind=project.kind, project_id=project.id)
    return _with_numbers(rows)


def records_to_verify(viewer: Viewer, at: datetime) -> QuerySet[Activity]:
    """Return the records that wait for the viewer's office to verify them."""
    rows = Activity.objects.filter(in_the_office(viewer, at), state=ActivityState.REPORTED.value)
    return _with_numbers(rows).select_related("owner", "region", "reported_by")


def _with_numbers(rows: QuerySet[Activity]) -> QuerySet[Any]:
    standing = Q(evidence__taken_away_at__isnull=True)
    return rows.select_related("region").annotate(pieces=Count("evidence", filter=standing))


def record_for(viewer: Viewer, pk: UUID, at: datetime) -> tuple[Activity, Project]:
    """Return a record that the viewer may see, with its project; otherwise 404."""
    rows = Activity.objects.select_related(
        "owner", "region__parent", "entered_by", "reported_by", "verified_by", "qualification"
    )
    row = get_object_or_404(rows.filter(records_seen(viewer, at)), pk=pk)
    return row, project_for(viewer, row.project_kind, row.project_id, at)


def several_for(viewer: Viewer, pks: Collection[UUID], at: datetime) -> list[Activity]:
    """Return those of these records that the viewer's office looks after; 404 where one is not among them."""
    rows = list(Activity.objects.filter(in_the_office(viewer, at), pk__in=set(pks)).order_by("pk"))
    if len(rows) != len(set(pks)):
        raise Http404
    return rows


def evidence_for(viewer: Viewer, pk: UUID, at: datetime) -> EvidenceUse:
    """Return a piece of evidence of a record that the viewer may see; otherwise 404."""
    seen = Activity.objects.filter(records_seen(viewer, at))
    return get_object_or_404(EvidenceUse.objects.filter(activity__in=seen), pk=pk)


def words_used(project: Project, kind: str) -> dict[str, list[str]]:
    """Return the words to offer for each field of words: those that targets ask for, then those used before."""
    words = fact_words()
    asked = project.asked.get(kind, {})
    rows = Activity.objects.filter(project_kind=project.kind, project_id=project.id, kind=kind)
    used = list(rows.order_by("-number").values_list("values", flat=True)[:MOST_WORDS])
    return {
        name: _offered(asked.get(name, ()), used, name)
        for name in words.kinds[kind].fields
        if words.fields[name].type == "text" and name != "person"
    }


def _offered(asked: Collection[str], used: Collection[Any], name: str) -> list[str]:
    found = [value for values in used if (value := values.get(name))]
    plain = [word for value in found for word in (value if isinstance(value, list) else [value])]
    return list(dict.fromkeys([*asked, *plain]))[:MOST_WORDS]


def records_with(ids: Collection[str]) -> QuerySet[Activity]:
    """Return the records with these ids. Who may see them was asked before."""
    return Activity.objects.filter(pk__in=ids)
