"""The person who registers a unit, before there is an account: known by an address or number that was proved.

What is proved stands in the session, on the server. The same answer is given for every address, whether or not an
account or a registration has it.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from keqiao.web.accounts.limits import allows, code_allowed
from keqiao.web.notifications.actions import Letter, queue_code

KEY = "contact"
DIGITS = 6
CODE_LASTS = timedelta(minutes=10)
PROOF_LASTS = timedelta(hours=2)


@dataclass(frozen=True)
class Contact:
    """Somebody who has proved an ``email`` or ``phone`` in this session. ``pk`` stands for nobody but this proof."""

    kind: str
    address: str
    pk: UUID

    is_authenticated = False

    @property
    def key(self) -> str:
        """Channel and address in one word, as registrations keep it."""
        return f"{self.kind}:{self.address}"


def send_code(request: HttpRequest, kind: str, address: str) -> bool:
    """Send a code to ``address`` and remember its digest. Returns whether the limits let it go."""
    if not (
        allows(request, "contact_code", key=f"{kind}:{address}")
        and code_allowed(request, by_phone=kind == "phone")
    ):
        return False
    now = request.arrived_at  # type: ignore[attr-defined]
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    request.session[KEY] = {
        "kind": kind,
        "address": address,
        "digest": _digest(code),
        "sent_at": now.isoformat(),
    }
    variables = {"code": code} if kind == "phone" else {"site": settings.SITE_URL, "code": code}
    where = {"phone": address} if kind == "phone" else {"address": address}
    template = "account.code_sms" if kind == "phone" else "account.contact_code"
    letter = Letter(template, language=request.LANGUAGE_CODE, variables=variables, **where)  # type: ignore[attr-defined]
    queue_code(letter, key=f"contact:{uuid4()}", at=now)
    return True


def asked(request: HttpRequest) -> str:
    """Return the address a code was sent to and that is not proved yet, or nothing."""
    stored = request.session.get(KEY) or {}
    return stored.get("address", "") if "digest" in stored else ""


def prove(request: HttpRequest, code: str) -> bool:
    """Compare ``code`` with the one that was sent; after it fits, the session has a new key and a contact.

    Each try is counted for the address before it is compared, so that parallel tries cannot outrun the limit.
    """
    stored = request.session.get(KEY) or {}
    if "digest" not in stored:
        return False
    now = request.arrived_at  # type: ignore[attr-defined]
    if not allows(request, "code_try", key=f"contact:{stored['kind']}:{stored['address']}"):
        return False
    fresh = now - datetime.fromisoformat(stored["sent_at"]) <= CODE_LASTS
    if not (fresh and constant_time_compare(stored["digest"], _digest(code.strip()))):
        return False
    request.session[KEY] = {
        "kind": stored["kind"],
        "address": stored["address"],
        "pk": str(uuid4()),
        "proved_at": now.isoformat(),
    }
    request.session.cycle_key()  # who planted the session before the proof does not share it
    return True


def proved(request: HttpRequest) -> Contact | None:
    """Return the contact that this session has proved within :data:`PROOF_LASTS`, or None."""
    stored = request.session.get(KEY) or {}
    now = request.arrived_at  # type: ignore[attr-defined]
    if "pk" not in stored or now - datetime.fromisoformat(stored["proved_at"]) > PROOF_LASTS:
        return None
    return Contact(stored["kind"], stored["address"], UUID(stored["pk"]))


def forget(request: HttpRequest) -> None:
    """Let go of the contact, on a machine that others use."""
    request.session.pop(KEY, None)


def _digest(code: str) -> str:
    return salted_hmac("keqiao.contact_code", code, algorithm="sha256").hexdigest()
