"""When a project is closed, what was judged is written down for good, and what was counted is locked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from keqiao.core.lifecycle.roles import PROGRAM
from keqiao.core.targets import GroupResult, Index, Judgement, Result, Setting, judge
from keqiao.core.targets.records import Exact
from keqiao.readers.fact_kinds import fact_words
from keqiao.web.activities.actions import lock_project
from keqiao.web.activities.projects import Project
from keqiao.web.activities.queries import counted_records, records_of
from keqiao.web.audit.log import record
from keqiao.web.indicators.models import Snapshot, SnapshotLine
from keqiao.web.indicators.projects import Asked
from keqiao.web.indicators.queries import setting_of
from keqiao.web.indicators.sealing import digest_of
from keqiao.web.parties.queries import locked_organisation


@transaction.atomic
def freeze(project: Project, asked: Asked, *, actor: Any, at: datetime) -> Snapshot:
    """Judge the targets of a project now and keep the answer with the records it was counted from, which are locked.

    Called by the room of the project inside the act that closes it: who may close it, that room asks. ``actor`` None:
    the program itself.
    """
    locked_organisation(project.owner_id)
    setting = setting_of(project.kind, project.id, asked.targets, asked.facts, at)
    records = records_of(project.kind, project.id, asked.facts.payer)
    judged = judge(asked.targets, Index(records, fact_words()), setting)
    rows = Snapshot.objects.filter(project_kind=project.kind, project_id=project.id)
    snapshot = Snapshot(
        association_id=project.association_id,
        owner_id=project.owner_id,
        project_kind=project.kind,
        project_id=project.id,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        on=setting.on,
        progress=judged.progress.value,
        setting=_said(setting),
        definition_digest=asked.definition_digest,
        taken_by_id=actor.pk if actor is not None else None,
        taken_at=at,
    )
    lines = _lines(snapshot, judged)
    snapshot.digest = digest_of(snapshot, lines)
    snapshot.save(force_insert=True)
    SnapshotLine.objects.bulk_create(lines)
    data = {"digest": snapshot.digest, "definition": asked.definition_digest, "progress": snapshot.progress}
    record("frozen", snapshot, actor=actor, role=PROGRAM, at=at, data=data | {"project": str(project.id)})
    lock_project(project.kind, project.id, at=at)
    return snapshot


def _lines(snapshot: Snapshot, judged: Judgement) -> list[SnapshotLine]:
    rows = counted_records(snapshot.project_kind, snapshot.project_id)
    digests = {str(pk): digest for pk, digest in rows.values_list("pk", "digest")}
    return [_line(snapshot, place, result, digests) for place, result in enumerate(judged.results)]


def _line(snapshot: Snapshot, place: int, result: Result, digests: Mapping[str, str]) -> SnapshotLine:
    target = result.target
    return SnapshotLine(
        association_id=snapshot.association_id,
        snapshot=snapshot,
        position=place,
        target=target.id,
        metric=target.metric,
        unit=target.unit or "",
        comparator=target.comparator,
        threshold=_exact(result.threshold),
        value=_exact(result.value),
        shortfall=_exact(result.shortfall),
        progress=result.progress.value,
        due=result.due,
        facts={pk: digests.get(pk, "") for pk in result.counting},
        nearly={near.record: [reason.code for reason in near.reasons] for near in result.nearly},
        groups=[_group(each) for each in result.groups],
    )


def _group(group: GroupResult) -> dict[str, str]:
    return {"key": group.key, "value": _exact(group.value), "progress": group.progress.value}


def _exact(value: Exact | None) -> str:
    return "" if value is None else str(value)


def _said(setting: Setting) -> dict[str, Any]:
    """The setting in plain JSON."""
    term = setting.term
    return {
        "term": [term.start.isoformat(), term.end.isoformat()] if term else None,
        "year": setting.year,
        "areas": {name: list(codes) for name, codes in setting.areas.items()},
        "area_counts": dict(setting.area_counts),
        "figures": {name: str(figure) for name, figure in setting.figures.items()},
        "promised": {name: str(value) for name, value in setting.promised.items()},
        "tolerance_percent": str(setting.tolerance_percent)
        if setting.tolerance_percent is not None
        else None,
    }
