"""How far the targets of a project are reached now, and how far they were when it was closed."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keqiao.core.targets import Progress
from keqiao.web.access import opens_to
from keqiao.web.activities.permissions import EVERYBODY
from keqiao.web.activities.projects import project_with
from keqiao.web.activities.queries import project_for
from keqiao.web.audit.exports import note_export
from keqiao.web.indicators import queries
from keqiao.web.indicators.models import SnapshotLine
from keqiao.web.indicators.projects import asked_of
from keqiao.web.indicators.shown import (
    COMPARED,
    PROGRESS_KINDS,
    PROGRESS_WORDS,
    JudgementShown,
    exact_words,
    judgement_shown,
)
from keqiao.web.ui.lists import table_file
from keqiao.writers.tables.layout import SheetColumn, Written

CODE = "indicators.targets"
FORMS = ("xlsx", "csv")


@opens_to(*EVERYBODY, scope="the unit of the project, or its association")
@require_safe
def targets(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """The targets of a project as they stand now; as a table with ``?export=``."""
    who: Any = request
    project = project_for(who.user, kind, pk, who.arrived_at)
    asked = asked_of(kind, pk, who.arrived_at)
    if asked is None:
        raise Http404
    judged = queries.judgement_of(kind, pk, asked.targets, asked.facts, who.arrived_at)
    shown = judgement_shown(judged)
    form = request.GET.get("export", "")
    if form in FORMS:
        note_export(request, CODE, len(shown.targets), form)
        return table_file(_columns(), _rows(shown), _("指标完成情况"), form)
    page = {"project": project, "judged": shown, "snapshots": queries.snapshots_of(kind, pk)}
    return render(request, "indicators/page.html", page)


@opens_to(*EVERYBODY, scope="the unit of the project, or its association")
@require_safe
def snapshot(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What stood when a project was closed."""
    who: Any = request
    found = queries.snapshot_for(who.user, pk, who.arrived_at)
    project = project_with(found.project_kind, found.project_id)
    page = {
        "snapshot": found,
        "project": project,
        "progress": PROGRESS_WORDS[Progress(found.progress)],
        "kind": PROGRESS_KINDS[Progress(found.progress)],
        "lines": [_line(line) for line in found.lines.all()],
    }
    return render(request, "indicators/snapshot.html", page)


def _line(line: SnapshotLine) -> dict[str, Any]:
    progress = Progress(line.progress)
    return {
        "line": line,
        "asked": f"{COMPARED[line.comparator]} {exact_words(line.threshold)} {line.unit}".strip(),
        "value": exact_words(line.value),
        "shortfall": exact_words(line.shortfall),
        "progress": PROGRESS_WORDS[progress],
        "kind": PROGRESS_KINDS[progress],
        "facts": len(line.facts),
        "nearly": len(line.nearly),
    }


def _columns() -> list[SheetColumn]:
    headers = {
        "metric": _("指标"),
        "asked": _("目标"),
        "value": _("完成值"),
        "unit": _("单位"),
        "shortfall": _("差额"),
        "progress": _("进度"),
        "due": _("期限"),
        "counting": _("计入的记录"),
        "nearly": _("未计入的记录"),
        "remarks": _("说明"),
    }
    return [SheetColumn(key, header) for key, header in headers.items()]


def _rows(shown: JudgementShown) -> Iterator[dict[str, Written]]:
    for each in shown.targets:
        yield {
            "metric": each.metric,
            "asked": each.asked,
            "value": each.value,
            "unit": each.unit,
            "shortfall": each.shortfall,
            "progress": each.progress,
            "due": each.due.isoformat() if each.due else "",
            "counting": "；".join(f"{one.number} {one.title}" for one in each.counting),
            "nearly": "；".join(f"{one.number} {one.title}（{''.join(one.reasons)}）" for one in each.nearly),
            "remarks": "".join(each.remarks),
        }
