"""Pages that open only to somebody who has proved again, just now, to be the person of the account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

SECOND_FACTOR = "mfa"
View = Callable[..., HttpResponse]


def proved_again(view: View) -> View:
    """Ask for the second factor again where the account has one, else for the password.

    allauth's own decorator takes either: a password that was watched would do. What was proved at log-in counts while
    it is fresh (``ACCOUNT_REAUTHENTICATION_TIMEOUT``). What was posted is kept, and goes on afterwards.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        totp = Authenticator.objects.filter(user=request.user.pk, type=Authenticator.Type.TOTP)
        has_second = totp.exists()
        if _is_fresh(request, second_factor=has_second):
            return view(request, *args, **kwargs)
        return suspend_request(
            request, reverse("mfa_reauthenticate" if has_second else "account_reauthenticate")
        )

    return asked


def _is_fresh(request: HttpRequest, *, second_factor: bool) -> bool:
    at = request.arrived_at  # type: ignore[attr-defined]
    since = at.timestamp() - app_settings.REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(
        record["at"] > since for record in records if record["method"] == SECOND_FACTOR or not second_factor
    )
