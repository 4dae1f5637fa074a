"""The first middleware: stamps when a request arrived, from the database's clock.

The stamp is ``now`` for the whole request: deadlines compare it, acts record it, nothing else reads a clock. A form
arrives when its last byte has come: who holds one open over a deadline and goes on typing is late, and it makes no
difference whether a proxy in front passes bodies on as they come or as a whole.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError


class ArrivalMiddleware:
    """Sets ``request.arrived_at`` (aware, microseconds) on all but static files and the health probe."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith((settings.STATIC_URL, "/healthz")):
            request.form_fault = fault_of_form(request)  # type: ignore[attr-defined]
            request.arrived_at = database_now()  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> None:
        """Let no view meet a form that did not come whole. Raises BadRequest, SuspiciousOperation: it did not."""
        if (fault := getattr(request, "form_fault", None)) is not None:
            raise fault


def fault_of_form(request: HttpRequest) -> Exception | None:
    """Wait until a form is there, and return what is wrong with it: cut off, too large, or no form.

    Bodies that are no forms stay unread.
    """
    try:
        request.POST  # noqa: B018  reads it
    except UnreadablePostError as cut_off:
        return BadRequest(f"the form did not come whole: {cut_off}")
    except (SuspiciousOperation, MultiPartParserError) as refused:
        return refused
    return None


def database_now() -> datetime:
    """Return the database's clock as an aware datetime in UTC.

    All web nodes share PostgreSQL's clock, so two nodes cannot disagree about a deadline. SQLite runs inside
    this process and has no clock but this machine's (its own functions cut it to milliseconds): no query is
    needed.
    """
    if connection.vendor == "sqlite":
        return datetime.now(UTC)  # noqa: TID251  the one place that may
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
