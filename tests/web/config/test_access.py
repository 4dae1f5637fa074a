"""A view opens to whom it declares and to nobody else."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from keqiao.web.access import DEMONSTRATION, PUBLIC, SIGNED_IN, opening_of, opens_to
from keqiao.web.accounts.roles import Role
from tests.web import make


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open to nobody")


@opens_to(PUBLIC)
@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    return HttpResponse("everybody")


@opens_to(SIGNED_IN)
def members(request: HttpRequest) -> HttpResponse:
    return HttpResponse("members")


@require_POST
@opens_to("officer", "leader", scope="the association")
def officers_act(request: HttpRequest) -> HttpResponse:
    return HttpResponse("officers")


@opens_to("officer", hidden=True)
def secret(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


@opens_to(DEMONSTRATION, "officer")
def shown_in_demonstrations(request: HttpRequest) -> HttpResponse:
    return HttpResponse("shown")


@opens_to("officer")
class Officers(View):
    def get(self, _request: HttpRequest) -> HttpResponse:
        return HttpResponse("officers")


class Undeclared(View):
    @method_decorator(require_safe)
    def dispatch(self, *args, **kwargs):
        return super().dispatch(*args, **kwargs)


urlpatterns = [
    path("undeclared", undeclared),
    path("undeclared-class", Undeclared.as_view()),
    path("everybody", everybody),
    path("members", members),
    path("act", officers_act),
    path("secret", secret),
    path("shown", shown_in_demonstrations),
    path("class", Officers.as_view()),
    path("", include("keqiao.web.config.urls")),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def officer():
    return make.officer(make.association())


@pytest.mark.parametrize("address", ["/undeclared", "/undeclared-class"])
def test_a_view_that_declares_nobody_stops_tests_and_is_absent_in_production(
    client, settings, officer, address
):
    client.force_login(officer)
    with pytest.raises(ImproperlyConfigured, match=r"put @opens_to\(\.\.\.\) on it"):
        client.get(address)

    settings.UNDECLARED_VIEW_STOPS = False
    assert client.get(address).status_code == 404


def test_without_log_in(client):
    assert client.get("/everybody").content == b"everybody"
    assert client.get("/members?a=1")["Location"] == "/account/login/?next=/members%3Fa%3D1"
    assert client.get("/class")["Location"] == "/account/login/?next=/class"
    assert client.get("/secret").status_code == 404
    assert client.post("/act")["Location"] == "/account/login/"


def test_a_fragment_is_not_replaced_by_the_log_in_page(client):
    response = client.get("/members", headers={"HX-Request": "true"})

    assert (response.status_code, response["HX-Redirect"], response.content) == (401, "/account/login/", b"")


def test_whoever_is_logged_out_while_sending_comes_back_to_the_page_it_was_sent_from(client):
    ours, foreign = "http://testserver/members?a=1#top", "https://elsewhere.example/members"
    back = "/account/login/?next=/members%3Fa%3D1"

    assert client.post("/act", headers={"Referer": ours})["Location"] == back
    assert client.post("/act", headers={"Referer": foreign})["Location"] == "/account/login/"
    fragment = client.get("/members", headers={"HX-Request": "true", "Referer": ours})
    assert (fragment.status_code, fragment["HX-Redirect"]) == (401, back)


def test_the_right_role_enters(client, officer):
    client.force_login(officer)

    assert client.get("/members").content == b"members"
    assert client.post("/act").content == b"officers"
    assert client.get("/class").content == b"officers"
    assert client.get("/secret").content == b"secret"


def test_the_wrong_role_finds_nothing(client):
    client.force_login(make.holder(Role.EXPERT, make.organisation()))

    assert client.get("/members").status_code == 200
    absent = client.get("/no-such-page").content
    for response in (client.post("/act"), client.get("/class"), client.get("/secret")):
        assert (response.status_code, response.content) == (404, absent)


def test_a_demonstration_opens_what_says_so(client, settings):
    assert client.get("/shown").status_code == 302
    settings.DEMONSTRATION = True
    assert client.get("/shown").content == b"shown"


def test_an_ended_role_opens_nothing(client, officer):
    officer.grants.update(valid_until=make.LONG_AGO)
    client.force_login(officer)

    assert client.get("/class").status_code == 404


def test_a_declaration_survives_other_decorators_and_names_somebody():
    assert opening_of(officers_act, None).who == {"officer", "leader"}
    assert opening_of(Officers.as_view(), None).who == {"officer"}
    assert opening_of(undeclared, None) is None
    assert opening_of(undeclared, "account_login").who == {PUBLIC}
    with pytest.raises(ImproperlyConfigured):
        opens_to()
