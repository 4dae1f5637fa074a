"""The first middleware: stamps when a request arrived, from the database's clock.

The stamp is ``now`` for the whole request: deadlines compare it, acts record it, nothing else reads a clock.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse


class ArrivalMiddleware:
    """Sets ``request.arrived_at`` (aware, microseconds) on all but static files and the health probe."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith((settings.STATIC_URL, "/healthz")):
            request.arrived_at = database_now()  # type: ignore[attr-defined]
        return self.get_response(request)


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
