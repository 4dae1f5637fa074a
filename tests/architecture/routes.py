"""All routes of the site."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver


def routes(patterns: Iterable[Any], namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Walk all patterns; give the whole name (or the pattern, where a route has no name) and the route."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from routes(pattern.url_patterns, inner)
        else:
            yield ":".join((*namespaces, pattern.name or str(pattern.pattern))), pattern
