"""Ends a session after 30 idle minutes and after 12 hours in any case."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

BEGAN, SEEN = "began_at", "seen_at"
WRITTEN_EVERY = timedelta(minutes=1)  # a write per request would make every page a writer


class SessionLifetimeMiddleware:
    """Needs the session, and is passed by without a session cookie and where nothing is stamped: static files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = getattr(request, "arrived_at", None)
        if now and settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._keep_or_end(request, now)
        return self.get_response(request)

    @staticmethod
    def _keep_or_end(request: HttpRequest, now: datetime) -> None:
        began = _time(request.session.get(BEGAN)) or now
        seen = _time(request.session.get(SEEN))
        if now - began >= settings.SESSION_ABSOLUTE or (seen and now - seen >= settings.SESSION_IDLE):
            logout(request)
            return
        if seen is None or now - seen >= WRITTEN_EVERY:
            request.session[BEGAN], request.session[SEEN] = began.isoformat(), now.isoformat()


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
