"""``/healthz``: can this program serve? For load balancers and supervisors; open to all, without session.

It is a middleware and the first one: the others ask the database for the time of arrival, and would fail
before a view could say that the database does not answer.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from keqiao.web.config.beats import since_last_beat

PATH = "/healthz"
WORKER_MAY_BE_SILENT = timedelta(seconds=30)

Answer = Callable[[HttpRequest], HttpResponse]


def answer_health(get_response: Answer) -> Answer:
    """Middleware that answers ``/healthz`` itself and passes everything else on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return health() if request.path_info == PATH else get_response(request)

    return middleware


def health() -> JsonResponse:
    """Return 200 ``{"status": "ok"}``, or 503 with the part that does not answer."""
    parts = unwell_parts()
    body = {"status": "unavailable", "parts": parts} if parts else {"status": "ok"}
    return JsonResponse(body, status=503 if parts else 200, headers={"Cache-Control": "no-store"})


def unwell_parts() -> dict[str, str]:
    """Return what is wrong with ``database`` and ``worker``; empty if both answer."""
    try:
        silence = since_last_beat()
    except Error as error:
        connection.close()  # a broken connection would be wrong for the next question too
        return {"database": f"does not answer: {type(error).__name__}"}
    if silence is None:
        return {"worker": "none is running"}
    if silence > WORKER_MAY_BE_SILENT:
        return {"worker": f"no sign of life for {silence.total_seconds():.0f} s"}
    return {}
