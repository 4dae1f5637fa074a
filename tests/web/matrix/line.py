"""How a route is asked for by the matrix."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Line:
    """How a route is asked for.

    ``crosses``: why others may see this object through this route; ``rows``: why even private words of it.
    ``at_home``: why nobody reaches it, not even at home. ``query`` and ``post``: what the page is asked with.
    ``also``: further methods that the page knows.
    """

    of: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    post: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    crosses: str = ""
    rows: str = ""
    at_home: str = ""
