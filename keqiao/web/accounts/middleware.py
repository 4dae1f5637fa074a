"""What stands between a session and the pages: for whom its person acts, and whether two proofs were given."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from keqiao.web.accounts.queries import needs_second_factor
from keqiao.web.accounts.sessions import follow_new_key

ACTING_FOR = "acting_for"
"""Where the session keeps the id of the unit; it ends with the session."""

OPEN_WITHOUT = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "accounts:language",
    }
)
"""What somebody whose role needs a second factor can open without one: the way to set it up, and the way out."""


class ActingForMiddleware:
    """Narrows the person behind the request to the unit chosen in this session, and keeps its log-in in sight."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            unit = request.session.get(ACTING_FOR)
            request.user.acting_for = UUID(unit) if unit else None
        response = self.get_response(request)
        if request.session.modified:
            follow_new_key(request.session)
        return response


class SecondFactorMiddleware:
    """Opens nothing to somebody whose role needs a second factor until this very session has given one.

    Asked at each request from the roles held now, so that a role given during a session counts at once, and
    so that no way of logging in leads round it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Return nothing where the view may run, else the way to the second factor."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return None
        if not needs_second_factor(request.user, request.arrived_at):  # type: ignore[attr-defined]
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        missing = _missing_step(request)
        return None if missing is None or name in OPEN_WITHOUT else _led_to(request, missing)


def _missing_step(request: HttpRequest) -> str | None:
    """Return the page on which the missing proof is given, or None if nothing is missing."""
    if not Authenticator.objects.filter(user=request.user.pk, type=Authenticator.Type.TOTP).exists():
        return "mfa_activate_totp"
    records = get_authentication_records(request, request.user)
    return None if any(record["method"] == "mfa" for record in records) else "mfa_reauthenticate"


def _led_to(request: HttpRequest, page: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":  # a fragment must not be replaced by that page
        answer = HttpResponse(status=401)
        answer.headers["HX-Redirect"] = resolve_url(page)
        return answer
    return redirect(page)
