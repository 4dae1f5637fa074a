"""Save while somebody types: the answer says what stands, and what now applies, is worked out, is wrong."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from keqiao.core.forms.computed import computed_cells
from keqiao.core.forms.conditions import applies
from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms.fields import BudgetField, ComputedField, TableField
from keqiao.web.access import opens_to
from keqiao.web.applications import actions, queries
from keqiao.web.applications.actions import Edit
from keqiao.web.applications.filling.fields import computed_text
from keqiao.web.applications.filling.rows import budget_sums, remains_of, table_sums
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.applications.refusals import Conflict, Refused
from keqiao.web.applications.views.filling import typed_answers
from keqiao.web.applications.views.pages import is_editable
from keqiao.web.ui.templatetags.shell import say


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_POST
def autosave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Save what stands on the page. 409: others changed the same, or it is closed; then nothing was saved."""
    at = request.arrived_at  # type: ignore[attr-defined]
    application = queries.own_application(request.user, pk, at)  # type: ignore[arg-type]
    if not is_editable(application):
        return JsonResponse({"why": "closed", "at": reverse("applications:detail", args=[pk])}, status=409)
    page, answers, base = typed_answers(request, application)
    try:
        saved = actions.save(Edit(pk, base, answers, "autosaved"), actor=request.user, at=at)  # type: ignore[arg-type]
    except Conflict as conflict:
        labels = {each.id: each.label for each in page.specification.fields}
        return JsonResponse(
            {"why": "changed", "fields": [labels.get(key, key) for key in conflict.fields]}, status=409
        )
    except Refused as refused:
        return JsonResponse({"why": "refused", "says": [say(each) for each in refused.findings]}, status=409)
    answer = {
        "version": saved.version,
        "at": f"{timezone.localtime(at):%H:%M:%S}",
        "reload": bool(saved.merged or saved.moves),
        **live(page.specification, dict(saved.answers)),
    }
    return JsonResponse(answer)


def live(specification: Specification, answers: dict[str, Any]) -> dict[str, Any]:
    """Return what follows from the answers: which fields apply, computed values and cells, sums below tables."""
    return {
        "applies": sorted(applies(specification, answers)),
        "computed": {
            each.id: computed_text(specification.fields, each, answers)
            for each in specification.fields
            if isinstance(each, ComputedField)
        },
        "cells": dict(_cells(specification, answers)),
        "sums": dict(_sums(specification, answers)),
    }


def _cells(specification: Specification, answers: dict[str, Any]) -> Any:
    for each in specification.fields:
        if isinstance(each, TableField):
            for number, row in enumerate(answers.get(each.id) or ()):
                found = computed_cells(each, row) if isinstance(row, dict) else {}
                yield from ((f"f.{each.id}.{number}.{key}", text) for key, text in found.items())


def _sums(specification: Specification, answers: dict[str, Any]) -> Any:
    for each in specification.fields:
        rows = answers.get(each.id)
        if isinstance(each, BudgetField):
            table = {"sums": budget_sums(each, rows), "remains": remains_of(specification, each, rows)}
        elif isinstance(each, TableField):
            table = {"sums": table_sums(each, rows)}
        else:
            continue
        yield each.id, render_to_string("applications/sums.html", {"table": table}).strip()
