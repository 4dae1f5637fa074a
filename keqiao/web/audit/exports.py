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
    file = list_file(page, request.GET)
    if file is None or page.kind is None or file.status_code != HttpResponse.status_code:
        return file
    note_export(request, page.kind.code, page.page.paginator.count, request.GET["export"])
    return file


def note_export(request: HttpRequest, code: str, rows: int, form: str) -> None:
    """Record that the list with this code left the site as a file of this form, with so many rows."""
    asked: Any = request
    data = {"rows": rows, "form": form, "of": _of(asked)}
    with transaction.atomic():
        log.record(
            ACT, log.Chain(CHAIN, code), actor=asked.user, role=_role(asked), at=asked.arrived_at, data=data
        )


def _of(request: Any) -> dict[str, str | int]:
    """Whose list it is: what stands in the address, such as the id of the association."""
    values = request.resolver_match.kwargs.items()
    return {name: value if isinstance(value, int) else str(value) for name, value in values}


def _role(request: Any) -> str:
    """The role that opened the page; of several the first by name."""
    opening = opening_of(request.resolver_match.func, request.resolver_match.url_name)
    held = opening.who.intersection(roles_of(request.user, request.arrived_at)) if opening else ()
    return min(held, default=NO_ROLE)
