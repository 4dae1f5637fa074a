"""One line per request: route, status, milliseconds. Not the address: an address may name a person."""

from collections.abc import Callable
from time import perf_counter
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("keqiao.request")


class RequestLogMiddleware:
    """Gives each request an id, which every line logged during the request carries, and logs its end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = perf_counter()
        request.log_id = uuid4().hex[:12]  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(request=request.log_id):  # type: ignore[attr-defined]
            response = self.get_response(request)
            if (match := request.resolver_match) is not None:
                log.info(
                    "request",
                    method=request.method,
                    route=match.view_name or match.route,
                    status=response.status_code,
                    milliseconds=round((perf_counter() - started) * 1000, 1),
                )
        return response
