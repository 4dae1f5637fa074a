"""The description of the interface, for programs and for people."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.api.description import PREFIX, description
from keqiao.web.api.kinds import LABELS as KINDS
from keqiao.web.api.kinds import Happening, Kind
from keqiao.web.api.scopes import LABELS

EXAMPLE = Happening(
    Kind.SUBMITTED,
    UUID(int=0),
    frozenset(),
    {"application": UUID(int=1), "call": UUID(int=2), "unit": UUID(int=3), "state": "submitted"},
    datetime(2026, 9, 1, 1, 30, tzinfo=UTC),
)


@opens_to(PUBLIC)
@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """The description of the interface for programs."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


@opens_to(PUBLIC)
@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """The description of the interface for people, made from the same values."""
    said = description()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in said["paths"].items():
        for method, operation in operations.items():
            row = {"method": method.upper(), "path": path, **operation}
            groups.setdefault(operation["tags"][0], []).append(row)
    page = {
        "groups": groups.items(),
        "prefix": PREFIX,
        "version": said["info"]["version"],
        "scopes": [(scope.value, label) for scope, label in LABELS.items()],
        "kinds": [(kind.value, label) for kind, label in KINDS.items()],
        "example": json.dumps(json.loads(EXAMPLE.body()), indent=2),
    }
    return render(request, "api/documentation.html", page)
