"""When a token was last used: kept to the hour, so that a program that asks all day writes once an hour."""

from datetime import datetime, timedelta

from keqiao.web.api.models import Token, TokenUse
from keqiao.web.rows import insert

EVERY = timedelta(hours=1)
MOVED = "ON CONFLICT (token_id) DO UPDATE SET used_at = excluded.used_at WHERE api_tokenuse.used_at < excluded.used_at"


def note_use(token: Token, at: datetime) -> None:
    """Note that a token was used, unless that was noted within the hour. Reads nothing: the token came with it."""
    known = getattr(token, "use", None)
    if known is None or known.used_at <= at - EVERY:
        insert(TokenUse, ("token_id", "used_at"), [(token.pk, at)], MOVED)
