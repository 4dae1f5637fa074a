"""The matrix finds what it is there to find: each leak is planted once."""

import pytest
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import include, path
from django.views.decorators.http import require_http_methods

from keqiao.web.access import SIGNED_IN, opens_to
from keqiao.web.programmes.models import Call
from keqiao.web.ui.models import SavedView
from tests.web.matrix.line import Line
from tests.web.matrix.lines import LINES
from tests.web.matrix.requests import all_routes
from tests.web.matrix.running import THIN, Matrix
from tests.web.matrix.viewers import Viewer, of_account

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
BOTH = require_http_methods(["GET", "POST"])


@BOTH
@opens_to("officer", scope="forgotten")
def forgets_its_filter(_request: HttpRequest, pk: str) -> HttpResponse:
    return HttpResponse(get_object_or_404(Call, pk=pk).title)


@BOTH
@opens_to("officer")
def tells_that_it_is_there(_request: HttpRequest, pk: str) -> HttpResponse:
    return HttpResponse("gone" if Call.objects.filter(pk=pk).exists() else "absent", status=404)


@BOTH
@opens_to("officer")
def writes_and_refuses(request: HttpRequest, pk: str) -> HttpResponse:
    if request.method == "POST":
        Call.objects.filter(pk=pk).update(year=1999)
    raise Http404


@BOTH
@opens_to("officer")
def lists_all(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(" ".join(Call.objects.values_list("title", flat=True)))


@BOTH
@opens_to(SIGNED_IN)
def shows_what_is_somebody_elses(_request: HttpRequest, pk: str) -> HttpResponse:
    return HttpResponse(get_object_or_404(SavedView, pk=pk).list_code)


@BOTH
def undeclared(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


@BOTH
@opens_to("officer")
def may_be_framed(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("page", headers={"Content-Security-Policy": "default-src 'none'"})


PLANTED = {
    "forgets_its_filter": "call",
    "tells_that_it_is_there": "call",
    "writes_and_refuses": "call",
    "shows_what_is_somebody_elses": "view",
    "lists_all": "",
    "undeclared": "",
    "may_be_framed": "",
}
urlpatterns = [
    *(
        path(f"planted/{name}/" + ("<uuid:pk>/" if of else ""), globals()[name], name=name)
        for name, of in PLANTED.items()
    ),
    path("", include("keqiao.web.config.urls")),
]
EXPECTED = {
    "forgets_its_filter": "answers 200, and otherwise than to an absent id",
    "tells_that_it_is_there": "answers 404, and otherwise than to an absent id",
    "writes_and_refuses": "writes ['programmes_call']",
    "shows_what_is_somebody_elses": "answers 200, and otherwise than to an absent id",
    "lists_all": "shows rows of 2",
    "undeclared": "undeclared declares nobody",
    "may_be_framed": "may be framed",
}


WALLED = {"forgets_its_filter", "tells_that_it_is_there", "writes_and_refuses", "lists_all"}
"""What row-level security stops on PostgreSQL."""


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_leak_is_found(worlds, monkeypatch, name):
    if name in WALLED and connection.vendor == "postgresql":
        pytest.skip("row-level security stops it: there is nothing to find")
    if PLANTED[name]:
        monkeypatch.setitem(LINES, name, Line(PLANTED[name]))
    officer = of_account("officer of 1", worlds[0].officer, "officer", 1)
    other = of_account("leader of 2", worlds[1].people["leader"], "leader", 2)
    routes = [route for route in all_routes() if route.name == name]

    found = Matrix([Viewer("anonymous"), officer, other], worlds, THIN).run(routes).faults

    assert [fault for fault in found if fault.endswith(EXPECTED[name])] != []


def test_a_view_without_its_declaration_lets_nobody_unmeant_in(worlds, monkeypatch):
    """Where the middleware forgot to ask, the matrix sees it: it reads the declaration itself."""
    monkeypatch.setattr("keqiao.web.access.may_open", lambda _request, _opening: True)
    expert = of_account("expert of 1", worlds[0].people["expert"], "expert", 1)
    routes = [route for route in all_routes() if route.name == "registers:home"]

    found = Matrix([expert], worlds, THIN).run(routes).faults

    assert [fault for fault in found if "lets in whom it does not declare" in fault] != []
