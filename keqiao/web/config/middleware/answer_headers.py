"""Who may keep a copy of an answer, and what the browser may do with it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header, patch_vary_headers

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
PUBLIC_SECONDS = 60
KEPT = frozenset({200, 304})
"""An answer, and the word that the one at hand is still good: its headers take the place of those at hand."""


class AnswerHeadersMiddleware:
    """A signed-in person's answers are stored nowhere; a public page without cookies may be kept a minute.

    A request that carries a session cookie gets ``no-store`` whether or not the session is still good: the
    test costs nothing and cannot be wrong. A view that sets its own Cache-Control keeps it for public answers
    only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path_info.startswith(settings.STATIC_URL):
            return response
        if is_personal(request, response):
            response.headers["Cache-Control"] = "no-store"
            patch_vary_headers(response, ["Cookie"])
        elif request.method in ("GET", "HEAD") and response.status_code in KEPT:
            response.headers.setdefault("Cache-Control", f"public, max-age={PUBLIC_SECONDS}")
        else:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Did a session or a cookie have a part in this answer?"""
    return (
        settings.SESSION_COOKIE_NAME in request.COOKIES
        or bool(response.cookies)
        or has_vary_header(response, "Cookie")
    )
