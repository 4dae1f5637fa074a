"""The addresses of the interface, each with whom it opens to."""

from typing import Any

from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.api.description import PREFIX, description
from keqiao.web.api.site import api
from keqiao.web.api.unknown import names_in, refusing_unknown
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.endorsement.permissions import OPENS_TO

OPEN = dict.fromkeys(("calls", "call", "categories", "form"), (PUBLIC,))
"""Addresses that need no token."""
OF_ENDORSERS = dict.fromkeys(("queues", "queue"), OPENS_TO)
WHO = OPEN | OF_ENDORSERS
"""By name; every other address is for the people of a unit that applies."""


def addresses() -> list[Any]:
    """Return the patterns below :data:`PREFIX`."""
    known = names_in(description())
    found = [pattern for pattern in api.urls[0] if pattern.name != "api-root"]
    for pattern in found:
        who = WHO.get(pattern.name, OF_A_UNIT)
        view = refusing_unknown(pattern.callback, f"{PREFIX}/{pattern.pattern}", known)
        pattern.callback = opens_to(*who, scope="the units of the token's account")(view)
    return found
