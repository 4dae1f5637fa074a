"""Tables of the room. Changed only by ``actions`` and ``delivery``."""

from keqiao.web.api.models.tokens import Token, TokenUse
from keqiao.web.api.models.webhooks import STATE_WORDS, Delivery, DeliveryState, Webhook

__all__ = ["STATE_WORDS", "Delivery", "DeliveryState", "Token", "TokenUse", "Webhook"]
