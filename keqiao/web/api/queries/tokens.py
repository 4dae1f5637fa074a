"""Read tokens. Everybody sees only their own."""

import hashlib
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from keqiao.web.accounts.queries import can_be_signed_in
from keqiao.web.api.models import Token


def digest_of(secret: str) -> str:
    """Return what is kept of a token. It has 256 random bits, so that a plain digest cannot be guessed back."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def tokens_of(viewer: Any) -> QuerySet[Token]:
    """Return the tokens that a person made, the last one first."""
    return Token.objects.filter(account_id=viewer.pk).select_related("unit", "use")


def in_force(at: datetime) -> Q:
    """Return what picks the tokens that open something at ``at``."""
    return Q(revoked_at__isnull=True, made_at__lte=at, expires_at__gt=at)


def token_shown(secret: str, at: datetime) -> Token | None:
    """Return the token that a program shows, if it is in force and its account may be signed in."""
    rows = Token.objects.filter(in_force(at), digest=digest_of(secret)).select_related("account", "use")
    token = rows.first()
    return token if token is not None and can_be_signed_in(token.account) else None
