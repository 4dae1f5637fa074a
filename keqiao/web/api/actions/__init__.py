"""Make and revoke tokens; set addresses up that are told what happens, and tell them."""

from keqiao.web.api.actions.telling import tell
from keqiao.web.api.actions.tokens import Made, Wanted, make_token, revoke_token
from keqiao.web.api.actions.webhooks import (
    NewWebhook,
    SetUp,
    disable,
    enable,
    redeliver,
    set_up,
    stop,
    try_out,
)

__all__ = [
    "Made",
    "NewWebhook",
    "SetUp",
    "Wanted",
    "disable",
    "enable",
    "make_token",
    "redeliver",
    "revoke_token",
    "set_up",
    "stop",
    "tell",
    "try_out",
]
