"""Every page without arguments opens for everybody who may open it, and opening it changes nothing."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, get_resolver, path, reverse

from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.accounts.models import User
from keqiao.web.accounts.roles import FOR_THE_INSTALLATION, Role
from tests.architecture.routes import routes
from tests.web import make

pytestmark = pytest.mark.django_db


@opens_to(PUBLIC)
def writes_when_opened(request: HttpRequest) -> HttpResponse:
    """A planted fault."""
    User.objects.update(last_login=None)
    return HttpResponse("done")


urlpatterns = [path("planted", writes_when_opened)]


def plain_addresses() -> Iterator[str]:
    """The addresses of all routes that take no arguments."""
    for name, _ in routes(get_resolver().url_patterns):
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue  # takes arguments: the tests of its room open it


def failing(client) -> list[str]:
    client.raise_request_exception = False  # so that all failing pages are named at once
    opened = {address: client.get(address).status_code for address in plain_addresses()}
    assert opened.pop("/healthz", 503) in {200, 503}  # there is no worker beside a test
    assert opened
    return [f"{status} {address}" for address, status in opened.items() if status >= 500]


def test_every_page_answers_a_visitor(client):
    assert failing(client) == []


@pytest.mark.parametrize("role", Role)
def test_every_page_answers_every_role(client, role):
    client.force_login(make.holder(role, None if role in FOR_THE_INSTALLATION else make.organisation()))

    assert failing(client) == []


@pytest.mark.urls(__name__)
def test_a_page_that_writes_when_opened_is_noticed(client, gets_change_nothing):
    client.get("/planted")

    assert gets_change_nothing == ["GET /planted writes to accounts_user"]
    gets_change_nothing.clear()
