"""Read tokens and the addresses that are told what happens."""

from keqiao.web.api.queries.tokens import digest_of, in_force, token_shown, tokens_of
from keqiao.web.api.queries.webhooks import Listener, deliveries_of, listeners_among, webhook_for, webhooks_of

__all__ = [
    "Listener",
    "deliveries_of",
    "digest_of",
    "in_force",
    "listeners_among",
    "token_shown",
    "tokens_of",
    "webhook_for",
    "webhooks_of",
]
