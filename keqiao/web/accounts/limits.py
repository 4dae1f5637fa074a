"""How often something may be tried: per address, per account, by the whole site. Counts stand in the database.

allauth counts its own (``ACCOUNT_RATE_LIMITS``); this is for the rest (``OWN_RATE_LIMITS``), by its counter.
"""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest

EVERYBODY = "everybody"


def allows(request: HttpRequest, action: str, *, key: str = EVERYBODY) -> bool:
    """Count one try of ``action`` and return whether it may go on. ``key`` is an account, an address, a number.

    Raises:
        KeyError: no limit is set for the action: a slip of ours must not open the gate.
    """
    limits = {action: settings.OWN_RATE_LIMITS[action]}
    used = ratelimit.consume(
        request,
        app="keqiao.web.accounts",
        action=action,
        config=limits,
        key=key,
        limit_get=True,  # what is tried may be a question; allauth counts none by itself
    )
    return used is not None


def code_allowed(request: HttpRequest, *, by_phone: bool) -> bool:
    """Count one code or link that is about to be sent, and return whether the site may still send it."""
    return allows(request, "codes_by_sms" if by_phone else "codes_by_mail")
