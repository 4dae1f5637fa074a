"""Every route declares who may open it; the rest of the world stays outside."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, path

from keqiao.web.access import PUBLIC, opening_of, opens_to
from tests.architecture.routes import routes


def undeclared(patterns: Iterable[Any]) -> list[str]:
    return [name for name, route in routes(patterns) if opening_of(route.callback, name) is None]


def test_every_route_declares_who_may_open_it():
    everything = get_resolver().url_patterns

    assert list(routes(everything)) != []
    assert undeclared(everything) == []


def test_an_undeclared_route_is_found():
    def closed(request: HttpRequest) -> HttpResponse:
        raise NotImplementedError

    @opens_to(PUBLIC)
    def open_to_all(request: HttpRequest) -> HttpResponse:
        raise NotImplementedError

    planted = [path("a", closed, name="a"), path("b", open_to_all, name="b"), path("c", closed)]
    assert undeclared(planted) == ["a", "c"]
