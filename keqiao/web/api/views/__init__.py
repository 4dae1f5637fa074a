"""One's own tokens, the addresses of one's organisations, and the description of the interface."""

from keqiao.web.api.views.describing import documentation, openapi
from keqiao.web.api.views.tokens import revoke, token_made, tokens
from keqiao.web.api.views.webhooks import enable, redeliver, stop, try_out, webhook, webhook_made, webhooks

__all__ = [
    "documentation",
    "enable",
    "openapi",
    "redeliver",
    "revoke",
    "stop",
    "token_made",
    "tokens",
    "try_out",
    "webhook",
    "webhook_made",
    "webhooks",
]
