"""The addresses of the interface, each with whom it opens to."""

from typing import Any

from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.api.description import PREFIX, description
from keqiao.web.api.site import api
from keqiao.web.api.unknown import names_in, refusing_unknown
from keqiao.web.applications.permissions import OF_A_UNIT

OPEN = frozenset({"calls", "call", "categories", "form"})
"""Addresses that need no token; every other one is for the people of a unit."""


def addresses() -> list[Any]:
    """Return the patterns below :data:`PREFIX`."""
    known = names_in(description())
    found = [pattern for pattern in api.urls[0] if pattern.name != "api-root"]
    for pattern in found:
        who = (PUBLIC,) if pattern.name in OPEN else OF_A_UNIT
        view = refusing_unknown(pattern.callback, f"{PREFIX}/{pattern.pattern}", known)
        pattern.callback = opens_to(*who, scope="the units of the token's account")(view)
    return found
