"""Two people changed the same answers: both values side by side, and whoever saves decides for each."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keqiao.core.forms.specification import Specification
from keqiao.core.forms.written import written
from keqiao.web.access import opens_to
from keqiao.web.applications import actions, queries
from keqiao.web.applications.actions import Edit
from keqiao.web.applications.forms import MergeForm
from keqiao.web.applications.models import Application
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.applications.refusals import Conflict, Refused
from keqiao.web.applications.views.pages import form_of

MINE, THEIRS = "mine", "theirs"
NOTHING: Mapping[str, str | None] = MappingProxyType({})


def merge_page(request: HttpRequest, application: Application, conflict: Conflict) -> HttpResponse:
    """Show what both wrote in each field on which they differ. Everything that was typed goes along with the page."""
    kept = {
        "version": conflict.version,
        "fields": list(conflict.fields),
        "merged": dict(conflict.merged),
        "theirs": {each: conflict.theirs.get(each) for each in conflict.fields},
        "mine": {each: conflict.mine.get(each) for each in conflict.fields},
    }
    return _page(request, application, kept)


def _page(
    request: HttpRequest,
    application: Application,
    kept: dict[str, Any],
    chosen: Mapping[str, str | None] = NOTHING,
) -> HttpResponse:
    """The page of a merge; ``chosen`` is what was decided already, where not all was."""
    specification = form_of(application)
    standing = queries.version_of(application)
    page = {
        "application": application,
        "kept": json.dumps(kept, ensure_ascii=False),
        "by": standing.saved_by,
        "saved_at": standing.saved_at,
        "rows": [
            (
                each,
                _label(specification, each),
                _said(specification, each, kept[MINE]),
                _said(specification, each, kept[THEIRS]),
                chosen.get(each),
            )
            for each in kept["fields"]
        ],
        "undecided": [(each, _label(specification, each)) for each in kept["fields"] if not chosen.get(each)],
        "was_sent": bool(chosen),
    }
    return render(request, "applications/merge.html", page, status=422 if chosen else 409)


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_POST
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Save what was decided for each field."""
    application = queries.own_application(request.user, pk, request.arrived_at)  # type: ignore[attr-defined,arg-type]
    form = MergeForm(request.POST)
    if not form.is_valid():
        return redirect("applications:fill", pk)
    kept = form.cleaned_data["kept"]
    said = {each: request.POST.get(f"take.{each}") for each in kept["fields"]}
    chosen = {each: side if side in (MINE, THEIRS) else None for each, side in said.items()}
    if None in chosen.values():
        return _page(request, application, kept, chosen)
    answers = {**kept["merged"], **{each: kept[str(side)].get(each) for each, side in chosen.items()}}
    edit = Edit(application.pk, kept["version"], answers, "merged")
    try:
        actions.save(edit, actor=request.user, at=request.arrived_at)  # type: ignore[attr-defined,arg-type]
    except Conflict as again:
        return merge_page(request, application, again)
    except Refused as refused:
        page = {"application": application, "findings": refused.findings}
        return render(request, "applications/refused.html", page, status=409)
    messages.success(request, _("已合并保存。"))
    return redirect("applications:fill", pk)


def _label(specification: Specification, key: str) -> str:
    return next((each.label for each in specification.fields if each.id == key), key)


def _said(specification: Specification, key: str, side: dict[str, Any]) -> str:
    each = next((one for one in specification.fields if one.id == key), None)
    value = side.get(key)
    return written(each, value) if each is not None and value is not None else ""
