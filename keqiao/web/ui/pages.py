"""Error pages: what happened, why, what to do. Both languages at once where the language is not known."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400: the request itself is damaged."""
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403: known, but not allowed. Pages that must not be known answer 404."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: absent, or not for this person; the page does not tell which."""
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Shows the id under which the log has it."""
    return _page(request, 500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: the form's token is missing or old, mostly because the log-in ended in another tab."""
    return _page(request, 403, kind="stale-form")


def _page(request: HttpRequest, status: int, **values: Any) -> HttpResponse:
    page = {"status": status, "log_id": getattr(request, "log_id", ""), **values}
    return TemplateResponse(request, "ui/error.html", page, status=status).render()
