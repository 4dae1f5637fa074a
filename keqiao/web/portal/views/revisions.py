"""The published revisions of a call for everybody: what each changed, and what it says as a file."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.portal.kept_pages import kept
from keqiao.web.programmes import queries as calls_of_all
from keqiao.web.programmes.changes.revisions import changes_of_revision, revision_numbered
from keqiao.web.programmes.definitions import programme_of
from keqiao.writers.definition import to_yaml

FORMS = {
    "yaml": ("application/yaml", lambda values: to_yaml(programme_of(values))),
    "json": ("application/json", lambda values: json.dumps(values, ensure_ascii=False, indent=2) + "\n"),
}
"""The kinds of file a definition is given as: media type, and how its values are written."""


@opens_to(PUBLIC)
@require_safe
@kept()
def revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One revision of a public call: when it was published, why, and what it changed in plain words."""
    call = calls_of_all.public_call(slug)
    found = revision_numbered(call, number)
    page = {
        "call": call,
        "revision": found,
        "changes": changes_of_revision(found),
        "numbers": list(calls_of_all.revisions_of(call).values_list("number", flat=True)),
    }
    response = render(request, "portal/revision.html", page)
    response.headers["Last-Modified"] = http_date(found.published_at.timestamp())
    return response


@opens_to(PUBLIC)
@require_safe
@kept()
def definition(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:  # noqa: ARG001
    """All that one revision says, as a file for other installations and programs."""
    if form not in FORMS:
        raise Http404
    values: dict[str, Any] = revision_numbered(calls_of_all.public_call(slug), number).definition
    media_type, written = FORMS[form]
    response = HttpResponse(written(values), content_type=f"{media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{number}.{form}"'
    return response
