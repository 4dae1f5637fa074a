"""Lists in pages: so many rows, and from where the next page goes on."""

from collections.abc import Callable
from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Query

ROWS = 50
After = Annotated[
    int, Query(ge=0, le=1_000_000, description="how many rows to pass over: `next` of the page before")
]


def page_of(rows: QuerySet[Any], after: int, say: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """Return one page of ``rows``, each said by ``say``."""
    found = list(rows[after : after + ROWS + 1])
    return {"items": [say(row) for row in found[:ROWS]], "next": after + ROWS if len(found) > ROWS else None}
