"""The last day on which a token was used: kept beside the tables, because reading writes nothing into them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.cache import cache

from keqiao.web.parties.queries import local_day

REMEMBERED = timedelta(days=400)


def note_use(token_id: UUID, at: datetime) -> None:
    """Note that a token was used: one write a day, however often."""
    day = local_day(at)
    if cache.get(_key(token_id)) != day:
        cache.set(_key(token_id), day, REMEMBERED.total_seconds())


def used_on(token_ids: Iterable[UUID]) -> dict[UUID, date]:
    """Return the last day of use of these tokens, where one is known."""
    by_key = {_key(token_id): token_id for token_id in token_ids}
    return {by_key[key]: day for key, day in cache.get_many(by_key).items()}


def _key(token_id: UUID) -> str:
    return f"api.token.used.{token_id.hex}"
