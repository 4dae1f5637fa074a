"""Every route declares who may open it; the rest of the world stays outside."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from keqiao.web.access import PUBLIC, opening_of, opens_to


def routes(patterns: Iterable[Any], namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Walk all patterns; give the whole name (or the pattern, where a route has no name) and the route."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from routes(pattern.url_patterns, inner)
        else:
            yield ":".join((*namespaces, pattern.name or str(pattern.pattern))), pattern


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
