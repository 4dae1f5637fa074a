"""A list that leaves the site as a file leaves an event: who took it, as what, which list, how many rows."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from keqiao.web.access import opening_of, roles_of
from keqiao.web.audit import log
from keqiao.web.ui.lists import ListPage, list_file

CHAIN = "ui.list"
ACT = "list_exported"
NO_ROLE = "signed_in"
"""Who took the list where the page opens to everybody who has logged in."""


def exported(page: ListPage, request: HttpRequest) -> HttpResponse | None:
    """Return the list as the file that the address asks for, and record that it left; None: the page is asked for.

    A file that was not written, because there are too many rows, leaves no event. What was searched for is not kept:
    it can be a name.
    """
    asked: Any = request
    file = list_file(page, request.GET)
    if file is None or page.kind is None or file.status_code != HttpResponse.status_code:
        return file
    data = {"rows": page.page.paginator.count, "form": request.GET["export"], "of": _of(asked)}
    chain = log.Chain(CHAIN, page.kind.code)
    with transaction.atomic():
        log.record(ACT, chain, actor=asked.user, role=_role(asked), at=asked.arrived_at, data=data)
    return file


def _of(request: Any) -> dict[str, str | int]:
    """Whose list it is: what stands in the address, such as the id of the association."""
    values = request.resolver_match.kwargs.items()
    return {name: value if isinstance(value, int) else str(value) for name, value in values}


def _role(request: Any) -> str:
    """The role that opened the page; of several the first by name."""
    opening = opening_of(request.resolver_match.func, request.resolver_match.url_name)
    held = opening.who.intersection(roles_of(request.user, request.arrived_at)) if opening else ()
    return min(held, default=NO_ROLE)
